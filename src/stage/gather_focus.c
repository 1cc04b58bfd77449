#include "stage/gather_focus.h"

#include "base/when.h"
#include "practice/absence.h"
#include "practice/cycle.h"
#include "stage/focus.h"
#include "store/practice.h"

struct gathering {
    const struct house *house;
    struct arena *arena;
    struct curate_input *out;
};

/* The notes of a focus until this day. */
static bool notes_until(struct gathering *g, const struct focus *focus, struct practice_note_list *notes,
                        struct fault *fault) {
    if (!notes_list(g->house->store, focus->id, g->arena, notes, fault)) return false;
    while (notes->count > 0 && notes->at[notes->count - 1].date_s > g->out->date_s) notes->count--;
    return true;
}

/* When the last note was written, and with whom: the question of the day is put to that colleague. */
static bool last_log(struct gathering *g, const struct practice_note_list *notes, struct focus_block *block,
                     struct fault *fault) {
    const struct practice_note *last = notes->count == 0 ? NULL : &notes->at[notes->count - 1];
    struct slice with = {NULL, 0};
    for (size_t i = 0; i < notes->count; i++)
        if (!slice_is_empty(notes->at[i].with)) with = notes->at[i].with;
    block->last_log = SLICE("No note yet");
    if (last == NULL) return true;
    int64_t days = (g->out->date_s - last->date_s) / DAY_S;
    char *text = days == 0 ? "Last note today"
                           : arena_printf(g->arena, "Last note %lld day%s ago", (long long)days, days == 1 ? "" : "s");
    char *colleague = slice_is_empty(with) || slice_is_empty(block->prompt)
                          ? ""
                          : arena_printf(g->arena, "You last did this with %.*s.", SLICE_ARGS(with));
    if (text == NULL || colleague == NULL) return fault_memory(fault);
    block->last_log = slice_from(text);
    if (colleague[0] != '\0') block->colleague = slice_from(colleague);
    if (!slice_is_absent(block->back_from)) block->to_change = last->change;
    return true;
}

static struct focus_block *new_block(struct gathering *g) {
    struct focus_block_list *list = &g->out->blocks;
    struct focus_block *more = arena_grow(g->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return NULL;
    list->at = more;
    return &more[list->count++];
}

static struct asking_days asking_days_of(const struct gathering *g) {
    return (struct asking_days){g->out->reader.days, &g->house->config.holidays};
}

static bool add_block(struct gathering *g, const struct focus *focus, const struct practice_note_list *notes,
                      struct fault *fault) {
    const struct holiday_list *holidays = &g->house->config.holidays;
    struct asking_days days = asking_days_of(g);
    struct cycle_day day = cycle_on(focus, g->out->date_s, holidays);
    bool told = absence_is_told(focus, g->out->date_s, &days);
    /* What nobody is at does not stand at the head of every list. */
    if (absence_of(focus, g->out->date_s, holidays) >= ABSENCE_LONG && !told) return true;
    const struct holiday *holiday = absence_holiday(g->out->date_s, &days);
    struct focus_block *block = new_block(g);
    if (block == NULL) return fault_memory(fault);
    *block = (struct focus_block){
        .id = focus->id,
        .title = focus->title,
        .step = slice_from(focus_step_name(day.step)),
        .prompt = cycle_prompt(focus, g->out->date_s, holidays, focus_prompts(g->house, focus)),
        .week = (int)day.week,
        .weeks = (int)day.weeks,
        .silent_weeks = told ? (int)absence_weeks(focus, g->out->date_s, holidays) : 0,
    };
    bool was_there = holiday != NULL && focus->chosen_s < holiday->from_s;
    if (was_there) block->back_from = slice_is_empty(holiday->name) ? SLICE("the holiday") : holiday->name;
    return last_log(g, notes, block, fault);
}

/* A day that was is made again as it was: what was chosen later is not in it. What rests holds nothing back. */
static bool add_open(struct gathering *g, struct fault *fault) {
    size_t kept = 0;
    struct focus_list *list = &g->out->focus;
    for (size_t i = 0; i < list->count; i++) {
        struct focus focus = list->at[i];
        struct practice_note_list notes = {0};
        if (focus.chosen_s > g->out->date_s) continue;
        if (!notes_until(g, &focus, &notes, fault)) return false;
        focus.sign_s = notes.count == 0 ? 0 : notes.at[notes.count - 1].date_s;
        if (!add_block(g, &focus, &notes, fault)) return false;
        if (absence_of(&focus, g->out->date_s, &g->house->config.holidays) == ABSENCE_RESTS) continue;
        list->at[kept++] = focus;
    }
    list->count = kept;
    return true;
}

/* What was kept comes back once in a while. */
static bool add_returns(struct gathering *g, struct fault *fault) {
    struct focus_list all = {0};
    struct asking_days days = asking_days_of(g);
    if (!focus_all(g->house->store, g->out->reader.name, FOCUS_ALL, g->arena, &all, fault)) return false;
    for (size_t i = 0; i < all.count; i++) {
        const struct focus *focus = &all.at[i];
        int64_t weeks = absence_return(focus, g->out->date_s, &days);
        if (weeks == 0) continue;
        struct focus_block *block = new_block(g);
        if (block == NULL) return fault_memory(fault);
        *block = (struct focus_block){
            .id = focus->id,
            .title = focus->title,
            .step = slice_from(focus_step_name(focus->step)),
            .prompt = cycle_return_question(focus_prompts(g->house, focus), absence_turn(weeks)),
            .return_weeks = (int)weeks,
        };
    }
    return true;
}

bool gather_focus(const struct house *house, struct arena *arena, struct curate_input *out, struct fault *fault) {
    struct gathering gathering = {house, arena, out}, *g = &gathering;
    if (!focus_all(g->house->store, g->out->reader.name, FOCUS_OPEN, g->arena, &g->out->focus, fault)) return false;
    if (!add_open(g, fault) || !add_returns(g, fault)) return false;
    g->out->new_ideas =
        cycle_new_ideas(&g->out->focus, g->out->reader.length, g->out->date_s, &g->house->config.holidays);
    return true;
}
