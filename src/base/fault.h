/* fault: the one error type. It carries a reason upward: set where first seen, and each caller that knows more puts its
 * context in front, so that the message reads from outside in: "source 'x': page 2: item 14: not a date".
 * What is no failure is no fault (304, rate-limited, an empty page). Only the command line shows a fault. */
#ifndef DISCERN_BASE_FAULT_H
#define DISCERN_BASE_FAULT_H

#include <stdbool.h>

#include "base/attr.h"

/* What a caller may do about it. */
enum fault_kind {
    FAULT_NONE = 0, /* nothing went wrong */
    FAULT_MEMORY,   /* out of memory: give up this unit of work */
    FAULT_LIMIT,    /* a ceiling of base/limits.h was reached */
    FAULT_INPUT,    /* what came from outside does not hold: skip it, count it */
    FAULT_REMOTE,   /* a server failed or could not be reached: try later */
    FAULT_REFUSED,  /* our own guards, or a server's 401/403/robots, say no: do not retry as is */
    FAULT_CONFIG,   /* the configuration does not hold: a person must act */
    FAULT_STORE,    /* the store, a file or the disk failed: a person must act */
    FAULT_BUSY,     /* another run holds the lock: try later */
    FAULT_USAGE     /* the call itself is wrong */
};

#define FAULT_TEXT_BYTES 512

struct fault {
    enum fault_kind kind;
    char text[FAULT_TEXT_BYTES]; /* NUL-terminated UTF-8, one line, may be cut at the end; may quote untrusted input */
};

/* Sets kind and message (replacing what was there). Always returns false, for `return fault_set(...)`. */
bool fault_set(struct fault *fault, enum fault_kind kind, const char *format, ...) PRINTF_LIKE(3, 4);
/* Puts "CONTEXT: " in front of the message. Always returns false. */
bool fault_context(struct fault *fault, const char *format, ...) PRINTF_LIKE(2, 3);
/* fault_set(FAULT_MEMORY, "out of memory"). Always returns false. */
bool fault_memory(struct fault *fault);
/* Back to FAULT_NONE. */
void fault_clear(struct fault *fault);

#endif
