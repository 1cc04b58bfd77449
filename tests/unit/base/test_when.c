#include "base/when.h"

#include "base/attr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static void every_day_of_eight_centuries_goes_there_and_back(void **state) {
    (void)state;
    int64_t start = when_from_civil((struct civil){1600, 1, 1, 0, 0, 0});
    for (int64_t day = 0; day < 292200; day++) {
        struct civil civil = when_to_civil(start + day * DAY_S + 86399);
        assert_true(when_civil_holds(civil));
        assert_true(when_from_civil(civil) == start + day * DAY_S + 86399);
    }
}

static void known_instants_are_written_as_the_standards_say(void **state) {
    (void)state;
    char text[WHEN_TEXT_BYTES];
    when_rfc3339(0, text);
    assert_string_equal(text, "1970-01-01T00:00:00Z");
    when_http(784111777, text);
    assert_string_equal(text, "Sun, 06 Nov 1994 08:49:37 GMT");
    when_rfc3339(WHEN_ABSENT, text);
    assert_string_equal(text, "");
    when_rfc3339(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
}

static void rfc3339_vectors_are_read(void **state) {
    (void)state;
    int64_t instant = 7;
    assert_true(when_parse_rfc3339(SLICE("1985-04-12T23:20:50.52Z"), &instant));
    assert_true(instant == 482196050);
    assert_true(when_parse_rfc3339(SLICE("1996-12-19T16:39:57-08:00"), &instant));
    assert_true(instant == 851042397);
    assert_true(when_parse_rfc3339(SLICE("1937-01-01T12:00:27.87+00:20"), &instant));
    assert_true(instant == -1041337173);
    assert_true(when_parse_rfc3339(SLICE("2026-11-25"), &instant));
}

static void what_is_no_date_is_refused_and_touches_nothing(void **state) {
    (void)state;
    static const char *const wrong[] = {"",
                                        "2026-02-30",
                                        "2026-13-01",
                                        "2026-1-01",
                                        "32 Foo",
                                        "2026-11-25T25:00:00Z",
                                        "2026-11-25T10:00:00",
                                        "2026-11-25T10:00:00+1:00",
                                        "2026-11-25T10:00:00Zx"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        int64_t instant = 7;
        assert_false(when_parse_rfc3339(slice_from(wrong[i]), &instant));
        assert_true(instant == 7);
    }
}

static void weekdays_are_right_before_and_after_1970(void **state) {
    (void)state;
    assert_string_equal(when_weekday_name(when_weekday(0)), "Thursday");
    assert_string_equal(when_weekday_name(when_weekday(-1)), "Wednesday");
    assert_string_equal(when_weekday_name(when_weekday(when_from_civil((struct civil){2026, 11, 25, 9, 0, 0}))),
                        "Wednesday");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_eight_centuries_goes_there_and_back),
        cmocka_unit_test(known_instants_are_written_as_the_standards_say),
        cmocka_unit_test(rfc3339_vectors_are_read),
        cmocka_unit_test(what_is_no_date_is_refused_and_touches_nothing),
        cmocka_unit_test(weekdays_are_right_before_and_after_1970),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
