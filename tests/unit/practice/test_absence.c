#include "practice/absence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/when.h"
#include "practice/calendar.h"
#include "practice/cycle.h"

#define MONDAY_TO_FRIDAY 0x3eu
#define THURSDAYS (1u << 4)

static int64_t day(int year, int month, int date) {
    return when_from_civil((struct civil){year, month, date, 0, 0, 0});
}

static struct holiday winter[] = {{0}, {0}};
static struct holiday_list holidays(void) {
    winter[0] = (struct holiday){day(2026, 12, 21), day(2027, 1, 1), SLICE("Christmas")};
    winter[1] = (struct holiday){day(2026, 11, 27), day(2026, 11, 27), SLICE("a day for teachers")};
    return (struct holiday_list){winter, 2, 2};
}

/* Tried on Monday 9 November, in its second week. */
static struct focus tried(void) {
    return (struct focus){.id = SLICE("F1"),
                          .chosen_s = day(2026, 11, 2),
                          .weeks = 6,
                          .step = FOCUS_TRY,
                          .step_since_s = day(2026, 11, 9),
                          .closed_s = WHEN_ABSENT};
}

static void an_absence_is_counted_in_school_weeks(void **state) {
    (void)state;
    struct holiday_list off = holidays();
    struct focus focus = tried();
    assert_int_equal(absence_of(&focus, day(2026, 11, 20), &off), ABSENCE_NONE);
    assert_int_equal(absence_of(&focus, day(2026, 11, 23), &off), ABSENCE_SHORT);
    assert_int_equal(absence_of(&focus, day(2026, 12, 14), &off), ABSENCE_SHORT); /* a day off on the way */
    assert_int_equal(absence_of(&focus, day(2026, 12, 15), &off), ABSENCE_LONG);
    assert_int_equal(absence_weeks(&focus, day(2026, 12, 18), &off), absence_weeks(&focus, day(2027, 1, 4), &off));
    assert_int_equal(absence_of(&focus, day(2027, 2, 16), &off), ABSENCE_RESTS);
    focus.sign_s = day(2027, 2, 15);
    assert_int_equal(absence_of(&focus, day(2027, 2, 16), &off), ABSENCE_NONE);
    focus.step = FOCUS_STOPPED;
    focus.closed_s = day(2027, 2, 15);
    assert_int_equal(absence_weeks(&focus, day(2028, 2, 16), &off), 0);
}

