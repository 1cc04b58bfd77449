/* Phrases: walks through the trie from each word that begins one. */
#include "base/mem.h"
#include "classify/look.h"

/* The original place of a folded one; places come nearly in order, so the step is near the last one. */
static uint32_t original_of(struct looking *look, uint32_t at) {
    const struct fold *fold = &look->scratch->fold;
    size_t step = look->step;
    if (fold->step_count == 1) return at < fold->text.len ? at + fold->steps[0].original : fold_original(fold, at);
    while (step > 0 && fold->steps[step].folded > at) step--;
    while (step + 1 < fold->step_count && fold->steps[step + 1].folded <= at) step++;
    look->step = step;
    uint32_t original = fold->steps[step].original + (at - fold->steps[step].folded);
    /* The beginning of a run of plain bytes leads to itself; what is less plain is worked out with care. */
    bool plain = original < fold->original.len && (unsigned char)fold->original.at[original] < 0x80 &&
                 (step + 1 == fold->step_count || original < fold->steps[step + 1].original);
    return plain ? original : fold_original(fold, at);
}

static void place_hit(struct looking *look, uint32_t first, uint32_t count, struct raw_hit *hit) {
    const struct tokens *tokens = &look->scratch->tokens;
    const struct token *from = &tokens->at[first], *to = &tokens->at[first + count - 1];
    hit->field = (uint16_t)look->field;
    hit->token = first;
    hit->tokens = count;
    hit->sentence = from->sentence;
    hit->start = original_of(look, from->start);
    hit->end = original_of(look, to->end);
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

static enum cue_use use_of(enum line_kind kind) {
    switch (kind) {
        case LINE_NOT:
        case LINE_FALSE: return CUE_VETO;
        case LINE_BEFORE:
        case LINE_AFTER: return CUE_NEGATION;
        case LINE_STOP: return CUE_STOP;
        case LINE_NEAR: return CUE_NEAR;
        default: return CUE_USES;
    }
}

static bool add_cue(struct cue_array *array, struct cue cue) {
    if (array->count == array->capacity) {
        size_t wider = array->capacity == 0 ? 64 : array->capacity * 2;
        struct cue *more = mem_resize(array->at, wider, sizeof *more);
        if (more == NULL) return false;
        array->at = more;
        array->capacity = wider;
    }
    array->at[array->count++] = cue;
    return true;
}

bool look_take(struct looking *look, size_t first, const struct phrase *phrase) {
    struct scratch *scratch = look->scratch;
    if (phrase->joined && !scratch->tokens.at[first].hashtag) return true;
    if (phrase->words > 1 && !breaks_allow(&scratch->tokens, first, phrase)) return true;
    struct raw_hit hit = {.block = phrase->block, .line = phrase->line, .form = phrase->form, .state = HIT_COUNTED};
    place_hit(look, (uint32_t)first, phrase->words, &hit);
    if (!slice_is_absent(phrase->exact) && !is_exactly(slice_part(look->original, hit.start, hit.end), phrase->exact))
        return true;
    enum line_kind kind = (enum line_kind)phrase->kind;
    enum cue_use use = use_of(kind);
    if (use == CUE_USES) return look_add(look, &hit);
    uint32_t within = (uint32_t)look->set->blocks[hit.block].lines[hit.line].within;
    return add_cue(
        &scratch->cues[use],
        (struct cue){.place = hit, .within = within, .kind = phrase->kind, .side = phrase->side, .near = phrase->near});
}

static bool take_node(struct looking *look, size_t first, const struct trie_node *node) {
    const struct matcher *m = look->set->matcher;
    for (uint32_t p = node->phrase; p != 0; p = m->phrases[p - 1].next)
        if (!look_take(look, first, &m->phrases[p - 1])) return false;
    return true;
}

static void name_words(struct scratch *scratch, const struct vocab *vocab) {
    const char *text = scratch->fold.text.at;
    for (size_t i = 0; i < scratch->tokens.count; i++) {
        struct token *token = &scratch->tokens.at[i];
        uint32_t len = token->end - token->start;
        if (len > TOKEN_KEY_BYTES) continue;
        if (token->plain) {
            token->word = vocab_find(vocab, text + token->start, len);
            continue;
        }
        char key[TOKEN_KEY_BYTES + VOCAB_READ_BYTES];
        token->word = vocab_find(vocab, key, token_key(&scratch->fold, token, key));
    }
}

bool look_for_phrases(struct looking *look) {
    const struct matcher *m = look->set->matcher;
    const struct tokens *tokens = &look->scratch->tokens;
    name_words(look->scratch, &m->vocab);
    near_begin(&look->scratch->near);
    for (size_t first = 0; first < tokens->count; first++) {
        uint32_t node = m->firsts[tokens->at[first].word];
        for (size_t at = first + 1; node != 0; at++) {
            if (m->nodes[node].phrase != 0 && !take_node(look, first, &m->nodes[node])) return false;
            if (m->nodes[node].near != 0 && !near_meet(look, first, node)) return false;
            uint32_t word = at < tokens->count ? tokens->at[at].word : 0;
            if (word == 0 || (m->nodes[node].nexts >> (word & 63) & 1) == 0) break;
            node = matcher_step(m, node, word);
        }
    }
    return true;
}
