#include "serve/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "serve/token.h"

static void paths_with_tricks_are_refused(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    static const char *const wrong[] = {"",
                                        "x",
                                        "//evil.example/",
                                        "/../etc/passwd",
                                        "/a/../b",
                                        "/%2e%2e/x",
                                        "/a%2f..%2fb",
                                        "/a//b",
                                        "/.git/config",
                                        "/a\\b",
                                        "/%5c%5cevil",
                                        "/a%00b",
                                        "/a%0d%0aSet-Cookie: x",
                                        "/%ff"};
    struct slice path;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) assert_false(path_read(arena, slice_from(wrong[i]), &path));
    assert_true(path_read(arena, SLICE("/"), &path));
    assert_true(path_read(arena, SLICE("/i/k7f3/"), &path));
    assert_true(path_read(arena, SLICE("/t/caf%C3%A9"), &path));
    assert_true(slice_equal(path, SLICE("/t/caf\xC3\xA9")));
}

static void only_our_own_names_are_hosts_of_ours(void **state) {
    (void)state;
    assert_true(host_is_ours(SLICE("127.0.0.1:8787"), SLICE(""), 8787));
    assert_true(host_is_ours(SLICE("LOCALHOST:8787"), SLICE(""), 8787));
    assert_true(host_is_ours(SLICE("staff.school.example:8787"), SLICE("staff.school.example"), 8787));
    static const char *const wrong[] = {"",
                                        "127.0.0.1",
                                        "127.0.0.1:80",
                                        "evil.example:8787",
                                        "localhost:8787.evil.example",
                                        "localhost:8787@evil.example",
                                        "0.0.0.0:8787"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) assert_false(host_is_ours(slice_from(wrong[i]), SLICE(""), 8787));
}

static void a_form_from_elsewhere_is_no_form_of_ours(void **state) {
    (void)state;
    struct slice none = {NULL, 0};
    assert_true(origin_is_ours(SLICE("http://127.0.0.1:9"), none, none, 9));
    assert_true(origin_is_ours(none, SLICE("http://localhost:9/focus"), none, 9));
    assert_false(origin_is_ours(SLICE("null"), SLICE("http://localhost:9/"), none, 9));
    assert_false(origin_is_ours(SLICE("http://evil.example"), SLICE("http://localhost:9/"), none, 9));
    assert_false(origin_is_ours(none, none, none, 9));
    assert_false(origin_is_ours(SLICE("http://localhost:9.evil.example"), none, none, 9));
}

static void forms_are_decoded_and_mended(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct pair_list pairs;
    assert_true(pairs_read(arena, SLICE("a=1+2&b=%C3%A9%FF&&c&d=x%00%0Ay"), &pairs));
    assert_int_equal(pairs.count, 4);
    assert_true(slice_equal(pairs_get(&pairs, "a"), SLICE("1 2")));
    assert_true(slice_equal(pairs_get(&pairs, "b"), SLICE("\xC3\xA9\xEF\xBF\xBD")));
    assert_true(slice_equal(pairs_get(&pairs, "d"), SLICE("x\ny")));
    assert_true(slice_is_absent(pairs_get(&pairs, "e")));
}

static void a_token_is_good_once(void **state) {
    (void)state;
    static struct token_box box;
    char first[TOKEN_TEXT_BYTES], second[TOKEN_TEXT_BYTES];
    assert_true(token_issue(&box, first) && token_issue(&box, second));
    assert_string_not_equal(first, second);
    assert_true(token_spend(&box, slice_from(first)));
    assert_false(token_spend(&box, slice_from(first)));
    assert_false(token_spend(&box, SLICE("")));
    assert_false(token_spend(&box, SLICE("00000000000000000000000000000000")));
    assert_true(token_spend(&box, slice_from(second)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_with_tricks_are_refused),
        cmocka_unit_test(only_our_own_names_are_hosts_of_ours),
        cmocka_unit_test(a_form_from_elsewhere_is_no_form_of_ours),
        cmocka_unit_test(forms_are_decoded_and_mended),
        cmocka_unit_test(a_token_is_good_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
