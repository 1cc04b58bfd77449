#include "practice/cycle.h"

#include "base/when.h"
#include "practice/absence.h"
#include "practice/calendar.h"

enum focus_step cycle_step_of_week(int64_t week, int64_t weeks) {
    static const enum focus_step between[] = {FOCUS_TRY, FOCUS_EVALUATE, FOCUS_REFINE, FOCUS_AGAIN};
    if (week <= 1) return FOCUS_PLAN;
    if (week >= weeks) return FOCUS_DECIDE;
    int64_t middle = weeks - 2;
    return between[(week - 2) * (int64_t)COUNT_OF(between) / middle];
}

/* A team has each step for a school week, however late it got there, before the pace takes over. */
#define PATIENCE_DAYS 5

struct cycle_day cycle_on(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays) {
    struct cycle_day day = {.weeks = focus->weeks, .step = focus->step, .by_calendar = focus->step};
    bool away = absence_of(focus, today_s, holidays) >= ABSENCE_LONG;
    int64_t away_weeks = away ? absence_weeks(focus, today_s, holidays) : 0;
    day.week = calendar_school_week(focus->chosen_s, today_s, holidays) - focus->idle_weeks - away_weeks;
    if (day.week < 1) day.week = 1;
    day.school_day = calendar_is_school_day(today_s, holidays);
    if (!focus_is_open(focus) || away) return day;
    day.over = day.week > focus->weeks;
    day.by_calendar = cycle_step_of_week(day.week, focus->weeks);
    day.behind = focus->step < day.by_calendar;
    if (day.behind && calendar_school_days(focus->step_since_s, today_s, holidays) >= PATIENCE_DAYS)
        day.step = day.by_calendar;
    return day;
}

static const struct prompt_set *questions(const struct prompt_set_list *prompts, const char *step) {
    for (size_t i = 0; i < prompts->count; i++)
        if (slice_equal(prompts->at[i].step, slice_from(step))) return &prompts->at[i];
    return NULL;
}

int64_t cycle_week_opens(const struct focus *focus, int64_t week, const struct holiday_list *holidays) {
    int64_t day_s = calendar_week_opens(focus->chosen_s, week, holidays);
    if (focus->idle_weeks == 0) return day_s;
    /* What was before it stood still stays where it was. */
    int64_t later_s = calendar_week_opens(focus->chosen_s, week + focus->idle_weeks, holidays);
    return later_s >= focus->step_since_s ? later_s : day_s;
}

/* The day from which the step's questions are counted: when the team got to it, or when the pace brought it. */
static int64_t asked_since(const struct focus *focus, const struct cycle_day *day,
                           const struct holiday_list *holidays) {
    if (day->step == focus->step) return focus->step_since_s;
    int64_t week = 1;
    while (week < day->week && cycle_step_of_week(week, focus->weeks) != day->step) week++;
    int64_t opens_s = cycle_week_opens(focus, week, holidays);
    int64_t patient_s = calendar_week_opens(focus->step_since_s, 1 + PATIENCE_DAYS / 5, holidays);
    return opens_s > patient_s ? opens_s : patient_s;
}

struct slice cycle_question(const struct prompt_set_list *prompts, enum focus_step step, size_t turn) {
    const struct prompt_set *set = questions(prompts, focus_step_name(step));
    if (set == NULL || set->ask.count == 0) return (struct slice){NULL, 0};
    return set->ask.at[turn % set->ask.count];
}

struct slice cycle_return_question(const struct prompt_set_list *prompts, size_t turn) {
    const struct prompt_set *set = questions(prompts, "return");
    if (set != NULL && set->ask.count > 0) return set->ask.at[turn % set->ask.count];
    return SLICE("When did you do it last, and what did pupils do? Compare with a colleague.");
}

struct slice cycle_prompt(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays,
                          const struct prompt_set_list *prompts) {
    struct slice none = {NULL, 0};
    struct cycle_day day = cycle_on(focus, today_s, holidays);
    if (!focus_is_open(focus) || !day.school_day) return none;
    if (absence_of(focus, today_s, holidays) >= ABSENCE_LONG) return none;
    int64_t turn = calendar_school_days(asked_since(focus, &day, holidays), today_s, holidays);
    return cycle_question(prompts, day.step, (size_t)turn);
}

int64_t cycle_new_ideas(const struct focus_list *open, int64_t length, int64_t today_s,
                        const struct holiday_list *holidays) {
    size_t count = 0;
    bool weighing = false, forgotten = false;
    for (size_t i = 0; i < open->count; i++) {
        enum absence absence = absence_of(&open->at[i], today_s, holidays);
        if (!focus_is_open(&open->at[i]) || absence == ABSENCE_RESTS) continue;
        forgotten = forgotten || absence == ABSENCE_LONG;
        if (absence == ABSENCE_LONG) continue;
        count++;
        enum focus_step step = cycle_on(&open->at[i], today_s, holidays).step;
        weighing = weighing || step == FOCUS_EVALUATE || step == FOCUS_DECIDE;
    }
    if (count == 0) return forgotten ? 1 : length;
    return count >= 2 || weighing ? 0 : 1;
}

bool cycle_may_change(const struct focus *focus, struct slice reason, int64_t today_s,
                      const struct holiday_list *holidays, struct fault *fault) {
    if (!focus_is_open(focus))
        return fault_set(fault, FAULT_USAGE, "%.*s is closed (%s); start a new focus to take it up again",
                         SLICE_ARGS(focus->id), focus_step_name(focus->step));
    int64_t week = cycle_on(focus, today_s, holidays).week;
    if (week >= CYCLE_SETTLED_WEEK || !slice_is_empty(slice_trim(reason))) return true;
    return fault_set(fault, FAULT_USAGE,
                     "%.*s is only in week %lld of %lld: to change it before week %d, give a reason (--because)",
                     SLICE_ARGS(focus->id), (long long)week, (long long)focus->weeks, CYCLE_SETTLED_WEEK);
}

bool cycle_may_move(const struct focus *focus, enum focus_step step, struct slice reason, int64_t today_s,
                    const struct holiday_list *holidays, struct fault *fault) {
    struct slice none_needed = SLICE("going on");
    return cycle_may_change(focus, step < FOCUS_EMBEDDED ? none_needed : reason, today_s, holidays, fault);
}

bool cycle_may_start(const struct focus_list *open, struct fault *fault) {
    size_t count = 0;
    for (size_t i = 0; i < open->count; i++) count += focus_is_open(&open->at[i]);
    if (count < CYCLE_MOST_OPEN) return true;
    return fault_set(fault, FAULT_USAGE, "%d ideas are in focus already, and that is the most: close one first",
                     CYCLE_MOST_OPEN);
}
