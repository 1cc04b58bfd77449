#include "curate/choose.h"

#include <stdlib.h>

#include "base/when.h"
#include "curate/circle.h"
#include "curate/entry.h"
#include "curate/pick.h"
#include "curate/place.h"
#include "curate/said.h"
#include "curate/story.h"

/* ---- which candidates count ---- */

static int64_t window_from(const struct curate_input *input, const struct curate_options *options) {
    int64_t usual_s = input->now_s - options->window_days * DAY_S;
    return input->from_s != 0 && input->from_s < usual_s ? input->from_s : usual_s;
}

/* Those seen within the window and not in the future, or at any time before when they deepen the focus; not what its
 * author keeps from the public. */
static bool may_count(const struct curate_input *input, const struct curate_options *options,
                      const struct candidate *candidate) {
    return candidate->verdict != NULL && candidate->item != NULL && !candidate->item->unlisted &&
           candidate->first_seen_s <= input->now_s &&
           (candidate->first_seen_s > window_from(input, options) || said_on_focus(candidate, &input->focus));
}

static bool sift(const struct curate_input *input, const struct curate_options *options, struct arena *arena,
                 struct candidate_list *out) {
    out->at = arena_alloc(arena, input->candidates.count + 1, sizeof *out->at);
    if (out->at == NULL) return false;
    for (size_t i = 0; i < input->candidates.count; i++)
        if (may_count(input, options, &input->candidates.at[i])) out->at[out->count++] = input->candidates.at[i];
    return true;
}

/* ---- taking one by one ---- */

static bool is_better(double gain, const struct pick *pick, double best_gain, const struct pick *best) {
    if (best == NULL || gain > best_gain) return true;
    return gain == best_gain && slice_compare(pick->story->id, best->story->id) < 0;
}

/* Whether it would fill one of the places still wanted. */
static bool fills_place(const struct pick_table *table, const struct places *places, const struct pick *pick) {
    for (int kind = 0; kind < PLACE_COUNT; kind++)
        if (places->wanted[kind] > 0 && place_fits(table, places, pick, (enum place_kind)kind)) return true;
    return false;
}

enum choice_need { NEED_BEST, NEED_PLACE, NEED_OTHER_KIND };

/* Whether nothing chosen deepens the focus in the same way. */
static bool is_other_kind(const struct pick_table *table, const struct pick *pick) {
    for (size_t i = 0; i < table->chosen_count; i++)
        if (table->chosen[i]->pool == POOL_FOCUS && table->chosen[i]->deepens == pick->deepens) return false;
    return true;
}

static struct pick *best_of(const struct pick_table *table, enum pick_pool pool, const struct places *places,
                            enum choice_need need) {
    struct pick *best = NULL;
    double best_gain = 0;
    for (size_t i = 0; i < table->count; i++) {
        struct pick *pick = &table->at[i];
        const char *why;
        if (pick->state != PICK_OPEN || pick->pool != pool || !pick_within_caps(table, pick, &why)) continue;
        if (need == NEED_PLACE && !fills_place(table, places, pick)) continue;
        if (need == NEED_OTHER_KIND && !is_other_kind(table, pick)) continue;
        double gain = pick_gain(table, pick).total;
        if (!is_better(gain, pick, best_gain, best)) continue;
        best = pick;
        best_gain = gain;
    }
    return best;
}

static bool take(struct pick_table *table, struct places *places, struct pick *pick) {
    if (!place_take(table, places, pick)) return false;
    pick->gain = pick_gain(table, pick);
    pick->state = PICK_CHOSEN;
    table->chosen[table->chosen_count++] = pick;
    pick->place = (int)table->chosen_count;
    return true;
}

/* Takes up to `room` of one pool. When no more entries are left than places to fill, only what fills one is taken,
 * while there is such a story. */
static bool take_pool(struct pick_table *table, enum pick_pool pool, struct places *places, int64_t room) {
    for (int64_t left = room; left > 0; left--) {
        int64_t wanted = 0;
        for (int kind = 0; kind < PLACE_COUNT; kind++) wanted += places->wanted[kind] > 0 ? places->wanted[kind] : 0;
        struct pick *pick = wanted >= left ? best_of(table, pool, places, NEED_PLACE) : NULL;
        if (pick == NULL && pool == POOL_FOCUS) pick = best_of(table, pool, places, NEED_OTHER_KIND);
        if (pick == NULL) pick = best_of(table, pool, places, NEED_BEST);
        if (pick == NULL) return true;
        if (!take(table, places, pick)) return false;
    }
    return true;
}

/* ---- the rest ---- */

