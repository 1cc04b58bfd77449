/* circle: voices that keep sharing the same links are a ring, and have one voice together. */
#ifndef DISCERN_CURATE_CIRCLE_H
#define DISCERN_CURATE_CIRCLE_H

#include "base/arena.h"
#include "base/attr.h"
#include "model/history.h"

/* Sets stats.circle of each candidate whose author shares most links with somebody else, now or in `past`: at least
 * CIRCLE_LINKS of them, and three of five in common. Circles that are set already stay. False when out of memory. */
#define CIRCLE_LINKS 4
#define CIRCLE_OVERLAP 0.6
#define CIRCLE_DAYS 90
MUST_USE bool circle_mark(struct candidate_list *candidates, const struct past_link_list *past, struct arena *arena);

/* A voice and a link as numbers: of a name as share_name gives it, and of a page's canonical address. */
uint64_t circle_voice(struct slice name);
uint64_t circle_link(struct slice key);

#endif
