/* rename: a feed that gives its old posts new ids overnight gives no news. Where most of what seems new is known under
 * another id, by its address and its title or date, the old ids are kept. */
#ifndef DISCERN_STAGE_RENAME_H
#define DISCERN_STAGE_RENAME_H

#include "stage/keep.h"

/* Changes the ids of normalised items of one page. Only feeds are looked at: networks' ids never change. Faults: STORE,
 * MEMORY. */
MUST_USE bool rename_churned(struct store *store, const struct keep_options *options, struct item_list *items,
                             struct arena *arena, struct fault *fault);

#endif
