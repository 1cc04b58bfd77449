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
        }
}

static void a_block_tells_where_its_first_byte_of_a_kind_stands(void **state) {
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++)
        for (unsigned at = 0; at < RUN_BLOCK_BYTES; at++) {
            char text[RUN_BLOCK_BYTES + 1] = "abcdefghijklmnop";
            text[at] = text[RUN_BLOCK_BYTES - 1] = (char)byte;
            run_block block = run_load(text);
            const unsigned none = RUN_BLOCK_BYTES;
            bool control = byte < ' ' && byte != '\n' && byte != '\t' && byte != '\r';
            assert_int_equal(run_first(run_is(block, '<')), byte == '<' ? at : none);
            assert_int_equal(run_first(run_is(block, 0xEF)), byte == 0xEF ? at : none);
            assert_int_equal(run_first(run_is_below(block, '!')), byte < '!' ? at : none);
            assert_int_equal(run_first(run_is_control(block)), control ? at : none);
            assert_int_equal(run_first(run_is_beyond_ascii(block)), byte >= 0x80 ? at : none);
            assert_int_equal(run_first(run_is_below_or_beyond_ascii(block, ' ')),
                             byte < ' ' || byte >= 0x80 ? at : none);
            assert_int_equal(run_any(run_is(block, 0x80)), byte == 0x80);
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
        for (int before = 0; before < 40; before++)
            for (int after = 0; after < 40; after++) {
                char text[128], wanted[128];
                AUTO(buf_free)
                struct buf out = buf_new(1024);
                snprintf(text, sizeof text, "%.*s%s%.*s", before, "abcdefghijklmnopqrstuvwxyzabcdefghijklmn",
                         signs[sign].is, after, "abcdefghijklmnopqrstuvwxyzabcdefghijklmn");
                snprintf(wanted, sizeof wanted, "\"%.*s%s%.*s\"", before, "abcdefghijklmnopqrstuvwxyzabcdefghijklmn",
                         signs[sign].written, after, "abcdefghijklmnopqrstuvwxyzabcdefghijklmn");
                struct jwrite json = jwrite_to(&out);
                jwrite_text(&json, slice_from(text));
                assert_string_equal(buf_text(&out), wanted);
            }
}

/* In any case, at any place; what only looks like the first letter (another case of a sign, a byte beyond ASCII) is
 * none. */
static void a_word_is_found_in_any_case_at_every_place(void **state) {
    (void)state;
    static const char *const words[] = {"retract", "[x", "a", "\xC3\x89t", "Z9"};
    static const char *const others[] = {"@`{[k", "\xC3\xA9\xD2\xF2", "rrRR", "{X a-"};
    for (size_t w = 0; w < COUNT_OF(words); w++)
        for (size_t other = 0; other < COUNT_OF(others); other++)
            for (size_t before = 0; before < 24; before++)
                for (size_t after = 0; after < 12; after++) {
                    char text[64];
                    size_t len = strlen(words[w]), round = strlen(others[other]);
                    for (size_t i = 0; i < before; i++) text[i] = others[other][i % round];
                    for (size_t i = 0; i < len; i++)
                        text[before + i] =
                            (char)(words[w][i] >= 'a' && words[w][i] <= 'z' ? words[w][i] - 32 : words[w][i]);
                    for (size_t i = 0; i < after; i++) text[before + len + i] = others[other][i % round];
                    struct slice all = slice_of(text, before + len + after), word = slice_from(words[w]);
                    size_t wanted = 0;
                    while (!slice_equal_nocase(slice_part(all, wanted, wanted + len), word)) wanted++;
                    assert_int_equal(slice_find_nocase(all, word, 0), wanted);
                    assert_int_equal(slice_find_nocase(all, word, before), before);
                    assert_int_equal(slice_find_nocase(slice_part(all, 0, wanted + len - 1), word, 0), SLICE_NOT_FOUND);
                }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_is_found_wherever_it_stands),
        cmocka_unit_test(a_block_tells_where_its_first_byte_of_a_kind_stands),
        cmocka_unit_test(a_word_is_found_in_any_case_at_every_place),
        cmocka_unit_test(json_escapes_at_every_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
