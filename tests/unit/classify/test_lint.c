#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "classify/lint.h"

static const char *const rules = "group g G\n"
                                 "topic a A\n"
                                 "  parent g\n"
                                 "  strong Feedback | quiz | behaviour\n"
                                 "  phrase apps | feedback loop\n"
                                 "  weak music\n"
                                 "  yes Feedback first.\n"
                                 "  no Nothing.\n";

static size_t general(const char *common) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset set = {0};
    struct fault fault = {0};
    struct problems problems = {.arena = arena};
    const struct rules_file file = {SLICE("a.rules"), slice_from(rules)};
    struct lint_counts counts;
    assert_true(ruleset_read(&file, 1, arena, &set, &problems, &fault));
    assert_int_equal(problems.errors, 0);
    assert_true(lint_rules(&set, slice_from(common), arena, &problems, &counts));
    return counts.general;
}

static void a_word_that_is_common_elsewhere_is_named_in_any_form(void **state) {
    (void)state;
    assert_int_equal(general("feedback 106\n"), 1);
    assert_int_equal(general("app 40\napps 30\n"), 1); /* together 70 */
    assert_int_equal(general("app 40\n"), 0);
    assert_int_equal(general("behavior 100\n"), 1);
}

static void weak_words_and_phrases_may_be_common(void **state) {
    (void)state;
    assert_int_equal(general("music 500\nloop 500\n"), 0);
}

static void the_table_may_hold_remarks_and_be_in_any_order(void **state) {
    (void)state;
    assert_int_equal(general("# counted\n\nquiz 90\napps 100\nfeedback 106\nno number\n"), 3);
    assert_int_equal(general(""), 0);
}

static bool is_told(const struct problems *problems, const char *words) {
    for (size_t i = 0; i < problems->count; i++)
        if (slice_find(problems->at[i].what, slice_from(words), 0) != SLICE_NOT_FOUND) return true;
    return false;
}

static void what_matters_most_is_told_however_much_there_is_to_say(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset set = {0};
    AUTO(buf_free)
    struct buf text = buf_new(1 << 20);
    struct fault fault = {0};
    struct problems problems = {.arena = arena};
    struct lint_counts counts;
    buf_add_text(&text,
                 "group g G\ntopic t T\n  parent g\n  phrase alpha\n  strong zebra\n  strong beta rule | beta rules\n"
                 "  phrase a zebra\n  yes Alpha.\n  no Gamma.\n");
    for (unsigned i = 0; i < LIMIT_PROBLEMS + 50; i++) buf_printf(&text, "  phrase alpha n%u\n", i);
    const struct rules_file file = {SLICE("a.rules"), buf_slice(&text)};
    assert_true(ruleset_read(&file, 1, arena, &set, &problems, &fault));
    assert_true(lint_rules(&set, SLICE("zebra 900\n"), arena, &problems, &counts));
    assert_true(counts.nothing_more > LIMIT_PROBLEMS);
    assert_true(is_told(&problems, "says the same as"));
    assert_true(is_told(&problems, "too general by itself"));
    assert_true(is_told(&problems, "would by itself count as strong"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_that_is_common_elsewhere_is_named_in_any_form),
        cmocka_unit_test(weak_words_and_phrases_may_be_common),
        cmocka_unit_test(the_table_may_hold_remarks_and_be_in_any_order),
        cmocka_unit_test(what_matters_most_is_told_however_much_there_is_to_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
