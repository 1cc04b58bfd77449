#include "practice/remind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/when.h"

static int64_t day(int year, int month, int date) {
    return when_from_civil((struct civil){year, month, date, 0, 0, 0});
}

static struct focus chosen(void) {
    return (struct focus){.id = SLICE("F1"),
                          .title = SLICE("Quizzes"),
                          .chosen_s = day(2026, 10, 12),
                          .weeks = 4,
                          .step = FOCUS_PLAN,
                          .step_since_s = day(2026, 10, 12),
                          .closed_s = WHEN_ABSENT};
}

static struct reminder_list remind_on(const struct focus *focus, int64_t today_s, struct arena *arena) {
    struct holiday autumn = {day(2026, 10, 26), day(2026, 10, 30), SLICE("half term")};
    struct holiday_list holidays = {&autumn, 1, 1};
    struct slice asks[] = {SLICE("one?"), SLICE("two?")};
    struct prompt_set set = {SLICE("plan"), {asks, 2, 2}};
    struct prompt_set_list prompts = {&set, 1, 1};
    struct reminder_list out;
    struct fault fault = {0};
    assert_true(remind_of(focus, today_s, &holidays, &prompts, arena, &out, &fault));
    return out;
}

static struct reminder_list remind(const struct focus *focus, struct arena *arena) {
    return remind_on(focus, focus->chosen_s, arena);
}

static void each_week_opens_on_a_school_day_and_the_decision_follows(void **state) {
    (void)state;
    struct arena *arena = arena_new(1u << 20);
    struct focus focus = chosen();
    struct reminder_list list = remind(&focus, arena);
    const int64_t days[] = {day(2026, 10, 12), day(2026, 10, 19), day(2026, 11, 2), day(2026, 11, 9),
                            day(2026, 11, 16)};
    assert_int_equal(list.count, 5);
    for (size_t i = 0; i < list.count; i++) assert_true(list.at[i].day_s == days[i]);
    assert_true(slice_equal(list.at[0].title, SLICE("Quizzes: plan (week 1 of 4)")));
    assert_true(slice_equal(list.at[0].words, SLICE("one?")));
    assert_true(slice_equal(list.at[4].title, SLICE("Quizzes: embed, adapt or stop?")));
    arena_free(&arena);
}

static void what_was_kept_is_asked_about_again_and_what_was_stopped_is_not(void **state) {
    (void)state;
    struct arena *arena = arena_new(1u << 20);
    struct focus focus = chosen();
    focus.step = FOCUS_EMBEDDED;
    focus.closed_s = day(2026, 11, 9);
    struct reminder_list list = remind(&focus, arena);
    assert_int_equal(list.count, 4 + 3);
    assert_true(list.at[4].day_s == day(2026, 11, 23) && list.at[5].day_s == day(2026, 12, 14));
    focus.step = FOCUS_STOPPED;
    focus.closed_s = day(2026, 10, 20);
    assert_int_equal(remind(&focus, arena).count, 2);
    arena_free(&arena);
}

static void what_nobody_is_at_is_asked_about_once_more_and_waits(void **state) {
    (void)state;
    struct arena *arena = arena_new(1u << 20);
    struct focus focus = chosen();
    focus.weeks = 8;
    focus.sign_s = day(2026, 10, 19);
    assert_int_equal(remind_on(&focus, day(2026, 11, 27), arena).count, 9);
    struct reminder_list list = remind_on(&focus, day(2026, 12, 2), arena);
    /* Weeks 1 to 6 were before five silent school weeks had passed; half term is none of them. */
    assert_int_equal(list.count, 7);
    assert_true(list.at[6].day_s == day(2026, 11, 30));
    assert_true(slice_equal(list.at[6].title, SLICE("Quizzes: take it up again, or close it?")));
    /* It was taken up again in the eighth school week: what is left comes from there. */
    focus.sign_s = day(2026, 12, 7);
    focus.step_since_s = day(2026, 12, 7);
    focus.idle_weeks = 1;
    list = remind_on(&focus, day(2026, 12, 7), arena);
    assert_int_equal(list.count, 9);
    assert_true(list.at[6].day_s == day(2026, 12, 7));
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_week_opens_on_a_school_day_and_the_decision_follows),
        cmocka_unit_test(what_was_kept_is_asked_about_again_and_what_was_stopped_is_not),
        cmocka_unit_test(what_nobody_is_at_is_asked_about_once_more_and_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
