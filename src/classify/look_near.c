/* Company: words of `near` lines, which count where the other side stands close by. Common words stand on one side of
 * many lines and hardly ever find the other, so it is noted first which lines have both sides in the text; only of
 * those are the places looked at. */
#include <string.h>

#include "base/mem.h"
#include "classify/look.h"

/* So many times as far as the two sides of a `near` may stand is still told as missed. */
#define MISSED_BY 3u
#define BOTH_SIDES 3u
#define GENERATIONS (UINT32_MAX >> 2)

bool near_finding_new(const struct matcher *matcher, struct near_finding *out) {
    size_t lines = (size_t)matcher->near_count + 1;
    *out = (struct near_finding){.sides = mem_new(lines, sizeof *out->sides),
                                 .firsts = mem_new(lines, sizeof *out->firsts),
                                 .lasts = mem_new(lines, sizeof *out->lasts),
                                 .lines = lines};
    return out->sides != NULL && out->firsts != NULL && out->lasts != NULL;
}

void near_finding_free(struct near_finding *near) {
    mem_free(near->sides);
    mem_free(near->firsts);
    mem_free(near->lasts);
    mem_free(near->met);
    *near = (struct near_finding){0};
}

/* ---- which lines have both sides ---- */

void near_begin(struct near_finding *near) {
    near->met_count = 0;
    near->any = false;
    if (++near->generation <= GENERATIONS) return;
    memset(near->sides, 0, near->lines * sizeof *near->sides);
    near->generation = 1;
}

static void note_side(struct near_finding *near, const struct near_use *use) {
    uint32_t *sides = &near->sides[use->near];
    if (*sides >> 2 != near->generation) *sides = near->generation << 2;
    *sides |= use->side == SIDE_FIRST ? 1 : 2;
    if ((*sides & BOTH_SIDES) != BOTH_SIDES) return;
    near->any = true;
    near->firsts[use->near] = near->lasts[use->near] = 0;
}

bool near_meet(struct looking *look, size_t token, uint32_t node) {
    struct near_finding *near = &look->scratch->near;
    const struct matcher *m = look->set->matcher;
    if (near->met_count == near->met_capacity) {
        size_t wider = near->met_capacity == 0 ? 256 : near->met_capacity * 2;
        struct near_met *more = mem_resize(near->met, wider, sizeof *more);
        if (more == NULL) return false;
        near->met = more;
        near->met_capacity = wider;
    }
    near->met[near->met_count++] = (struct near_met){(uint32_t)token, node};
    for (const struct near_use *use = &m->near_uses[m->nodes[node].near]; use->near != 0; use++) note_side(near, use);
    return true;
}

/* ---- where their words stand ---- */

/* Each finds those of its own line only, however many others stand around. */
static void link_last(struct looking *look) {
    struct near_finding *near = &look->scratch->near;
    struct cue_array *cues = &look->scratch->cues[CUE_NEAR];
    struct cue *cue = &cues->at[cues->count - 1];
    uint32_t *last = &near->lasts[cue->near];
    cue->before = *last;
    if (cue->side != SIDE_SECOND) return;
    if (*last == 0) near->firsts[cue->near] = (uint32_t)cues->count;
    else cues->at[*last - 1].after = (uint32_t)cues->count;
    *last = (uint32_t)cues->count;
}

static bool place_all(struct looking *look, const struct near_met *met) {
    const struct near_finding *near = &look->scratch->near;
    const struct matcher *m = look->set->matcher;
    for (const struct near_use *use = &m->near_uses[m->nodes[met->node].near]; use->near != 0; use++) {
        size_t before = look->scratch->cues[CUE_NEAR].count;
        if ((near->sides[use->near] & BOTH_SIDES) != BOTH_SIDES) continue;
        if (!look_take(look, met->token, &m->phrases[use->phrase])) return false;
        if (look->scratch->cues[CUE_NEAR].count > before) link_last(look);
    }
    return true;
}

/* ---- joining ---- */

static bool join(struct looking *look, const struct cue *a, const struct cue *b, bool *joined) {
    const struct raw_hit *left = a->place.token < b->place.token ? &a->place : &b->place,
                         *right = left == &a->place ? &b->place : &a->place;
    uint32_t left_end = left->token + left->tokens, right_end = right->token + right->tokens;
    *joined = right->token <= left_end + a->within;
    if (!*joined) return true;
    struct raw_hit hit = a->place;
    hit.token = left->token;
    hit.start = left->start;
    hit.end = left->end > right->end ? left->end : right->end;
    hit.tokens = (right_end > left_end ? right_end : left_end) - left->token;
    return look_add(look, &hit);
}

/* Joins it with the first partner that is near enough. One that stands in the same sentence but too far away is worth
 * a remark: the hit is kept as one that lacks company. */
static bool join_one(struct looking *look, const struct cue *a) {
    const struct cue_array *cues = &look->scratch->cues[CUE_NEAR];
    uint32_t reach = a->within * MISSED_BY + CUE_WORDS_MOST, last = a->place.token + reach;
    uint32_t first = a->place.token > reach ? a->place.token - reach : 0, at = a->before;
    bool joined = false, missed = false;
    while (at != 0 && cues->at[at - 1].before != 0 && cues->at[cues->at[at - 1].before - 1].place.token >= first)
        at = cues->at[at - 1].before;
    if (at == 0) at = look->scratch->near.firsts[a->near];
    for (; at != 0 && !joined && cues->at[at - 1].place.token <= last; at = cues->at[at - 1].after) {
        const struct cue *b = &cues->at[at - 1];
        if (b->place.token < first || b->place.sentence != a->place.sentence) continue;
        missed = true;
        if (!join(look, a, b, &joined)) return false;
    }
    if (joined || !missed) return true;
    struct raw_hit hit = a->place;
    hit.state = HIT_LONELY;
    return look_add(look, &hit);
}

bool look_for_company(struct looking *look) {
    const struct near_finding *near = &look->scratch->near;
    const struct cue_array *cues = &look->scratch->cues[CUE_NEAR];
    for (size_t i = 0; i < near->met_count && near->any; i++)
        if (!place_all(look, &near->met[i])) return false;
    for (size_t i = 0; i < cues->count; i++)
        if (cues->at[i].side == SIDE_FIRST && !join_one(look, &cues->at[i])) return false;
    return true;
}
