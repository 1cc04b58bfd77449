#include "render/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_cell(const char *text, const char *wanted) {
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    struct csv csv = csv_to(&out);
    csv_text(&csv, slice_from(text));
    assert_string_equal(buf_text(&out), wanted);
}

static void a_formula_is_written_as_text(void **state) {
    (void)state;
    assert_cell("=HYPERLINK(\"http://evil.example\",\"x\")", "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"");
    assert_cell("+1", "\"'+1\"");
    assert_cell("-1+2", "\"'-1+2\"");
    assert_cell("@SUM(A1)", "\"'@SUM(A1)\"");
    assert_cell("\t=1", "\"'=1\"");
    assert_cell("  =1", "\"'=1\"");
    assert_cell("\r\n=1", "\"'=1\"");
    assert_cell("\xEF\xBC\x9D"
                "1",
                "\"'\xEF\xBC\x9D"
                "1\"");
    assert_cell("\xE2\x80\xAE=1", "\"'=1\"");
    assert_cell("a = b", "\"a = b\"");
}

static void a_cell_is_one_line_and_its_quotes_are_doubled(void **state) {
    (void)state;
    assert_cell("say \"no\"\nnow, please", "\"say \"\"no\"\" now, please\"");
    assert_cell("", "");
    assert_cell(NULL, "");
}

static void a_row_ends_as_the_standard_says(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    struct csv csv = csv_to(&out);
    csv_int(&csv, 1);
    csv_real(&csv, 0.25);
    csv_empty(&csv);
    csv_text(&csv, SLICE("x"));
    csv_end(&csv);
    csv_int(&csv, -2);
    csv_end(&csv);
    assert_string_equal(buf_text(&out), "1,0.2,,\"x\"\r\n-2\r\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_formula_is_written_as_text),
        cmocka_unit_test(a_cell_is_one_line_and_its_quotes_are_doubled),
        cmocka_unit_test(a_row_ends_as_the_standard_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
