#include "config/placeholders_conf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct slice_list read(struct arena *arena, struct slice text, struct problems *problems) {
    const struct config_file file = {SLICE("placeholders.conf"), text};
    struct config config = {0};
    *problems = (struct problems){.arena = arena};
    assert_true(placeholders_conf_read(&file, arena, &config, problems));
    return config.placeholders;
}

static void a_phrase_a_line_is_read(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct problems problems;
    struct slice_list list =
        read(arena, SLICE("# why\nphrase coming soon # not this\n\n  phrase Lorem ipsum\n"), &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(list.count, 2);
    assert_true(slice_equal(list.at[0], SLICE("coming soon")));
    assert_true(slice_equal(list.at[1], SLICE("Lorem ipsum")));
}

static void without_the_file_the_shipped_phrases_count_and_with_an_empty_one_none(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct problems problems;
    struct slice_list list = read(arena, (struct slice){NULL, 0}, &problems);
    assert_int_equal(problems.count, 0);
    assert_true(list.count > 10);
    assert_int_equal(read(arena, SLICE(""), &problems).count, 0);
    assert_int_equal(problems.count, 0);
}

static void mistakes_are_told_with_their_place(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct problems problems;
    struct slice_list list =
        read(arena, SLICE("phrase coming soon\nphrse hello world\nphrase soon\nphrase\nphrase COMING soon\nx y\n"),
             &problems);
    static const struct {
        unsigned line;
        const char *words, *hint;
    } told[] = {{2, "has no 'phrse'", "did you mean 'phrase'?"},
                {3, "'soon' is too short", "a phrase such as: phrase coming soon"},
                {4, "'' is too short", "a phrase such as: phrase coming soon"},
                {5, "stands here twice", "once is enough"},
                {6, "has no 'x'", "each line is 'phrase' and the words"}};
    assert_int_equal(list.count, 1);
    assert_int_equal(problems.count, COUNT_OF(told));
    assert_int_equal(problems.errors, 4);
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        assert_int_equal(problems.at[i].place.line, told[i].line);
        assert_non_null(strstr(problems.at[i].what.at, told[i].words));
        assert_true(slice_equal(problems.at[i].hint, slice_from(told[i].hint)));
        assert_true(slice_equal(problems.at[i].place.file, SLICE("placeholders.conf")));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_a_line_is_read),
        cmocka_unit_test(without_the_file_the_shipped_phrases_count_and_with_an_empty_one_none),
        cmocka_unit_test(mistakes_are_told_with_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
