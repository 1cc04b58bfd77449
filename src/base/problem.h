/* problem: the list of mistakes found in files that people write. Every mistake of every file is collected, none stops
 * the reading, and each is shown once, by the command line, as
 *     config/sources.conf:12:3: unknown keyword 'adress'
 *         adress https://example.org/feed
 *         ^~~~~~
 *         did you mean 'address'? */
#ifndef DISCERN_BASE_PROBLEM_H
#define DISCERN_BASE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/slice.h"

enum problem_weight { PROBLEM_ERROR, PROBLEM_WARNING, PROBLEM_NOTE };

/* A place in a file. All in arena of the list that holds it, or borrowed from the file's text before that. */
struct place {
    struct slice file;
    unsigned line;     /* from 1; 0 = the file as a whole */
    unsigned column;   /* from 1, in characters; 0 = the line as a whole */
    unsigned width;    /* characters to underline, 0 = one */
    struct slice text; /* the whole line, without its line break */
};

struct problem {
    enum problem_weight weight;
    struct place place;
    struct slice what; /* what is wrong, one sentence without full stop */
    struct slice hint; /* what to do, or absent */
};

struct problems {
    struct arena *arena; /* borrowed: keeps the copies */
    struct problem *at;  /* in order of finding; at most LIMIT_PROBLEMS are kept */
    size_t count, capacity;
    size_t errors; /* how many errors were found, kept or not */
};

/* Adds one; copies all text. `hint` may be NULL. A list without memory still counts. */
void problem_add(struct problems *problems, enum problem_weight weight, struct place place, const char *hint,
                 const char *what, ...) PRINTF_LIKE(5, 6);
/* The lines shown above, without colour, control characters replaced. */
void problem_describe(const struct problem *problem, struct buf *out);
/* The word of `known` (count of them) nearest to `word` by edit distance, or NULL when none is near (distance more than
 * a third of its length). Borrowed from `known`. */
const char *problem_nearest(struct slice word, const char *const *known, size_t count);

#endif
