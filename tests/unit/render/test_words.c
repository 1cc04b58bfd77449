#include "render/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct words read_words(struct arena *arena, struct slice text, struct problems *problems) {
    struct words words;
    words_default(&words);
    assert_true(words_read(SLICE("words.conf"), text, arena, &words, problems));
    return words;
}

static void the_file_as_shipped_holds_every_word_as_the_program_has_it(void **state) {
    (void)state;
    static char text[65536];
    FILE *file = fopen("config/words.conf", "rb");
    assert_non_null(file);
    size_t len = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    AUTO(arena_free)
    struct arena *arena = arena_new(1u << 20);
    struct problems problems = {.arena = arena};
    struct words shipped, words = read_words(arena, slice_of(text, len), &problems);
    words_default(&shipped);
    assert_int_equal(problems.errors, 0);
    for (int i = 0; i < WORD_COUNT; i++) {
        char name[WORD_NAME_BYTES + 2] = "\n";
        word_name((enum word)i, name + 1);
        if (strstr(text, name) == NULL) fail_msg("config/words.conf lacks %s", name + 1);
        if (!slice_equal(words.at[i], shipped.at[i])) fail_msg("config/words.conf differs at %s", name + 1);
    }
}

static void a_school_changes_a_word_and_a_slip_is_told_with_the_nearest_name(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1u << 20);
    struct problems problems = {.arena = arena};
    struct words words =
        read_words(arena, SLICE("closing Done for today.\ncloseing x\nfocus-week Week %1\n"), &problems);
    assert_true(slice_equal(words.at[WORD_CLOSING], SLICE("Done for today.")));
    assert_int_equal(problems.errors, 2);
    assert_true(slice_find(problems.at[0].hint, SLICE("'closing'"), 0) != SLICE_NOT_FOUND);
    assert_true(slice_equal(words.at[WORD_FOCUS_WEEK], SLICE("Week %1 of %2")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_as_shipped_holds_every_word_as_the_program_has_it),
        cmocka_unit_test(a_school_changes_a_word_and_a_slip_is_told_with_the_nearest_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
