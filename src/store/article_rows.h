/* article_rows: helpers on articles that the judging of items shares. */
#ifndef DISCERN_STORE_ARTICLE_ROWS_H
#define DISCERN_STORE_ARTICLE_ROWS_H

#include "store/articles.h"
#include "store/db.h"

/* The article read at `key` or alias, in arena; *found = false when none was read. *number may be NULL. */
MUST_USE bool article_body(struct store *store, struct slice key, struct arena *arena, struct article *out, bool *found,
                           struct fault *fault);
/* Marks every item that points at one of the article's names. */
MUST_USE bool article_mark_items(struct store *store, int64_t number, struct fault *fault);

/* Empties every page that somebody wrote who asked to be forgotten: its address stays, since others' posts link to it.
 */
MUST_USE bool articles_forget(struct store *store, struct fault *fault);
/* What is left of a row when its author asked to be forgotten: *row itself when nobody did. */
MUST_USE bool article_without_forgotten(struct store *store, const struct article_row *row, struct article_row *out,
                                        struct fault *fault);

/* Whether it can be the key of a row. Faults: USAGE, LIMIT. */
MUST_USE bool article_key_holds(struct slice key, struct fault *fault);
/* Appends what column `rest` holds of the row. */
void article_pack_rest(const struct article_row *row, int64_t content, struct buf *out);

/* Takes the article out of every table. */
MUST_USE bool article_remove(struct store *store, int64_t number, struct fault *fault);

/* Works that `owner` rests on (an item's row * 2, an article's number * 2 + 1): replaces what stood there; works that
 * the store does not know become wanted. */
MUST_USE bool work_uses_put(struct store *store, int64_t owner, const struct reference_list *references,
                            struct fault *fault);

/* The references of an item from the column that holds them (item_reference.rest); none where it is NULL. */
MUST_USE bool references_from(struct ask *ask, int column, int64_t item_row, struct arena *arena,
                              struct reference_list *out, struct fault *fault);

#endif
