#include "classify/matcher.h"

#include <string.h>

#include "base/limits.h"
#include "base/line.h"
#include "classify/forms.h"
#include "classify/token.h"

#define ROOT 1u
#define WORDS_MOST 12
/* What one wording of a rule brings along, roughly; more is no harm. */
#define WORDS_OF_FORM 2
#define PHRASES_OF_FORM 2
#define NODES_OF_FORM 2
#define PATTERN_BYTES ((size_t)16 * 1024 * 1024)

struct compiling {
    const struct ruleset *set;
    struct arena *arena;
    struct problems *problems;
    struct matcher *m;
    struct arena *work;    /* for what is forgotten when all is compiled */
    struct arena *pattern; /* and when one pattern is */
    struct fold fold;
    struct tokens tokens;
    /* The words of all phrases, one after the other. They make paths only when all words are known: a form that two
     * words share makes them one. */
    uint32_t *words;
    size_t word_count, word_capacity;
};

/* ---- vocabulary ---- */

enum inflection { AS_WRITTEN, ALL_FORMS };

static bool add_word(struct compiling *c, struct slice key, enum inflection inflection, uint32_t *out) {
    struct forms forms;
    struct vocab_entry *entry;
    if (!vocab_meet(&c->m->vocab, c->arena, key, &entry)) return false;
    *out = entry->word;
    if (inflection == AS_WRITTEN || entry->inflected) return true;
    entry->inflected = true;
    forms_of(key, &forms);
    for (size_t i = 1; i < forms.count; i++)
        if (!vocab_add(&c->m->vocab, c->arena, forms.at[i], *out)) return false;
    return true;
}

/* ---- trie ---- */

static struct trie_edge *edge_slot(const struct matcher *m, uint32_t node, uint32_t word) {
    uint64_t mix = ((uint64_t)node << 32 | word) * 0x9E3779B97F4A7C15u;
    size_t mask = m->edge_size - 1;
    for (size_t i = (size_t)(mix >> 32) & mask;; i = (i + 1) & mask) {
        struct trie_edge *edge = &m->edges[i];
        if (edge->child == 0 || (edge->node == node && edge->word == word)) return edge;
    }
}

uint32_t matcher_step(const struct matcher *m, uint32_t node, uint32_t word) {
    return m->edge_size == 0 ? 0 : edge_slot(m, node, word)->child;
}

static bool grow_edges(struct compiling *c) {
    struct matcher *m = c->m;
    struct trie_edge *old = m->edges;
    size_t old_size = m->edge_size;
    if (m->edge_count / 3 < old_size / 4) return true;
    m->edge_size = old_size * 2;
    m->edges = arena_alloc(c->arena, m->edge_size, sizeof *m->edges);
    if (m->edges == NULL) return false;
    for (size_t i = 0; i < old_size; i++)
        if (old[i].child != 0) *edge_slot(m, old[i].node, old[i].word) = old[i];
    return true;
}

static bool extend(struct compiling *c, uint32_t *node, uint32_t word) {
    struct matcher *m = c->m;
    if (!grow_edges(c)) return false;
    struct trie_edge *edge = edge_slot(m, *node, word);
    if (edge->child == 0) {
        struct trie_node *more = arena_grow(c->arena, m->nodes, m->node_count, &m->node_capacity, sizeof *more);
        if (more == NULL) return false;
        m->nodes = more;
        m->nodes[*node].nexts |= (uint64_t)1 << (word & 63);
        *edge = (struct trie_edge){*node, word, m->node_count++};
        m->edge_count++;
    }
    *node = edge->child;
    return true;
}

/* The path of a phrase, now that all words are known. */
static bool place_phrase(struct compiling *c, const uint32_t *words, uint32_t index) {
    struct matcher *m = c->m;
    uint32_t node = ROOT;
    for (size_t i = 0; i < m->phrases[index].words; i++)
        if (!extend(c, &node, vocab_root(&m->vocab, words[i]))) return false;
    uint32_t *first = m->phrases[index].side == SIDE_NONE ? &m->nodes[node].phrase : &m->nodes[node].near;
    m->phrases[index].next = *first;
    *first = index + 1;
    return true;
}

