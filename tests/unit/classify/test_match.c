#include "classify/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "classify/example.h"

static const char rules[] = "group memory Memory\n"
                            "topic retrieval Retrieval practice\n"
                            "  parent memory\n"
                            "  strong retrieval practice | low-stakes quiz\n"
                            "  weak quiz\n"
                            "  near 5 recall ~ test | starter\n"
                            "  regex /brain ?dumps?/\n"
                            "  not information retrieval practice\n"
                            "  yes We open with #RetrievalPractice.\n"
                            "  no Information retrieval practice in library science.\n"
                            "topic send SEND\n"
                            "  parent memory\n"
                            "  exact SEND\n"
                            "  phrase special needs\n"
                            "  yes The SEND review is late.\n"
                            "  no Please send the letters.\n"
                            "signal trial Names a trial\n"
                            "  phrase control group\n"
                            "  unless negated\n"
                            "  yes It had a control group.\n"
                            "  no There was no control group.\n"
                            "negation english\n"
                            "  before 5 no | not | without\n"
                            "  after 5 is a myth\n"
                            "  stop but\n"
                            "  false not only\n";

static struct ruleset set;
static struct arena *arena;
static struct problems problems;

static int load(void **state) {
    (void)state;
    struct fault fault = {0};
    struct rules_file file = {SLICE("t.rules"), slice_from(rules)};
    arena = arena_new(LIMIT_ARENA_BYTES);
    problems = (struct problems){.arena = arena};
    return ruleset_read(&file, 1, arena, &set, &problems, &fault) && problems.count == 0 ? 0 : -1;
}

static int unload(void **state) {
    (void)state;
    ruleset_free(&set);
    arena_free(&arena);
    return 0;
}

/* The counted hits of `text` as "id:words id:words". */
static const char *hits_of(const char *text) {
    static char out[4000];
    struct fault fault = {0};
    AUTO(scratch_free)
    struct scratch *scratch = scratch_new(&set, &fault);
    struct field_text field = {FIELD_POST, slice_from(text)};
    struct match match;
    assert_true(match_document(scratch, &set, &field, 1, &match, &fault));
    out[0] = '\0';
    for (size_t i = 0; i < match.hit_count; i++) {
        const struct raw_hit *hit = &match.hits[i];
        if (hit->state != HIT_COUNTED) continue;
        size_t len = strlen(out);
        (void)snprintf(out + len, sizeof out - len, "%s%.*s:%.*s", len == 0 ? "" : " ",
                       SLICE_ARGS(set.blocks[hit->block].id), (int)(hit->end - hit->start), text + hit->start);
    }
    return out;
}

static void spaces_hyphens_hashtags_and_plurals_are_one_phrase(void **state) {
    (void)state;
    assert_string_equal(hits_of("Retrieval Practice!"), "retrieval:Retrieval Practice");
    assert_string_equal(hits_of("a retrieval-practice grid"), "retrieval:retrieval-practice");
    assert_string_equal(hits_of("see #RetrievalPractice now"), "retrieval:RetrievalPractice");
    assert_string_equal(hits_of("see #retrievalpractice now"), "retrieval:retrievalpractice");
    assert_string_equal(hits_of("retrievalpractice is no word"), "");
    assert_string_equal(hits_of("low\xE2\x80\x91stakes quizzes"), "retrieval:low\xE2\x80\x91stakes quizzes");
    assert_string_equal(hits_of("retrieval. Practice"), "");
    assert_string_equal(hits_of("retrie\xC2\xADval prac\xE2\x80\x8Btice"),
                        "retrieval:retrie\xC2\xADval prac\xE2\x80\x8Btice");
    assert_string_equal(hits_of("the pupils\xE2\x80\x99 brain dump"), "retrieval:brain dump");
}

static void capitals_matter_where_they_are_written_exactly(void **state) {
    (void)state;
    assert_string_equal(hits_of("SEND and send and Send"), "send:SEND");
    assert_string_equal(hits_of("SEND\xE2\x80\x99s budget"), "send:SEND\xE2\x80\x99s");
}

static void negation_reaches_over_words_of_its_sentence_and_stops_at_but(void **state) {
    (void)state;
    assert_string_equal(hits_of("There was no control group."), "");
    assert_string_equal(hits_of("There was no pre-test. The control group was large."), "trial:control group");
    assert_string_equal(hits_of("It was not long, but a control group was there."), "trial:control group");
    assert_string_equal(hits_of("Not only a control group."), "trial:control group");
    assert_string_equal(hits_of("The control group is a myth."), "");
}

