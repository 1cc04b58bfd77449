#include "classify/match.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/url.h"
#include "classify/matcher.h"
#include "classify/token.h"

#define MATCHES_OF_REGEX 48
#define CALLS_BETWEEN_CLOCKS 32
#define UNDECIDED_MOST 64
#define REGEX_FAILURES_TO_REST 3

struct hit_array {
    struct raw_hit *at; /* owned */
    size_t count, capacity;
};

struct scratch {
    struct fold fold;
    struct tokens tokens;
    struct hit_array hits;
    struct hit_array cues; /* vetoes, negation cues, sides of near: not handed out */
    uint8_t *cue_kind;     /* of each cue: enum line_kind; owned */
    uint8_t *cue_side;
    size_t cue_capacity;
    struct pattern_room *room;
    uint32_t undecided[UNDECIDED_MOST];
    size_t undecided_count;
    uint8_t *regex_failures; /* by index: ceilings reached in this run; owned */
    size_t regex_count;
    unsigned calls;
    int64_t began_us;
};

struct scratch *scratch_new(const struct ruleset *set, struct fault *fault) {
    struct scratch *scratch = mem_new(1, sizeof *scratch);
    if (scratch == NULL) {
        fault_memory(fault);
        return NULL;
    }
    scratch->room = pattern_room_new(fault);
    scratch->regex_count = set->matcher->regex_count;
    scratch->regex_failures = mem_new(scratch->regex_count, 1);
    if (scratch->regex_failures == NULL) fault_memory(fault);
    if (scratch->room == NULL || scratch->regex_failures == NULL) scratch_free(&scratch);
    return scratch;
}

void scratch_free(struct scratch **scratch) {
    struct scratch *old = *scratch;
    if (old == NULL) return;
    fold_free(&old->fold);
    tokens_free(&old->tokens);
    mem_free(old->hits.at);
    mem_free(old->cues.at);
    mem_free(old->cue_kind);
    mem_free(old->cue_side);
    mem_free(old->regex_failures);
    pattern_room_free(&old->room);
    mem_free(old);
    *scratch = NULL;
}

static bool add_hit(struct hit_array *array, struct raw_hit hit) {
    if (array->count == array->capacity) {
        size_t wider = array->capacity == 0 ? 128 : array->capacity * 2;
        struct raw_hit *more = mem_resize(array->at, wider, sizeof *more);
        if (more == NULL) return false;
        array->at = more;
        array->capacity = wider;
    }
    array->at[array->count++] = hit;
    return true;
}

static bool add_cue(struct scratch *scratch, struct raw_hit hit, enum line_kind kind, uint8_t side) {
    size_t index = scratch->cues.count;
    if (!add_hit(&scratch->cues, hit)) return false;
    if (index >= scratch->cue_capacity) {
        size_t wider = scratch->cues.capacity;
        uint8_t *kinds = mem_resize(scratch->cue_kind, wider, 1);
        if (kinds == NULL) return false;
        scratch->cue_kind = kinds;
        uint8_t *sides = mem_resize(scratch->cue_side, wider, 1);
        if (sides == NULL) return false;
        scratch->cue_side = sides;
        scratch->cue_capacity = wider;
    }
    scratch->cue_kind[index] = (uint8_t)kind;
    scratch->cue_side[index] = side;
    return true;
}

/* ---- one field ---- */

struct looking {
    struct scratch *scratch;
    const struct ruleset *set;
    enum field field;
    struct slice original;
    size_t first_hit, first_cue; /* of this field */
};

static void place_hit(const struct looking *look, uint32_t first, uint32_t count, struct raw_hit *hit) {
    const struct tokens *tokens = &look->scratch->tokens;
    const struct token *from = &tokens->at[first], *to = &tokens->at[first + count - 1];
    hit->field = (uint16_t)look->field;
    hit->token = first;
    hit->tokens = count;
    hit->sentence = from->sentence;
    hit->start = fold_original(&look->scratch->fold, from->start);
    hit->end = fold_original(&look->scratch->fold, to->end);
}

