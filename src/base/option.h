/* option: typed settings. A table beside the code that uses them says name, type, range, default and help in one line;
 * the configuration reader, `--help` and the documentation are made from the same table. Values sit in a plain struct,
 * at the offset that the table names. */
#ifndef DISCERN_BASE_OPTION_H
#define DISCERN_BASE_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

enum option_type {
    OPTION_TEXT,     /* struct slice: the rest of the line; may not be empty */
    OPTION_WORD,     /* struct slice: one word */
    OPTION_LIST,     /* struct option_list: comma separated, trimmed; a repeated keyword adds to it */
    OPTION_INT,      /* int64_t within low..high */
    OPTION_DURATION, /* int64_t seconds within low..high: "90 s", "15 min", "6 h", "2 days", "1 week" */
    OPTION_REAL,     /* double within low..high */
    OPTION_YES_NO,   /* bool: yes, no */
    OPTION_CHOICE,   /* int: index into `choices` */
    OPTION_DATE,     /* int64_t: YYYY-MM-DD, midnight UTC */
    OPTION_URL       /* struct slice: http or https */
};

struct option_list {
    struct slice *at; /* in arena */
    size_t count, capacity;
};

struct option {
    const char *name;
    enum option_type type;
    size_t offset;              /* of the field in the struct that holds the values */
    double low, high;           /* of numbers; both 0 = any */
    const char *const *choices; /* of OPTION_CHOICE, ends in NULL */
    const char *initial;        /* the default, as it would be written; NULL = zero value, absent */
    const char *help;           /* one sentence */
};

/* Sets every option that has a default. False only on memory or a default that does not hold (a bug). */
MUST_USE bool option_defaults(const struct option *options, size_t count, struct arena *arena, void *values,
                              struct fault *fault);
/* Reads `text` into the option's field (lists are added to). Text is kept in arena. False with FAULT_CONFIG saying what
 * is wrong and what would be right, the field untouched. */
MUST_USE bool option_set(const struct option *option, struct slice text, struct arena *arena, void *values,
                         struct fault *fault);
/* The option called `name`, or NULL. */
const struct option *option_find(const struct option *options, size_t count, struct slice name);

#endif
