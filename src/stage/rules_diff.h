/* rules_diff: what a change of the rules would do to the posts that are kept: tags gained and lost, with sentences.
 * Reads only. */
#ifndef DISCERN_STAGE_RULES_DIFF_H
#define DISCERN_STAGE_RULES_DIFF_H

#include "classify/rules.h"
#include "stage/house.h"

#define DIFF_SAMPLES 5

enum diff_kind { DIFF_TOPIC, DIFF_FLAG, DIFF_LEVEL };

/* One post that gains or loses a tag. In arena. */
struct diff_sample {
    struct slice item;     /* "source/id" */
    struct slice sentence; /* where the words stand; untrusted */
    struct slice rule;     /* the words of the rule, as written; absent when it has none of its own */
};
struct diff_side {
    int64_t count;
    struct diff_sample samples[DIFF_SAMPLES]; /* the first of them, by row */
    size_t sample_count;
};
/* One topic, flag or level (its id is "0".."4"). */
struct diff_row {
    enum diff_kind kind;
    struct slice id, label;
    struct diff_side gained, lost;
};

struct rules_diff {
    size_t added, removed, changed; /* rules */
    bool everything;                /* numbers or negations changed: each post was judged twice */
    int64_t posts, touched, differing;
    struct diff_row *rows; /* topics, then flags, then levels, by id; only those that differ */
    size_t row_count, row_capacity;
};

/* Judges what the change touches by both sets. All in arena. Faults: STORE, MEMORY. */
MUST_USE bool rules_diff_run(struct house *house, const struct ruleset *before, const struct ruleset *after,
                             struct arena *arena, struct rules_diff *out, struct fault *fault);

#endif
