#include "base/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/jwrite.h"

/* Each byte at each place among letters: found exactly when it is what is asked for. */
static void a_byte_is_found_wherever_it_stands(void **state) {
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++)
        for (size_t at = 0; at < RUN_BYTES; at++) {
            char text[RUN_BYTES + 1] = "abcdefgh";
            text[at] = (char)byte;
            uint64_t word = run_word(text);
            assert_int_equal(run_below(word, 0x20) != 0, byte < 0x20);
            assert_int_equal(run_below(word, 0x80) != 0, true);
            assert_int_equal(run_has(word, '<') != 0, byte == '<');
            assert_int_equal(run_has(word, 0xC2) != 0, byte == 0xC2);
            assert_int_equal(run_has(word, 0x7F) != 0, byte == 0x7F);
            assert_int_equal(run_beyond_ascii(word) != 0, byte >= 0x80);
        }
}

/* What JSON escapes is escaped at any distance from the beginning and the end. */
static void json_escapes_at_every_place(void **state) {
    (void)state;
    static const struct {
        const char *is, *written;
    } signs[] = {{"\"", "\\\""},      {"\\", "\\\\"},           {"\n", "\\n"},
                 {"\x01", "\\u0001"}, {"\xC3\xA9", "\xC3\xA9"}, {"!", "!"}};
    for (size_t sign = 0; sign < COUNT_OF(signs); sign++)
        for (int before = 0; before < 20; before++)
            for (int after = 0; after < 20; after++) {
                char text[64], wanted[64];
                AUTO(buf_free)
                struct buf out = buf_new(1024);
                snprintf(text, sizeof text, "%.*s%s%.*s", before, "abcdefghijklmnopqrst", signs[sign].is, after,
                         "abcdefghijklmnopqrst");
                snprintf(wanted, sizeof wanted, "\"%.*s%s%.*s\"", before, "abcdefghijklmnopqrst", signs[sign].written,
                         after, "abcdefghijklmnopqrst");
                struct jwrite json = jwrite_to(&out);
                jwrite_text(&json, slice_from(text));
                assert_string_equal(buf_text(&out), wanted);
            }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_is_found_wherever_it_stands),
        cmocka_unit_test(json_escapes_at_every_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
