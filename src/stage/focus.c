#include "stage/focus.h"

#include "base/limits.h"
#include "base/when.h"
#include "practice/cycle.h"
#include "store/digests.h"
#include "store/practice.h"
#include "store/verdicts.h"

static bool set_team(const struct house *house, struct focus *focus, struct fault *fault) {
    const struct reader_list *readers = &house->config.readers;
    if (slice_is_empty(focus->team) && readers->count == 1) {
        focus->team = readers->at[0].name;
        return true;
    }
    for (size_t i = 0; i < readers->count; i++)
        if (slice_equal(readers->at[i].name, focus->team)) return true;
    if (slice_is_empty(focus->team)) return fault_set(fault, FAULT_USAGE, "say whose focus it is: --reader NAME");
    return fault_set(fault, FAULT_USAGE, "there is no reader '%.*s' in discern.conf", SLICE_ARGS(focus->team));
}

static bool check(const struct focus *focus, struct fault *fault) {
    if (slice_is_empty(slice_trim(focus->title)))
        return fault_set(fault, FAULT_USAGE, "a focus needs a name of its own");
    if (focus->weeks >= CYCLE_WEEKS_LEAST && focus->weeks <= CYCLE_WEEKS_MOST) return true;
    return fault_set(fault, FAULT_USAGE, "a focus is kept for %d to %d school weeks", CYCLE_WEEKS_LEAST,
                     CYCLE_WEEKS_MOST);
}

/* A code of an entry becomes the entry's leading item. */
static bool item_of(struct house *house, struct slice what, struct arena *arena, struct slice *out,
                    struct fault *fault) {
    struct shown_list shown = {0};
    struct shown_query query = {.from_s = 0, .until_s = INT64_MAX};
    *out = what;
    if (slice_find_byte(what, '/', 0) != SLICE_NOT_FOUND) return true;
    if (!shown_list(house->store, &query, arena, &shown, fault)) return false;
    for (size_t i = shown.count; i-- > 0;) {
        if (!slice_equal(shown.at[i].code, what)) continue;
        *out = shown.at[i].item;
        return true;
    }
    return fault_set(fault, FAULT_USAGE, "no digest has had an entry '%.*s'", SLICE_ARGS(what));
}

/* What a post is about deepens the focus that was taken from it. */
static bool add_topics(struct house *house, struct slice reference, struct arena *arena, struct focus *focus,
                       struct fault *fault) {
    struct item_row row;
    struct verdict verdict;
    bool found;
    if (!items_get(house->store, reference, arena, &row, &found, fault)) return false;
    if (!found) return fault_set(fault, FAULT_USAGE, "nothing is kept under '%.*s'", SLICE_ARGS(reference));
    if (!verdicts_get(house->store, row.row, arena, &verdict, &found, fault)) return false;
    for (size_t i = 0; found && i < verdict.topics.count; i++)
        if (!slice_list_add_once(arena, &focus->topics, verdict.topics.at[i].id)) return fault_memory(fault);
    return true;
}

static bool note_event(struct house *house, struct slice id, struct slice what, struct slice detail,
                       struct slice reason, struct fault *fault) {
    struct focus_event event = {
        .focus = id, .when_s = house->options.now_s, .what = what, .detail = detail, .reason = reason};
    return focus_event_add(house->store, &event, fault);
}

bool focus_start(struct house *house, struct focus *focus, struct arena *arena, struct slice *id, struct fault *fault) {
    struct focus_list open = {0};
    if (!set_team(house, focus, fault) || !check(focus, fault)) return false;
    if (!focus_all(house->store, focus->team, FOCUS_OPEN, arena, &open, fault) || !cycle_may_start(&open, fault))
        return false;
    for (size_t i = 0; i < focus->items.count; i++)
        if (!item_of(house, focus->items.at[i], arena, &focus->items.at[i], fault) ||
            !add_topics(house, focus->items.at[i], arena, focus, fault))
            return false;
    focus->chosen_s = focus->step_since_s = house_today(house);
    focus->closed_s = WHEN_ABSENT;
    focus->step = FOCUS_PLAN;
    AUTO(store_work_end)
    struct store_work work = {0};
    struct slice made = {0}, none = {NULL, 0};
    if (!store_begin(house->store, &work, fault) || !focus_add(house->store, focus, arena, &made, fault)) return false;
    if (!note_event(house, made, SLICE("chosen"), focus->title, none, fault) || !store_commit(&work, fault))
        return false;
    *id = made;
    return true;
}

static bool load(struct house *house, struct slice id, struct arena *arena, struct focus *out, struct fault *fault) {
    bool found;
    if (!focus_get(house->store, id, arena, out, &found, fault)) return false;
    return found ||
           fault_set(fault, FAULT_USAGE, "there is no focus '%.*s'; 'discern focus list' names them", SLICE_ARGS(id));
}

bool focus_move(struct house *house, struct slice id, enum focus_step step, struct slice reason, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct focus focus;
    if (arena == NULL) return fault_memory(fault);
    if (!load(house, id, arena, &focus, fault)) return false;
    if (!cycle_may_move(&focus, step, reason, house_today(house), &house->config.holidays, fault)) return false;
    focus.step = step;
    focus.step_since_s = house_today(house);
    if (!focus_is_open(&focus)) focus.closed_s = house_today(house);
    if (!slice_is_empty(reason)) focus.reason = reason;
    AUTO(store_work_end)
    struct store_work work = {0};
    struct slice what = focus_is_open(&focus) ? SLICE("step") : SLICE("decided");
    return store_begin(house->store, &work, fault) && focus_put(house->store, &focus, fault) &&
           note_event(house, id, what, slice_from(focus_step_name(step)), reason, fault) && store_commit(&work, fault);
}

bool focus_note(struct house *house, struct practice_note *note, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct focus focus;
    if (arena == NULL) return fault_memory(fault);
    if (!load(house, note->focus, arena, &focus, fault)) return false;
    if (slice_is_empty(note->did) && slice_is_empty(note->saw) && slice_is_empty(note->change))
        return fault_set(fault, FAULT_USAGE,
                         "a note says what was done, what was seen in pupils' work, or what changes next");
    note->date_s = house_today(house);
    note->step = focus.step;
    AUTO(store_work_end)
    struct store_work work = {0};
    return store_begin(house->store, &work, fault) && notes_add(house->store, note, fault) &&
           store_commit(&work, fault);
}
