#include "base/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* RFC 3986, 5.4: the normal examples, and those abnormal ones that a lax resolver gets wrong. */
static void references_resolve_as_rfc_3986_section_5_4_says(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g/"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {";x", "http://a/b/c/;x"},
        {"../g", "http://a/b/g"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"https://x.example/", "https://x.example/"},
        {"file:///etc/passwd", "file:///etc/passwd"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
        {"./g:h", "http://a/b/c/g:h"},
        {"//u:p@g:80/x", "http://u:p@g:80/x"},
    };
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct slice out = {0};
        assert_true(url_resolve(arena, SLICE("http://a/b/c/d;p?q"), slice_from(pairs[i][0]), &out));
        assert_string_equal(out.at, pairs[i][1]);
    }
}

static void spaces_and_letters_beyond_ascii_are_percent_encoded(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct slice out = {0};
    assert_true(url_resolve(arena, SLICE("https://a.example/x/"), SLICE(" caf\xC3\xA9 au lait "), &out));
    assert_string_equal(out.at, "https://a.example/x/caf%C3%A9%20au%20lait");
}

static void only_http_and_https_with_a_host_are_web_addresses(void **state) {
    (void)state;
    assert_true(url_is_web(SLICE("https://a.example/")));
    assert_true(url_is_web(SLICE(" HTTP://a.example")));
    static const char *const wrong[] = {"javascript:alert(1)",
                                        "//a.example/",
                                        "ftp://a",
                                        "http://",
                                        "https:///x",
                                        "data:,x",
                                        "http:a",
                                        "https://a b/",
                                        ""};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) assert_false(url_is_web(slice_from(wrong[i])));
}

static void a_host_lies_within_a_domain_at_label_borders_only(void **state) {
    (void)state;
    assert_true(url_host_within(SLICE("a.doi.org"), SLICE("doi.org")));
    assert_true(url_host_within(SLICE("doi.org"), SLICE("doi.org")));
    assert_false(url_host_within(SLICE("notdoi.org"), SLICE("doi.org")));
    assert_false(url_host_within(SLICE("doi.org.example.com"), SLICE("doi.org")));
}

static void parts_are_given_apart_and_the_host_in_lower_case(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct url url;
    assert_true(url_parse(arena, SLICE("HTTPS://User@ExAmple.ORG:8443/a%20b?q=1#f"), &url));
    assert_true(slice_equal(url.scheme, SLICE("https")));
    assert_true(slice_equal(url.host, SLICE("example.org")));
    assert_int_equal(url.port, 8443);
    assert_true(slice_equal(url.query, SLICE("q=1")));
    assert_false(url_parse(arena, SLICE("https://a.example/\nX: y"), &url));
}

/* Whoever asks whether a host may be talked to must see the machine, not its spelling. */
static void a_machine_has_one_spelling(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"http://127.1/", "127.0.0.1"},
        {"http://0x7f000001/", "127.0.0.1"},
        {"http://017700000001/", "127.0.0.1"},
        {"http://2130706433/", "127.0.0.1"},
        {"http://1./", "0.0.0.1"},
        {"http://127.0.0.1./", "127.0.0.1"},
        {"http://222.../", "0.0.0.222"},
        {"http://127.0.1/", "127.0.0.1"},
        {"http://%31%32%37.0.0.1/", "127.0.0.1"},
        {"http://[0:0::1]/", "[::1]"},
        {"http://EX%61MPLE.org/", "example.org"},
        {"http:/one.example/", "one.example"},
        {"http:///three.example/", "three.example"},
        {"http://a.example:/", "a.example"},
    };
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct url url;
        assert_true(url_parse(arena, slice_from(pairs[i][0]), &url));
        assert_string_equal(url.host.at, pairs[i][1]);
    }
}

static void what_two_readers_could_take_for_two_hosts_is_no_address(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "http://good.example@evil.example@third.example/",
        "http://good.example\\@evil.example/",
        "http://good.example%2f.evil.example/",
        "http://good.example%00.evil.example/",
        "http://good.example:80:80/",
        "http://good.example:80a/",
        "http://good.example:65536/",
        "http://[::1/",
        "http://[::1%25eth0]/",
        "http://[::1]evil.example/",
        "http://%zz/",
        "http://",
        "http:",
        "http:x",
        "http:////x/",
        "mailto:a@b.example",
        "file://host.example/etc/passwd",
        "/path",
        "",
    };
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct url url;
        assert_false(url_parse(arena, slice_from(wrong[i]), &url));
    }
}

static void broken_escapes_stay_as_they_are(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct slice out;
    assert_true(url_decode(arena, SLICE("a%2Fb%zz%4"), &out));
    assert_true(slice_equal(out, SLICE("a/b%zz%4")));
}

/* Most addresses are looked at the quick way: it says what the long way does. */
static void a_host_is_the_same_without_its_address_being_taken_apart(void **state) {
    static const char *const texts[] = {"https://a.example/x",
                                        " http://a.example ",
                                        "https://a-b.example",
                                        "https://a.example:80/",
                                        "https://user@a.example/",
                                        "https://A.example/",
                                        "https://a.example?x",
                                        "https://a.example/a b",
                                        "https://a.example/\\",
                                        "https://127.1/",
                                        "https://a.example/\x7f",
                                        "https://%61.example/",
                                        "https:///a.example",
                                        "https://",
                                        "https:",
                                        "ftp://a.example/",
                                        "HTTPS://a.example/",
                                        "",
                                        "https://a_b.example/",
                                        "https://caf\xC3\xA9.example/",
                                        "https://a.example#x"};
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)1024 * 1024);
    (void)state;
    assert_non_null(arena);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct url url = {0};
        struct slice host = url_host(arena, slice_from(texts[i]));
        bool parsed = url_parse(arena, slice_from(texts[i]), &url);
        assert_int_equal(slice_is_absent(host), !parsed);
        assert_true(slice_equal(host, url.host));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_resolve_as_rfc_3986_section_5_4_says),
        cmocka_unit_test(spaces_and_letters_beyond_ascii_are_percent_encoded),
        cmocka_unit_test(only_http_and_https_with_a_host_are_web_addresses),
        cmocka_unit_test(a_host_lies_within_a_domain_at_label_borders_only),
        cmocka_unit_test(parts_are_given_apart_and_the_host_in_lower_case),
        cmocka_unit_test(a_machine_has_one_spelling),
        cmocka_unit_test(what_two_readers_could_take_for_two_hosts_is_no_address),
        cmocka_unit_test(broken_escapes_stay_as_they_are),
        cmocka_unit_test(a_host_is_the_same_without_its_address_being_taken_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
