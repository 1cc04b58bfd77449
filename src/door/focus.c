#include "stage/focus.h"
#include "base/limits.h"
#include "base/when.h"
#include "door/session.h"
#include "door/table.h"
#include "practice/cycle.h"
#include "store/practice.h"

static bool list(struct discern *home, const struct discern_focus *wanted, struct buf *out, struct fault *fault) {
    static const char *const headings[] = {"focus", "team", "week", "of", "step", "title", "ask today"};
    static const char *const keys[] = {"id", "team", "week", "weeks", "step", "title", "prompt"};
    const struct house *house = &home->house;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct focus_list all = {0};
    if (arena == NULL) return fault_memory(fault);
    if (!focus_all(house->store, slice_from(wanted->reader), wanted->all ? FOCUS_ALL : FOCUS_OPEN, arena, &all, fault))
        return false;
    struct table table = {.arena = arena, .headings = headings, .keys = keys, .columns = COUNT_OF(keys)};
    for (size_t i = 0; i < all.count; i++) {
        struct cycle_day day = cycle_on(&all.at[i], house_today(house), &house->config.holidays);
        const struct cell cells[] = {
            cell_text(all.at[i].id),
            cell_text(all.at[i].team),
            cell_int(day.week),
            cell_int(day.weeks),
            cell_text(slice_from(focus_step_name(day.step))),
            cell_text(all.at[i].title),
            cell_text(cycle_prompt(&all.at[i], house_today(house), &house->config.holidays, &house->config.prompts)),
        };
        if (!table_add(&table, cells)) return fault_memory(fault);
    }
    table_write(&table, wanted->form, out);
    return true;
}

static bool add_words(struct arena *arena, const char *words, struct slice_list *out) {
    struct slice rest = slice_from(words);
    while (!slice_is_absent(rest)) {
        struct slice part = slice_trim(slice_next(&rest, ','));
        if (!slice_is_empty(part) && !slice_list_add(arena, out, part)) return false;
    }
    return true;
}

static bool start(struct discern *home, const struct discern_focus *wanted, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct slice id;
    if (arena == NULL) return fault_memory(fault);
    struct focus focus = {.team = slice_from(wanted->reader),
                          .title = slice_trim(slice_from(wanted->title)),
                          .aim = slice_from(wanted->aim),
                          .weeks = wanted->weeks == 0 ? CYCLE_WEEKS_USUAL : wanted->weeks};
    if (!add_words(arena, wanted->topics, &focus.topics) || !add_words(arena, wanted->items, &focus.items))
        return fault_memory(fault);
    if (!focus_start(&home->house, &focus, arena, &id, fault)) return false;
    buf_printf(out, "%.*s is in focus for %lld school weeks. Week 1: plan it with a colleague.\n", SLICE_ARGS(id),
               (long long)focus.weeks);
    return true;
}

static bool move(struct discern *home, const struct discern_focus *wanted, struct buf *out, struct fault *fault) {
    enum focus_step step;
    if (!focus_step_from(slice_from(wanted->step), &step))
        return fault_set(fault, FAULT_USAGE,
                         "'%s' is no step: plan, try, evaluate, refine, again, decide, embedded, adapted or stopped",
                         wanted->step);
    if (!focus_move(&home->house, slice_from(wanted->id), step, slice_from(wanted->because), fault)) return false;
    buf_printf(out, "%s: %s\n", wanted->id, focus_step_name(step));
    return true;
}

static bool note(struct discern *home, const struct discern_focus *wanted, struct buf *out, struct fault *fault) {
    struct practice_note made = {.focus = slice_from(wanted->id),
                                 .group = slice_from(wanted->group),
                                 .did = slice_from(wanted->did),
                                 .saw = slice_from(wanted->saw),
                                 .change = slice_from(wanted->change),
                                 .with = slice_from(wanted->with)};
    if (!focus_note(&home->house, &made, fault)) return false;
    buf_printf(out, "%s: noted\n", wanted->id);
    return true;
}

int discern_focus_do(struct discern *home, const struct discern_focus *wanted, discern_write *write, void *to,
                     struct discern_error *error) {
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf out = buf_new((size_t)4 * 1024 * 1024);
    bool done = false;
    switch (wanted->act) {
        case DISCERN_FOCUS_LIST: done = list(home, wanted, &out, &fault); break;
        case DISCERN_FOCUS_START: done = start(home, wanted, &out, &fault); break;
        case DISCERN_FOCUS_MOVE: done = move(home, wanted, &out, &fault); break;
        case DISCERN_FOCUS_NOTE: done = note(home, wanted, &out, &fault); break;
    }
    if (done) (void)door_write(&out, write, to, &fault);
    return door_status(&fault, error);
}
