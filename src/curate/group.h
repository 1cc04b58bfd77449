/* group: which candidates are one story. Union-find over pairs that look alike; quick looks first (sorted keys, bands
 * of hashes), exact ones before anything is joined. */
#ifndef DISCERN_CURATE_GROUP_H
#define DISCERN_CURATE_GROUP_H

#include "base/arena.h"
#include "base/attr.h"
#include "curate/likeness.h"
#include "model/history.h"

/* One number a candidate: the same number, the same story; the number is the smallest index in it. In arena. NULL when
 * out of memory. */
MUST_USE const size_t *group_candidates(const struct candidate *const *candidates, size_t count, struct arena *arena);
/* What two candidates are compared by when one of them was shown before and is in no group any more. In arena. */
struct group_print {
    struct slice key;
    struct word_run words; /* of a post */
    struct pair_set pairs;
    struct pair_set article_pairs; /* empty = no text of an article, or a short one */
    uint64_t simhash;
};
/* False when out of memory. */
MUST_USE bool group_print_of(const struct candidate *candidate, struct arena *arena, struct group_print *out);
/* Whether the two would have been one story, by the measures of group_candidates. */
bool group_prints_agree(const struct group_print *a, const struct group_print *b);
/* The address that names what the candidate is about; absent for a post that points nowhere. */
struct slice group_key(const struct candidate *candidate);

#endif