/* The phrases of `near` lines, which hung on their nodes so far, one beside the other: common words have many. */
static bool list_near_uses(struct compiling *c) {
    struct matcher *m = c->m;
    size_t most = 1;
    uint32_t count = 1; /* 0 = none */
    for (size_t i = 0; i < m->phrase_count; i++) most += m->phrases[i].side == SIDE_NONE ? 0 : 2;
    m->near_uses = arena_alloc(c->arena, most, sizeof *m->near_uses);
    if (m->near_uses == NULL) return false;
    for (size_t n = 0; n < m->node_count; n++) {
        uint32_t p = m->nodes[n].near;
        if (p == 0) continue;
        m->nodes[n].near = count;
        for (; p != 0; p = m->phrases[p - 1].next)
            m->near_uses[count++] = (struct near_use){m->phrases[p - 1].near, m->phrases[p - 1].side, p - 1};
        count++; /* the end */
    }
    return true;
}

static bool place_phrases(struct compiling *c) {
    size_t at = 0;
    for (size_t i = 0; i < c->m->phrase_count; at += c->m->phrases[i++].words)
        if (!place_phrase(c, c->words + at, (uint32_t)i)) return false;
    return true;
}

/* ---- lines ---- */

static bool add_phrase(struct compiling *c, const uint32_t *words, const struct phrase *phrase) {
    struct matcher *m = c->m;
    struct phrase *more = arena_grow(c->arena, m->phrases, m->phrase_count, &m->phrase_capacity, sizeof *more);
    if (more == NULL) return false;
    m->phrases = more;
    m->phrases[m->phrase_count++] = *phrase;
    for (size_t i = 0; i < phrase->words; i++) {
        uint32_t *wider = arena_grow(c->work, c->words, c->word_count, &c->word_capacity, sizeof *wider);
        if (wider == NULL) return false;
        c->words = wider;
        c->words[c->word_count++] = words[i];
    }
    return true;
}

static void bad_words(struct compiling *c, const struct rule_line *line, struct slice form, const char *why) {
    problem_add(c->problems, PROBLEM_ERROR, line->place, NULL, "'%.*s' %s", SLICE_ARGS(form), why);
}

/* "retrieval practice" also stands for #retrievalpractice. */
static bool add_joined(struct compiling *c, struct phrase phrase) {
    char joined[FORM_BYTES];
    size_t len = 0;
    uint32_t word;
    if (phrase.words < 2 || phrase.breaks > 1 || !slice_is_absent(phrase.exact)) return true;
    for (size_t i = 0; i < c->tokens.count; i++) {
        char key[TOKEN_KEY_BYTES];
        if (c->tokens.at[i].end - c->tokens.at[i].start > TOKEN_KEY_BYTES) return true;
        size_t key_len = token_key(&c->fold, &c->tokens.at[i], key);
        if (len + key_len >= sizeof joined - 8) return true;
        memcpy(joined + len, key, key_len);
        len += key_len;
    }
    phrase.words = 1;
    phrase.joined = true;
    return add_word(c, slice_of(joined, len), ALL_FORMS, &word) && add_phrase(c, &word, &phrase);
}

static bool add_form_of_line(struct compiling *c, const struct rule_line *line, struct slice form,
                             struct phrase phrase) {
    uint32_t words[WORDS_MOST];
    enum inflection inflection = line->kind == LINE_EXACT ? AS_WRITTEN : ALL_FORMS;
    if (!fold_text(&c->fold, form, 4096) || !tokens_read(&c->tokens, &c->fold)) return false;
    if (c->tokens.count == 0 || c->tokens.count > WORDS_MOST) {
        bad_words(c, line, form, c->tokens.count == 0 ? "holds no word" : "has more than twelve words: use a pattern");
        return true;
    }
    for (size_t i = 0; i < c->tokens.count; i++) {
        char key[TOKEN_KEY_BYTES];
        const struct token *token = &c->tokens.at[i];
        if (token->end - token->start > FORM_BYTES - 8) {
            bad_words(c, line, form, "holds a word that is too long");
            return true;
        }
        size_t len = token_key(&c->fold, token, key);
        if (!add_word(c, slice_of(key, len), inflection, &words[i])) return false;
        if (token->break_before) phrase.breaks |= 1u << i;
    }
    phrase.words = (uint8_t)c->tokens.count;
    if (line->kind == LINE_EXACT) phrase.exact = form;
    return add_phrase(c, words, &phrase) && add_joined(c, phrase);
}