/* Capitals as written, blanks as they come. */
static bool is_exactly(struct slice text, struct slice form) {
    size_t at = 0;
    for (size_t i = 0; i < form.len; i++) {
        if (form.at[i] == ' ') {
            size_t before = at;
            while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\n' || text.at[at] == '-')) at++;
            if (at == before) return false;
            continue;
        }
        if (at == text.len || text.at[at] != form.at[i]) return false;
        at++;
    }
    struct slice rest = slice_part(text, at, text.len);
    return rest.len == 0 || slice_equal(rest, SLICE("'s")) || slice_equal(rest, SLICE("\xE2\x80\x99s"));
}

static bool breaks_allow(const struct tokens *tokens, size_t first, const struct phrase *phrase) {
    for (size_t i = 1; i < phrase->words; i++)
        if (tokens->at[first + i].break_before && (phrase->breaks >> i & 1) == 0) return false;
    return true;
}

static bool is_cue(enum line_kind kind) {
    return kind == LINE_NOT || kind == LINE_FALSE || kind == LINE_BEFORE || kind == LINE_AFTER || kind == LINE_STOP ||
           kind == LINE_NEAR;
}

static bool take_phrase(struct looking *look, size_t first, const struct phrase *phrase) {
    struct scratch *scratch = look->scratch;
    if (phrase->joined && !scratch->tokens.at[first].hashtag) return true;
    if (!breaks_allow(&scratch->tokens, first, phrase)) return true;
    struct raw_hit hit = {.block = phrase->block, .line = phrase->line, .form = phrase->form, .state = HIT_COUNTED};
    place_hit(look, (uint32_t)first, phrase->words, &hit);
    if (!slice_is_absent(phrase->exact) && !is_exactly(slice_part(look->original, hit.start, hit.end), phrase->exact))
        return true;
    enum line_kind kind = look->set->blocks[phrase->block].lines[phrase->line].kind;
    if (is_cue(kind)) return add_cue(scratch, hit, kind, phrase->side);
    return add_hit(&scratch->hits, hit);
}

static bool find_phrases(struct looking *look) {
    const struct matcher *m = look->set->matcher;
    const struct tokens *tokens = &look->scratch->tokens;
    for (size_t first = 0; first < tokens->count; first++) {
        uint32_t node = 1;
        for (size_t at = first; at < tokens->count && tokens->at[at].word != 0; at++) {
            node = matcher_step(m, node, tokens->at[at].word);
            if (node == 0) break;
            for (uint32_t p = m->node_phrases[node]; p != 0; p = m->phrases[p - 1].next)
                if (!take_phrase(look, first, &m->phrases[p - 1])) return false;
        }
    }
    return true;
}

static void name_words(struct scratch *scratch, const struct matcher *m) {
    for (size_t i = 0; i < scratch->tokens.count; i++) {
        struct token *token = &scratch->tokens.at[i];
        char key[TOKEN_KEY_BYTES];
        if (token->end - token->start > TOKEN_KEY_BYTES) continue;
        token->word = matcher_word(m, key, token_key(&scratch->fold, token, key));
    }
}

/* ---- patterns ---- */

static int64_t cpu_us(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return 0;
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool out_of_time(struct scratch *scratch) {
    if (++scratch->calls % CALLS_BETWEEN_CLOCKS != 0) return false;
    return cpu_us() - scratch->began_us > (int64_t)LIMIT_JUDGE_CPU_MS * 1000;
}

static void leave_undecided(struct scratch *scratch, uint32_t block) {
    for (size_t i = 0; i < scratch->undecided_count; i++)
        if (scratch->undecided[i] == block) return;
    if (scratch->undecided_count < UNDECIDED_MOST) scratch->undecided[scratch->undecided_count++] = block;
}

/* The first token that ends behind `at` (folded). */
static size_t token_at(const struct tokens *tokens, size_t at) {
    size_t low = 0, high = tokens->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (tokens->at[middle].end <= at) low = middle + 1;
        else high = middle;
    }
    return low;
}

