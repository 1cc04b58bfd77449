#include "fetch/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct pace_rules rules = {.spacing_ms = 1000, .at_once = 2, .seed = 7};

static void a_host_never_asked_may_be_asked_at_once(void **state) {
    (void)state;
    struct pace pace = {0};
    int64_t at_ms = 0;
    assert_true(pace_may_start(&pace, &rules, 0, &at_ms));
}

static void starts_are_spaced_and_counted(void **state) {
    (void)state;
    struct pace pace = {0};
    int64_t at_ms = 0;
    pace_started(&pace, &rules, 5000);
    assert_false(pace_may_start(&pace, &rules, 5100, &at_ms));
    assert_in_range(at_ms, 5750, 6250);
    assert_true(pace_may_start(&pace, &rules, at_ms, &at_ms));
    pace_started(&pace, &rules, 7000);
    assert_false(pace_may_start(&pace, &rules, 99000, &at_ms));
    assert_true(at_ms == INT64_MAX);
    pace_ended(&pace, &rules, PACE_ANSWERED, -1, 99000);
    assert_true(pace_may_start(&pace, &rules, 99000, &at_ms));
}

static void a_next_hop_keeps_no_spacing_but_keeps_stops(void **state) {
    (void)state;
    struct pace pace = {0};
    struct pace_rules hop = rules;
    int64_t at_ms = 0;
    hop.spacing_ms = 0;
    pace_started(&pace, &rules, 0);
    assert_true(pace_may_start(&pace, &hop, 1, &at_ms));
    pace_ended(&pace, &rules, PACE_WAIT, 60000, 10);
    assert_false(pace_may_start(&pace, &hop, 11, &at_ms));
    assert_int_equal(at_ms, 60010);
}

static void a_host_that_asks_to_wait_is_left_alone_so_long(void **state) {
    (void)state;
    struct pace pace = {0};
    pace_ended(&pace, &rules, PACE_WAIT, 0, 100);
    assert_int_equal(pace.until_ms, 100);
    pace_ended(&pace, &rules, PACE_WAIT, -1, 100);
    assert_in_range(pace.until_ms, 100 + PACE_WAIT_MS / 4 * 3, 100 + PACE_WAIT_MS / 4 * 5);
    int64_t longer = pace.until_ms;
    pace_ended(&pace, &rules, PACE_WAIT, 5, 100);
    assert_int_equal(pace.until_ms, longer);
}

static void three_failures_running_stop_a_host_and_an_answer_forgives(void **state) {
    (void)state;
    struct pace pace = {0};
    int64_t at_ms = 0;
    pace_ended(&pace, &rules, PACE_FAILED, -1, 0);
    pace_ended(&pace, &rules, PACE_FAILED, -1, 0);
    assert_true(pace_may_start(&pace, &rules, 0, &at_ms));
    pace_ended(&pace, &rules, PACE_ANSWERED, -1, 0);
    assert_int_equal(pace.failures, 0);
    for (int i = 0; i < 3; i++) pace_ended(&pace, &rules, PACE_FAILED, -1, 0);
    assert_false(pace_may_start(&pace, &rules, 0, &at_ms));
    assert_in_range(at_ms, PACE_BACKOFF_FIRST_MS / 4 * 3, PACE_BACKOFF_FIRST_MS / 4 * 5);
}

static void backoff_doubles_to_its_ceiling_with_jitter_of_a_quarter(void **state) {
    (void)state;
    assert_int_equal(pace_backoff_ms(0, 1000, 60000, 1), 0);
    for (unsigned failures = 1; failures < 100; failures++) {
        int64_t middle = failures < 7 ? 1000 << (failures - 1) : 60000;
        for (uint64_t seed = 0; seed < 20; seed++) {
            int64_t wait_ms = pace_backoff_ms(failures, 1000, 60000, seed);
            assert_in_range(wait_ms, middle / 4 * 3, middle / 4 * 5);
            assert_int_equal(wait_ms, pace_backoff_ms(failures, 1000, 60000, seed));
        }
    }
    assert_int_not_equal(pace_backoff_ms(5, 1000, 600000, 1), pace_backoff_ms(5, 1000, 600000, 2));
    assert_true(pace_backoff_ms(UINT32_MAX, INT64_MAX / 2, INT64_MAX / 2, 3) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_never_asked_may_be_asked_at_once),
        cmocka_unit_test(starts_are_spaced_and_counted),
        cmocka_unit_test(a_next_hop_keeps_no_spacing_but_keeps_stops),
        cmocka_unit_test(a_host_that_asks_to_wait_is_left_alone_so_long),
        cmocka_unit_test(three_failures_running_stop_a_host_and_an_answer_forgives),
        cmocka_unit_test(backoff_doubles_to_its_ceiling_with_jitter_of_a_quarter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
