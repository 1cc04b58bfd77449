#include "classify/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "classify/token.h"

static bool separates(utf8proc_category_t category) {
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
           (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_SO);
}

/* "teach" and "meet" with one character between them, folded. */
static size_t fold_between(struct fold *fold, struct tokens *tokens, uint32_t between) {
    char text[32] = "teach";
    size_t len = 5 + utf8_encode(between, text + 5);
    for (size_t i = 0; i < 4; i++) text[len + i] = "meet"[i];
    static char kept[32];
    memcpy(kept, text, sizeof kept);
    assert_true(fold_text(fold, slice_of(kept, len + 4), 1000));
    assert_true(utf8_is_valid(buf_slice(&fold->text)));
    assert_true(tokens_read(tokens, fold));
    return tokens->count;
}

static void what_separates_words_still_does_when_folded(void **state) {
    (void)state;
    struct fold fold = {0};
    struct tokens tokens = {0};
    size_t tried = 0;
    for (uint32_t c = 0x20; c < 0x20000; c++) {
        if (c >= 0xD800 && c < 0xE000) continue;
        if (!separates(utf8proc_category((utf8proc_int32_t)c)) || c == '&') continue;
        /* Symbols that are letters in compatibility form, such as a circled a or a script e, become those. */
        size_t words = fold_between(&fold, &tokens, c);
        bool joined = slice_find(buf_slice(&fold.text), SLICE("teachmeet"), 0) != SLICE_NOT_FOUND;
        if (joined) print_message("U+%04X joins\n", c);
        assert_false(joined);
        assert_true(words >= 1);
        tried++;
    }
    assert_true(tried > 5000);
    fold_free(&fold);
    tokens_free(&tokens);
}

static void soft_hyphens_and_zero_width_characters_are_gone(void **state) {
    (void)state;
    static const uint32_t gone[] = {0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFE0F};
    struct fold fold = {0};
    struct tokens tokens = {0};
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++) {
        assert_int_equal(fold_between(&fold, &tokens, gone[i]), 1);
        assert_true(slice_equal(buf_slice(&fold.text), SLICE("teachmeet")));
    }
    fold_free(&fold);
    tokens_free(&tokens);
}

static void every_place_leads_back_to_a_character_border_of_the_original(void **state) {
    (void)state;
    const char *text = "\xC4\xB0stanbul \xEF\xAC\x81rst stra\xC3\x9F"
                       "e \xE2\x84\xA2 \xF0\x9F\x98\x80 &amp; caf\x65\xCC\x81 \xEF\xB7\xBA end";
    struct fold fold = {0};
    const struct slice whole = slice_from(text);
    assert_true(fold_text(&fold, whole, 1000));
    uint32_t before = 0;
    for (uint32_t at = 0; at <= fold.text.len; at++) {
        uint32_t original = fold_original(&fold, at);
        assert_true(original >= before && original <= whole.len);
        assert_true(original == whole.len || ((unsigned char)whole.at[original] & 0xC0) != 0x80);
        before = original;
    }
    fold_free(&fold);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_separates_words_still_does_when_folded),
        cmocka_unit_test(soft_hyphens_and_zero_width_characters_are_gone),
        cmocka_unit_test(every_place_leads_back_to_a_character_border_of_the_original),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
