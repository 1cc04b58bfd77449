#include "classify/lint.h"

#include <stdlib.h>

#include "base/line.h"
#include "classify/forms.h"
#include "classify/matcher.h"

/* A word as common as this says little by itself. */
#define GENERAL_PER_MILLION 60
#define PATH_MOST 16 /* words of a phrase */

static const struct rule_line *line_of(const struct ruleset *set, const struct phrase *phrase) {
    return &set->blocks[phrase->block].lines[phrase->line];
}

static struct slice form_of(const struct ruleset *set, const struct phrase *phrase) {
    const struct rule_line *line = line_of(set, phrase);
    return phrase->form < line->words.count ? line->words.at[phrase->form] : line->text;
}

static bool is_matching(enum line_kind kind) {
    return kind == LINE_STRONG || kind == LINE_PHRASE || kind == LINE_WEAK;
}

static struct place place_of(const struct rule_line *line, struct slice part) {
    struct line at = {.place = line->place};
    return line_place_of(&at, part);
}

/* Two phrases of one block that end at one node are the same words, perhaps in other forms. */
static void find_twice(const struct ruleset *set, const struct matcher *m, struct problems *problems, size_t *count) {
    for (uint32_t n = 1; n < m->node_count; n++)
        for (uint32_t p = m->nodes[n].phrase; p != 0; p = m->phrases[p - 1].next)
            for (uint32_t q = m->phrases[p - 1].next; q != 0; q = m->phrases[q - 1].next) {
                const struct phrase *later = &m->phrases[p - 1], *earlier = &m->phrases[q - 1];
                bool same = later->block == earlier->block && later->joined == earlier->joined && !later->joined &&
                            is_matching((enum line_kind)later->kind) && is_matching((enum line_kind)earlier->kind);
                if (!same) continue;
                ++*count;
                problem_add(problems, PROBLEM_WARNING, place_of(line_of(set, later), form_of(set, later)),
                            "take one of them away", "'%.*s' says the same as '%.*s' in line %u",
                            SLICE_ARGS(form_of(set, later)), SLICE_ARGS(form_of(set, earlier)),
                            line_of(set, earlier)->place.line);
            }
}

/* ---- words within longer words of the same rule ---- */

/* How one comes to each node of the trie. */
struct paths {
    uint32_t *parents, *words; /* by node; in arena */
};

static bool read_paths(const struct matcher *m, struct arena *arena, struct paths *out) {
    out->parents = arena_alloc(arena, (size_t)m->node_count + 1, sizeof *out->parents);
    out->words = arena_alloc(arena, (size_t)m->node_count + 1, sizeof *out->words);
    if (out->parents == NULL || out->words == NULL) return false;
    for (size_t i = 0; i < m->edge_size; i++) {
        if (m->edges[i].child == 0) continue;
        out->parents[m->edges[i].child] = m->edges[i].node;
        out->words[m->edges[i].child] = m->edges[i].word;
    }
    for (uint32_t w = 1; w <= m->vocab.word_count; w++)
        if (m->firsts[w] != 0) out->words[m->firsts[w]] = w;
    return true;
}

/* The words on the way to a node, the first one first; returns how many. */
static size_t path_to(const struct paths *paths, uint32_t node, uint32_t words[PATH_MOST]) {
    uint32_t back[PATH_MOST];
    size_t count = 0;
    for (; node > 1 && paths->words[node] != 0 && count < PATH_MOST; node = paths->parents[node])
        back[count++] = paths->words[node];
    for (size_t i = 0; i < count; i++) words[i] = back[count - 1 - i];
    return count;
}

static bool is_plain(const struct phrase *phrase) {
    return is_matching((enum line_kind)phrase->kind) && !phrase->joined && phrase->side == SIDE_NONE;
}

struct covering {
    const struct ruleset *set;
    struct problems *problems;
    struct lint_counts *counts;
    bool weaker; /* tells of those that say less than they could, else of those that add nothing */
};

/* `within` stands in the longer `phrase`, which is the one that counts: it must not be the weaker one. */
static void compare_pair(const struct covering *c, const struct phrase *phrase, const struct phrase *within) {
    if (!is_plain(within) || within->block != phrase->block || within->kind > phrase->kind) return;
    bool weaker = within->kind < phrase->kind;
    if (weaker != c->weaker) return;
    const struct rule_line *line = line_of(c->set, phrase), *other = line_of(c->set, within);
    struct slice form = form_of(c->set, phrase), shorter = form_of(c->set, within);
    if (weaker) c->counts->weakened++;
    else c->counts->nothing_more++;
    problem_add(c->problems, weaker ? PROBLEM_WARNING : PROBLEM_NOTE, place_of(line, form),
                weaker ? "put it on a line as strong, or take it away" : "take it away, or put it on a stronger line",
                weaker ? "'%.*s' counts as %.*s, though '%.*s' in line %u would by itself count as %.*s"
                       : "'%.*s' counts as %.*s, but so does '%.*s' in line %u, which is part of it (%.*s)",
                SLICE_ARGS(form), SLICE_ARGS(line->keyword), SLICE_ARGS(shorter), other->place.line,
                SLICE_ARGS(other->keyword));
}

/* The first phrase that ends at a node; the others hang on it. */
static const struct phrase *phrases_of(const struct matcher *m, uint32_t node) {
    return m->nodes[node].phrase == 0 ? NULL : &m->phrases[m->nodes[node].phrase - 1];
}

