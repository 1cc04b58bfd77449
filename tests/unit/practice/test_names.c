#include "practice/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static enum name_doubt doubt(const char *text, const char *colleague, struct slice *word) {
    *word = (struct slice){NULL, 0};
    return names_find(slice_from(text), slice_from(colleague), word);
}

static void first_names_of_pupils_are_found_wherever_they_stand(void **state) {
    (void)state;
    static const char *const texts[] = {"Aisha forgot ratio",
                                        "half of them, and Oliver, forgot",
                                        "8B (Mohammed)",
                                        "Zofia\xE2\x80\x99s second draft was clearer",
                                        "showed it to Charlotte.",
                                        "Well done, Noah!",
                                        "a pupil called Xanthe had it",
                                        "the girl Ifeoma explained it"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct slice word;
        assert_int_equal(doubt(texts[i], "", &word), NAME_LIKELY);
        assert_true(word.len > 2);
    }
}

static void what_is_written_large_but_names_nobody_passes(void **state) {
    (void)state;
    static const char *const texts[] = {"8B maths",
                                        "Year 8, set 2, period 3 on Monday",
                                        "Three questions on paper. Half forgot ratio; GCSE style",
                                        "We read Macbeth and wrote a PEEL paragraph in English",
                                        "Mr Harris and Miss Ali watched three pupils",
                                        "Ms Charlotte Jones looked in",
                                        "On Henry VIII and Elizabeth I",
                                        "7 of 10 had it",
                                        "Willow class and the Robin group; Red, Amber, Green",
                                        ""};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct slice word;
        assert_int_equal(doubt(texts[i], "", &word), NAME_NONE);
    }
}

static void a_colleague_who_was_named_as_one_may_be_named(void **state) {
    (void)state;
    struct slice word;
    assert_int_equal(doubt("Aisha taught it in my class", "Aisha Khan", &word), NAME_NONE);
    assert_int_equal(doubt("Aisha taught it, Leo understood", "Aisha Khan", &word), NAME_LIKELY);
    assert_true(slice_equal(word, SLICE("Leo")));
}

static void a_word_that_may_be_a_name_is_doubted_not_refused(void **state) {
    (void)state;
    struct slice word;
    assert_int_equal(doubt("most of it is like Rosenshine said", "", &word), NAME_PERHAPS);
    assert_true(slice_equal(word, SLICE("Rosenshine")));
}

static void bytes_that_are_no_text_are_survived(void **state) {
    (void)state;
    char text[256];
    struct slice word;
    for (int i = 0; i < 256; i++) text[i] = (char)i;
    for (size_t from = 0; from < sizeof text; from++)
        (void)names_find(slice_of(text + from, sizeof text - from), slice_of(text, from), &word);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_names_of_pupils_are_found_wherever_they_stand),
        cmocka_unit_test(what_is_written_large_but_names_nobody_passes),
        cmocka_unit_test(a_colleague_who_was_named_as_one_may_be_named),
        cmocka_unit_test(a_word_that_may_be_a_name_is_doubted_not_refused),
        cmocka_unit_test(bytes_that_are_no_text_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
