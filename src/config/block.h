/* block: reading a block of facts by a table of options, with a caret under what is wrong. */
#ifndef DISCERN_CONFIG_BLOCK_H
#define DISCERN_CONFIG_BLOCK_H

#include "base/arena.h"
#include "base/line.h"
#include "base/option.h"
#include "base/problem.h"

/* One or two tables that a fact may come from: a block's own, and a foreign one (a source kind's); either may be empty.
 */
struct block {
    const struct option *options;
    size_t option_count;
    void *values;
    const struct option *more;
    size_t more_count;
    void *more_values;
    const char *what;        /* for messages: "a source", "discern.conf" */
    unsigned long long seen; /* bit i: options[i] was given */
};

/* Reads the fact into the block; what is wrong is added to the problems, with the nearest known keyword as a hint.
 * False only when out of memory. */
MUST_USE bool block_take(struct block *block, const struct line *line, struct arena *arena, struct problems *problems);
/* Adds an error for an unknown keyword, naming the nearest of both tables. */
void block_unknown(const struct block *block, const struct line *line, struct problems *problems);
/* a-z, 0-9 and '-', beginning with a letter, at most 40: fit for keys and file names. */
bool block_name_holds(struct slice name);

#endif
