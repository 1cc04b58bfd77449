#include "classify/lint.h"

#include "base/line.h"
#include "classify/matcher.h"

/* A word as common as this says little by itself. */
#define GENERAL_PER_MILLION 60

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

static void find_ungated(const struct ruleset *set, const struct matcher *m, struct problems *problems, size_t *count) {
    for (size_t i = 0; i < m->gate.ungated_count; i++) {
        const struct compiled_regex *regex = &m->regexes[m->gate.ungated[i]];
        ++*count;
        problem_add(problems, PROBLEM_WARNING, set->blocks[regex->block].lines[regex->line].place,
                    "give each of its alternatives a word, a digit or a mark that begins behind \\b or a blank",
                    "this pattern has no word that it needs, so it is tried on every text");
    }
}

static long long times_of(struct slice common, struct slice word) {
    while (!slice_is_absent(common)) {
        struct slice rest = slice_next(&common, '\n'), name = line_word(&rest);
        long long times;
        if (slice_equal(name, word) && slice_to_int64(slice_trim(rest), &times)) return times;
    }
    return 0;
}

/* One common word that counts by itself for a topic. */
static void find_general(const struct ruleset *set, const struct matcher *m, struct slice common,
                         struct problems *problems, size_t *count) {
    for (size_t i = 0; i < m->phrase_count; i++) {
        const struct phrase *phrase = &m->phrases[i];
        bool counts = set->blocks[phrase->block].kind == BLOCK_TOPIC &&
                      (phrase->kind == LINE_STRONG || phrase->kind == LINE_PHRASE);
        if (!counts || phrase->words != 1 || phrase->joined || phrase->side != SIDE_NONE) continue;
        struct slice form = form_of(set, phrase);
        long long times = times_of(common, form);
        if (times < GENERAL_PER_MILLION) continue;
        ++*count;
        problem_add(problems, PROBLEM_WARNING, place_of(line_of(set, phrase), form),
                    "put it on a 'weak' line, or give it company with 'near'",
                    "'%.*s' stands %lld times in a million words of any English: too general by itself",
                    SLICE_ARGS(form), times);
    }
}

bool lint_rules(const struct ruleset *set, struct slice common, struct arena *arena, struct problems *problems,
                struct lint_counts *out) {
    (void)arena;
    *out = (struct lint_counts){0};
    find_twice(set, set->matcher, problems, &out->twice);
    find_ungated(set, set->matcher, problems, &out->ungated);
    if (!slice_is_empty(common)) find_general(set, set->matcher, common, problems, &out->general);
    return true;
}
