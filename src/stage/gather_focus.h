/* gather_focus: what a team has in focus on a day, what comes back of what it kept, and how much else there is room
 * for. */
#ifndef DISCERN_STAGE_GATHER_FOCUS_H
#define DISCERN_STAGE_GATHER_FOCUS_H

#include "model/history.h"
#include "stage/house.h"

/* Sets focus, blocks and new_ideas of *out, whose reader and date_s are set. In arena. Faults: STORE, MEMORY. */
MUST_USE bool gather_focus(const struct house *house, struct arena *arena, struct curate_input *out,
                           struct fault *fault);

#endif
