#include "base/attr.h"
#include "base/late.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define LIBRARY "libdiscern-has-no-such.so.9"

int absent_number(int one);
void absent_act(int *did);
LATE(int, absent_number, (int one), (one), -7)
LATE_VOID(absent_act, (int *did), (did))

static void a_function_of_a_missing_library_gives_what_stands_for_it(void **state) {
    (void)state;
    int did = 0;
    assert_int_equal(absent_number(1), -7);
    absent_act(&did);
    assert_int_equal(did, 0);
}

static void a_missing_library_is_one_line_that_names_it(void **state) {
    (void)state;
    struct fault fault = {0};
    assert_false(late_open(LIBRARY, &fault));
    assert_int_equal(fault.kind, FAULT_CONFIG);
    assert_non_null(strstr(fault.text, LIBRARY));
    assert_null(strchr(fault.text, '\n'));
}

static void what_is_needed_later_is_at_hand(void **state) {
    (void)state;
    static const char *const libraries[] = {LATE_CURL, LATE_MICROHTTPD, LATE_ARCHIVE, LATE_CRYPTO};
    struct fault fault = {0};
    for (size_t i = 0; i < COUNT_OF(libraries); i++) assert_true(late_open(libraries[i], &fault));
    void (*function)(void) = NULL;
    assert_true(late_find(LATE_CURL, "curl_easy_init", &function));
    assert_non_null(function);
    assert_false(late_find(LATE_CURL, "curl_has_no_such", &function));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_function_of_a_missing_library_gives_what_stands_for_it),
        cmocka_unit_test(a_missing_library_is_one_line_that_names_it),
        cmocka_unit_test(what_is_needed_later_is_at_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
