#include "practice/tally.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/when.h"

static bool near_to(double a, double b) {
    return fabs(a - b) < 0.005;
}

/* Known values: 3 of 30 is 10 % but 3.5 to 26 %; 2 of 8 is 25 % but 7 to 59 %. */
static void wilson_ranges_are_those_of_the_textbook(void **state) {
    (void)state;
    struct rate rate = tally_rate(3, 30);
    assert_true(near_to(rate.low, 0.035) && near_to(rate.high, 0.256));
    rate = tally_rate(2, 8);
    assert_true(near_to(rate.low, 0.071) && near_to(rate.high, 0.591));
    rate = tally_rate(0, 0);
    assert_true(rate.low == 0 && rate.high == 1);
    rate = tally_rate(10, 10);
    assert_true(near_to(rate.high, 1) && near_to(rate.low, 0.722));
}

static struct report_post made[100];

static struct report_post_list posts(size_t count, size_t overclaims, int64_t to_s) {
    for (size_t i = 0; i < count; i++)
        made[i] = (struct report_post){.item = SLICE("s/1"),
                                       .when_s = to_s - (int64_t)(i + 1) * DAY_S,
                                       .level = i % 4 == 0 ? 3 : 0,
                                       .unsupported_claim = i < overclaims};
    return (struct report_post_list){made, count, 100};
}

static enum suggestion suggested(size_t count, size_t overclaims, int64_t failures) {
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct rate all[MEASURE_COUNT] = {0};
    all[MEASURE_OVERCLAIM] = tally_rate(10, 100);
    int64_t to_s = 20000 * (int64_t)DAY_S;
    struct tally_facts facts = {.from_s = to_s - 90 * (int64_t)DAY_S, .to_s = to_s, .failures = failures, .all = all};
    struct report_post_list list = posts(count, overclaims, to_s);
    struct source_report report;
    struct fault fault = {0};
    assert_true(tally_source(&facts, &list, arena, &report, &fault));
    assert_int_equal(report.posts, count);
    return report.suggestion;
}

static void suggestions_follow_the_stated_rules(void **state) {
    (void)state;
    assert_int_equal(suggested(60, 2, 0), SUGGEST_KEEP);
    assert_int_equal(suggested(60, 2, 3), SUGGEST_REPAIR);
    assert_int_equal(suggested(0, 0, 0), SUGGEST_QUIET);
    assert_int_equal(suggested(19, 19, 0), SUGGEST_WATCH);
    assert_int_equal(suggested(60, 13, 0), SUGGEST_CHECK_CLAIMS);
    assert_int_equal(suggested(60, 30, 0), SUGGEST_DROP);
    assert_int_equal(suggested(40, 20, 0), SUGGEST_CHECK_CLAIMS);
}

static void months_and_rates_agree_with_a_count_by_hand(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct rate all[MEASURE_COUNT] = {0};
    int64_t to_s = when_from_civil((struct civil){2026, 11, 25, 0, 0, 0});
    struct tally_facts facts = {.from_s = to_s - 60 * (int64_t)DAY_S, .to_s = to_s, .all = all};
    struct report_post_list list = posts(40, 4, to_s);
    struct source_report report;
    struct fault fault = {0};
    assert_true(tally_source(&facts, &list, arena, &report, &fault));
    assert_int_equal(report.rates[MEASURE_TRACEABLE].hits, 10);
    assert_int_equal(report.rates[MEASURE_TRACEABLE].of, 40);
    assert_int_equal(report.month_count, 3); /* September to November */
    assert_int_equal(report.months[2].posts, 24);
    assert_int_equal(report.months[1].posts, 16);
    assert_non_null(report.overclaims[3]);
    assert_null(report.overclaims[4]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_ranges_are_those_of_the_textbook),
        cmocka_unit_test(suggestions_follow_the_stated_rules),
        cmocka_unit_test(months_and_rates_agree_with_a_count_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
