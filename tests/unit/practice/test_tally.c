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

/* One post a day, newest first; every fourth gives a source, the first `overclaims` claim too much. */
static struct report_post_list posts(size_t count, size_t overclaims, int64_t to_s) {
    for (size_t i = 0; i < count; i++)
        made[i] = (struct report_post){.item = SLICE("s/1"),
                                       .when_s = to_s - (int64_t)(i + 1) * DAY_S,
                                       .flags = (i % 4 == 0 ? REPORT_FLAG(MEASURE_TRACEABLE) : 0) |
                                                (i < overclaims ? REPORT_FLAG(MEASURE_OVERCLAIM) : 0)};
    return (struct report_post_list){made, count, 100};
}

struct trial {
    struct arena *arena;
    struct rate all[MEASURE_COUNT];
    struct tally_facts facts;
    struct report_post_list list;
    struct source_report report;
};

static void count_trial(struct trial *trial) {
    struct fault fault = {0};
    trial->facts.all = trial->all;
    assert_true(tally_source(&trial->facts, &trial->list, trial->arena, &trial->report, &fault));
}

static enum suggestion suggested(size_t count, size_t overclaims, int64_t failures, int64_t links_open) {
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    int64_t to_s = 20000 * (int64_t)DAY_S;
    struct trial trial = {.arena = arena,
                          .facts = {.from_s = to_s - 90 * (int64_t)DAY_S, .to_s = to_s, .failures = failures},
                          .list = posts(count, overclaims, to_s)};
    trial.all[MEASURE_OVERCLAIM] = tally_rate(10, 100);
    if (links_open >= 0) {
        made[0].links_tried = 20;
        made[0].links_open = links_open;
    }
    count_trial(&trial);
    assert_int_equal(trial.report.posts, count);
    return trial.report.suggestion;
}

/* The same where `elsewhere` of 100 posts of all sources claim too much. */
static enum suggestion suggested_beside(size_t count, size_t overclaims, int64_t elsewhere) {
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    int64_t to_s = 20000 * (int64_t)DAY_S;
    struct trial trial = {.arena = arena,
                          .facts = {.from_s = to_s - 90 * (int64_t)DAY_S, .to_s = to_s},
                          .list = posts(count, overclaims, to_s)};
    trial.all[MEASURE_OVERCLAIM] = tally_rate(elsewhere, 100);
    count_trial(&trial);
    return trial.report.suggestion;
}

static void suggestions_follow_the_stated_rules(void **state) {
    (void)state;
    assert_int_equal(suggested(60, 2, 0, -1), SUGGEST_KEEP);
    assert_int_equal(suggested(60, 2, 3, -1), SUGGEST_REPAIR);
    assert_int_equal(suggested(60, 2, 0, 20), SUGGEST_KEEP);
    assert_int_equal(suggested(60, 2, 0, 8), SUGGEST_KEEP);   /* of 20: perhaps still half */
    assert_int_equal(suggested(60, 2, 0, 4), SUGGEST_REPAIR); /* of 20: surely less than half */
    assert_int_equal(suggested(0, 0, 0, -1), SUGGEST_QUIET);
    assert_int_equal(suggested(19, 19, 0, -1), SUGGEST_WATCH);
    assert_int_equal(suggested(60, 13, 0, -1), SUGGEST_CHECK_CLAIMS);
    assert_int_equal(suggested(60, 30, 0, -1), SUGGEST_DROP);
    assert_int_equal(suggested(40, 20, 0, -1), SUGGEST_CHECK_CLAIMS);
    assert_int_equal(suggested_beside(60, 3, 0), SUGGEST_CHECK_CLAIMS); /* others never do, this one three times */
    assert_int_equal(suggested_beside(60, 2, 0), SUGGEST_KEEP);         /* twice says little */
    for (int i = 0; i < SUGGESTIONS; i++) assert_true(suggestion_rule((enum suggestion)i)[0] != 0);
}