static void it_is_told_of_on_the_first_asking_day_of_its_weeks(void **state) {
    (void)state;
    struct holiday_list off = holidays();
    const struct {
        unsigned weekdays;
        int told; /* days from 9 November to 12 weeks of school later */
    } cases[] = {{MONDAY_TO_FRIDAY, 11}, {THURSDAYS, 11}, {0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct focus focus = tried();
        struct asking_days days = {cases[i].weekdays, &off};
        int told = 0;
        for (int64_t at = day(2026, 11, 9); at < day(2027, 2, 19); at += DAY_S) {
            bool now = absence_is_told(&focus, at, &days);
            told += now;
            if (now) assert_true(cases[i].weekdays >> when_weekday(at) & 1u);
            if (now) assert_true(calendar_is_school_day(at, &off));
        }
        assert_int_equal(told, cases[i].told);
    }
}

static void what_was_forgotten_keeps_its_clock_and_asks_no_more(void **state) {
    (void)state;
    struct holiday_list off = holidays();
    struct focus focus = tried();
    struct slice asks[] = {SLICE("What?")};
    struct prompt_set set = {SLICE("try"), {asks, 1, 1}};
    struct prompt_set_list prompts = {&set, 1, 1};
    struct cycle_day then = cycle_on(&focus, day(2026, 12, 15), &off);
    assert_int_equal(then.week, 2);
    assert_int_equal(then.step, FOCUS_TRY);
    assert_false(then.over);
    assert_true(slice_is_absent(cycle_prompt(&focus, day(2026, 12, 15), &off, &prompts)));
    /* Taken up again: it goes on where it stood. */
    focus.idle_weeks = absence_weeks(&focus, day(2026, 12, 15), &off);
    focus.step_since_s = day(2026, 12, 15);
    then = cycle_on(&focus, day(2026, 12, 15), &off);
    assert_int_equal(then.week, 2);
    assert_int_equal(then.step, FOCUS_TRY);
    assert_false(slice_is_absent(cycle_prompt(&focus, day(2026, 12, 15), &off, &prompts)));
    assert_true(cycle_week_opens(&focus, 1, &off) <= day(2026, 12, 15));
    assert_true(cycle_week_opens(&focus, 3, &off) > day(2026, 12, 15));
    assert_int_equal(cycle_on(&focus, cycle_week_opens(&focus, 3, &off), &off).week, 3);
}

static void what_is_forgotten_holds_back_less_and_what_rests_nothing(void **state) {
    (void)state;
    struct holiday_list off = holidays();
    struct focus two[] = {tried(), tried()};
    struct focus_list open = {two, 2, 2};
    assert_int_equal(cycle_new_ideas(&open, 6, day(2026, 11, 10), &off), 0);
    assert_int_equal(cycle_new_ideas(&open, 6, day(2026, 12, 15), &off), 1);
    assert_int_equal(cycle_new_ideas(&open, 6, day(2027, 2, 16), &off), 6);
    two[1].sign_s = day(2027, 2, 15);
    two[1].idle_weeks = 12;
    assert_int_equal(cycle_new_ideas(&open, 6, day(2027, 2, 16), &off), 1);
}

static void what_was_kept_comes_back_three_times(void **state) {
    (void)state;
    struct holiday_list off = holidays();
    struct asking_days days = {MONDAY_TO_FRIDAY, &off};
    struct focus focus = tried();
    int64_t seen[3] = {0};
    size_t count = 0;
    focus.step = FOCUS_EMBEDDED;
    focus.closed_s = day(2026, 11, 30);
    for (int64_t at = focus.closed_s; at < day(2027, 6, 1); at += DAY_S) {
        int64_t weeks = absence_return(&focus, at, &days);
        if (weeks == 0) continue;
        assert_true(count < 3);
        assert_int_equal(absence_turn(weeks), count);
        assert_true(at == calendar_week_opens(focus.closed_s, weeks + 1, &off));
        seen[count++] = weeks;
    }
    assert_int_equal(seen[0], 2);
    assert_int_equal(seen[1], 5);
    assert_int_equal(seen[2], 12);
    focus.step = FOCUS_STOPPED;
    for (int64_t at = focus.closed_s; at < day(2027, 6, 1); at += DAY_S)
        assert_int_equal(absence_return(&focus, at, &days), 0);
}

static void the_first_asking_day_after_a_week_off_is_known(void **state) {
    (void)state;
    struct holiday_list off = holidays();
    struct asking_days daily = {MONDAY_TO_FRIDAY, &off}, thursdays = {THURSDAYS, &off};
    assert_true(absence_holiday(day(2027, 1, 4), &daily) == &winter[0]);
    assert_null(absence_holiday(day(2027, 1, 5), &daily));
    assert_null(absence_holiday(day(2027, 1, 4), &thursdays));
    assert_true(absence_holiday(day(2027, 1, 7), &thursdays) == &winter[0]);
    assert_null(absence_holiday(day(2027, 1, 2), &daily));
    assert_null(absence_holiday(day(2026, 12, 18), &daily));
    assert_null(absence_holiday(day(2026, 11, 30), &daily)); /* one day is no holiday */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_absence_is_counted_in_school_weeks),
        cmocka_unit_test(it_is_told_of_on_the_first_asking_day_of_its_weeks),
        cmocka_unit_test(what_was_forgotten_keeps_its_clock_and_asks_no_more),
        cmocka_unit_test(what_is_forgotten_holds_back_less_and_what_rests_nothing),
        cmocka_unit_test(what_was_kept_comes_back_three_times),
        cmocka_unit_test(the_first_asking_day_after_a_week_off_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
