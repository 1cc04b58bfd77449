#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void buf_refuses_past_its_ceiling_and_stays_failed(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf buf = buf_new(4);
    buf_add_text(&buf, "abc");
    assert_false(buf_failed(&buf));
    buf_add_text(&buf, "de");
    assert_true(buf_failed(&buf));
    buf_add_text(&buf, "f");
    assert_string_equal(buf_text(&buf), "abc");
    struct fault fault = {0};
    assert_false(buf_check(&buf, "the page", &fault));
    assert_int_equal(fault.kind, FAULT_LIMIT);
}

static void buf_holds_exactly_its_ceiling(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf buf = buf_new(4);
    buf_printf(&buf, "%d", 1234);
    assert_false(buf_failed(&buf));
    assert_string_equal(buf_text(&buf), "1234");
}

static void the_zero_buf_is_empty_and_may_be_freed(void **state) {
    (void)state;
    struct buf buf = {0};
    assert_string_equal(buf_text(&buf), "");
    assert_int_equal(buf_slice(&buf).len, 0);
    buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buf_refuses_past_its_ceiling_and_stays_failed),
        cmocka_unit_test(buf_holds_exactly_its_ceiling),
        cmocka_unit_test(the_zero_buf_is_empty_and_may_be_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
