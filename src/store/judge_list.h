/* judge_list: items that wait to be judged. Items made in a transaction come after one another, and are put on the list
 * together: at its end, or before somebody looks. Within store/ only. */
#ifndef DISCERN_STORE_JUDGE_LIST_H
#define DISCERN_STORE_JUDGE_LIST_H

#include "store/db.h"

/* An item that was there before. */
MUST_USE bool judge_list_add(struct store *store, int64_t row, struct fault *fault);
/* An item that this transaction made; rows ascend. */
void judge_list_made(struct store *store, int64_t row);
/* Puts what was made on the list. */
MUST_USE bool judge_list_flush(struct store *store, struct fault *fault);
/* Forgets what was made: the transaction is undone. */
void judge_list_clear(struct store *store);

#endif
