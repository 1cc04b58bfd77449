#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "classify/regroup.h"

static const char *grouped(const char *source, enum regroup_case letters, struct buf *out) {
    *out = buf_new(65536);
    assert_true(regroup(slice_from(source), letters, out));
    return buf_text(out);
}

static void becomes(const char *source, const char *wanted) {
    AUTO(buf_free)
    struct buf out = {0};
    assert_string_equal(grouped(source, REGROUP_SMALL_LETTERS, &out), wanted);
}

static void a_long_list_is_put_together_by_first_letters(void **state) {
    (void)state;
    becomes("\\b(?:ask|bring|add|begin|cut|colou?r|don't|draw)\\b",
            "\\b(?:a(?:sk|dd)|b(?:ring|egin)|c(?:ut|olou?r)|d(?:on't|raw))\\b");
    becomes("(?:a|ask|a b|bin|bat|can|cup|dog)s", "(?:a(?:|sk| b)|b(?:in|at)|c(?:an|up)|dog)s");
}

static void lists_within_lists_and_in_a_look_ahead_as_well(void **state) {
    (void)state;
    becomes("x(?=(?:ab|ac|ad|ae|ba|bb|bc|bd)|no)", "x(?=(?:a(?:b|c|d|e)|b(?:a|b|c|d))|no)");
    becomes("(?:a(?:ba|bb|bc|bd|ca|cb|cc|cd)|b|c|d|e|f|g|a)", "(?:a(?:(?:b(?:a|b|c|d)|c(?:a|b|c|d))|)|b|c|d|e|f|g)");
}

static void what_is_not_sure_stays_as_it_is(void **state) {
    static const char *const sources[] = {
        "(?:ask|add|begin|bring)",                       /* short */
        "(?<!ab|ac|ad|ae|ba|bb|bc|bd)x",                 /* looks behind: each way has its length */
        "(?:a?sk|add|begin|bring|cut|carry|draw|drop)",  /* the letter may be missing */
        "(?:Ask|add|begin|bring|cut|carry|draw|drop)",   /* a capital, where capitals mean the same */
        "(?:[ab]c|add|begin|bring|cut|carry|draw|drop)", /* no letter */
        "(?i:ask|add|begin|bring|cut|carry|draw|drop)",
        "(x)(?:ask|add|begin|bring|cut|carry|draw|drop)\\1",
        "(?>ask|add|begin|bring|cut|carry|draw|drop)",
        "\\Q(?:ask|add|begin|bring|cut|carry|draw|drop)\\E",
        "(?:ask|add|begin|bring|cut|carry|draw|drop",
        "[(?:ask|add|begin|bring|cut|carry|draw|drop)]",
        "",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sources); i++) becomes(sources[i], sources[i]);
}

static void capitals_are_letters_where_they_matter(void **state) {
    AUTO(buf_free)
    struct buf out = {0};
    (void)state;
    assert_string_equal(grouped("(?:Ask|Add|ask|add|Begin|bring|Cut|Carry)", REGROUP_ANY_LETTERS, &out),
                        "(?:A(?:sk|dd)|a(?:sk|dd)|Begin|bring|C(?:ut|arry))");
}

static uint32_t next(uint32_t *dice) {
    *dice = *dice * 1664525u + 1013904223u;
    return *dice >> 16;
}

static pcre2_code *compiled(const char *source) {
    int error;
    PCRE2_SIZE where;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED, 0, &error, &where, NULL);
    assert_non_null(code);
    return code;
}

static PCRE2_SIZE match_end(const pcre2_code *code, pcre2_match_data *data, const char *text) {
    if (pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, NULL) < 0) return PCRE2_UNSET;
    const PCRE2_SIZE *spans = pcre2_get_ovector_pointer(data);
    return spans[0] * 1000 + spans[1];
}

/* Lists of up to four letters out of three, with and without what may be missing: the same places match as before. */
static void grouped_or_not_the_same_places_match(void **state) {
    uint32_t dice = 7;
    (void)state;
    pcre2_match_data *data = pcre2_match_data_create(8, NULL);
    for (int turn = 0; turn < 300; turn++) {
        char source[256] = "\\b(?:";
        size_t at = strlen(source);
        for (uint32_t words = 8 + next(&dice) % 8, w = 0; w < words; w++) {
            char word[16] = "";
            size_t len = 1 + next(&dice) % 4;
            for (size_t i = 0; i < len; i++) word[i] = (char)('a' + next(&dice) % 3);
            if (next(&dice) % 4 == 0 && len > 1) word[len] = '?';
            at += (size_t)snprintf(source + at, sizeof source - at, "%s%s", w > 0 ? "|" : "", word);
        }
        (void)snprintf(source + at, sizeof source - at, "%s", turn % 2 == 0 ? ")\\b" : ") ?(?:a|b)");
        AUTO(buf_free)
        struct buf out = {0};
        pcre2_code *one = compiled(source), *other = compiled(grouped(source, REGROUP_SMALL_LETTERS, &out));
        for (int t = 0; t < 40; t++) {
            char text[32] = "";
            for (size_t i = 0; i < 24; i++) text[i] = "abc "[next(&dice) % 4];
            assert_int_equal(match_end(one, data, text), match_end(other, data, text));
        }
        pcre2_code_free(one);
        pcre2_code_free(other);
    }
    pcre2_match_data_free(data);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_list_is_put_together_by_first_letters),
        cmocka_unit_test(lists_within_lists_and_in_a_look_ahead_as_well),
        cmocka_unit_test(what_is_not_sure_stays_as_it_is),
        cmocka_unit_test(capitals_are_letters_where_they_matter),
        cmocka_unit_test(grouped_or_not_the_same_places_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
