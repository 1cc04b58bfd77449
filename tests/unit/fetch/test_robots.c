#include "fetch/robots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"

struct line {
    const char *text, *path;
    bool allowed;
};

static bool allows(struct slice text, const char *path) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)16 * 1024 * 1024);
    struct robots robots;
    assert_true(robots_read(text, SLICE("discern"), arena, &robots));
    return robots_allows(&robots, slice_from(path));
}

static void the_cases_of_rfc_9309_hold(void **state) {
    (void)state;
    static const struct line lines[] = {
        {"", "/x", true},
        {"User-agent: *\nDisallow:\n", "/x", true},
        {"User-agent: *\nDisallow: /\n", "/x", false},
        {"User-agent: *\nDisallow: /\n", "/robots.txt", true},
        {"user-AGENT: Discern\r\ndisallow: /a\r\n", "/a/b", false},
        {"User-agent: discern/2.0 (bot)\nDisallow: /a\n", "/a/b", false},
        {"User-agent: discernment\nDisallow: /\n", "/a", true},
        {"User-agent: *\nDisallow: /\nUser-agent: discern\nDisallow: /b\n", "/a", true},
        {"User-agent: other\nUser-agent: discern\nDisallow: /a\n", "/a", false},
        {"User-agent: discern\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: discern\nDisallow: /b\n", "/b",
         false},
        {"User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", true},
        {"User-agent: *\nAllow: /a\nDisallow: /a\n", "/a", true},
        {"User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true},
        {"User-agent: *\nDisallow: *.pdf$\n", "/x/y.pdf", false},
        {"User-agent: *\nDisallow: *.pdf$\n", "/x/y.pdf?d=1", true},
        {"User-agent: *\nDisallow: /*/private\n", "/a/b/private/c", false},
        {"User-agent: *\nDisallow: /a$\n", "/ab", true},
        {"User-agent: *\nDisallow: /caf\xC3\xA9\n", "/caf%c3%a9/x", false},
        {"User-agent: *\nDisallow: /%7Ebob\n", "/~bob", false},
        {"User-agent: *\nDisallow: /a%2Fb\n", "/a/b", true},
        {"User-agent: *\nDisallow: /a # why\n", "/a", false},
        {"Disallow: /\n", "/a", true},
        {"Sitemap: https://x/\nUser-agent: *\nSitemap: https://y/\nDisallow: /a\n", "/a", false},
        {"\xEF\xBB\xBFUser-agent: *\nDisallow: /a", "/a", false},
        {"User-agent: *\rDisallow: /a\r", "/a", false},
        {"<html><body>User-agent: *</body>", "/a", true},
        {"User-agent *\nDisallow /a", "/a", true},
        {"User-agent: *\nDisallow: /?s=\n", "/?s=x", false},
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        if (allows(slice_from(lines[i].text), lines[i].path) != lines[i].allowed)
            fail_msg("case %zu: %s\n%s", i, lines[i].path, lines[i].text);
}

static void a_delay_is_kept_within_reason(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t ms;
    } cases[] = {{"User-agent: *\nCrawl-delay: 2.5\n", 2500},
                 {"User-agent: *\nCrawl-delay: 99999999\n", ROBOTS_DELAY_MOST_MS},
                 {"User-agent: *\nCrawl-delay: -1\n", 0},
                 {"User-agent: *\nCrawl-delay: nan\n", 0}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        AUTO(arena_free)
        struct arena *arena = arena_new(100000);
        struct robots robots;
        assert_true(robots_read(slice_from(cases[i].text), SLICE("discern"), arena, &robots));
        assert_int_equal(robots.delay_ms, cases[i].ms);
    }
}

static void a_hostile_file_costs_little_and_says_no(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf text = buf_new(ROBOTS_BYTES);
    buf_add_text(&text, "User-agent: *\n");
    while (text.len < ROBOTS_BYTES - 600) {
        buf_add_text(&text, "Disallow: /");
        for (int i = 0; i < 200; i++) buf_add_text(&text, "*a");
        buf_add_text(&text, "b\n");
    }
    char path[8001] = "/";
    memset(path + 1, 'a', 7999);
    clock_t from = clock();
    assert_false(allows(buf_slice(&text), path));
    assert_true(clock() - from < CLOCKS_PER_SEC);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cases_of_rfc_9309_hold),
        cmocka_unit_test(a_delay_is_kept_within_reason),
        cmocka_unit_test(a_hostile_file_costs_little_and_says_no),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
