/* withdraw: what its author took back, or an author who asked to be forgotten, goes from the digests of earlier days
 * too: an entry keeps its place and its code, and nothing of the post. Pages are made of the digests, so they follow at
 * the next digest. */
#ifndef DISCERN_STAGE_WITHDRAW_H
#define DISCERN_STAGE_WITHDRAW_H

#include "base/attr.h"
#include "base/fault.h"
#include "model/item.h"
#include "store/store.h"

/* Empties every entry that one of `gone` ("source/id") leads or that a forgotten author wrote, and takes them from
 * those who shared others. Inside the caller's transaction. *touched = digests that changed. */
MUST_USE bool withdraw_posts(struct store *store, const struct slice_list *gone, int64_t now_s, int64_t *touched,
                             struct fault *fault);

#endif
