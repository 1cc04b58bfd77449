#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void overlong_surrogate_and_too_large_forms_are_not_valid(void **state) {
    (void)state;
    static const char *const wrong[] = {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                        "\xFF",     "\x80",         "a\xC3",        "\xF0\x9F\x98"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) assert_false(utf8_is_valid(slice_from(wrong[i])));
    assert_true(utf8_is_valid(SLICE("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xEF\xBF\xBD")));
    assert_false(utf8_is_valid(SLICE("\xEF\xBF")));
    assert_false(utf8_is_valid(SLICE("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41")));
}

static void a_wrong_byte_is_seen_wherever_it_stands(void **state) {
    (void)state;
    static const char *const wrong[] = {"\x80", "\xC3", "\xE2\x82", "\xE0\x80\x80", "\xF0\x9F\x98", "\xC3\xA9\xA9"};
    static const char *const right[] = {"x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
                                        "\xC3\xA9\xC3\xA9z\xC3\xA9"};
    for (size_t before = 0; before < 40; before++)
        for (size_t after = 0; after < 40; after++) {
            AUTO(buf_free)
            struct buf text = buf_new(1000);
            for (size_t i = 0; i < COUNT_OF(wrong) + COUNT_OF(right); i++) {
                bool good = i >= COUNT_OF(wrong);
                buf_clear(&text);
                for (size_t k = 0; k < before; k++) buf_add_char(&text, 'a');
                buf_add_text(&text, good ? right[i - COUNT_OF(wrong)] : wrong[i]);
                for (size_t k = 0; k < after; k++) buf_add_char(&text, 'b');
                assert_int_equal(utf8_is_valid(buf_slice(&text)), good);
            }
        }
}

static void repair_gives_valid_text_for_every_pair_of_bytes(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    for (unsigned high = 0; high < 256; high++)
        for (unsigned low = 0; low < 256; low++) {
            char bytes[4] = {(char)high, (char)low, 'x', 'y'};
            buf_clear(&out);
            utf8_repair(slice_of(bytes, 4), &out);
            assert_false(buf_failed(&out));
            assert_true(utf8_is_valid(buf_slice(&out)));
            assert_true(slice_ends(buf_slice(&out), SLICE("xy")) || high >= 0xC2 || low >= 0xC2);
            assert_true(slice_ends(buf_slice(&out), SLICE("y")));
        }
}

static void repair_drops_nul_and_control_bytes_but_keeps_line_breaks(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    utf8_repair(slice_of("a\0b\x01\tc\n\x1b[d", 10), &out);
    assert_string_equal(buf_text(&out), "ab\tc\n[d");
}

static void cutting_never_halves_a_character(void **state) {
    (void)state;
    struct slice text = SLICE("a\xE2\x82\xAC");
    assert_int_equal(utf8_cut(text, 3).len, 1);
    assert_int_equal(utf8_cut(text, 4).len, 4);
    assert_int_equal(utf8_cut(text, 0).len, 0);
}

static void every_code_point_goes_there_and_back(void **state) {
    (void)state;
    for (uint32_t code_point = 1; code_point <= 0x10FFFF; code_point++) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF) continue;
        char bytes[4];
        size_t len = utf8_encode(code_point, bytes);
        uint32_t again;
        assert_int_equal(utf8_decode(slice_of(bytes, len), 0, &again), len);
        assert_int_equal(again, code_point);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overlong_surrogate_and_too_large_forms_are_not_valid),
        cmocka_unit_test(a_wrong_byte_is_seen_wherever_it_stands),
        cmocka_unit_test(repair_gives_valid_text_for_every_pair_of_bytes),
        cmocka_unit_test(repair_drops_nul_and_control_bytes_but_keeps_line_breaks),
        cmocka_unit_test(cutting_never_halves_a_character),
        cmocka_unit_test(every_code_point_goes_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
