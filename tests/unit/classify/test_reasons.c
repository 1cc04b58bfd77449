#include "classify/reasons.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "classify/judge.h"
#include "stage/rules_load.h"

static struct arena *arena;
static struct problems problems;

static int set_up(void **state) {
    (void)state;
    arena = arena_new(LIMIT_ARENA_BYTES);
    problems = (struct problems){.arena = arena};
    return arena == NULL ? -1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static void read_rules(const char *text, struct ruleset *out) {
    struct fault fault = {0};
    const struct rules_file file = {SLICE("words.rules"), slice_from(text)};
    assert_true(ruleset_read(&file, 1, arena, out, &problems, &fault));
}

static void the_shipped_file_holds_each_sentence_as_it_is_without_it(void **state) {
    (void)state;
    struct fault fault = {0};
    AUTO(ruleset_free)
    struct ruleset set = {0};
    struct reasons written, shipped;
    assert_true(rules_load("config/rules", arena, &set, &problems, &fault) && problems.errors == 0);
    size_t at = ruleset_find(&set, BLOCK_SETTINGS, SLICE("words"));
    assert_true(at != RULES_NOWHERE);
    assert_int_equal(set.blocks[at].count, REASON_COUNT);
    reasons_read(NULL, &shipped);
    reasons_read(&set.blocks[at], &written);
    for (size_t i = 0; i < REASON_COUNT; i++) {
        if (!slice_equal(written.at[i], shipped.at[i])) print_error("%s\n", reason_name((enum reason)i));
        assert_true(!slice_is_absent(block_fact(&set.blocks[at], reason_name((enum reason)i))));
        assert_true(slice_equal(written.at[i], shipped.at[i]));
    }
}

static void a_school_says_it_in_its_own_words(void **state) {
    (void)state;
    struct fault fault = {0};
    AUTO(ruleset_free)
    struct ruleset set = {0};
    read_rules("settings words\n  elsewhere  Says nothing of lessons\n  chatbot    %1 made this link\n", &set);
    assert_int_equal(problems.errors, 0);
    AUTO(judge_free)
    struct judge *judge = judge_new(&set, &fault);
    const struct document document = {.id = SLICE("d"), .text = SLICE("The weather."), .chatbot = SLICE("ChatGPT")};
    struct verdict verdict;
    assert_non_null(judge);
    assert_true(judge_document(judge, &document, JUDGE_VERDICT_ONLY, arena, &verdict, &fault));
    assert_true(slice_equal(verdict.because.at[0], SLICE("Says nothing of lessons")));
    assert_true(slice_equal(verdict.notes.at[0], SLICE("ChatGPT made this link")));
}

static void gaps_are_filled_wherever_they_stand(void **state) {
    (void)state;
    const struct slice gaps[REASON_GAPS_MOST] = {SLICE("one"), SLICE("two"), SLICE(""), SLICE("four")};
    struct slice out;
    assert_true(reason_fill(SLICE("%2 of %1%3, %4 at 50 % and 7%"), gaps, arena, &out));
    assert_true(slice_equal(out, SLICE("two of one, four at 50 % and 7%")));
    assert_true(reason_fill(SLICE("none"), gaps, arena, &out) && slice_equal(out, SLICE("none")));
}

static void assert_told(const char *rules, unsigned line, unsigned column, const char *what) {
    AUTO(ruleset_free)
    struct ruleset set = {0};
    problems = (struct problems){.arena = arena};
    read_rules(rules, &set);
    assert_int_equal(problems.errors, 1);
    assert_int_equal(problems.at[0].place.line, line);
    assert_int_equal(problems.at[0].place.column, column);
    assert_true(slice_equal(problems.at[0].what, slice_from(what)));
}

static void mistakes_are_told_with_their_places(void **state) {
    (void)state;
    assert_told("settings words\n  lod Noise\n", 2, 3, "there is no sentence 'lod'");
    assert_told("settings words\n  loud So %1 loud\n", 2, 11, "the sentence 'loud' has no gap %1");
    assert_told("settings words\n  sources Many sources\n", 2, 11, "the sentence 'sources' needs its gap %1");
    assert_told("settings words\n  loud A\n  loud B\n", 3, 3, "'loud' stands already in line 2");
    assert_told("settings wrods\n  loud A\n", 1, 1, "there are no settings 'wrods'");
    assert_told("settings topics\n  neds 3\n", 2, 3, "these settings have no 'neds'");
    assert_told("settings topics\n  needs three\n", 2, 9, "'three' is no number");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_shipped_file_holds_each_sentence_as_it_is_without_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_school_says_it_in_its_own_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gaps_are_filled_wherever_they_stand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mistakes_are_told_with_their_places, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
