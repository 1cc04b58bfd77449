/* item_rows: an item as columns, and back. For the files of this room. */
#ifndef DISCERN_STORE_ITEM_ROWS_H
#define DISCERN_STORE_ITEM_ROWS_H

#include "store/db.h"
#include "store/items.h"

/* The columns that item_from_row reads, from column 0, of a table called item joined with source. */
#define ITEM_COLUMNS                                                                                                   \
    "item.row, source.name, item.id, item.seen_s, item.changed_s, item.content, item.sum, item.counts, item.title,"    \
    " item.text, item.author, item.rest"
#define ITEM_COLUMN_COUNT 12
#define ITEM_TABLES "item JOIN source ON source.number = item.source"

/* An item as it goes into the row. Slices are borrowed from the store's scratch and from the item. */
struct item_image {
    struct slice author, rest, counts; /* counts absent = none said */
    int64_t content;
};
MUST_USE bool item_image(struct store *store, const struct item *item, const struct slice_list *keys,
                         struct item_image *out, struct fault *fault);
/* The checksum of a whole row. */
struct item_sum {
    int64_t content, seen_s, changed_s;
    struct slice source, id, counts;
};
int64_t item_sum(const struct item_sum *of);
/* Reads and checks the row that `ask` stands on; all in arena. */
MUST_USE bool item_from_row(struct ask *ask, struct arena *arena, struct item_row *out, struct fault *fault);

#endif
