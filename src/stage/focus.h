/* focus (stage): what a team does with its focus, each act a transaction with its event. */
#ifndef DISCERN_STAGE_FOCUS_H
#define DISCERN_STAGE_FOCUS_H

#include "model/focus.h"
#include "stage/house.h"

/* A new focus of focus->team (the only reader when absent); its id, in arena, to *id. USAGE: three are open already, no
 * such reader, weeks out of range, no title. A code of an entry or "source/id" in focus->items is kept as "source/id",
 * and its topics are added. */
MUST_USE bool focus_start(struct house *house, struct focus *focus, struct arena *arena, struct slice *id,
                          struct fault *fault);
/* Moves it to another step; closing steps end it. `reason` is kept; needed to close it early. */
MUST_USE bool focus_move(struct house *house, struct slice id, enum focus_step step, struct slice reason,
                         struct fault *fault);
/* Adds a note of today at the focus's present step. USAGE: nothing in it. */
MUST_USE bool focus_note(struct house *house, struct practice_note *note, struct fault *fault);

#endif
