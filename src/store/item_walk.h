/* item_walk: how a query of items becomes parameters; shared with the walk over verdicts. */
#ifndef DISCERN_STORE_ITEM_WALK_H
#define DISCERN_STORE_ITEM_WALK_H

#include "store/db.h"
#include "store/items.h"

/* Binds source, from and until as the next three parameters. */
void item_query_bind(struct ask *ask, const struct item_query *query);

#endif
