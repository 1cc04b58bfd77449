#include "stage/due.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/when.h"

static struct due_facts quiet_facts(void) {
    return (struct due_facts){.now_s = 1764000000 / DAY_S * (int64_t)DAY_S,
                              .every_s = 3600,
                              .mean_gap_s = -1,
                              .quiet_s = -1,
                              .ttl_s = -1,
                              .expires_s = WHEN_ABSENT,
                              .retry_at_s = WHEN_ABSENT,
                              .name = SLICE("a")};
}

static void a_source_of_unknown_rhythm_is_asked_as_often_as_allowed(void **state) {
    (void)state;
    struct due_facts facts = quiet_facts();
    assert_int_equal(due_next(&facts, NULL) - facts.now_s, 3600);
}

static void a_daily_run_never_misses_a_source_however_seldom_it_changes(void **state) {
    (void)state;
    struct due_facts facts = quiet_facts();
    facts.mean_gap_s = 90 * (int64_t)DAY_S;
    facts.ttl_s = 30 * (int64_t)DAY_S;
    facts.expires_s = facts.now_s + 5000 * (int64_t)DAY_S;
    assert_true(due_next(&facts, NULL) - facts.now_s < DAY_S);
}

static void failures_back_off_but_never_past_a_day(void **state) {
    (void)state;
    struct due_facts facts = quiet_facts();
    int64_t before = 0;
    for (facts.failures = 1; facts.failures < 100; facts.failures++) {
        int64_t wait = due_next(&facts, NULL) - facts.now_s;
        assert_true(wait > 0 && wait <= DUE_LONGEST_S);
        if (facts.failures <= 5) assert_true(wait > before);
        before = wait;
    }
}

/* A server that sent a web page did answer. */
static void a_failure_of_any_kind_is_told_as_one(void **state) {
    (void)state;
    struct due_facts facts = quiet_facts();
    const char *why = NULL;
    facts.failures = 1;
    assert_true(due_next(&facts, &why) > facts.now_s);
    assert_string_equal(why, "could not be read last time");
}

static void a_retry_after_is_obeyed_and_clamped(void **state) {
    (void)state;
    struct due_facts facts = quiet_facts();
    facts.retry_at_s = facts.now_s + 7200;
    assert_int_equal(due_next(&facts, NULL), facts.retry_at_s);
    facts.retry_at_s = facts.now_s + 400 * (int64_t)DAY_S;
    assert_true(due_next(&facts, NULL) <= facts.now_s + DAY_S);
}

static void skipped_hours_and_days_are_waited_out(void **state) {
    (void)state;
    struct due_facts facts = quiet_facts();
    facts.skip_hours = 0x7FFFFF; /* only 23:00 is left */
    int64_t next = due_next(&facts, NULL);
    assert_int_equal(when_to_civil(next).hour, 23);
    facts.skip_days = 0x7F; /* every day: nonsense, not obeyed */
    assert_int_equal(due_next(&facts, NULL) - facts.now_s, 3600);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_of_unknown_rhythm_is_asked_as_often_as_allowed),
        cmocka_unit_test(a_daily_run_never_misses_a_source_however_seldom_it_changes),
        cmocka_unit_test(failures_back_off_but_never_past_a_day),
        cmocka_unit_test(a_failure_of_any_kind_is_told_as_one),
        cmocka_unit_test(a_retry_after_is_obeyed_and_clamped),
        cmocka_unit_test(skipped_hours_and_days_are_waited_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
