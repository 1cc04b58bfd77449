/* rules_kept: the rules that the last verdicts were made by, kept in the store, so that a change can be weighed against
 * them and so that a mistake in a file of rules does not leave the school without any. */
#ifndef DISCERN_STAGE_RULES_KEPT_H
#define DISCERN_STAGE_RULES_KEPT_H

#include "classify/rules.h"
#include "stage/house.h"

/* Keeps them, within the caller's transaction. */
MUST_USE bool rules_keep(const struct house *house, const struct ruleset *rules, struct fault *fault);
/* The rules kept; *found is false when none are, or when they cannot be read any more. All in arena; release with
 * ruleset_free. */
MUST_USE bool rules_kept(const struct house *house, struct arena *arena, struct ruleset *out, bool *found,
                         struct fault *fault);

/* Which rules are in force. */
enum rules_from {
    RULES_OF_THE_HOUSE, /* those of its configuration */
    RULES_KEPT          /* these do not hold: those of the last run */
};
struct rules_force {
    enum rules_from from;
    struct slice why; /* RULES_KEPT because the files cannot be read: why not, one line; absent else */
};
/* The rules of the house, or, when they do not hold or cannot be read, those kept. Every mistake is in the problems.
 * FAULT_CONFIG when neither is there. All in arena. */
MUST_USE bool rules_in_force(const struct house *house, struct arena *arena, struct ruleset *out,
                             struct rules_force *force, struct problems *problems, struct fault *fault);

#endif
