/* lookup: asks the registries of DOIs what the works are that posts and pages rest on. Each once, kept for good. */
#ifndef DISCERN_STAGE_LOOKUP_H
#define DISCERN_STAGE_LOOKUP_H

#include "stage/house.h"
#include "stage/network.h"

struct lookup_counts {
    int64_t asked, found, missing, failed;
};

/* Faults: STORE, MEMORY. A registry that refuses or fails is kept as "not looked up" and tried again another day. */
MUST_USE bool lookup_run(struct house *house, struct network *network, struct lookup_counts *out, struct fault *fault);

/* The same for these works alone (ids of store/works.h), whether wanted or not. */
MUST_USE bool lookup_works(struct house *house, struct network *network, const struct slice_list *ids,
                           struct lookup_counts *out, struct fault *fault);

#endif
