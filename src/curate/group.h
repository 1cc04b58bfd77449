/* group: which candidates are one story. Union-find over pairs that look alike; quick looks first (sorted keys, bands
 * of hashes), exact ones before anything is joined. */
#ifndef DISCERN_CURATE_GROUP_H
#define DISCERN_CURATE_GROUP_H

#include "base/arena.h"
#include "base/attr.h"
#include "model/history.h"

/* One number a candidate: the same number, the same story; the number is the smallest index in it. In arena. NULL when
 * out of memory. */
MUST_USE const size_t *group_candidates(const struct candidate *const *candidates, size_t count, struct arena *arena);
/* The address that names what the candidate is about; absent for a post that points nowhere. */
struct slice group_key(const struct candidate *candidate);

#endif
