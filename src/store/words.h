/* words: the full-text index beside the items. It holds items up to a row; what comes after waits for search_index. */
#ifndef DISCERN_STORE_WORDS_H
#define DISCERN_STORE_WORDS_H

#include "store/db.h"

/* Title, text and author as they stand in the item's columns. */
struct words {
    int64_t row;
    struct slice title, text, author;
};
/* Adds or removes an item of the indexed ones; nothing when it waits still. What is removed must be what was added. */
MUST_USE bool words_add(struct store *store, const struct words *words, struct fault *fault);
MUST_USE bool words_remove(struct store *store, const struct words *words, struct fault *fault);

#endif
