/* rules_ledger: each rule's ledger over the posts that are kept: hits, what only one of its wordings gives, and how
 * often labels found it right. What was counted is kept in the store, so that the next report says what came since. */
#ifndef DISCERN_STAGE_RULES_LEDGER_H
#define DISCERN_STAGE_RULES_LEDGER_H

#include "classify/judge.h"
#include "classify/ledger.h"
#include "stage/house.h"

/* What the last report counted of one rule. */
struct past_row {
    bool known;              /* the rule was there */
    int64_t hits, given;     /* of the posts kept then */
    int64_t labelled, right; /* as measured last with the rule as it is now; 0, 0 = never */
    int64_t measured_s;      /* WHEN_ABSENT = never */
};
struct past_ledger {
    int64_t when_s; /* of the last report; WHEN_ABSENT = there was none */
    int64_t posts;
    struct past_row *rows; /* by block of the rules at hand; in arena */
};

/* Judges every post that is kept, and counts. Faults: STORE, MEMORY. */
MUST_USE bool rules_ledger_count(struct house *house, struct judge *judge, struct ledger *ledger, struct fault *fault);
/* What was kept by the last report. */
MUST_USE bool rules_ledger_past(struct house *house, const struct ruleset *rules, struct arena *arena,
                                struct past_ledger *out, struct fault *fault);
/* Keeps the report: `labelled` counted the labelled documents, NULL = what was measured before is kept. A run that goes
 * on at the time is not disturbed: then FAULT_BUSY. */
MUST_USE bool rules_ledger_keep(struct house *house, const struct ledger *posts, const struct ledger *labelled,
                                const struct past_ledger *past, struct fault *fault);

#endif
