#include "parse/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/when.h"

struct example {
    const char *text, *wanted; /* "" = no date */
};

static void check(const struct example *examples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char text[WHEN_TEXT_BYTES];
        int64_t instant_s = WHEN_ABSENT;
        bool read = date_parse(slice_from(examples[i].text), &instant_s);
        when_rfc3339(instant_s, text);
        if (read != (examples[i].wanted[0] != '\0')) print_message("%s\n", examples[i].text);
        assert_int_equal(read, examples[i].wanted[0] != '\0');
        if (read) assert_string_equal(text, examples[i].wanted);
    }
}

static void mail_dates_are_read_in_all_their_broken_forms(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"Tue, 03 Mar 2026 08:30:05 GMT", "2026-03-03T08:30:05Z"},
        {"3 Mar 26 08:30 +0100", "2026-03-03T07:30:00Z"},
        {"Tuesday, 03-Mar-26 08:30:05 EST", "2026-03-03T13:30:05Z"},
        {"Tue, March 3 2026 08:30:05 PDT", "2026-03-03T15:30:05Z"},
        {"Tue,3  Mar 2026 8:3:5 -0230", "2026-03-03T10:33:05Z"},
        {"Tue, 03 Mar 2026 08:30:05 Etc/GMT", "2026-03-03T08:30:05Z"},
        {"Tue, 03 Mar 2026 08:30:05 GMT+0200", "2026-03-03T06:30:05Z"},
        {"Tue, 3rd Mar 2026", "2026-03-03T00:00:00Z"},
        {"03 Mar 2026 11:15 PM", "2026-03-03T23:15:00Z"},
        {"03 Mar 2026 12:15 AM", "2026-03-03T00:15:00Z"},
        {"Tue, 03 Mar 2026 24:00:00 GMT", "2026-03-04T00:00:00Z"},
        {"Thu, 31 Jun 2026 19:48:21 GMT", "2026-07-01T19:48:21Z"},
        {"Tue, 31 Feb 2026 08:30:05 GMT", "2026-03-03T08:30:05Z"},
        {"Tue, 32 Jun 2026 08:30:05 GMT", ""},
        {"Tue, 0 Jun 2026 08:30:05 GMT", ""},
        {"Tue, 03 Mar 2026 08:75:05 GMT", ""},
    };
    check(examples, COUNT_OF(examples));
}

static void iso_dates_are_read_down_to_a_bare_year(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"2026-03-03T08:30:05Z", "2026-03-03T08:30:05Z"},
        {"2026-03-03T08:30:05.25+05:30", "2026-03-03T03:00:05Z"},
        {"2026-03-03T08:30", "2026-03-03T08:30:00Z"},
        {"2026-03-03 08:30:05 -0800", "2026-03-03T16:30:05Z"},
        {"2026-03-03", "2026-03-03T00:00:00Z"},
        {"2026-3-3", "2026-03-03T00:00:00Z"},
        {"2026-03", "2026-03-01T00:00:00Z"},
        {"2026", "2026-01-01T00:00:00Z"},
        {"20260303", "2026-03-03T00:00:00Z"},
        {"20260303T083005Z", "2026-03-03T08:30:05Z"},
        {"2026-062", "2026-03-03T00:00:00Z"},
        {"2026062", "2026-03-03T00:00:00Z"},
        {"2026-W10-2", "2026-03-03T00:00:00Z"},
        {"2026W102", "2026-03-03T00:00:00Z"},
        {"-26-03", "2026-03-01T00:00:00Z"},
        {"2026-366", ""},
        {"2024-366", "2024-12-31T00:00:00Z"},
        {"2026-02-29", "2026-03-01T00:00:00Z"},
        {"2024-02-29", "2024-02-29T00:00:00Z"},
        {"2026-04-31T10:00:00+02:00", "2026-05-01T08:00:00Z"},
        {"2026-04-32", ""},
        {"2026-13-01", ""},
        {"2026-03-03T25:00:00Z", ""},
        {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
    };
    check(examples, COUNT_OF(examples));
}

