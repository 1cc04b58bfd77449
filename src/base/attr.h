/* attr: compiler attributes under names that say what they are for. */
#ifndef DISCERN_BASE_ATTR_H
#define DISCERN_BASE_ATTR_H

/* An owned local that is released when it leaves scope: AUTO(buf_free) struct buf out = {0};
 * The release function takes a pointer to the local, and accepts its zero value. */
#define AUTO(release) __attribute__((cleanup(release)))

/* The result says whether it worked, so it may not be dropped. */
#define MUST_USE __attribute__((warn_unused_result))

/* printf-like: `text` and `first` are the argument positions, counted from 1. */
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* Number of elements of a true array. */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
