/* judge (stage): gives every item that waits for it a verdict: new ones, changed ones, those whose page or study
 * changed, and those that a change of the rules can touch. Some batches are a transaction. */
#ifndef DISCERN_STAGE_JUDGE_H
#define DISCERN_STAGE_JUDGE_H

#include "classify/rules.h"
#include "stage/house.h"

struct judge_counts {
    int64_t judged, ideas;
    int64_t marked, untouched; /* looked at because the rules changed; of these, those that the change cannot touch */
    struct slice resting;      /* patterns that took too long so often that they rested, in words; absent = none */
};

/* Faults: STORE, MEMORY. */
MUST_USE bool judge_run(struct house *house, const struct ruleset *rules, struct judge_counts *out,
                        struct fault *fault);

#endif
