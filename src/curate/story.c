#include "curate/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/when.h"
#include "curate/code.h"
#include "curate/group.h"
#include "curate/share.h"

static int by_id(const void *a, const void *b) {
    const struct candidate *const *x = a, *const *y = b;
    return slice_compare((*x)->id, (*y)->id);
}

static int64_t time_of(const struct candidate *candidate) {
    int64_t published_s = candidate->item->published_s;
    return published_s == WHEN_ABSENT ? candidate->first_seen_s : published_s;
}

/* Who leads: the article itself before posts about it, a post of its own before a repost, then the earliest, then the
 * fuller trail. */
static int by_claim_to_lead(const void *a, const void *b) {
    const struct candidate *x = *(const struct candidate *const *)a, *y = *(const struct candidate *const *)b;
    int rank_x = x->item->kind == ITEM_ARTICLE ? 0 : x->item->kind == ITEM_REPOST ? 2 : 1;
    int rank_y = y->item->kind == ITEM_ARTICLE ? 0 : y->item->kind == ITEM_REPOST ? 2 : 1;
    if (rank_x != rank_y) return rank_x - rank_y;
    if (time_of(x) != time_of(y)) return time_of(x) < time_of(y) ? -1 : 1;
    if (x->verdict->level != y->verdict->level) return y->verdict->level - x->verdict->level;
    return slice_compare(x->id, y->id);
}

/* The oldest member names the story: by its page where it has one, so that others who share the page change nothing. */
static bool name_story(struct story *story, struct arena *arena, struct fault *fault) {
    const struct candidate *oldest = story->members[0];
    for (size_t i = 1; i < story->member_count; i++) {
        const struct candidate *member = story->members[i];
        bool older = member->first_seen_s < oldest->first_seen_s ||
                     (member->first_seen_s == oldest->first_seen_s && slice_compare(member->id, oldest->id) < 0);
        if (older) oldest = member;
    }
    story->first_seen_s = oldest->first_seen_s;
    struct slice key = group_key(oldest);
    char hex[HASH_HEX_BYTES];
    if (!hash_sha256_hex(slice_is_empty(key) ? oldest->id : key, hex, fault)) return false;
    return arena_copy(arena, slice_of(hex, 16), &story->id) || fault_memory(fault);
}

static bool add_study(struct story *story, const char *scheme, struct slice id, struct arena *arena) {
    if (slice_is_empty(id)) return true;
    char *name = arena_printf(arena, "%s:%.*s", scheme, SLICE_ARGS(id));
    return name != NULL && slice_list_add_once(arena, &story->studies, slice_from(name));
}

static bool collect_studies(struct story *story, struct arena *arena) {
    for (size_t i = 0; i < story->member_count; i++) {
        const struct candidate *member = story->members[i];
        for (size_t j = 0; j < member->works.count; j++)
            if (!add_study(story, "work", member->works.at[j].id, arena)) return false;
        if (member->article == NULL) continue;
        const struct reference_list *references = &member->article->references;
        for (size_t j = 0; j < references->count; j++) {
            enum reference_kind kind = references->at[j].kind;
            bool study =
                kind == REFERENCE_DOI || kind == REFERENCE_ARXIV || kind == REFERENCE_ERIC || kind == REFERENCE_PMID;
            const char *scheme = kind == REFERENCE_DOI ? "work" : reference_kind_name(kind);
            if (study && story->studies.count < 50 && !add_study(story, scheme, references->at[j].id, arena))
                return false;
        }
    }
    return true;
}

static bool finish_story(struct story *story, struct arena *arena, struct fault *fault) {
    qsort(story->members, story->member_count, sizeof(void *), by_claim_to_lead);
    story->lead = story->members[0];
    if (!name_story(story, arena, fault)) return false;
    if (!collect_studies(story, arena) || !share_collect(story, arena)) return fault_memory(fault);
    return true;
}

static int by_story_id(const void *a, const void *b) {
    const struct story *x = a, *y = b;
    return slice_compare(x->id, y->id);
}

static int by_code(const void *a, const void *b) {
    const struct story *const *x = a, *const *y = b;
    int order = slice_compare((*x)->code, (*y)->code);
    return order != 0 ? order : slice_compare((*x)->id, (*y)->id);
}

