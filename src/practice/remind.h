/* remind: the school days on which a team wants to be asked about its focus: when each week opens, when it is decided,
 * and 2, 5 and 12 school weeks after what was kept. What nobody has been at for long (absence.h) is asked about once
 * more, and its weeks wait until it is taken up again. Pure. */
#ifndef DISCERN_PRACTICE_REMIND_H
#define DISCERN_PRACTICE_REMIND_H

#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/logbook.h"

/* By day; in arena. What was closed early has no more weeks; what was stopped is not asked about again. `prompts` are
 * the questions that the focus follows. FAULT_MEMORY. */
MUST_USE bool remind_of(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays,
                        const struct prompt_set_list *prompts, struct arena *arena, struct reminder_list *out,
                        struct fault *fault);

#endif