static size_t to_border(struct slice text, size_t at, int direction) {
    while (at > 0 && at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80) at = direction < 0 ? at - 1 : at + 1;
    return at;
}

/* The folded offset whose original is at or before `original`: for placing a hit in the original among the tokens. */
static size_t folded_of(const struct fold *fold, size_t original) {
    size_t low = 0, high = fold->step_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (fold->steps[middle].original <= original) low = middle + 1;
        else high = middle;
    }
    if (low == 0) return original;
    size_t at = fold->steps[low - 1].folded + (original - fold->steps[low - 1].original);
    size_t next = low < fold->step_count ? fold->steps[low].folded : fold->text.len;
    return at < next ? at : next;
}

static bool add_span(struct looking *look, const struct compiled_regex *regex, size_t start, size_t end) {
    struct scratch *scratch = look->scratch;
    struct raw_hit hit = {.block = regex->block,
                          .line = regex->line,
                          .field = (uint16_t)look->field,
                          .state = HIT_COUNTED};
    size_t folded_start = regex->exact ? folded_of(&scratch->fold, start) : start;
    size_t folded_end = regex->exact ? folded_of(&scratch->fold, end) : end;
    hit.start =
        regex->exact ? (uint32_t)to_border(look->original, start, -1) : fold_original(&scratch->fold, (uint32_t)start);
    hit.end = regex->exact ? (uint32_t)to_border(look->original, end, 1) : fold_original(&scratch->fold, (uint32_t)end);
    size_t first = token_at(&scratch->tokens, folded_start),
           last = token_at(&scratch->tokens, folded_end > 0 ? folded_end - 1 : 0);
    hit.token = (uint32_t)first;
    hit.tokens = (uint32_t)(last >= first ? last - first + 1 : 1);
    hit.sentence = first < scratch->tokens.count ? scratch->tokens.at[first].sentence : 0;
    return add_hit(&scratch->hits, hit);
}

static bool run_regex(struct looking *look, size_t index, struct slice text) {
    struct scratch *scratch = look->scratch;
    const struct compiled_regex *regex = &look->set->matcher->regexes[index];
    size_t from = 0, start, end;
    for (int found = 0; found < MATCHES_OF_REGEX && from <= text.len; found++) {
        enum pattern_answer answer = pattern_find(regex->pattern, scratch->room, text, from, &start, &end);
        if (answer == PATTERN_UNDECIDED) {
            leave_undecided(scratch, regex->block);
            if (scratch->regex_failures[index] < 255) scratch->regex_failures[index]++;
        }
        if (answer != PATTERN_YES) return true;
        if (end > start && !add_span(look, regex, start, end)) return false;
        from = end > start ? end : end + 1;
    }
    return true;
}

static bool find_regexes(struct looking *look) {
    struct scratch *scratch = look->scratch;
    struct slice folded = buf_slice(&scratch->fold.text);
    struct slice original = slice_part(look->original, 0, fold_original(&scratch->fold, (uint32_t)folded.len));
    for (size_t i = 0; i < look->set->matcher->regex_count; i++) {
        const struct compiled_regex *regex = &look->set->matcher->regexes[i];
        bool rests = scratch->regex_failures[i] >= REGEX_FAILURES_TO_REST;
        if (rests || out_of_time(scratch)) {
            leave_undecided(scratch, regex->block);
            continue;
        }
        if (!run_regex(look, i, regex->exact ? original : folded)) return false;
    }
    return true;
}

/* ---- company, vetoes, negation ---- */

