/* gather: all that choosing a day's digest looks at, out of the store. Reads only. */
#ifndef DISCERN_STAGE_GATHER_H
#define DISCERN_STAGE_GATHER_H

#include "curate/options.h"
#include "model/history.h"
#include "stage/house.h"

/* Fills *out for this reader and day (midnight). Everything is in arena or borrowed from the house. Faults: STORE,
 * MEMORY. */
MUST_USE bool gather_input(const struct house *house, const struct reader *reader, int64_t date_s, struct arena *arena,
                           struct curate_input *out, struct fault *fault);

#endif