static bool add_words_of_line(struct compiling *c, const struct rule_line *line, struct phrase phrase) {
    bool near = line->kind == LINE_NEAR;
    if (near) phrase.near = ++c->m->near_count;
    for (size_t i = 0; i < line->words.count; i++) {
        phrase.form = (uint32_t)i;
        phrase.side = near ? SIDE_FIRST : SIDE_NONE;
        if (!add_form_of_line(c, line, line->words.at[i], phrase)) return false;
    }
    for (size_t i = 0; i < line->others.count; i++) {
        phrase.form = (uint32_t)i;
        phrase.side = SIDE_SECOND;
        if (!add_form_of_line(c, line, line->others.at[i], phrase)) return false;
    }
    return true;
}

static bool add_regex(struct compiling *c, const struct rule_line *line, uint32_t block, uint32_t index) {
    struct fault fault = {0};
    size_t offset;
    if (slice_is_empty(line->text)) return true; /* told when it was read */
    struct pattern *pattern =
        pattern_new(line->text, line->exact ? PATTERN_ORIGINAL : PATTERN_FOLDED, c->pattern, c->arena, &offset, &fault);
    if (pattern == NULL && fault.kind == FAULT_MEMORY) return false;
    if (pattern == NULL) {
        struct line at = {.place = line->place};
        size_t where = offset <= line->text.len ? offset : line->text.len;
        struct place place = line_place_of(&at, slice_of(line->text.at + where, 0));
        problem_add(c->problems, PROBLEM_ERROR, place, "see LANGUAGE.md about patterns", "%s", fault.text);
        return true;
    }
    if (pattern_need(pattern)->endless)
        problem_add(c->problems, PROBLEM_ERROR, line->place,
                    "take one of the '+' or '*' away, or write what must stand between the repetitions",
                    "this pattern repeats a repetition, and may take for ever");
    struct matcher *m = c->m;
    struct compiled_regex *more = arena_grow(c->arena, m->regexes, m->regex_count, &m->regex_capacity, sizeof *more);
    if (more == NULL) {
        pattern_free(pattern);
        return false;
    }
    m->regexes = more;
    m->regexes[m->regex_count++] = (struct compiled_regex){block, index, line->exact, pattern};
    return true;
}

static bool add_hosts(struct compiling *c, const struct rule_line *line, uint32_t block) {
    struct matcher *m = c->m;
    for (size_t i = 0; i < line->words.count; i++) {
        struct host_entry *more = arena_grow(c->arena, m->hosts, m->host_count, &m->host_capacity, sizeof *more);
        if (more == NULL) return false;
        m->hosts = more;
        struct slice path = line->words.at[i], host = slice_next(&path, '/');
        m->hosts[m->host_count++] = (struct host_entry){host, path, block};
    }
    return true;
}

static bool add_line(struct compiling *c, uint32_t block, uint32_t index) {
    const struct rule_line *line = &c->set->blocks[block].lines[index];
    struct phrase phrase = {.block = block, .line = index, .kind = (uint8_t)line->kind};
    switch (line->kind) {
        case LINE_REGEX:
        case LINE_PROMOTES: return add_regex(c, line, block, index);
        case LINE_HOST: return add_hosts(c, line, block);
        case LINE_YES:
        case LINE_NO:
        case LINE_DEBUNKS:
        case LINE_MENTIONS:
        case LINE_FACT: return true;
        case LINE_STRONG:
        case LINE_PHRASE:
        case LINE_WEAK:
        case LINE_EXACT:
        case LINE_NEAR:
        case LINE_NOT:
        case LINE_FALSE:
        case LINE_BEFORE:
        case LINE_AFTER:
        case LINE_STOP: break;
    }
    return add_words_of_line(c, line, phrase);
}

/* Where a walk begins, without hashing. */
static bool index_firsts(struct compiling *c) {
    struct matcher *m = c->m;
    m->firsts = arena_alloc(c->arena, (size_t)m->vocab.word_count + 1, sizeof *m->firsts);
    if (m->firsts == NULL) return false;
    for (size_t i = 0; i < m->edge_size; i++)
        if (m->edges[i].child != 0 && m->edges[i].node == ROOT) m->firsts[m->edges[i].word] = m->edges[i].child;
    return true;
}

