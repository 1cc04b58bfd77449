/* copies: where copies of pages stand that are gone: asks the Internet Archive, each page once. */
#ifndef DISCERN_STAGE_COPIES_H
#define DISCERN_STAGE_COPIES_H

#include "stage/house.h"
#include "stage/network.h"

struct copies_counts {
    int64_t asked, found;
};

/* For the pages that died since. Faults: STORE, MEMORY. An archive that refuses or fails is asked again another day. */
MUST_USE bool copies_run(struct house *house, struct network *network, struct copies_counts *out, struct fault *fault);

/* For one page, now. *out absent = none, or it could not be asked. In arena. Faults: MEMORY. */
MUST_USE bool copies_find(struct house *house, struct network *network, struct slice page, struct arena *arena,
                          struct slice *out, struct fault *fault);

#endif