static void other_orders_and_languages_are_read(void **state) {
    (void)state;
    static const struct example examples[] = {
        {"Tue Mar  3 08:30:05 2026", "2026-03-03T08:30:05Z"},
        {"Tue Mar 03 08:30:05 +0000 2026", "2026-03-03T08:30:05Z"},
        {"Tue Mar 3 08:30:05 CET 2026", "2026-03-03T07:30:05Z"},
        {"Tue, 2026/03/03 08:30:05 EDT", "2026-03-03T12:30:05Z"},
        {"2026년 03월 03일  08:30:05", "2026-03-02T23:30:05Z"},
        {"2026-03-03 오후 08:30:05", "2026-03-03T11:30:05Z"},
        {"Τρί, 03 Μάρ 2026 08:30:05 EET", "2026-03-03T06:30:05Z"},
        {"2026-március-03T8:30+01:00", "2026-03-03T07:30:00Z"},
        {"3. März 2026 um 08:30 Uhr", "2026-03-03T08:30:00Z"},
        {"3 de marzo de 2026", "2026-03-03T00:00:00Z"},
        {"3 février 2026", "2026-02-03T00:00:00Z"},
        {"31.12.2025 23:59", "2025-12-31T23:59:00Z"},
        {"31/12/2025", "2025-12-31T00:00:00Z"},
        {"12/31/2025", "2025-12-31T00:00:00Z"},
        {"02/03/2026", ""}, /* nobody can know */
        {"yesterday", ""},
        {"", ""},
        {"12345678901234567890", ""},
    };
    check(examples, COUNT_OF(examples));
}

static void the_order_of_numbers_is_told_by_the_weekday_or_by_the_place(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum date_order order;
        const char *wanted;
    } examples[] = {
        {"04/11/2019", DATE_ORDER_UNKNOWN, ""},
        {"04/11/2019", DATE_DAY_FIRST, "2019-11-04T00:00:00Z"},
        {"04/11/2019", DATE_MONTH_FIRST, "2019-04-11T00:00:00Z"},
        {"Mon, 11/04/2019 - 10:33", DATE_ORDER_UNKNOWN, "2019-11-04T10:33:00Z"},
        {"Mon, 04/11/2019 - 10:33", DATE_MONTH_FIRST, "2019-11-04T10:33:00Z"},
        {"25/11/2019", DATE_MONTH_FIRST, "2019-11-25T00:00:00Z"},
        {"11/25/2019", DATE_DAY_FIRST, "2019-11-25T00:00:00Z"},
        {"04/11/2019 10h33", DATE_DAY_FIRST, "2019-11-04T10:33:00Z"},
    };
    for (size_t i = 0; i < COUNT_OF(examples); i++) {
        char text[WHEN_TEXT_BYTES];
        struct date_reading reading = {0};
        bool read = date_read(slice_from(examples[i].text), examples[i].order, &reading);
        assert_int_equal(read, examples[i].wanted[0] != '\0');
        when_rfc3339(reading.instant_s, text);
        if (read) assert_string_equal(text, examples[i].wanted);
    }
}

static void months_are_known_in_many_languages(void **state) {
    (void)state;
    static const char *const texts[] = {"4. listopadu 2019",
                                        "4. novembra 2019",
                                        "4. studenoga 2019.",
                                        "4 листопада 2019",
                                        "4 ноември 2019",
                                        "4. marraskuuta 2019",
                                        "4 noiembrie 2019",
                                        "4 de desembre de 2019",
                                        "4 نوفمبر 2019",
                                        "2019년 11월 4일",
                                        "Lunes, 4 de noviembre de 2019"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        int64_t instant_s;
        char text[WHEN_TEXT_BYTES];
        assert_true(date_parse(slice_from(texts[i]), &instant_s));
        when_rfc3339(instant_s, text);
        assert_string_equal(text, i == 7 ? "2019-12-04T00:00:00Z" : "2019-11-04T00:00:00Z");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mail_dates_are_read_in_all_their_broken_forms),
        cmocka_unit_test(iso_dates_are_read_down_to_a_bare_year),
        cmocka_unit_test(other_orders_and_languages_are_read),
        cmocka_unit_test(the_order_of_numbers_is_told_by_the_weekday_or_by_the_place),
        cmocka_unit_test(months_are_known_in_many_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
