/* marking: readers say what they think of a post, and take it back. Each is a transaction. */
#ifndef DISCERN_STAGE_MARKING_H
#define DISCERN_STAGE_MARKING_H

#include "stage/house.h"
#include "store/marks.h"

struct marking {
    struct slice what; /* source/id, an address, or the code of an entry */
    struct slice kind; /* useful not-for-us already-do */
    struct slice reader, note;
};

/* *id becomes its number; the same mark again is the same, another of the same reader replaces
 * it. USAGE: no such kind or reader. INPUT: no such post. */
MUST_USE bool marking_put(struct house *house, const struct marking *wanted, struct arena *arena, int64_t *id,
                          struct fault *fault);
/* USAGE when there is no mark of that number that stands. */
MUST_USE bool marking_undo(struct house *house, struct slice number, struct fault *fault);
/* "Useful", "Not for us" … Static. */
struct slice marking_words(enum mark_kind kind);

#endif