/* Whether this reader's list has such a part. */
static bool has_section(const struct reader *reader, enum section_kind kind) {
    return reader->sections.count == 0 || list_holds(&reader->sections, slice_from(section_kind_name(kind)));
}

/* Why a story over the bar found no room: what it would have added at the end. */
static bool leave_for_others(struct pick_table *table, struct pick *pick) {
    struct slice why;
    pick->gain = pick_gain(table, pick);
    if (!said_words(table->arena, &why,
                    "others had more to add (at the end: %+.1f for topics not in the list, -%.1f for likeness to it)",
                    pick->gain.cover, pick->gain.likeness))
        return false;
    pick_leave(pick, LEFT_NO_ROOM, why);
    return true;
}

static bool leave_rest(struct pick_table *table, bool parked) {
    for (size_t i = 0; i < table->count; i++) {
        struct pick *pick = &table->at[i];
        const char *why;
        if (pick->state != PICK_OPEN) continue;
        if (pick->pool == POOL_CHECK && !has_section(&table->input->reader, SECTION_CHECK_FIRST))
            pick_leave(pick, LEFT_UNWANTED, SLICE("to be checked first, which this reader's list has no part for"));
        else if (pick->pool == POOL_NEW && parked)
            pick_leave(pick, LEFT_PARKED, SLICE("parked until what is in focus is decided"));
        else if (!pick_within_caps(table, pick, &why)) pick_leave(pick, LEFT_BY_CAP, slice_from(why));
        else if (!leave_for_others(table, pick)) return false;
    }
    return true;
}

static int by_score(const void *a, const void *b) {
    const struct pick *const *x = a, *const *y = b;
    if ((*x)->score != (*y)->score) return (*x)->score > (*y)->score ? -1 : 1;
    return slice_compare((*x)->story->id, (*y)->story->id);
}

static bool make_left_out(const struct pick *pick, struct arena *arena, struct left_out *out) {
    const struct candidate *lead = pick->story->lead;
    *out = (struct left_out){.reason = pick->reason,
                             .code = pick->story->code,
                             .why = pick->why,
                             .story = pick->story->id,
                             .lead = lead->id,
                             .url = lead->item->url,
                             .score = pick->score,
                             .terms = pick->terms};
    const struct topic_list *topics = &lead->verdict->topics;
    for (size_t i = 0; i < topics->count && i < 3; i++)
        if (!slice_list_add(arena, &out->topics, topics->at[i].id)) return false;
    for (size_t i = 1; i < pick->story->member_count; i++)
        if (!slice_list_add(arena, &out->members, pick->story->members[i]->id)) break; /* the list's own ceiling */
    return entry_headline(lead, arena, &out->title);
}

static void count_left(const struct pick *pick, struct digest *out) {
    switch (pick->reason) {
        case LEFT_UNDER_BAR: out->under_bar++; break;
        case LEFT_BY_CAP: out->held_by_caps++; break;
        case LEFT_REPEATED: out->held_repeated++; break;
        case LEFT_PARKED: out->held_for_focus++; break;
        case LEFT_UNWANTED: out->held_unwanted++; break;
        case LEFT_NO_ROOM: out->no_room++; break;
    }
}

static bool write_left_out(struct pick_table *table, struct digest *out) {
    struct pick **left = arena_alloc(table->arena, table->count + 1, sizeof(void *));
    size_t count = 0;
    if (left == NULL) return false;
    for (size_t i = 0; i < table->count; i++) {
        if (table->at[i].state != PICK_LEFT) continue;
        count_left(&table->at[i], out);
        left[count++] = &table->at[i];
    }
    qsort(left, count, sizeof(void *), by_score);
    out->left_out.at = arena_alloc(table->arena, count + 1, sizeof *out->left_out.at);
    if (out->left_out.at == NULL) return false;
    out->left_out.count = out->left_out.capacity = count;
    for (size_t i = 0; i < count; i++)
        if (!make_left_out(left[i], table->arena, &out->left_out.at[i])) return false;
    return true;
}

/* ---- the digest ---- */

static enum section_kind section_of(const struct pick_table *table, const struct pick *pick) {
    if (pick->pool == POOL_CHECK) return SECTION_CHECK_FIRST;
    if (pick->pool == POOL_FOCUS) return SECTION_FOCUS;
    bool account = pick->story->lead->verdict->level == 1;
    return account && has_section(&table->input->reader, SECTION_CLASSROOM) ? SECTION_CLASSROOM : SECTION_IDEAS;
}

