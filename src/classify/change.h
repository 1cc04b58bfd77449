/* change: what differs between two rule sets, and which documents that can touch: those in which words of a changed
 * rule stand, by its old lines or by its new ones. Careful: what it cannot tell apart touches everything. */
#ifndef DISCERN_CLASSIFY_CHANGE_H
#define DISCERN_CLASSIFY_CHANGE_H

#include "classify/judge.h"

struct rules_change {
    bool everything;                /* numbers, negations or words that many rules share: any document */
    size_t added, removed, changed; /* rules */
    /* Both sets, each ready to judge by; owned. */
    struct judge *before, *after;
    /* By block of each set: whether it differs, or is shown beside what differs; in arena. */
    bool *differs_before, *differs_after;
    bool any_before, any_after; /* whether any does */
};

/* Both sets are borrowed and must outlive it, as must the arena. Release with rules_change_free whatever comes back.
 * Fault: MEMORY. */
MUST_USE bool rules_change_find(const struct ruleset *before, const struct ruleset *after, struct arena *arena,
                                struct rules_change *out, struct fault *fault);
/* For AUTO. */
void rules_change_free(struct rules_change *change);
/* Whether the verdict on this document may be another one by the new rules. Fault: MEMORY. */
MUST_USE bool rules_change_touches(struct rules_change *change, const struct document *document, struct arena *arena,
                                   bool *touches, struct fault *fault);

#endif
