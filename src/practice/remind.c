#include "practice/remind.h"

#include "base/when.h"
#include "practice/absence.h"
#include "practice/calendar.h"
#include "practice/cycle.h"

static bool add(struct arena *arena, struct reminder_list *list, struct reminder reminder) {
    struct reminder *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL || slice_is_absent(reminder.title)) return false;
    list->at = more;
    more[list->count++] = reminder;
    return true;
}

/* The question that stands at the place of that week within its step, so that two weeks of one step differ. */
static struct slice question(const struct focus *focus, int64_t week, const struct prompt_set_list *prompts) {
    enum focus_step step = cycle_step_of_week(week, focus->weeks);
    size_t turn = 0;
    for (int64_t before = week - 1; before > 0 && cycle_step_of_week(before, focus->weeks) == step; before--) turn++;
    return cycle_question(prompts, step, turn * 5);
}

/* What nobody is at: its weeks come when it is taken up again, and when that will be nobody knows. */
static bool add_pause(const struct focus *focus, int64_t still_s, struct arena *arena, struct reminder_list *out) {
    char *title = arena_printf(arena, "%.*s: take it up again, or close it?", SLICE_ARGS(focus->title));
    char *words =
        arena_printf(arena,
                     "Nothing was written on it for %d school weeks. Ask the colleague you began it with: embed, "
                     "adapt and stop are all good answers.",
                     ABSENCE_LONG_WEEKS);
    if (words == NULL) return false;
    return add(arena, out, (struct reminder){still_s, slice_from(title), slice_from(words)});
}

/* `still_s` is the day from which its clock stands still, WHEN_ABSENT while it goes. */
static bool add_weeks(const struct focus *focus, int64_t still_s, const struct holiday_list *holidays,
                      const struct prompt_set_list *prompts, struct arena *arena, struct reminder_list *out) {
    for (int64_t week = 1; week <= focus->weeks; week++) {
        int64_t day_s = cycle_week_opens(focus, week, holidays);
        if (focus->closed_s != WHEN_ABSENT && day_s > focus->closed_s) return true;
        if (still_s != WHEN_ABSENT && day_s >= still_s) break;
        char *title = arena_printf(arena, "%.*s: %s (week %lld of %lld)", SLICE_ARGS(focus->title),
                                   focus_step_name(cycle_step_of_week(week, focus->weeks)), (long long)week,
                                   (long long)focus->weeks);
        if (!add(arena, out, (struct reminder){day_s, slice_from(title), question(focus, week, prompts)})) return false;
    }
    if (focus->closed_s != WHEN_ABSENT) return true;
    if (still_s != WHEN_ABSENT) return add_pause(focus, still_s, arena, out);
    int64_t end_s = cycle_week_opens(focus, focus->weeks + 1, holidays);
    char *title = arena_printf(arena, "%.*s: embed, adapt or stop?", SLICE_ARGS(focus->title));
    return add(arena, out,
               (struct reminder){end_s, slice_from(title),
                                 SLICE("Decide it with your colleagues, and write down why. Then choose the next.")});
}

static bool add_returns(const struct focus *focus, const struct holiday_list *holidays,
                        const struct prompt_set_list *prompts, struct arena *arena, struct reminder_list *out) {
    static const int64_t weeks[] = {2, 5, 12};
    if (focus->step != FOCUS_EMBEDDED && focus->step != FOCUS_ADAPTED) return true;
    for (size_t i = 0; i < COUNT_OF(weeks); i++) {
        int64_t day_s = calendar_week_opens(focus->closed_s, weeks[i] + 1, holidays);
        char *title = arena_printf(arena, "%.*s: did you keep it?", SLICE_ARGS(focus->title));
        struct slice words = cycle_return_question(prompts, absence_turn(weeks[i]));
        if (!add(arena, out, (struct reminder){day_s, slice_from(title), words})) return false;
    }
    return true;
}

bool remind_of(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays,
               const struct prompt_set_list *prompts, struct arena *arena, struct reminder_list *out,
               struct fault *fault) {
    bool away = absence_of(focus, today_s, holidays) >= ABSENCE_LONG;
    int64_t still_s = away ? absence_long_opens(focus, holidays) : WHEN_ABSENT;
    *out = (struct reminder_list){0};
    return (add_weeks(focus, still_s, holidays, prompts, arena, out) &&
            add_returns(focus, holidays, prompts, arena, out)) ||
           fault_memory(fault);
}
