/* run: the whole walk, leg by leg, under the run lock. */
#ifndef DISCERN_STAGE_RUN_H
#define DISCERN_STAGE_RUN_H

#include "stage/deliver.h"
#include "stage/digest.h"
#include "stage/follow.h"
#include "stage/judge.h"
#include "stage/pull.h"
#include "stage/rules_kept.h"

enum run_leg_bit { RUN_PULL = 1, RUN_FOLLOW = 2, RUN_JUDGE = 4, RUN_DIGEST = 8, RUN_DELIVER = 16 };

struct run_options {
    unsigned legs;       /* enum run_leg_bit, or-ed */
    struct slice source; /* pull: only this one; absent = all that are due */
    struct digest_options digest;
    enum deliver_again again;
};

struct run_result {
    struct pull_counts pull;
    struct follow_counts follow;
    struct judge_counts judge;
    struct digest_counts digest;
    struct deliver_counts deliver;
    bool nothing_reached;                       /* sources were asked, and none could be reached */
    int64_t sources_to_act_on, mails_to_act_on; /* what a person should look at */
    struct rules_force rules;                   /* which rules judged */
};

/* `problems` gets every mistake of the rules; then the run goes on by the rules of the last one. When there was none,
 * FAULT_CONFIG, before anything is asked. FAULT_BUSY when another run holds the lock; the faults of the legs. Each leg
 * has a row in the run ledger, but where nothing at all was left to do after the pull; a leg that broke off has no end
 * there, and says why. */
MUST_USE bool run_walk(struct house *house, const struct run_options *options, struct problems *problems,
                       struct run_result *out, struct fault *fault);

#endif
