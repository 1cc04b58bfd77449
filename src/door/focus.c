#include "stage/focus.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/focus_show.h"

static bool add_words(struct arena *arena, const char *words, struct slice_list *out, struct fault *fault) {
    struct slice rest = slice_from(words);
    while (!slice_is_absent(rest)) {
        struct slice part = slice_trim(slice_next(&rest, ','));
        if (!slice_is_empty(part) && !slice_list_add(arena, out, part)) return fault_memory(fault);
    }
    return true;
}

static enum name_care care_of(const struct discern_focus *wanted) {
    return wanted->no_names ? NAMES_VOUCHED_FOR : NAMES_LOOKED_FOR;
}

static bool start(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                  struct fault *fault) {
    struct slice id;
    struct focus focus = {.team = slice_from(wanted->reader),
                          .title = slice_trim(slice_from(wanted->title)),
                          .aim = slice_trim(slice_from(wanted->aim)),
                          .follows = slice_from(wanted->follows),
                          .weeks = wanted->weeks};
    if (!add_words(arena, wanted->topics, &focus.topics, fault) ||
        !add_words(arena, wanted->items, &focus.items, fault) ||
        !focus_start(&home->house, &focus, care_of(wanted), arena, &id, fault))
        return false;
    buf_printf(out, "%.*s is in focus for %lld school weeks: %.*s. Week 1: plan it with a colleague.\n", SLICE_ARGS(id),
               (long long)focus.weeks, SLICE_ARGS(focus.title));
    if (focus.topics.count == 0)
        buf_add_text(out, "No topic was found in its words, so nothing can deepen it: 'discern focus topics' names "
                          "them, 'discern focus change' adds them.\n");
    for (size_t i = 0; i < focus.topics.count; i++)
        buf_printf(out, "%s%.*s%s", i == 0 ? "What deepens it: " : ", ", SLICE_ARGS(focus.topics.at[i]),
                   i + 1 == focus.topics.count ? "\n" : "");
    return true;
}

static bool move(struct discern *home, const struct discern_focus *wanted, struct buf *out, struct fault *fault) {
    enum focus_step step;
    if (!focus_step_from(slice_from(wanted->step), &step))
        return fault_set(fault, FAULT_USAGE,
                         "'%s' is no step: plan, try, evaluate, refine, again, decide, embedded, adapted or stopped",
                         wanted->step);
    if (!focus_move(&home->house, slice_from(wanted->id), step, slice_trim(slice_from(wanted->because)), fault))
        return false;
    buf_printf(out, "%s: %s\n", wanted->id, focus_step_name(step));
    return true;
}

static bool change(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                   struct fault *fault) {
    struct focus_change made = {.id = slice_from(wanted->id),
                                .title = slice_trim(slice_from(wanted->title)),
                                .aim = slice_trim(slice_from(wanted->aim)),
                                .reason = slice_trim(slice_from(wanted->because)),
                                .care = care_of(wanted)};
    if (!add_words(arena, wanted->topics, &made.topics, fault) || !focus_change(&home->house, &made, fault))
        return false;
    buf_printf(out, "%s: changed\n", wanted->id);
    return true;
}

static bool note(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                 struct fault *fault) {
    struct slice doubt;
    struct practice_note made = {.focus = slice_from(wanted->id),
                                 .group = slice_from(wanted->group),
                                 .did = slice_from(wanted->did),
                                 .saw = slice_from(wanted->saw),
                                 .change = slice_from(wanted->change),
                                 .with = slice_from(wanted->with)};
    struct slice date = slice_from(wanted->date);
    if (wanted->date != NULL && (date.len != 10 || !when_parse_rfc3339(date, &made.date_s)))
        return fault_set(fault, FAULT_USAGE, "'%s' is no date; write it as 2026-11-25", wanted->date);
    if (!focus_note(&home->house, &made, care_of(wanted), arena, &doubt, fault)) return false;
    buf_printf(out, "%s: noted\n", wanted->id);
    if (slice_is_empty(doubt) || home->report == NULL) return true;
    char *text = arena_printf(arena, "noted; if '%.*s' is a pupil's name, take it out: notes never name pupils",
                              SLICE_ARGS(doubt));
    if (text != NULL) home->report(home->report_to, DISCERN_TROUBLE, text);
    return true;
}

static bool drop(struct discern *home, const struct discern_focus *wanted, struct buf *out, struct fault *fault) {
    if (!focus_unpark(&home->house, slice_from(wanted->reader), slice_from(wanted->id), fault)) return false;
    buf_printf(out, "%s: let go\n", wanted->id);
    return true;
}

int discern_focus_do(struct discern *home, const struct discern_focus *wanted, discern_write *write, void *to,
                     struct discern_error *error) {
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf out = buf_new((size_t)16 * 1024 * 1024);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    bool done = false;
    if (arena == NULL) fault_memory(&fault);
    else {
        switch (wanted->act) {
            case DISCERN_FOCUS_START: done = start(home, wanted, arena, &out, &fault); break;
            case DISCERN_FOCUS_MOVE: done = move(home, wanted, &out, &fault); break;
            case DISCERN_FOCUS_CHANGE: done = change(home, wanted, arena, &out, &fault); break;
            case DISCERN_FOCUS_NOTE: done = note(home, wanted, arena, &out, &fault); break;
            case DISCERN_FOCUS_DROP: done = drop(home, wanted, &out, &fault); break;
            default: done = focus_show(home, wanted, arena, &out, &fault); break;
        }
    }
    if (done) (void)door_write(&out, write, to, &fault);
    return door_status(&fault, error);
}
