/* need_way: the ways of a pattern, as they are gathered: which of a way's words are looked for first, and which are not
 * worth noting. Internal to need. */
#ifndef DISCERN_CLASSIFY_NEED_WAY_H
#define DISCERN_CLASSIFY_NEED_WAY_H

#include "classify/need.h"

/* The zero value is empty. */
struct need_ways {
    struct need_way *at;
    size_t count, capacity;
    bool anywhere;  /* one of them needs nothing */
    uint32_t width; /* of the widest */
    size_t simple;  /* the one that stands for all of a single clause, as far as they fit, + 1; 0 = none */
};

/* Adds a way, whose clauses stand in the order of their cost. All in arena; false when out of memory. */
MUST_USE bool need_ways_add(struct need_ways *ways, struct arena *arena, const struct need_way *way);
/* Copies the ways to `out`, which gets none when one of them needs nothing. False when out of memory. */
MUST_USE bool need_ways_keep(const struct need_ways *ways, struct arena *arena, struct need *out);

#endif
