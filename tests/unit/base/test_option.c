#include "base/option.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

struct values {
    struct slice name;
    int64_t count, wait_s;
    bool on;
    int colour;
    struct option_list words;
};

static const char *const colours[] = {"red", "green", NULL};
static const struct option options[] = {
    {"name", OPTION_TEXT, offsetof(struct values, name), 0, 0, NULL, NULL, "a name"},
    {"count", OPTION_INT, offsetof(struct values, count), 1, 20, NULL, "6", "how many"},
    {"wait", OPTION_DURATION, offsetof(struct values, wait_s), 60, 86400, NULL, "1 h", "how long"},
    {"on", OPTION_YES_NO, offsetof(struct values, on), 0, 0, NULL, "yes", "whether"},
    {"colour", OPTION_CHOICE, offsetof(struct values, colour), 0, 0, colours, "green", "which"},
    {"words", OPTION_LIST, offsetof(struct values, words), 0, 0, NULL, NULL, "words"},
};

static void defaults_are_set_as_they_are_written(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct values values = {0};
    struct fault fault = {0};
    assert_true(option_defaults(options, COUNT_OF(options), arena, &values, &fault));
    assert_int_equal(values.count, 6);
    assert_int_equal(values.wait_s, 3600);
    assert_true(values.on);
    assert_int_equal(values.colour, 1);
}

static void a_wrong_value_is_told_with_what_would_be_right_and_changes_nothing(void **state) {
    (void)state;
    static const char *const wrong[][3] = {{"count", "many", "whole number"}, {"count", "21", "between 1 and 20"},
                                           {"wait", "5", "15 min"},           {"on", "true", "yes or no"},
                                           {"colour", "blue", "red, green"},  {"name", "", "needs a value"}};
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct values values = {.count = 3, .wait_s = 61};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct fault fault = {0};
        const struct option *option = option_find(options, COUNT_OF(options), slice_from(wrong[i][0]));
        assert_false(option_set(option, slice_from(wrong[i][1]), arena, &values, &fault));
        assert_int_equal(fault.kind, FAULT_CONFIG);
        assert_non_null(strstr(fault.text, wrong[i][2]));
    }
    assert_int_equal(values.count, 3);
    assert_int_equal(values.wait_s, 61);
}

static void a_repeated_list_adds_to_what_it_holds(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct values values = {0};
    struct fault fault = {0};
    assert_true(option_set(&options[5], SLICE("a, b ,,c"), arena, &values, &fault));
    assert_true(option_set(&options[5], SLICE("d"), arena, &values, &fault));
    assert_int_equal(values.words.count, 4);
    assert_true(slice_equal(values.words.at[1], SLICE("b")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_set_as_they_are_written),
        cmocka_unit_test(a_wrong_value_is_told_with_what_would_be_right_and_changes_nothing),
        cmocka_unit_test(a_repeated_list_adds_to_what_it_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
