/* story: what belongs together is one entry: the same page, nearly the same article, nearly the same post. A shared DOI
 * alone does not merge two stories, it links them as "same study". Pure. */
#ifndef DISCERN_CURATE_STORY_H
#define DISCERN_CURATE_STORY_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/history.h"

struct story {
    struct slice id;   /* hash of what makes it one story: stable while its oldest member stays */
    struct slice code; /* four letters and digits without look-alikes, unique among the stories of one call */
    const struct candidate **members; /* lead first, then by time and id */
    size_t member_count;
    const struct candidate *lead;
    int64_t first_seen_s;         /* of its earliest member */
    struct slice_list studies;    /* works and references that can be traced: "doi:…", "arxiv:…" */
    struct slice_list same_study; /* codes of other stories that rest on one of them */
    struct sharer_list sharers;   /* lead first */
};
struct story_list {
    struct story *at; /* by id */
    size_t count, capacity;
};

/* Groups the candidates. All in arena, candidates borrowed. FAULT_MEMORY. */
MUST_USE bool story_build(const struct candidate_list *candidates, struct arena *arena, struct story_list *out,
                          struct fault *fault);

#endif
