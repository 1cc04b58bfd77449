/* item_keys: what items can be found by, as hashes in one table. Keys of a transaction are held back, sorted, and
 * written in order: scattered writes into a table of millions cost several times as much. A hash only proposes: who
 * reads compares the key itself. */
#ifndef DISCERN_STORE_ITEM_KEYS_H
#define DISCERN_STORE_ITEM_KEYS_H

#include "store/db.h"
#include "store/items.h"

struct key_heap;

/* Hash of a key as the table holds it. */
int64_t item_key_hash(enum item_key kind, struct slice key);
/* Calls `each` for every key of the item; a false stops and comes back. Author keys are folded in a small buffer. */
typedef bool item_key_each(void *to, enum item_key kind, struct slice key);
bool item_keys_walk(const struct item *item, const struct slice_list *keys, item_key_each *each, void *to);

/* An author's handle or name as keys and tombstones compare it: lower case, no '@' in front; cut at 128 bytes. */
#define AUTHOR_KEY_BYTES 129
struct slice item_author_fold(struct slice author, char out[AUTHOR_KEY_BYTES]);

/* Adds (held back until the commit or the next look) and removes all keys of a row. */
MUST_USE bool item_keys_add(struct store *store, const struct item_row *row, struct fault *fault);
MUST_USE bool item_keys_remove(struct store *store, const struct item_row *row, struct fault *fault);
MUST_USE bool key_heap_flush(struct store *store, struct fault *fault);
/* Writes the keys of all items anew, as item_key_hash gives them now. A damaged row has none: store_check tells of it.
 */
MUST_USE bool item_keys_rebuild(struct store *store, struct fault *fault);
void key_heap_clear(struct store *store);
void key_heap_free(struct key_heap **heap);

#endif
