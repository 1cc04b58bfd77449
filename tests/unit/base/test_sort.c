#include "base/sort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int by_number(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return a < b ? -1 : a > b;
}

static void any_number_of_elements_comes_out_as_qsort_has_them(void **state) {
    (void)state;
    uint32_t seed = 3;
    for (size_t count = 0; count < 3000; count = count * 3 / 2 + 1) {
        uint32_t one[3000], other[3000];
        for (size_t i = 0; i < count; i++) {
            seed = seed * 1664525u + 1013904223u;
            one[i] = other[i] = count % 2 == 0 ? seed >> 8 : seed >> 28;
        }
        sort_in_place(one, count, sizeof one[0], by_number);
        if (count > 1) qsort(other, count, sizeof other[0], by_number);
        assert_memory_equal(one, other, count * sizeof one[0]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_number_of_elements_comes_out_as_qsort_has_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
