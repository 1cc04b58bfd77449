/* jail: runs a pure function from bytes to bytes in a child process that can do nothing else: no file, no socket, no
 * new process; limited memory, CPU time and wall-clock time for each document. The child is forked once and serves
 * many documents; when one kills it, that document gets one line and the next one a new child. Knows nothing of what
 * it runs. */
#ifndef DISCERN_JAIL_JAIL_H
#define DISCERN_JAIL_JAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"

/* The work, run in the child. `user` is what jail_new was given, as it was when the child was forked. What it writes to
 * `out` comes back; a fault comes back with its kind and text. It must not keep anything between calls. */
typedef bool jail_worker(void *user, struct slice input, struct buf *out, struct fault *fault);

/* Run once in each new child, with the first request that it gets, before the walls rise: what needs a file (tables of
 * a library) is brought in here. It must not work on the input beyond finding out what that is. */
typedef void jail_prepare(void *user, struct slice input);

struct jail_limits {
    unsigned cpu_s;      /* CPU seconds for one document; 0 = LIMIT_PARSE_CPU_S */
    unsigned cpu_ms;     /* the same, finer: holds instead of cpu_s where it is not 0 */
    unsigned wall_s;     /* wall-clock seconds for one document; 0 = LIMIT_JAIL_WALL_S */
    size_t memory_bytes; /* address space of the child; 0 = LIMIT_PARSE_MEMORY_BYTES */
    size_t answer_bytes; /* the largest answer; 0 = LIMIT_JAIL_ANSWER_BYTES */
};

struct jail;

/* Forks nothing yet: the child starts with the first call. Owned by the caller. `user` is borrowed for the jail's life.
 * Where other threads may run when a call starts a child, jail_stand_by must have been called before there were any:
 * a fork copies the locks that they hold. NULL and a fault when out of memory. */
MUST_USE struct jail *jail_new(jail_worker *worker, void *user, struct jail_limits limits, struct fault *fault);
/* Ends the child and releases; *jail becomes NULL. For AUTO. */
void jail_free(struct jail **jail);
/* Sets what a new child does before its walls rise. A worker that finds that it lacks something returns FAULT_BUSY:
 * then a new child is prepared with that input, once. */
void jail_set_prepare(struct jail *jail, jail_prepare *prepare);
/* Forks a process now from which all children start, whatever threads this process has then. The children see `user`,
 * and all that it points to, as they are now: jail_set_prepare comes before. Fault: MEMORY. */
MUST_USE bool jail_stand_by(struct jail *jail, struct fault *fault);
/* Runs the worker on `input` in the child and appends its answer to `out` (whose ceiling holds as well). Faults: the
 * worker's own; LIMIT (took longer than its time, needed more than its memory, answered more than answer_bytes); INPUT
 * (the child died on it, or answered what is no answer); MEMORY (no child could be started). After any of them the jail
 * is ready for the next call; `out` holds what it held before. */
MUST_USE bool jail_call(struct jail *jail, struct slice input, struct buf *out, struct fault *fault);
/* The same in two halves, so that the caller can work while the child does: every begin that succeeded has one end, and
 * nothing else is asked of the jail in between. The input is `head` and behind it `body`, both borrowed until the end.
 * Time runs from the beginning; an answer that is there is taken however late. */
MUST_USE bool jail_begin(struct jail *jail, struct slice head, struct slice body, struct fault *fault);
MUST_USE bool jail_end(struct jail *jail, struct buf *out, struct fault *fault);

/* Which walls stand here, for `doctor`. */
struct jail_protections {
    bool child;        /* a child process could be started */
    bool limits;       /* memory, CPU, files (RLIMIT_*) */
    bool no_new_privs; /* PR_SET_NO_NEW_PRIVS */
    bool seccomp;      /* system calls filtered */
    int landlock;      /* version of the kernel's Landlock that holds, 0 = none */
};
/* Starts a child, asks it what holds, ends it. */
struct jail_protections jail_probe(void);

#endif