static bool build_gate(struct compiling *c) {
    struct matcher *m = c->m;
    struct need *needs = arena_alloc(c->arena, m->regex_count + 1, sizeof *needs);
    if (needs == NULL) return false;
    for (size_t i = 0; i < m->regex_count; i++) needs[i] = *pattern_need(m->regexes[i].pattern);
    return gate_build(needs, m->regex_count, c->arena, &m->gate);
}

static bool note_checks(struct compiling *c) {
    c->m->checks = arena_alloc(c->arena, c->set->block_count + 1, sizeof *c->m->checks);
    if (c->m->checks == NULL) return false;
    for (size_t b = 0; b < c->set->block_count; b++) {
        const struct rule_block *block = &c->set->blocks[b];
        c->m->checks[b].unless_negated = block->unless_negated;
        for (size_t i = 0; i < block->count; i++)
            if (block->lines[i].kind == LINE_NOT || block->lines[i].kind == LINE_FALSE) c->m->checks[b].has_veto = true;
    }
    return true;
}

/* Room for all that the lines say, so that it is not moved each time it grows. */
static bool reserve(struct compiling *c) {
    struct matcher *m = c->m;
    size_t forms = 0;
    for (size_t b = 0; b < c->set->block_count; b++)
        for (size_t i = 0; i < c->set->blocks[b].count; i++)
            forms += c->set->blocks[b].lines[i].words.count + c->set->blocks[b].lines[i].others.count;
    m->node_capacity = forms * NODES_OF_FORM + 64;
    m->phrase_capacity = forms * PHRASES_OF_FORM + 64;
    c->word_capacity = forms * WORDS_OF_FORM + 64;
    m->nodes = arena_alloc(c->arena, m->node_capacity, sizeof *m->nodes);
    m->phrases = arena_alloc(c->arena, m->phrase_capacity, sizeof *m->phrases);
    c->words = arena_alloc(c->work, c->word_capacity, sizeof *c->words);
    m->node_count = ROOT + 1;
    m->edge_size = 64;
    while (m->edge_size < m->node_capacity) m->edge_size *= 2;
    m->edges = arena_alloc(c->arena, m->edge_size, sizeof *m->edges);
    return m->nodes != NULL && m->phrases != NULL && m->edges != NULL && c->words != NULL &&
           vocab_reserve(&m->vocab, c->arena, forms * WORDS_OF_FORM);
}

static bool compile_all(struct compiling *c) {
    if (!reserve(c)) return false;
    for (size_t b = 0; b < c->set->block_count; b++)
        for (size_t i = 0; i < c->set->blocks[b].count; i++)
            if (!add_line(c, (uint32_t)b, (uint32_t)i)) return false;
    /* From here on a word's id is that of its root. */
    return vocab_freeze(&c->m->vocab, c->arena) && place_phrases(c) && list_near_uses(c) && index_firsts(c) &&
           build_gate(c) && note_checks(c);
}

bool matcher_compile(const struct ruleset *set, struct arena *arena, struct problems *problems, struct matcher **out,
                     struct fault *fault) {
    AUTO(arena_free)
    struct arena *work = arena_new(LIMIT_ARENA_BYTES);
    AUTO(arena_free)
    struct arena *pattern = arena_new(PATTERN_BYTES);
    AUTO(matcher_free)
    struct matcher *m = arena_alloc(arena, 1, sizeof *m);
    if (m == NULL || work == NULL || pattern == NULL) return fault_memory(fault);
    struct compiling c = {.set = set, .arena = arena, .problems = problems, .m = m, .work = work, .pattern = pattern};
    bool done = compile_all(&c);
    fold_free(&c.fold);
    tokens_free(&c.tokens);
    if (!done) return fault_memory(fault);
    *out = m;
    m = NULL;
    return true;
}

void matcher_interpret(struct matcher *matcher) {
    for (size_t i = 0; i < matcher->regex_count; i++) pattern_interpret(matcher->regexes[i].pattern);
}

void matcher_free(struct matcher **matcher) {
    if (*matcher == NULL) return;
    for (size_t i = 0; i < (*matcher)->regex_count; i++) pattern_free((*matcher)->regexes[i].pattern);
    *matcher = NULL; /* the rest is in the arena */
}