static void compare_within(const struct covering *c, const struct phrase *phrase, const uint32_t *words, size_t count) {
    const struct matcher *m = c->set->matcher;
    for (size_t from = 0; from < count; from++) {
        uint32_t node = m->firsts[words[from]];
        for (size_t at = from + 1; node != 0 && (from > 0 || at < count); at++) {
            for (const struct phrase *p = phrases_of(m, node); p != NULL;
                 p = p->next == 0 ? NULL : &m->phrases[p->next - 1])
                compare_pair(c, phrase, p);
            if (at == count) break;
            node = matcher_step(m, node, words[at]);
        }
    }
}

/* Of overlapping words of a rule the longest counts: where it is the weaker one, the rule says less than it could. */
static bool find_covered(const struct covering *c, struct arena *arena) {
    const struct matcher *m = c->set->matcher;
    struct paths paths;
    uint32_t words[PATH_MOST];
    if (!read_paths(m, arena, &paths)) return false;
    for (uint32_t n = 1; n < m->node_count; n++)
        for (const struct phrase *p = phrases_of(m, n); p != NULL; p = p->next == 0 ? NULL : &m->phrases[p->next - 1])
            if (is_plain(p)) compare_within(c, p, words, path_to(&paths, n, words));
    return true;
}

static void find_ungated(const struct ruleset *set, const struct matcher *m, struct problems *problems, size_t *count) {
    for (size_t i = 0; i < m->gate.ungated_count; i++) {
        const struct compiled_regex *regex = &m->regexes[m->gate.ungated[i]];
        ++*count;
        problem_add(problems, PROBLEM_WARNING, set->blocks[regex->block].lines[regex->line].place,
                    "give each of its alternatives a word, a digit or a mark that begins behind \\b or a blank",
                    "this pattern has no word that it needs, so it is tried on every text");
    }
}

/* ---- words as common elsewhere ---- */

struct common_word {
    struct slice word;
    int64_t times; /* in a million words */
};

struct common_words {
    struct common_word *at; /* sorted; in arena */
    size_t count, capacity;
};

static int by_word(const void *one, const void *other) {
    return slice_compare(((const struct common_word *)one)->word, ((const struct common_word *)other)->word);
}

static bool read_common(struct slice text, struct arena *arena, struct common_words *out) {
    while (!slice_is_absent(text)) {
        struct slice rest = slice_next(&text, '\n'), name = line_word(&rest);
        long long times;
        if (slice_is_empty(name) || name.at[0] == '#' || !slice_to_int64(slice_trim(rest), &times)) continue;
        struct common_word *more = arena_grow(arena, out->at, out->count, &out->capacity, sizeof *more);
        if (more == NULL) return false;
        out->at = more;
        out->at[out->count++] = (struct common_word){name, times};
    }
    if (out->count > 1) qsort(out->at, out->count, sizeof *out->at, by_word);
    return true;
}

static int64_t times_of(const struct common_words *common, struct slice word) {
    struct common_word wanted = {word, 0};
    const struct common_word *found =
        common->count == 0 ? NULL : bsearch(&wanted, common->at, common->count, sizeof wanted, by_word);
    return found == NULL ? 0 : found->times;
}

/* Of all forms in which it would be met. */
static int64_t times_of_forms(const struct common_words *common, struct slice word) {
    struct forms forms;
    char small[FORM_BYTES];
    int64_t sum = 0;
    if (word.len >= sizeof small) return 0;
    for (size_t i = 0; i < word.len; i++)
        small[i] = (char)(word.at[i] >= 'A' && word.at[i] <= 'Z' ? word.at[i] + 32 : word.at[i]);
    forms_of(slice_of(small, word.len), &forms);
    for (size_t i = 0; i < forms.count; i++) sum += times_of(common, forms.at[i]);
    return sum;
}

/* One common word that counts by itself for a topic. */
static void find_general(const struct ruleset *set, const struct matcher *m, const struct common_words *common,
                         struct problems *problems, size_t *count) {
    for (size_t i = 0; i < m->phrase_count; i++) {
        const struct phrase *phrase = &m->phrases[i];
        bool counts = set->blocks[phrase->block].kind == BLOCK_TOPIC &&
                      (phrase->kind == LINE_STRONG || phrase->kind == LINE_PHRASE);
        if (!counts || phrase->words != 1 || phrase->joined || phrase->side != SIDE_NONE) continue;
        struct slice form = form_of(set, phrase);
        int64_t times = times_of_forms(common, form);
        if (times < GENERAL_PER_MILLION) continue;
        ++*count;
        problem_add(problems, PROBLEM_WARNING, place_of(line_of(set, phrase), form),
                    "put it on a 'weak' line, or give it company with 'near'",
                    "'%.*s' stands %lld times in a million words that are not about teaching: too general by itself",
                    SLICE_ARGS(form), (long long)times);
    }
}

bool lint_rules(const struct ruleset *set, struct slice common, struct arena *arena, struct problems *problems,
                struct lint_counts *out) {
    *out = (struct lint_counts){0};
    struct common_words words = {NULL, 0, 0};
    if (!read_common(common, arena, &words)) return false;
    /* Not all can be shown where there are many: what matters most comes first. */
    const struct covering weaker = {set, problems, out, true}, nothing_more = {set, problems, out, false};
    find_ungated(set, set->matcher, problems, &out->ungated);
    find_general(set, set->matcher, &words, problems, &out->general);
    if (!find_covered(&weaker, arena)) return false;
    find_twice(set, set->matcher, problems, &out->twice);
    return find_covered(&nothing_more, arena);
}
