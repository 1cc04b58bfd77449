/* follow: reads the pages that kept posts link to, one level deep, each once, the most wanted first; then asks the
 * registries what the works are that they rest on. A page is a transaction, a work too. */
#ifndef DISCERN_STAGE_FOLLOW_H
#define DISCERN_STAGE_FOLLOW_H

#include "classify/rules.h"
#include "stage/house.h"

struct follow_counts {
    int64_t pages_asked, pages_read, pages_failed;
    int64_t works_asked, works_found;
    int64_t copies_found; /* of pages that are gone */
    int64_t wire_bytes;
};

/* `rules` knows what kind of place a link leads to. Faults: STORE, MEMORY. */
MUST_USE bool follow_run(struct house *house, const struct ruleset *rules, struct follow_counts *out,
                         struct fault *fault);

#endif
