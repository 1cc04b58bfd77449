#include "practice/cycle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/when.h"
#include "practice/calendar.h"

static int64_t day(int year, int month, int date) {
    return when_from_civil((struct civil){year, month, date, 0, 0, 0});
}

/* Autumn 2026: half term is the week of Monday 26 October. */
static struct holiday autumn[] = {{0}};
static struct holiday_list half_term(void) {
    autumn[0] = (struct holiday){day(2026, 10, 26), day(2026, 10, 30), SLICE("half term")};
    return (struct holiday_list){autumn, 1, 1};
}

static struct focus chosen_on(int64_t when_s) {
    return (struct focus){.id = SLICE("F1"),
                          .chosen_s = when_s,
                          .weeks = 6,
                          .step = FOCUS_PLAN,
                          .step_since_s = when_s,
                          .closed_s = WHEN_ABSENT};
}

static void a_half_term_goes_through_the_steps_in_order(void **state) {
    (void)state;
    static const enum focus_step six[] = {FOCUS_PLAN,   FOCUS_TRY,   FOCUS_EVALUATE,
                                          FOCUS_REFINE, FOCUS_AGAIN, FOCUS_DECIDE};
    for (int week = 1; week <= 6; week++) assert_int_equal(cycle_step_of_week(week, 6), six[week - 1]);
    for (int weeks = CYCLE_WEEKS_LEAST; weeks <= CYCLE_WEEKS_MOST; weeks++) {
        enum focus_step before = FOCUS_PLAN;
        for (int week = 1; week <= weeks + 3; week++) {
            enum focus_step step = cycle_step_of_week(week, weeks);
            assert_true(step >= before && step <= FOCUS_DECIDE);
            before = step;
        }
        assert_int_equal(before, FOCUS_DECIDE);
    }
}

static void holidays_and_weekends_stop_the_clock(void **state) {
    (void)state;
    struct holiday_list holidays = half_term();
    int64_t monday = day(2026, 10, 12);
    assert_int_equal(calendar_school_week(monday, monday, &holidays), 1);
    assert_int_equal(calendar_school_week(monday, day(2026, 10, 18), &holidays), 1);
    assert_int_equal(calendar_school_week(monday, day(2026, 10, 19), &holidays), 2);
    assert_int_equal(calendar_school_week(monday, day(2026, 10, 28), &holidays), 2);
    assert_int_equal(calendar_school_week(monday, day(2026, 11, 2), &holidays), 3);
    assert_true(calendar_week_opens(monday, 3, &holidays) == day(2026, 11, 2));
    assert_true(calendar_next_school_day(day(2026, 10, 24), &holidays) == day(2026, 11, 2));
}

static void one_question_a_school_day_in_turn_and_none_on_a_day_off(void **state) {
    (void)state;
    struct holiday_list holidays = half_term();
    struct slice asks[] = {SLICE("first?"), SLICE("second?")};
    struct prompt_set set = {SLICE("plan"), {asks, 2, 2}};
    struct prompt_set_list prompts = {&set, 1, 1};
    struct focus focus = chosen_on(day(2026, 10, 12));
    assert_true(slice_equal(cycle_prompt(&focus, day(2026, 10, 12), &holidays, &prompts), asks[0]));
    assert_true(slice_equal(cycle_prompt(&focus, day(2026, 10, 13), &holidays, &prompts), asks[1]));
    assert_true(slice_equal(cycle_prompt(&focus, day(2026, 10, 14), &holidays, &prompts), asks[0]));
    assert_true(slice_is_absent(cycle_prompt(&focus, day(2026, 10, 17), &holidays, &prompts)));
    assert_true(slice_is_absent(cycle_prompt(&focus, day(2026, 10, 27), &holidays, &prompts)));
}