static bool join_near(struct looking *look) {
    struct scratch *scratch = look->scratch;
    for (size_t a = look->first_cue; a < scratch->cues.count; a++) {
        if (scratch->cue_kind[a] != LINE_NEAR || scratch->cue_side[a] != SIDE_FIRST) continue;
        struct raw_hit first = scratch->cues.at[a];
        uint32_t within = (uint32_t)look->set->blocks[first.block].lines[first.line].within;
        for (size_t b = look->first_cue; b < scratch->cues.count; b++) {
            struct raw_hit second = scratch->cues.at[b];
            bool pair = scratch->cue_kind[b] == LINE_NEAR && scratch->cue_side[b] == SIDE_SECOND &&
                        second.block == first.block && second.line == first.line && second.sentence == first.sentence;
            if (!pair) continue;
            const struct raw_hit *left = first.token < second.token ? &first : &second,
                                 *right = left == &first ? &second : &first;
            uint32_t left_end = left->token + left->tokens;
            if (right->token > left_end + within) continue;
            struct raw_hit hit = first;
            hit.token = left->token;
            hit.start = left->start;
            hit.end = left->end > right->end ? left->end : right->end;
            uint32_t end = right->token + right->tokens > left_end ? right->token + right->tokens : left_end;
            hit.tokens = end - left->token;
            if (!add_hit(&scratch->hits, hit)) return false;
            break;
        }
    }
    return true;
}

static bool overlaps(const struct raw_hit *a, const struct raw_hit *b) {
    return a->start < b->end && b->start < a->end;
}

static bool is_covered(const struct looking *look, const struct raw_hit *hit, enum line_kind kind, bool own_block) {
    const struct scratch *scratch = look->scratch;
    for (size_t i = look->first_cue; i < scratch->cues.count; i++) {
        const struct raw_hit *cue = &scratch->cues.at[i];
        if (scratch->cue_kind[i] == kind && (!own_block || cue->block == hit->block) && overlaps(cue, hit)) return true;
    }
    return false;
}

/* A cue reaches over so many words of its sentence, unless a stop word stands between. */
static bool is_stopped(const struct looking *look, uint32_t from, uint32_t to) {
    const struct scratch *scratch = look->scratch;
    for (size_t i = look->first_cue; i < scratch->cues.count; i++)
        if (scratch->cue_kind[i] == LINE_STOP && scratch->cues.at[i].token >= from && scratch->cues.at[i].token < to)
            return true;
    return false;
}

static bool is_negated(const struct looking *look, const struct raw_hit *hit) {
    const struct scratch *scratch = look->scratch;
    uint32_t hit_end = hit->token + hit->tokens;
    for (size_t i = look->first_cue; i < scratch->cues.count; i++) {
        const struct raw_hit *cue = &scratch->cues.at[i];
        enum line_kind kind = (enum line_kind)scratch->cue_kind[i];
        if ((kind != LINE_BEFORE && kind != LINE_AFTER) || cue->sentence != hit->sentence) continue;
        uint32_t within = (uint32_t)look->set->blocks[cue->block].lines[cue->line].within,
                 cue_end = cue->token + cue->tokens;
        bool reaches = kind == LINE_BEFORE ? cue_end <= hit->token && hit->token - cue_end < within
                                           : cue->token >= hit_end && cue->token - hit_end < within;
        if (!reaches || is_covered(look, cue, LINE_FALSE, true)) continue;
        bool stopped =
            kind == LINE_BEFORE ? is_stopped(look, cue_end, hit->token) : is_stopped(look, hit_end, cue->token);
        if (!stopped) return true;
    }
    return false;
}

static int by_place(const void *a, const void *b) {
    const struct raw_hit *x = a, *y = b;
    if (x->field != y->field) return x->field < y->field ? -1 : 1;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    if (x->block != y->block) return x->block < y->block ? -1 : 1;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return x->form < y->form ? -1 : x->form > y->form;
}

/* Of overlapping hits of one block the longest counts; of equals the stronger kind of line, then the earlier line. */
static bool beats(const struct ruleset *set, const struct raw_hit *a, const struct raw_hit *b) {
    uint32_t a_len = a->end - a->start, b_len = b->end - b->start;
    if (a_len != b_len) return a_len > b_len;
    enum line_kind a_kind = set->blocks[a->block].lines[a->line].kind,
                   b_kind = set->blocks[b->block].lines[b->line].kind;
    if (a_kind != b_kind) return a_kind < b_kind;
    if (a->start != b->start) return a->start < b->start;
    return a->line != b->line ? a->line < b->line : a->form < b->form;
}

