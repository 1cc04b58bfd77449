#include "classify/reasons.h"

#include <stdio.h>
#include <string.h>

#include "base/line.h"

#define REASON_NAME(name, key, text) key,
static const char *const names[] = {REASONS(REASON_NAME)};
#undef REASON_NAME

static void as_shipped(struct reasons *out) {
#define REASON_TEXT(name, key, text) SLICE(text),
    *out = (struct reasons){{REASONS(REASON_TEXT)}};
#undef REASON_TEXT
}

const char *reason_name(enum reason reason) {
    return names[reason];
}

void reasons_read(const struct rule_block *words, struct reasons *out) {
    as_shipped(out);
    for (size_t i = 0; i < REASON_COUNT && words != NULL; i++) {
        struct slice written = block_fact(words, names[i]);
        if (!slice_is_empty(written)) out->at[i] = written;
    }
}

/* ---- gaps ---- */

/* The gap that begins at `at`, 1 to 9; 0 = none does. */
static unsigned gap_at(struct slice text, size_t at) {
    bool gap = at + 1 < text.len && text.at[at] == '%' && text.at[at + 1] >= '1' && text.at[at + 1] <= '9';
    return gap ? (unsigned)(text.at[at + 1] - '0') : 0;
}

static unsigned gaps_of(struct slice text) {
    unsigned gaps = 0;
    for (size_t i = 0; i < text.len; i++)
        if (gap_at(text, i) != 0) gaps |= 1u << gap_at(text, i);
    return gaps;
}

static size_t filled_len(struct slice sentence, const struct slice gaps[REASON_GAPS_MOST]) {
    size_t len = 0;
    for (size_t i = 0; i < sentence.len; i++) {
        unsigned gap = gap_at(sentence, i);
        bool known = gap != 0 && gap <= REASON_GAPS_MOST;
        len += known ? gaps[gap - 1].len : 1;
        i += known;
    }
    return len;
}

bool reason_fill(struct slice sentence, const struct slice gaps[REASON_GAPS_MOST], struct arena *arena,
                 struct slice *out) {
    *out = sentence;
    if (gaps_of(sentence) == 0) return true;
    size_t len = filled_len(sentence, gaps), at = 0;
    char *text = arena_alloc(arena, len + 1, 1);
    if (text == NULL) return false;
    for (size_t i = 0; i < sentence.len; i++) {
        unsigned gap = gap_at(sentence, i);
        if (gap == 0 || gap > REASON_GAPS_MOST) {
            text[at++] = sentence.at[i];
            continue;
        }
        if (gaps[gap - 1].len > 0) memcpy(text + at, gaps[gap - 1].at, gaps[gap - 1].len);
        at += gaps[gap - 1].len;
        i++;
    }
    *out = slice_of(text, len);
    return true;
}

/* ---- mistakes ---- */

static void tell_unknown(const struct rule_line *line, struct problems *problems) {
    char hint[80] = "LANGUAGE.md lists them";
    const char *near = problem_nearest(line->keyword, names, REASON_COUNT);
    if (near != NULL) (void)snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    problem_add(problems, PROBLEM_ERROR, line->place, hint, "there is no sentence '%.*s'", SLICE_ARGS(line->keyword));
}

/* The first gap of the words that does not belong there, or all of them where one is missing. */
static struct place place_of_gap(const struct rule_line *line, unsigned allowed) {
    struct line at = {.place = line->place};
    for (size_t i = 0; i < line->text.len; i++) {
        unsigned gap = gap_at(line->text, i);
        if (gap != 0 && (allowed >> gap & 1) == 0) return line_place_of(&at, slice_part(line->text, i, i + 2));
    }
    return line_place_of(&at, line->text);
}

void reasons_check(const struct rule_line *line, struct problems *problems) {
    struct reasons shipped;
    size_t which = 0;
    while (which < REASON_COUNT && !slice_equal(line->keyword, slice_from(names[which]))) which++;
    if (which == REASON_COUNT) {
        tell_unknown(line, problems);
        return;
    }
    as_shipped(&shipped);
    unsigned wanted = gaps_of(shipped.at[which]), given = gaps_of(line->text);
    if (wanted == given) return;
    char hint[200];
    (void)snprintf(hint, sizeof hint, "as shipped: %.*s", SLICE_ARGS(shipped.at[which]));
    for (unsigned gap = 1; gap <= 9; gap++) {
        bool missing = (wanted >> gap & 1) != 0;
        if (((wanted ^ given) >> gap & 1) == 0) continue;
        problem_add(problems, PROBLEM_ERROR, place_of_gap(line, wanted), hint,
                    missing ? "the sentence '%.*s' needs its gap %%%u" : "the sentence '%.*s' has no gap %%%u",
                    SLICE_ARGS(line->keyword), gap);
        return;
    }
}
