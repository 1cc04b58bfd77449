/* threads: the parts of one person's thread that come on different pages or runs are one item in the store, whichever
 * comes first. All within the caller's transaction. */
#ifndef DISCERN_STAGE_THREADS_H
#define DISCERN_STAGE_THREADS_H

#include "store/items.h"

/* Names of threads whose beginning was not there yet when parts of them came; some others may seem to be. Where an
 * import brings a million posts, it saves asking the store for each. The zero value is empty. */
#define THREADS_WAITING_BITS 524288u
struct threads_waiting {
    unsigned char bits[THREADS_WAITING_BITS / 8];
};
void threads_wait(struct threads_waiting *waiting, struct slice name);
bool threads_may_wait(const struct threads_waiting *waiting, struct slice name);

/* The kept item that `part` continues: the thread's first post, with what was joined to it before. Faults: STORE,
 * MEMORY. */
MUST_USE bool threads_root(struct store *store, struct slice source, const struct item *part, struct arena *arena,
                           struct item_row *out, bool *found, struct fault *fault);
/* Makes `item`, which is about to be kept, whole: with the parts that were joined to it before, and with those that
 * came earlier and waited, which are no items of their own any more. `waiting` NULL: not known, so they are looked for.
 * Faults: STORE, MEMORY. */
struct threads_of {
    struct slice source;
    const struct threads_waiting *waiting;
};
MUST_USE bool threads_complete(struct store *store, const struct threads_of *of, struct item *item, struct arena *arena,
                               struct fault *fault);

#endif