static void settle_states(struct looking *look) {
    struct scratch *scratch = look->scratch;
    struct raw_hit *hits = scratch->hits.at;
    for (size_t i = look->first_hit; i < scratch->hits.count; i++) {
        if (is_covered(look, &hits[i], LINE_NOT, true) || is_covered(look, &hits[i], LINE_FALSE, true))
            hits[i].state = HIT_VETOED;
        else if (look->set->blocks[hits[i].block].unless_negated && is_negated(look, &hits[i]))
            hits[i].state = HIT_NEGATED;
    }
    for (size_t i = look->first_hit; i < scratch->hits.count; i++)
        for (size_t j = i + 1; j < scratch->hits.count && hits[j].start < hits[i].end; j++) {
            bool rivals = hits[i].block == hits[j].block && hits[i].state != HIT_VETOED && hits[j].state != HIT_VETOED;
            /* What promotes a myth stands beside what mentions it. */
            bool same_say = (look->set->blocks[hits[i].block].lines[hits[i].line].kind == LINE_PROMOTES) ==
                            (look->set->blocks[hits[j].block].lines[hits[j].line].kind == LINE_PROMOTES);
            if (!rivals || !same_say) continue;
            hits[beats(look->set, &hits[i], &hits[j]) ? j : i].state = HIT_SHADOWED;
        }
}

static bool look_through(struct looking *look, struct match *out) {
    struct scratch *scratch = look->scratch;
    bool article = look->field == FIELD_ARTICLE;
    if (!fold_text(&scratch->fold, look->original, article ? LIMIT_ARTICLE_TEXT_BYTES : LIMIT_POST_TEXT_BYTES) ||
        !tokens_read(&scratch->tokens, &scratch->fold))
        return false;
    name_words(scratch, look->set->matcher);
    if (!find_phrases(look) || !join_near(look) || !find_regexes(look)) return false;
    size_t count = scratch->hits.count - look->first_hit;
    if (count > 1) qsort(scratch->hits.at + look->first_hit, count, sizeof *scratch->hits.at, by_place);
    settle_states(look);
    out->words[look->field] = (uint32_t)scratch->tokens.count;
    out->sentences[look->field] = scratch->tokens.sentences;
    out->cut[look->field] = scratch->fold.cut;
    return true;
}

bool match_document(struct scratch *scratch, const struct ruleset *set, const struct field_text *fields, size_t count,
                    struct match *out, struct fault *fault) {
    struct match match = {0};
    scratch->hits.count = scratch->cues.count = scratch->undecided_count = 0;
    scratch->calls = 0;
    scratch->began_us = cpu_us();
    for (size_t i = 0; i < count; i++) {
        struct looking look = {scratch, set, fields[i].field, fields[i].text, scratch->hits.count, scratch->cues.count};
        if (!look_through(&look, &match)) return fault_memory(fault);
    }
    match.hits = scratch->hits.at;
    match.hit_count = scratch->hits.count;
    match.undecided = scratch->undecided;
    match.undecided_count = scratch->undecided_count;
    *out = match;
    return true;
}

size_t match_host(const struct ruleset *set, struct slice url, struct arena *arena) {
    struct url parts;
    size_t best = RULES_NOWHERE, best_len = 0;
    if (!url_parse(arena, url, &parts)) return RULES_NOWHERE;
    struct slice path = slice_starts(parts.path, SLICE("/")) ? slice_part(parts.path, 1, parts.path.len) : parts.path;
    for (size_t i = 0; i < set->matcher->host_count; i++) {
        const struct host_entry *entry = &set->matcher->hosts[i];
        size_t len = entry->host.len + entry->path.len;
        if (!url_host_within(parts.host, entry->host) || !slice_starts(path, entry->path) || len <= best_len) continue;
        best = entry->block;
        best_len = len;
    }
    return best;
}
