/* recheck: asks the networks whether posts that may stand in a digest are still there. What its author deleted is
 * removed from the store, from the digests that are remembered and from their pages; what was edited is read anew. A
 * server that does not answer changes nothing. */
#ifndef DISCERN_STAGE_RECHECK_H
#define DISCERN_STAGE_RECHECK_H

#include "stage/house.h"

struct recheck_counts {
    int64_t asked, gone, changed, wire_bytes;
};

/* Faults: STORE, MEMORY. */
MUST_USE bool recheck_run(struct house *house, struct recheck_counts *out, struct fault *fault);

#endif
