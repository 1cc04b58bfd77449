/* syntheses: the published reviews and guidance on topics that the rules name, to stand beside what is on those topics.
 */
#ifndef DISCERN_STAGE_SYNTHESES_H
#define DISCERN_STAGE_SYNTHESES_H

#include "model/history.h"
#include "stage/house.h"

/* One a topic and review, in the order of the rules; none when no rules can be had. In arena. FAULT_MEMORY. */
MUST_USE bool syntheses_of(const struct house *house, struct arena *arena, struct synthesis_note_list *out,
                           struct fault *fault);

#endif
