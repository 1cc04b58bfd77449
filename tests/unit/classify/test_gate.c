/* What is left out before a pattern runs must never hide a match. */
#include "classify/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "classify/match.h"

struct dice {
    uint64_t state;
};

static unsigned roll(struct dice *dice, unsigned sides) {
    dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(dice->state >> 33) % sides;
}

static const char *const words[] = {"alpha", "beta",   "gamma", "the",  "of",   "in",
                                    "a",     "pupils", "pupil", "from", "weeks"};

static void add_word(struct buf *out, struct dice *dice) {
    buf_add_text(out, words[roll(dice, COUNT_OF(words))]);
}

/* ---- patterns ---- */

static void add_list(struct buf *out, struct dice *dice, const char *between) {
    buf_add_text(out, "(?:");
    for (unsigned i = 0, count = 2 + roll(dice, 3); i < count; i++) {
        if (i > 0) buf_add_char(out, '|');
        add_word(out, dice);
        buf_add_text(out, between);
    }
    buf_add_char(out, ')');
}

static void add_part(struct buf *out, struct dice *dice) {
    switch (roll(dice, 8)) {
        case 0:
        case 1:
        case 2: add_word(out, dice); break;
        case 3: add_list(out, dice, ""); break;
        case 4: add_list(out, dice, "s?"); break;
        case 5: buf_add_text(out, "\\w+"); break;
        case 6: buf_add_text(out, "\\w+ \\w+"); break;
        default: buf_add_text(out, "\\d{1,3}");
    }
}

static void add_beginning(struct buf *out, struct dice *dice) {
    static const char *const beginnings[] = {"\\b", "\\b", "\\b", "\\b", "(?:^|[.!?] )", "", "(?<!of )\\b"};
    buf_add_text(out, beginnings[roll(dice, COUNT_OF(beginnings))]);
}

static void add_way(struct buf *out, struct dice *dice) {
    add_beginning(out, dice);
    add_part(out, dice);
    for (unsigned i = 0, count = roll(dice, 4); i < count; i++) {
        static const char *const between[] = {" ", " ", " ", " (?:the |of )?", " (?:\\w+ ){0,2}", "[ -]", ",? "};
        buf_add_text(out, between[roll(dice, COUNT_OF(between))]);
        add_part(out, dice);
    }
    if (roll(dice, 2) == 0) buf_add_text(out, "\\b");
}

static void add_rule(struct buf *out, struct dice *dice, unsigned number) {
    buf_printf(out, "signal s%u S%u\n  regex %s/", number, number, roll(dice, 5) == 0 ? "exact " : "");
    for (unsigned i = 0, count = 1 + roll(dice, 5); i < count; i++) {
        if (i > 0) buf_add_char(out, '|');
        add_way(out, dice);
    }
    buf_add_text(out, "/\n  yes Alpha.\n  no Alpha.\n");
}

/* ---- texts ---- */

static void write_text(struct buf *out, struct dice *dice) {
    static const char *const between[] = {" ", " ", " ", " ", " ", " ", ". ", ", ", "-", "\n", "  ", "’ "};
    buf_clear(out);
    for (unsigned i = 0, count = 1 + roll(dice, roll(dice, 8) == 0 ? 600 : 30); i < count; i++) {
        if (roll(dice, 6) == 0) buf_printf(out, "%u", roll(dice, 2000));
        else if (roll(dice, 12) == 0) buf_add_text(out, roll(dice, 2) == 0 ? "Alpha" : "délta");
        else add_word(out, dice);
        buf_add_text(out, between[roll(dice, COUNT_OF(between))]);
    }
}

static void assert_same(const struct ruleset *set, struct slice text, const struct match *a, const struct match *b) {
    assert_int_equal(a->undecided_count, 0);
    assert_int_equal(b->undecided_count, 0);
    bool same = a->hit_count == b->hit_count;
    for (size_t i = 0; i < a->hit_count && i < b->hit_count; i++) {
        const struct raw_hit *x = &a->hits[i], *y = &b->hits[i];
        bool equal = x->block == y->block && x->start == y->start && x->end == y->end && x->state == y->state;
        if (!equal && same)
            print_error("%.*s in: %.*s\n", SLICE_ARGS(set->blocks[x->block].lines[x->line].text), SLICE_ARGS(text));
        same = same && equal;
    }
    assert_true(same);
}

#define RULES 120u
#define TEXTS 400u

static void whatever_the_patterns_and_the_texts_the_hits_are_those_of_running_everything(void **state) {
    (void)state;
    struct fault fault = {0};
    struct dice dice = {20261130};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf rules = buf_new(1 << 20);
    AUTO(buf_free)
    struct buf text = buf_new(1 << 20);
    for (unsigned i = 0; i < RULES; i++) add_rule(&rules, &dice, i);
    struct problems problems = {.arena = arena};
    AUTO(ruleset_free)
    struct ruleset set = {0};
    struct rules_file file = {SLICE("t.rules"), buf_slice(&rules)};
    assert_true(ruleset_read(&file, 1, arena, &set, &problems, &fault));
    assert_int_equal(problems.errors, 0);
    AUTO(scratch_free)
    struct scratch *gated = scratch_new(&set, &fault);
    AUTO(scratch_free)
    struct scratch *everything = scratch_new(&set, &fault);
    assert_true(gated != NULL && everything != NULL);
    scratch_run_everything(everything);
    size_t hits = 0;
    for (unsigned i = 0; i < TEXTS; i++) {
        struct match a, b;
        write_text(&text, &dice);
        struct field_text field = {FIELD_POST, buf_slice(&text)};
        assert_true(match_document(gated, &set, &field, 1, &a, &fault));
        assert_true(match_document(everything, &set, &field, 1, &b, &fault));
        assert_same(&set, buf_slice(&text), &a, &b);
        hits += a.hit_count;
    }
    assert_true(hits > 10000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_the_patterns_and_the_texts_the_hits_are_those_of_running_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
