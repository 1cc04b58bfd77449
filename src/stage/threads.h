/* threads: the parts of one person's thread that come on different pages or runs are one item in the store, whichever
 * comes first. All within the caller's transaction. */
#ifndef DISCERN_STAGE_THREADS_H
#define DISCERN_STAGE_THREADS_H

#include "store/items.h"

/* The kept item that `part` continues: the thread's first post, with what was joined to it before. Faults: STORE,
 * MEMORY. */
MUST_USE bool threads_root(struct store *store, struct slice source, const struct item *part, struct arena *arena,
                           struct item_row *out, bool *found, struct fault *fault);
/* Makes `item`, which is about to be kept, whole: with the parts that were joined to it before, and with those that
 * came earlier and waited, which are no items of their own any more. Faults: STORE, MEMORY. */
MUST_USE bool threads_complete(struct store *store, struct slice source, struct item *item, struct arena *arena,
                               struct fault *fault);

#endif
