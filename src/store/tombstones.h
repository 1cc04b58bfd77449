/* tombstones: authors who asked to be forgotten, as hashes only, and what it takes to remove an item wholly. */
#ifndef DISCERN_STORE_TOMBSTONES_H
#define DISCERN_STORE_TOMBSTONES_H

#include "store/db.h"
#include "store/items.h"

/* Whether a tombstone stands against any author of the item. */
MUST_USE bool tombstones_cover(struct store *store, const struct item *item, bool *out, struct fault *fault);
/* The same for the names of those who wrote a page, as they stand there. */
MUST_USE bool tombstones_cover_names(struct store *store, const struct slice_list *names, bool *out,
                                     struct fault *fault);
/* Removes one item from every table and the word index (items.c). */
MUST_USE bool item_remove(struct store *store, int64_t row, struct fault *fault);

#endif