static void near_needs_both_sides_in_one_sentence_and_within_reach(void **state) {
    (void)state;
    assert_string_equal(hits_of("a recall starter today"), "retrieval:recall starter");
    assert_string_equal(hits_of("tests of later recall"), "retrieval:tests of later recall");
    assert_string_equal(hits_of("recall a b c d e f g test"), "");
    assert_string_equal(hits_of("I recall. A test."), "");
}

static void vetoes_take_what_they_overlap(void **state) {
    (void)state;
    assert_string_equal(hits_of("information retrieval practice"), "");
}

static void offsets_fall_on_character_borders_whatever_the_text(void **state) {
    (void)state;
    static const char *const pieces[] = {"brain dump", "\xC3\xA9", "\xF0\x9F\x98\x80",   "SEND",     "\xEF\xAC\x81",
                                         "\xC4\xB0",   " ",        "#RetrievalPractice", "\xC2\xAD", "&amp;",
                                         "quiz",       "\n"};
    struct fault fault = {0};
    AUTO(scratch_free)
    struct scratch *scratch = scratch_new(&set, &fault);
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        char text[600] = "";
        for (int i = 0; i < 20; i++) {
            seed = seed * 1664525u + 1013904223u;
            (void)strncat(text, pieces[(seed >> 16) % COUNT_OF(pieces)], sizeof text - strlen(text) - 1);
        }
        struct field_text field = {FIELD_POST, slice_from(text)};
        struct match match;
        assert_true(utf8_is_valid(field.text));
        assert_true(match_document(scratch, &set, &field, 1, &match, &fault));
        for (size_t i = 0; i < match.hit_count; i++) {
            struct slice span = slice_part(field.text, match.hits[i].start, match.hits[i].end);
            assert_true(match.hits[i].start < match.hits[i].end && match.hits[i].end <= field.text.len);
            assert_true(utf8_is_valid(span));
        }
    }
}

static void the_examples_of_the_rules_hold(void **state) {
    (void)state;
    struct example_counts counts;
    struct fault fault = {0};
    assert_true(examples_run(&set, arena, &problems, &counts, &fault));
    assert_int_equal(counts.failed, 0);
    assert_int_equal(counts.passed, 6);
}

static void every_mistake_of_the_rules_is_told_at_once(void **state) {
    (void)state;
    static const char bad[] = "phrase lonely\ntopic a A\n  parrent memory\n  phrase x || y\n  regex /(unclosed/\n  "
                              "regex /a*/\n  near recall ~ test\n"
                              "topic a Again\n  phrase z\n";
    struct fault fault = {0};
    AUTO(ruleset_free)
    struct ruleset wrong = {0};
    struct problems found = {.arena = arena};
    struct rules_file file = {SLICE("bad.rules"), slice_from(bad)};
    assert_true(ruleset_read(&file, 1, arena, &wrong, &found, &fault));
    static const struct {
        unsigned line;
        const char *words;
    } expected[] = {{1, "belongs to no rule"},      {3, "has no 'parrent'"},
                    {4, "an alternative is empty"}, {5, "missing closing parenthesis"},
                    {6, "matches nothing"},         {7, "number of words"},
                    {8, "stands already"},          {2, "has no parent"},
                    {2, "does not prove itself"}};
    for (size_t e = 0; e < COUNT_OF(expected); e++) {
        bool told = false;
        for (size_t i = 0; i < found.count; i++)
            told = told || (found.at[i].place.line == expected[e].line &&
                            strstr(found.at[i].what.at, expected[e].words) != NULL);
        if (!told) print_error("not told: line %u %s\n", expected[e].line, expected[e].words);
        assert_true(told);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaces_hyphens_hashtags_and_plurals_are_one_phrase),
        cmocka_unit_test(capitals_matter_where_they_are_written_exactly),
        cmocka_unit_test(negation_reaches_over_words_of_its_sentence_and_stops_at_but),
        cmocka_unit_test(near_needs_both_sides_in_one_sentence_and_within_reach),
        cmocka_unit_test(vetoes_take_what_they_overlap),
        cmocka_unit_test(offsets_fall_on_character_borders_whatever_the_text),
        cmocka_unit_test(the_examples_of_the_rules_hold),
        cmocka_unit_test(every_mistake_of_the_rules_is_told_at_once),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
