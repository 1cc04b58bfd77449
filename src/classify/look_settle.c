/* What becomes of hits: vetoes, negation, and the longest of those that overlap. */
#include <string.h>

#include "base/mem.h"
#include "classify/look.h"

/* Longest reach of a cue in words, with its own. */
#define REACH_WORDS 40u
#define INSERTION_MOST 24u

size_t look_cue_from(const struct cue_array *cues, uint32_t token) {
    size_t low = 0, high = cues->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (cues->at[middle].place.token < token) low = middle + 1;
        else high = middle;
    }
    return low;
}

static uint32_t minus(uint32_t a, uint32_t b) {
    return a > b ? a - b : 0;
}

/* ---- vetoes and negation ---- */

static bool is_covered(const struct looking *look, const struct raw_hit *hit) {
    const struct cue_array *cues = &look->scratch->cues[CUE_VETO];
    for (size_t i = look_cue_from(cues, minus(hit->token, CUE_WORDS_MOST)); i < cues->count; i++) {
        const struct raw_hit *cue = &cues->at[i].place;
        if (cue->token > hit->token + hit->tokens) return false;
        if (cue->block == hit->block && cue->start < hit->end && hit->start < cue->end) return true;
    }
    return false;
}

/* A cue reaches over so many words of its sentence, unless a stop word stands between. */
static bool is_stopped(const struct looking *look, uint32_t from, uint32_t to) {
    const struct cue_array *stops = &look->scratch->cues[CUE_STOP];
    size_t i = look_cue_from(stops, from);
    return i < stops->count && stops->at[i].place.token < to;
}

static bool negates(const struct looking *look, const struct cue *cue, const struct raw_hit *hit) {
    uint32_t hit_end = hit->token + hit->tokens, cue_end = cue->place.token + cue->place.tokens;
    bool before = cue->kind == LINE_BEFORE;
    if (cue->place.sentence != hit->sentence) return false;
    bool reaches = before ? cue_end <= hit->token && hit->token - cue_end < cue->within
                          : cue->place.token >= hit_end && cue->place.token - hit_end < cue->within;
    if (!reaches || is_covered(look, &cue->place)) return false;
    return before ? !is_stopped(look, cue_end, hit->token) : !is_stopped(look, hit_end, cue->place.token);
}

static bool is_negated(const struct looking *look, const struct raw_hit *hit) {
    const struct cue_array *cues = &look->scratch->cues[CUE_NEGATION];
    uint32_t last = hit->token + hit->tokens + REACH_WORDS;
    for (size_t i = look_cue_from(cues, minus(hit->token, REACH_WORDS + CUE_WORDS_MOST)); i < cues->count; i++) {
        if (cues->at[i].place.token > last) return false;
        if (negates(look, &cues->at[i], hit)) return true;
    }
    return false;
}

/* ---- order ---- */

static bool stands_before(const struct raw_hit *x, const struct raw_hit *y) {
    if (x->start != y->start) return x->start < y->start;
    if (x->end != y->end) return x->end > y->end;
    if (x->block != y->block) return x->block < y->block;
    if (x->line != y->line) return x->line < y->line;
    return x->form < y->form;
}

static void sort_few(struct raw_hit *hits, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct raw_hit hit = hits[i];
        size_t at = i;
        for (; at > 0 && stands_before(&hit, &hits[at - 1]); at--) hits[at] = hits[at - 1];
        hits[at] = hit;
    }
}

static void merge(const struct raw_hit *from, size_t left, size_t middle, size_t right, struct raw_hit *to) {
    size_t a = left, b = middle;
    for (size_t i = left; i < right; i++)
        to[i] = a < middle && (b == right || !stands_before(&from[b], &from[a])) ? from[a++] : from[b++];
}

/* Sorts without the heap: runs of a few, then merged from one array to the other and back. */
static bool sort_hits(struct looking *look) {
    struct scratch *scratch = look->scratch;
    struct raw_hit *hits = scratch->hits.at + look->first_hit;
    size_t count = scratch->hits.count - look->first_hit;
    if (count < 2) return true;
    for (size_t i = 0; i < count; i += INSERTION_MOST)
        sort_few(hits + i, count - i < INSERTION_MOST ? count - i : INSERTION_MOST);
    if (count <= INSERTION_MOST) return true;
    if (scratch->sorting.capacity < count) {
        struct raw_hit *more = mem_resize(scratch->sorting.at, count * 2, sizeof *more);
        if (more == NULL) return false;
        scratch->sorting.at = more;
        scratch->sorting.capacity = count * 2;
    }
    for (size_t run = INSERTION_MOST; run < count; run *= 2) {
        for (size_t left = 0; left < count; left += 2 * run) {
            size_t middle = left + run < count ? left + run : count,
                   right = middle + run < count ? middle + run : count;
            merge(hits, left, middle, right, scratch->sorting.at);
        }
        memcpy(hits, scratch->sorting.at, count * sizeof *hits);
    }
    return true;
}

/* ---- the longest counts ---- */

static enum line_kind kind_of(const struct looking *look, const struct raw_hit *hit) {
    return look->set->blocks[hit->block].lines[hit->line].kind;
}

/* Of overlapping hits of one block the longest counts; of equals the stronger kind of line, then the earlier line. */
static bool beats(const struct looking *look, const struct raw_hit *a, const struct raw_hit *b) {
    uint32_t a_len = a->end - a->start, b_len = b->end - b->start;
    if (a_len != b_len) return a_len > b_len;
    enum line_kind a_kind = kind_of(look, a), b_kind = kind_of(look, b);
    if (a_kind != b_kind) return a_kind < b_kind;
    if (a->start != b->start) return a->start < b->start;
    return a->line != b->line ? a->line < b->line : a->form < b->form;
}

/* Whether it takes part in who is the longest. */
static bool competes(const struct raw_hit *hit) {
    return hit->state != HIT_VETOED && hit->state != HIT_LONELY;
}

static void shadow(struct looking *look) {
    struct raw_hit *hits = look->scratch->hits.at;
    for (size_t i = look->first_hit; i < look->scratch->hits.count; i++)
        for (size_t j = i + 1; j < look->scratch->hits.count && hits[j].start < hits[i].end; j++) {
            if (hits[i].block != hits[j].block || !competes(&hits[i]) || !competes(&hits[j])) continue;
            /* What promotes a myth stands beside what mentions it. */
            if ((kind_of(look, &hits[i]) == LINE_PROMOTES) != (kind_of(look, &hits[j]) == LINE_PROMOTES)) continue;
            hits[beats(look, &hits[i], &hits[j]) ? j : i].state = HIT_SHADOWED;
        }
}

bool look_settle(struct looking *look) {
    struct scratch *scratch = look->scratch;
    const struct block_checks *checks = look->set->matcher->checks;
    if (!sort_hits(look)) return false;
    for (size_t i = look->first_hit; i < scratch->hits.count; i++) {
        struct raw_hit *hit = &scratch->hits.at[i];
        if (hit->state == HIT_LONELY) continue;
        if (checks[hit->block].has_veto && is_covered(look, hit)) hit->state = HIT_VETOED;
        else if (checks[hit->block].unless_negated && is_negated(look, hit)) hit->state = HIT_NEGATED;
    }
    shadow(look);
    return true;
}