/* Gives every story a code of its own: where two have the same, the smaller id keeps it. */
static bool name_codes(struct story_list *list, struct arena *arena) {
    const struct story **sorted = arena_alloc(arena, list->count + 1, sizeof(void *));
    if (sorted == NULL) return false;
    for (size_t i = 0; i < list->count; i++)
        if (!code_of(list->at[i].id, 0, arena, &list->at[i].code)) return false;
    bool changed = true;
    for (unsigned turn = 1; changed && turn < 20; turn++) {
        changed = false;
        for (size_t i = 0; i < list->count; i++) sorted[i] = &list->at[i];
        qsort(sorted, list->count, sizeof(void *), by_code);
        for (size_t i = 1; i < list->count; i++) {
            if (!slice_equal(sorted[i]->code, sorted[i - 1]->code)) continue;
            struct story *second = &list->at[sorted[i] - list->at];
            if (!code_of(second->id, turn, arena, &second->code)) return false;
            changed = true;
        }
    }
    return true;
}

struct study_spot {
    struct slice study;
    size_t story;
};

static int by_study(const void *a, const void *b) {
    const struct study_spot *x = a, *y = b;
    int order = slice_compare(x->study, y->study);
    return order != 0 ? order : (x->story < y->story ? -1 : x->story > y->story);
}

/* Stories that rest on one study name each other; at most five each. */
static bool link_studies(struct story_list *list, struct arena *arena) {
    size_t count = 0, used = 0;
    for (size_t i = 0; i < list->count; i++) count += list->at[i].studies.count;
    struct study_spot *spots = arena_alloc(arena, count + 1, sizeof *spots);
    if (spots == NULL) return false;
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < list->at[i].studies.count; j++)
            spots[used++] = (struct study_spot){list->at[i].studies.at[j], i};
    qsort(spots, used, sizeof *spots, by_study);
    for (size_t i = 0; i < used; i++)
        for (size_t j = i + 1; j < used && j - i <= 5 && slice_equal(spots[i].study, spots[j].study); j++) {
            struct story *one = &list->at[spots[i].story], *two = &list->at[spots[j].story];
            if (one == two) continue;
            if (one->same_study.count < 5 && !slice_list_add_once(arena, &one->same_study, two->code)) return false;
            if (two->same_study.count < 5 && !slice_list_add_once(arena, &two->same_study, one->code)) return false;
        }
    return true;
}

/* Puts each candidate into the story that its group number names. */
static bool collect(const struct candidate **sorted, const size_t *groups, size_t count, struct arena *arena,
                    struct story_list *out) {
    size_t *sizes = arena_alloc(arena, count + 1, sizeof *sizes),
           *places = arena_alloc(arena, count + 1, sizeof *places);
    if (sizes == NULL || places == NULL) return false;
    size_t stories = 0;
    for (size_t i = 0; i < count; i++) {
        sizes[groups[i]]++;
        if (groups[i] == i) places[i] = stories++;
    }
    out->at = arena_alloc(arena, stories + 1, sizeof *out->at);
    if (out->at == NULL) return false;
    out->count = out->capacity = stories;
    for (size_t i = 0; i < count; i++) {
        struct story *story = &out->at[places[groups[i]]];
        if (story->members == NULL) story->members = arena_alloc(arena, sizes[groups[i]], sizeof(void *));
        if (story->members == NULL) return false;
        story->members[story->member_count++] = sorted[i];
    }
    return true;
}

bool story_build(const struct candidate_list *candidates, struct arena *arena, struct story_list *out,
                 struct fault *fault) {
    size_t count = candidates->count;
    const struct candidate **sorted = arena_alloc(arena, count + 1, sizeof(void *));
    if (sorted == NULL) return fault_memory(fault);
    for (size_t i = 0; i < count; i++) sorted[i] = &candidates->at[i];
    qsort(sorted, count, sizeof(void *), by_id);
    const size_t *groups = group_candidates(sorted, count, arena);
    struct story_list list = {0};
    if (groups == NULL || !collect(sorted, groups, count, arena, &list)) return fault_memory(fault);
    for (size_t i = 0; i < list.count; i++)
        if (!finish_story(&list.at[i], arena, fault)) return false;
    qsort(list.at, list.count, sizeof *list.at, by_story_id);
    if (!name_codes(&list, arena) || !link_studies(&list, arena)) return fault_memory(fault);
    *out = list;
    return true;
}
