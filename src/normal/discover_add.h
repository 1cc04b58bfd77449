/* discover_add: proposals being gathered. Internal to normal/. */
#ifndef DISCERN_NORMAL_DISCOVER_ADD_H
#define DISCERN_NORMAL_DISCOVER_ADD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "normal/discover.h"

/* More would be no help to anybody. */
#define PROPOSALS_MOST 24u

/* Adds a copy, unless the same thing to follow is in the list; gives it a name when it has none. Full lists and
 * doubles are no failure: false only when out of memory. */
MUST_USE bool discover_add(struct arena *arena, struct proposal_list *list, const struct proposal *proposal);
/* A feed at `url`. */
MUST_USE bool discover_add_feed(struct arena *arena, struct proposal_list *list, struct slice url, struct slice title,
                                enum discover_trust trust);
/* True when the address alone looks like that of a feed. */
bool discover_looks_like_feed(struct slice url);

#endif