static void a_team_that_says_nothing_is_led_by_the_pace(void **state) {
    (void)state;
    struct holiday_list none = {0};
    struct slice asks[] = {SLICE("one?"), SLICE("two?"), SLICE("three?")};
    struct prompt_set sets[] = {{SLICE("plan"), {asks, 3, 3}}, {SLICE("try"), {asks, 3, 3}}};
    struct prompt_set_list prompts = {sets, 2, 2};
    struct focus focus = chosen_on(day(2026, 9, 7));
    assert_int_equal(cycle_on(&focus, day(2026, 9, 11), &none).step, FOCUS_PLAN);
    struct cycle_day second_week = cycle_on(&focus, day(2026, 9, 14), &none);
    assert_true(second_week.behind);
    assert_int_equal(second_week.step, FOCUS_TRY);
    assert_true(slice_equal(cycle_prompt(&focus, day(2026, 9, 14), &none, &prompts), asks[0]));
    assert_true(slice_equal(cycle_prompt(&focus, day(2026, 9, 15), &none, &prompts), asks[1]));
    focus.step = FOCUS_REFINE;
    assert_int_equal(cycle_on(&focus, day(2026, 9, 15), &none).step, FOCUS_REFINE);
}

static void a_team_that_came_late_to_a_step_has_a_school_week_for_it(void **state) {
    (void)state;
    struct holiday_list none = {0};
    struct focus focus = chosen_on(day(2026, 9, 7));
    focus.step = FOCUS_TRY;
    focus.step_since_s = day(2026, 9, 17); /* Thursday of the second week */
    assert_int_equal(cycle_on(&focus, day(2026, 9, 21), &none).step, FOCUS_TRY);
    assert_int_equal(cycle_on(&focus, day(2026, 9, 23), &none).step, FOCUS_TRY);
    assert_int_equal(cycle_on(&focus, day(2026, 9, 24), &none).step, FOCUS_EVALUATE);
}

static void novelty_is_held_back_as_focus_grows(void **state) {
    (void)state;
    struct holiday_list none = {0};
    int64_t start = day(2026, 9, 7);
    struct focus at[] = {chosen_on(start), chosen_on(start)};
    struct focus_list open = {at, 0, 2};
    assert_int_equal(cycle_new_ideas(&open, 6, start, &none), 6);
    open.count = 1;
    assert_int_equal(cycle_new_ideas(&open, 6, start, &none), 1);
    at[0].step = FOCUS_EVALUATE;
    assert_int_equal(cycle_new_ideas(&open, 6, start, &none), 0);
    at[0].step = FOCUS_PLAN;
    open.count = 2;
    assert_int_equal(cycle_new_ideas(&open, 6, start, &none), 0);
    at[0].step = at[1].step = FOCUS_EMBEDDED;
    assert_int_equal(cycle_new_ideas(&open, 6, start, &none), 6);
}

static void changing_early_needs_a_reason_and_a_fourth_focus_is_refused(void **state) {
    (void)state;
    struct holiday_list none = {0};
    struct fault fault = {0};
    int64_t start = day(2026, 9, 7);
    struct focus focus = chosen_on(start);
    assert_false(cycle_may_move(&focus, FOCUS_STOPPED, SLICE("  "), day(2026, 9, 25), &none, &fault));
    assert_int_equal(fault.kind, FAULT_USAGE);
    assert_true(cycle_may_move(&focus, FOCUS_STOPPED, SLICE("clashes with mocks"), day(2026, 9, 25), &none, &fault));
    assert_true(cycle_may_move(&focus, FOCUS_STOPPED, SLICE(""), day(2026, 9, 28), &none, &fault));
    struct focus at[] = {focus, focus, focus};
    struct focus_list open = {at, 3, 3};
    assert_false(cycle_may_start(&open, &fault));
    at[1].step = FOCUS_STOPPED;
    assert_true(cycle_may_start(&open, &fault));
    assert_false(cycle_may_move(&at[1], FOCUS_TRY, SLICE("x"), start, &none, &fault));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_half_term_goes_through_the_steps_in_order),
        cmocka_unit_test(holidays_and_weekends_stop_the_clock),
        cmocka_unit_test(one_question_a_school_day_in_turn_and_none_on_a_day_off),
        cmocka_unit_test(a_team_that_says_nothing_is_led_by_the_pace),
        cmocka_unit_test(a_team_that_came_late_to_a_step_has_a_school_week_for_it),
        cmocka_unit_test(novelty_is_held_back_as_focus_grows),
        cmocka_unit_test(changing_early_needs_a_reason_and_a_fourth_focus_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
