#include "base/jtree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/jwrite.h"
#include "base/limits.h"

static void accessors_pass_over_what_is_not_there_or_of_another_type(void **state) {
    (void)state;
    struct fault fault = {0};
    AUTO(jtree_free)
    struct jtree *doc = jtree_read(SLICE("{\"a\":{\"b\":[1,\"x\"]},\"n\":\"12\"}"), &fault);
    assert_non_null(doc);
    const struct jnode *root = jtree_root(doc);
    assert_true(slice_equal(jtree_text(jtree_at(jtree_path(root, "a.b"), 1)), SLICE("x")));
    assert_null(jtree_path(root, "a.b.c.d"));
    assert_true(slice_is_absent(jtree_get_text(root, "a")));
    assert_int_equal(jtree_int(jtree_get(root, "n"), -1), 12);
    assert_int_equal(jtree_int(jtree_get(root, "a"), -1), -1);
    assert_int_equal(jtree_count(NULL), 0);
}

static void broken_json_is_told_with_line_and_column(void **state) {
    (void)state;
    struct fault fault = {0};
    assert_null(jtree_read(SLICE("{\"a\":\n tru}"), &fault));
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_non_null(strstr(fault.text, "line 2"));
}

static void nesting_is_bounded_before_it_is_read(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf text = buf_new(1000);
    for (unsigned i = 0; i < LIMIT_JSON_DEPTH + 1; i++) buf_add_char(&text, '[');
    struct fault fault = {0};
    assert_null(jtree_read(buf_slice(&text), &fault));
    assert_int_equal(fault.kind, FAULT_LIMIT);
}

static void what_is_written_reads_back_the_same(void **state) {
    (void)state;
    struct slice nasty = SLICE("q\"\\/\b\f\n\r\t\x01\x7f\xE2\x80\xA8 \xC3\xA9 \xF0\x9F\x98\x80");
    AUTO(buf_free)
    struct buf out = buf_new(10000);
    struct jwrite json = jwrite_to(&out);
    jwrite_object(&json);
    jwrite_member(&json, "t", nasty);
    jwrite_key(&json, "list");
    jwrite_array(&json);
    jwrite_int(&json, -5);
    jwrite_real(&json, 0.25);
    jwrite_bool(&json, true);
    jwrite_null(&json);
    jwrite_end_array(&json);
    jwrite_member(&json, "none", SLICE(""));
    jwrite_end_object(&json);
    struct fault fault = {0};
    AUTO(jtree_free)
    struct jtree *doc = jtree_read(buf_slice(&out), &fault);
    assert_non_null(doc);
    const struct jnode *root = jtree_root(doc);
    assert_true(slice_equal(jtree_get_text(root, "t"), nasty));
    assert_int_equal(jtree_count(jtree_get(root, "list")), 4);
    assert_true(jtree_is_null(jtree_get(root, "none")));
    assert_null(strstr(buf_text(&out), "\xE2\x80\xA8"));
}

static void ill_formed_bytes_are_written_as_replacement_characters(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    struct jwrite json = jwrite_to(&out);
    jwrite_text(&json, SLICE("a\xFF\xE2\x82"));
    assert_string_equal(buf_text(&out), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accessors_pass_over_what_is_not_there_or_of_another_type),
        cmocka_unit_test(broken_json_is_told_with_line_and_column),
        cmocka_unit_test(nesting_is_bounded_before_it_is_read),
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(ill_formed_bytes_are_written_as_replacement_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
