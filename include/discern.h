/* discern: the library's public face. The command line uses nothing else.
 *
 * One way for failing: a function returns the exit status that the command line would give (enum discern_status) and,
 * when it is not DISCERN_DONE, leaves one line in *error. Strings are NUL-terminated UTF-8 and borrowed for the call
 * unless said otherwise. Texts that came from outside are untrusted: escape them for where they are shown. */
#ifndef DISCERN_H
#define DISCERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum discern_status {
    DISCERN_DONE = 0,      /* done; single sources may have failed below their alarm threshold */
    DISCERN_ACT = 1,       /* done in part or not done: a person must act */
    DISCERN_WRONG = 2,     /* wrong usage, or a configuration or rule that does not hold */
    DISCERN_TRY_LATER = 75 /* another run holds the lock, or nothing could be reached */
};

#define DISCERN_ERROR_BYTES 512
struct discern_error {
    char text[DISCERN_ERROR_BYTES]; /* one line, "" when there is nothing to say */
};

/* Takes `len` bytes of a result; false stops the work (the reader went away, the disk is full). */
typedef bool discern_write(void *to, const char *at, size_t len);

/* ---- About ---- */

/* "0.1.0". Static. */
const char *discern_version(void);
/* One line a library that discern runs on: "libcurl 7.88.1". Borrowed for ever. NULL past the last index. */
const char *discern_library(size_t index);

#endif
