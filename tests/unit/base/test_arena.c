#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdint.h>

#include "base/fault.h"
#include <string.h>

static void the_ceiling_holds_and_a_reset_gives_it_back(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000);
    assert_non_null(arena_alloc(arena, 1, 900));
    assert_null(arena_alloc(arena, 1, 200));
    arena_reset(arena);
    assert_non_null(arena_alloc(arena, 1, 900));
}

static void sizes_that_overflow_are_refused(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(SIZE_MAX);
    assert_null(arena_alloc(arena, SIZE_MAX / 2, 4));
    assert_null(arena_alloc(arena, 1, SIZE_MAX - 1));
}

static void a_grown_array_keeps_its_elements_and_zeroes_the_next(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    int *array = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        array = arena_grow(arena, array, (size_t)i, &capacity, sizeof *array);
        assert_non_null(array);
        assert_int_equal(array[i], 0);
        array[i] = i;
    }
    for (int i = 0; i < 1000; i++) assert_int_equal(array[i], i);
}

static void absent_stays_absent_and_empty_stays_empty(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000);
    struct slice out = SLICE("x");
    assert_true(arena_copy(arena, (struct slice){NULL, 0}, &out));
    assert_true(slice_is_absent(out));
    assert_true(arena_copy(arena, SLICE(""), &out));
    assert_false(slice_is_absent(out));
}

static void a_fault_reads_from_outside_in_and_stays_one_line(void **state) {
    (void)state;
    struct fault fault = {0};
    assert_false(fault_set(&fault, FAULT_INPUT, "not a date: '%s'", "32\nFoo"));
    assert_false(fault_context(&fault, "item %d", 14));
    assert_false(fault_context(&fault, "source '%s'", "lwn"));
    assert_string_equal(fault.text, "source 'lwn': item 14: not a date: '32 Foo'");
    assert_int_equal(fault.kind, FAULT_INPUT);
}

static void a_fault_is_cut_at_a_whole_character(void **state) {
    (void)state;
    char text[700];
    for (size_t i = 0; i + 1 < sizeof text; i += 2) memcpy(text + i, "\xC3\xA9", 2);
    text[698] = '\0';
    struct fault fault = {0};
    (void)fault_set(&fault, FAULT_INPUT, "%s", text);
    assert_int_equal(strlen(fault.text) % 2, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ceiling_holds_and_a_reset_gives_it_back),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(a_grown_array_keeps_its_elements_and_zeroes_the_next),
        cmocka_unit_test(absent_stays_absent_and_empty_stays_empty),
        cmocka_unit_test(a_fault_reads_from_outside_in_and_stays_one_line),
        cmocka_unit_test(a_fault_is_cut_at_a_whole_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