static void months_and_rates_agree_with_a_count_by_hand(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    int64_t to_s = when_from_civil((struct civil){2026, 11, 25, 0, 0, 0});
    struct trial trial = {.arena = arena,
                          .facts = {.from_s = to_s - 60 * (int64_t)DAY_S, .to_s = to_s, .has_older = true},
                          .list = posts(40, 4, to_s)};
    count_trial(&trial);
    const struct source_report *report = &trial.report;
    assert_int_equal(report->rates[MEASURE_TRACEABLE].hits, 10);
    assert_int_equal(report->rates[MEASURE_TRACEABLE].of, 40);
    assert_int_equal(report->span_count, 3); /* September to November */
    assert_int_equal(report->spans[2].posts, 24);
    assert_int_equal(report->spans[1].posts, 16);
    assert_int_equal(report->spans[2].months, 1);
    assert_non_null(report->newest[MEASURE_OVERCLAIM][3]);
    assert_null(report->newest[MEASURE_OVERCLAIM][4]);
    assert_true(fabs(report->posts_a_week - 40 / (60 / 7.0)) < 1e-9);
    assert_int_equal(report->longest_silence_s, DAY_S);
    int64_t week = 0;
    for (int i = 0; i < 7; i++) week += report->weekdays[i];
    assert_int_equal(week, 40);
}

static void a_flag_that_was_marked_wrong_counts_for_the_rules_not_for_the_source(void **state) {
    (void)state;
    struct report_post_list list = posts(40, 4, 0);
    struct rate rates[MEASURE_COUNT], wrong[MEASURE_COUNT];
    made[0].wrong = REPORT_FLAG(MEASURE_OVERCLAIM);
    made[9].wrong = REPORT_FLAG(MEASURE_OVERCLAIM); /* the flag is not there: nothing to be wrong */
    tally_rates(&list, rates);
    tally_wrong(&list, wrong);
    assert_int_equal(rates[MEASURE_OVERCLAIM].hits, 3);
    assert_int_equal(rates[MEASURE_OVERCLAIM].of, 40);
    assert_int_equal(rates[MEASURE_TRACEABLE].hits, 10);
    assert_int_equal(wrong[MEASURE_OVERCLAIM].hits, 1);
    assert_int_equal(wrong[MEASURE_OVERCLAIM].of, 4);
    assert_int_equal(wrong[MEASURE_CHOSEN].of, 0);
}

static void years_of_posts_stand_in_twelve_spans_at_most(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    int64_t to_s = when_from_civil((struct civil){2026, 11, 25, 0, 0, 0}), posts_in_spans = 0;
    struct trial trial = {.arena = arena, .facts = {.from_s = WHEN_ABSENT, .to_s = to_s}, .list = posts(100, 0, to_s)};
    for (size_t i = 0; i < 100; i++) made[i].when_s = to_s - (int64_t)(i + 1) * 50 * DAY_S; /* 13.7 years */
    count_trial(&trial);
    assert_in_range(trial.report.span_count, 2, REPORT_SPANS);
    for (size_t i = 0; i < trial.report.span_count; i++) posts_in_spans += trial.report.spans[i].posts;
    assert_int_equal(posts_in_spans, 100);
    const struct report_span *last = &trial.report.spans[trial.report.span_count - 1];
    assert_int_equal(last->year * 12 + last->month + last->months, 2026 * 12 + 12);
}

static void names_of_flags_are_found_again(void **state) {
    (void)state;
    enum report_measure measure;
    for (int m = 0; m < MEASURE_COUNT; m++) {
        bool flag = report_is_flag((enum report_measure)m);
        assert_int_equal(report_flag_from(slice_from(report_measure_name((enum report_measure)m)), &measure), flag);
        if (flag) assert_int_equal(measure, m);
    }
    assert_false(report_flag_from(SLICE("nonsense"), &measure));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_ranges_are_those_of_the_textbook),
        cmocka_unit_test(suggestions_follow_the_stated_rules),
        cmocka_unit_test(months_and_rates_agree_with_a_count_by_hand),
        cmocka_unit_test(a_flag_that_was_marked_wrong_counts_for_the_rules_not_for_the_source),
        cmocka_unit_test(years_of_posts_stand_in_twelve_spans_at_most),
        cmocka_unit_test(names_of_flags_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
