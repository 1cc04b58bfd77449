#include "curate/share.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_line(const char *text, size_t most, const char *wanted) {
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct slice line = {NULL, 0};
    assert_non_null(arena);
    assert_true(share_line(slice_from(text), most, arena, &line));
    if (wanted == NULL) assert_true(slice_is_absent(line));
    else assert_true(slice_equal(line, slice_from(wanted)));
    assert_true(line.len <= most + 4); /* the sign that something is missing comes on top */
}

static void white_space_is_folded_and_addresses_are_left_out(void **state) {
    (void)state;
    assert_line("  Open with a quiz.\n\nThree  questions.  ", 100, "Open with a quiz. Three questions.");
    assert_line("Open with a quiz. https://a.example/1", 100, "Open with a quiz.");
    assert_line("https://a.example/1 Open with a quiz!", 100, "Open with a quiz!");
    assert_line("https://a.example/1 http://b.example", 100, NULL);
    assert_line("", 100, NULL);
}

static void where_an_address_stood_within_a_sentence_the_gap_is_shown(void **state) {
    (void)state;
    assert_line("A review is at https://a.example/1 .", 100, "A review is at …");
    assert_line("They found the same: https://a.example/1", 100, "They found the same: …");
    assert_line("See ( https://a.example/1 ) for how", 100, "See ( … for how");
    assert_line("Read https://a.example/1 https://b.example/2 and try it", 100, "Read … and try it");
}

static void a_long_text_is_cut_at_a_word(void **state) {
    (void)state;
    assert_line("one two three four", 12, "one two …");
    assert_line("abcdefghijklmnop", 8, "abcdefgh …");
    assert_line("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 5, "\xC3\xA9\xC3\xA9 …");
    assert_line("one two https://a.example/1 three", 12, "one two …");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_is_folded_and_addresses_are_left_out),
        cmocka_unit_test(where_an_address_stood_within_a_sentence_the_gap_is_shown),
        cmocka_unit_test(a_long_text_is_cut_at_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
