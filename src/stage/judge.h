/* judge (stage): gives every item that waits for it a verdict: new ones, changed ones, those whose page or study
 * changed, and all when the rules did. A batch is a transaction. */
#ifndef DISCERN_STAGE_JUDGE_H
#define DISCERN_STAGE_JUDGE_H

#include "classify/rules.h"
#include "stage/house.h"

struct judge_counts {
    int64_t judged, ideas, marked; /* marked: to be judged again because the rules changed */
};

/* Faults: STORE, MEMORY. */
MUST_USE bool judge_run(struct house *house, const struct ruleset *rules, struct judge_counts *out,
                        struct fault *fault);

#endif
