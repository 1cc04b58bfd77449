#include "parse/mojibake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/attr.h"

static void expect(const char *text, const char *wanted, bool changed) {
    AUTO(buf_free)
    struct buf buf = buf_new(1000);
    buf_add_text(&buf, text);
    assert_int_equal(mojibake_undo(&buf), changed);
    assert_string_equal(buf_text(&buf), wanted);
}

static void text_that_was_encoded_twice_is_put_right(void **state) {
    (void)state;
    expect("CataluÃ±a", "Cataluña", true);
    expect("donâ€™t", "don’t", true);
    expect("Ã\xC2\xA0 la carte", "à la carte", true);
}

static void other_text_is_left_alone(void **state) {
    (void)state;
    expect("Cataluña", "Cataluña", false);
    expect("Ãllo ñ", "Ãllo ñ", false);
    expect("CataluÃ±a and 漢字", "CataluÃ±a and 漢字", false);
    expect("São Paulo", "São Paulo", false);
    expect("Ã", "Ã", false);
    expect("Ãcole, donâ€™t", "Ãcole, donâ€™t", false);
    expect("plain", "plain", false);
    expect("", "", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_was_encoded_twice_is_put_right),
        cmocka_unit_test(other_text_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
