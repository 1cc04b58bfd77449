/* cycle: plan, try, evaluate, refine, again, then embed, adapt or stop: how an idea in focus moves through a half term,
 * what is asked on a day, and how far novelty is held back meanwhile. Pure. */
#ifndef DISCERN_PRACTICE_CYCLE_H
#define DISCERN_PRACTICE_CYCLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/focus.h"

/* A team keeps no more at a time: many ideas, none embedded, is what the product exists to prevent. */
#define CYCLE_MOST_OPEN 3
/* Before this school week a focus is changed only with a reason. */
#define CYCLE_SETTLED_WEEK 4
#define CYCLE_WEEKS_LEAST 4
#define CYCLE_WEEKS_MOST 8
#define CYCLE_WEEKS_USUAL 6

/* Where a focus stands on a day. */
struct cycle_day {
    int64_t week, weeks;         /* school week from 1, of how many; those in which its clock stood still don't count */
    enum focus_step step;        /* the step that the day's question is about */
    enum focus_step by_calendar; /* the step that the half term's pace would have */
    bool behind;                 /* the team's own step is behind the pace */
    bool school_day;
    bool over; /* the weeks have passed: a decision is due */
};

/* The step that week `week` of `weeks` is for: the first is for planning, the last for deciding, the four between for
 * try, evaluate, refine and again, spread evenly. */
enum focus_step cycle_step_of_week(int64_t week, int64_t weeks);
/* A closed focus gives its last step and no question. A team that got to a step late has a school week for it, then the
 * pace goes on; a team ahead of the pace keeps its step. One that left it for long (absence.h) finds it where it was.
 */
struct cycle_day cycle_on(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays);

/* The day's question: the step's questions in turn from its first, one a school day, the same on every call of the day.
 * Absent when
 * there is none (a holiday, a closed or long forgotten focus, no questions for the step). Borrowed from `prompts`. */
struct slice cycle_prompt(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays,
                          const struct prompt_set_list *prompts);

/* The question at place `turn` of a step, round and round; absent when the step has none. Borrowed from `prompts`. */
struct slice cycle_question(const struct prompt_set_list *prompts, enum focus_step step, size_t turn);

/* The question with which what was kept comes back, at place `turn`: of the step "return", else one of ours. */
struct slice cycle_return_question(const struct prompt_set_list *prompts, size_t turn);

/* The school day on which week `week` of the focus opens. */
int64_t cycle_week_opens(const struct focus *focus, int64_t week, const struct holiday_list *holidays);

/* How many new ideas a digest may hold on a day beside what is in focus: `length` without a focus, one with one in
 * focus, none while two or more are open or while any is at evaluate or decide. One that is long forgotten counts as no
 * more than one at rest, and one that rests not at all. */
int64_t cycle_new_ideas(const struct focus_list *open, int64_t length, int64_t today_s,
                        const struct holiday_list *holidays);

/* Whether `step` may follow the focus's step: any step of the cycle but a closing one while open (people go back),
 * closing only from an open focus; a reason is needed to stop before CYCLE_SETTLED_WEEK. FAULT_USAGE says what to do.
 */
MUST_USE bool cycle_may_move(const struct focus *focus, enum focus_step step, struct slice reason, int64_t today_s,
                             const struct holiday_list *holidays, struct fault *fault);
/* Whether its words or topics may change: it is open, and before CYCLE_SETTLED_WEEK a reason is given. FAULT_USAGE. */
MUST_USE bool cycle_may_change(const struct focus *focus, struct slice reason, int64_t today_s,
                               const struct holiday_list *holidays, struct fault *fault);
/* Whether one more focus may be opened beside the open ones of the team. FAULT_USAGE names those. */
MUST_USE bool cycle_may_start(const struct focus_list *open, struct fault *fault);

#endif
