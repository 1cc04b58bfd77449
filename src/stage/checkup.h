/* checkup: the health of all sources, seen together: how they answer, what they give, and which of them are one. */
#ifndef DISCERN_STAGE_CHECKUP_H
#define DISCERN_STAGE_CHECKUP_H

#include "stage/health.h"
#include "stage/house.h"

struct checked {
    const struct source *source; /* borrowed from the configuration */
    struct source_state state;
    enum health health;
    struct slice words; /* why, absent when it is good */
};
struct checked_list {
    struct checked *at; /* in the order of the configuration */
    size_t count, capacity;
};

enum checkup_depth {
    CHECKUP_ANSWERS, /* how they answer, and what was found of their posts before */
    CHECKUP_FRESH,   /* and what those give that had a new post at now_s, or were found ill of that */
    CHECKUP_ALL      /* and what all give */
};

/* In arena. Faults: STORE, MEMORY. */
MUST_USE bool checkup_run(const struct house *house, enum checkup_depth depth, struct arena *arena,
                          struct checked_list *out, struct fault *fault);
/* Keeps for each source what it is ill of and since when, and tells through the house what was not found before (but
 * for failures, which pull tells itself). Within the caller's transaction. */
MUST_USE bool checkup_note(const struct house *house, struct arena *arena, struct fault *fault);

#endif