static bool write_section(struct pick_table *table, enum section_kind kind, struct digest *out) {
    struct section section = {.kind = kind};
    struct entry_list *entries = &section.entries;
    for (size_t i = 0; i < table->chosen_count; i++) {
        const struct pick *pick = table->chosen[i];
        if (section_of(table, pick) != kind) continue;
        struct entry *more = arena_grow(table->arena, entries->at, entries->count, &entries->capacity, sizeof *more);
        if (more == NULL) return false;
        entries->at = more;
        if (!entry_make(table, pick, &entries->at[entries->count++])) return false;
        if (!slice_list_add_once(table->arena, &out->rules, pick->story->lead->verdict->rules_id)) return false;
    }
    if (entries->count == 0) return true;
    struct section *more =
        arena_grow(table->arena, out->sections.at, out->sections.count, &out->sections.capacity, sizeof *more);
    if (more == NULL) return false;
    out->sections.at = more;
    out->sections.at[out->sections.count++] = section;
    return true;
}

/* In the reader's order; a part that is not named and has entries all the same comes last. */
static bool write_sections(struct pick_table *table, struct digest *out) {
    static const enum section_kind usual[] = {SECTION_FOCUS, SECTION_IDEAS, SECTION_CLASSROOM, SECTION_CHECK_FIRST};
    const struct slice_list *wanted = &table->input->reader.sections;
    bool done[COUNT_OF(usual)] = {false};
    for (size_t i = 0; i < wanted->count; i++) {
        enum section_kind kind;
        if (!section_kind_from(wanted->at[i], &kind) || done[kind]) continue;
        done[kind] = true;
        if (!write_section(table, kind, out)) return false;
    }
    for (size_t i = 0; i < COUNT_OF(usual); i++)
        if (!done[usual[i]] && !write_section(table, usual[i], out)) return false;
    return true;
}

static bool write_digest(struct pick_table *table, struct digest *out) {
    const struct curate_input *input = table->input;
    *out = (struct digest){.date = input->date,
                           .date_s = input->date_s,
                           .school = input->school,
                           .reader = input->reader,
                           .base_url = input->base_url,
                           .focus = input->blocks,
                           .considered = table->count,
                           .trouble = input->trouble,
                           .previous_s = input->previous_s,
                           .disclaimer = DIGEST_DISCLAIMER};
    return write_sections(table, out) && write_left_out(table, out);
}

/* Focus first, then what is new, then what must be checked first. */
static bool take_all(struct pick_table *table) {
    const struct curate_input *input = table->input;
    int64_t length = input->reader.length < 1 ? 1 : input->reader.length;
    int64_t check = table->options->check_first < length ? table->options->check_first : length - 1;
    if (!has_section(&input->reader, SECTION_CHECK_FIRST)) check = 0;
    bool in_focus = input->focus.count > 0;
    int64_t most_new = input->new_ideas < length ? input->new_ideas : length;
    int64_t deepening = in_focus && table->options->deepening < length ? table->options->deepening : length;
    struct places places = places_of(table, in_focus && most_new < 3 ? most_new : length);
    struct places no_places = {.seldom = -1};
    /* The caution keeps its place at the foot of the list, so room is left for it where there is one to show. */
    if (check > 0 && best_of(table, POOL_CHECK, &no_places, NEED_BEST) == NULL) check = 0;
    int64_t room = length - check;
    if (in_focus &&
        !take_pool(table, POOL_FOCUS, most_new > 0 ? &no_places : &places, deepening < room ? deepening : room))
        return false;
    room -= (int64_t)table->chosen_count;
    for (size_t i = 0; i < table->chosen_count; i++)
        if (table->chosen[i]->story->lead->verdict->level == 1) places.wanted[PLACE_CLASSROOM]--;
    if (!take_pool(table, POOL_NEW, &places, most_new < room ? most_new : room)) return false;
    return take_pool(table, POOL_CHECK, &no_places, check);
}

bool choose_digest(const struct curate_input *input, const struct curate_options *options, struct arena *arena,
                   struct digest *out, struct fault *fault) {
    struct candidate_list candidates = {0};
    struct story_list stories;
    struct pick_table table = {.input = input, .options = options, .arena = arena};
    if (!sift(input, options, arena, &candidates) || !circle_mark(&candidates, &input->past_links, arena))
        return fault_memory(fault);
    if (!story_build(&candidates, arena, &stories, fault) || !pick_build(&stories, &table, fault)) return false;
    table.chosen = arena_alloc(arena, stories.count + 1, sizeof(void *));
    if (table.chosen == NULL || !take_all(&table)) return fault_memory(fault);
    if (!leave_rest(&table, input->focus.count > 0)) return fault_memory(fault);
    struct digest digest;
    if (!write_digest(&table, &digest)) return fault_memory(fault);
    *out = digest;
    return true;
}
