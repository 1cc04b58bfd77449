#include "parse/pdf_day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/when.h"

static void expect(const char *page, enum pdf_day_part part, const char *wanted) {
    char day[WHEN_TEXT_BYTES];
    struct pdf_day got = pdf_day_read(slice_from(page));
    when_date(got.first_s, day);
    assert_int_equal(got.part, part);
    assert_string_equal(day, wanted);
}

static void a_line_that_is_a_date_is_the_reports(void **state) {
    (void)state;
    expect("Spacing out practice\nAnn Lee\nMarch 2019\nPupils in 2018 did so.", PDF_MONTH, "2019-03-01");
    expect("Spacing out practice\nPublished: 14 March 2019\nx", PDF_DAY, "2019-03-14");
    expect("Spacing out practice\n2019\nDate: 2019-03-14", PDF_DAY, "2019-03-14");
    expect("Spacing out practice\n\xC2\xA9 2019\n", PDF_YEAR, "2019-01-01");
}

static void numbers_and_sentences_are_no_dates(void **state) {
    (void)state;
    expect("Spacing out practice since 2019\nPage 1\n4021\n10.1234/5\nISBN 978-0-306-40615-7", PDF_NO_DAY, "");
    expect("", PDF_NO_DAY, "");
    expect("Revised March 2019\nUpdated 2020", PDF_NO_DAY, "");
}

static void a_month_holds_its_days(void **state) {
    (void)state;
    struct pdf_day month = pdf_day_read(SLICE("March 2019")), none = pdf_day_read(SLICE("x"));
    assert_true(pdf_day_holds(&month, month.first_s + 30 * (int64_t)DAY_S));
    assert_false(pdf_day_holds(&month, month.first_s + 31 * (int64_t)DAY_S));
    assert_false(pdf_day_holds(&none, month.first_s));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_is_a_date_is_the_reports),
        cmocka_unit_test(numbers_and_sentences_are_no_dates),
        cmocka_unit_test(a_month_holds_its_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
