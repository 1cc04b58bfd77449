#include "normal/discover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

struct told {
    const char *typed, *kind, *option, *value, *name;
    bool page; /* more is to be looked for */
};

static void an_address_tells_what_to_follow(void **state) {
    static const struct told cases[] = {
        {"https://x.com/EducEndowFoundn", "x", "user", "EducEndowFoundn", "x-educendowfoundn", false},
        {"twitter.com/ann/", "x", "user", "ann", "x-ann", false},
        {"https://mobile.twitter.com/ann/status/12?s=20", "x", "user", "ann", "x-ann", false},
        {"https://x.com/i/lists/123", "x", "list", "123", "x-123", false},
        {"https://x.com/search?q=%23edchat%20quiz", "x", "search", "#edchat quiz", "x-edchat-quiz", false},
        {"https://bsky.app/profile/ann.bsky.social", "bluesky", "account", "ann.bsky.social", "bluesky-ann-bsky-social",
         false},
        {"bsky.app/profile/did:plc:abc/post/3k", "bluesky", "account", "did:plc:abc", "bluesky-did-plc-abc", false},
        {"https://bsky.app/profile/ann.example/feed/edu", "bluesky", "feed",
         "at://ann.example/app.bsky.feed.generator/edu", NULL, false},
        {"https://bsky.app/profile/ann.example/lists/3k", "bluesky", "list", "at://ann.example/app.bsky.graph.list/3k",
         NULL, false},
        {"@ann@school.example", "mastodon", "account", "@ann@school.example", "mastodon-ann-school-example", false},
        {"ann@school.example", "mastodon", "account", "@ann@school.example", "mastodon-ann-school-example", false},
        {"https://mastodon.example/@ann", "mastodon", "account", "@ann@mastodon.example", NULL, true},
        {"https://mastodon.example/@ann@other.example", "mastodon", "account", "@ann@other.example", NULL, true},
        {"https://mastodon.example/tags/EduTooter", "mastodon", "hashtag", "EduTooter", NULL, true},
        {"https://www.youtube.com/channel/UCabc/videos", "feed", "url",
         "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc", NULL, false},
        {"https://youtube.com/playlist?list=PLx", "feed", "url",
         "https://www.youtube.com/feeds/videos.xml?playlist_id=PLx", NULL, false},
        {"https://ann.substack.com/p/a-post", "feed", "url", "https://ann.substack.com/feed", "ann-substack-com-feed",
         true},
        {"https://medium.com/@ann/a-title-1", "feed", "url", "https://medium.com/feed/@ann", NULL, false},
        {"https://ann.wordpress.com", "feed", "url", "https://ann.wordpress.com/feed/", NULL, true},
        {"ann.blogspot.com", "feed", "url", "https://ann.blogspot.com/feeds/posts/default", NULL, true},
        {"https://www.reddit.com/r/Teachers/", "feed", "url", "https://www.reddit.com/r/Teachers/.rss", NULL, false},
        {"https://school.example/blog/feed/", "feed", "url", "https://school.example/blog/feed/",
         "school-example-blog-feed", true},
        {"feed://school.example/rss.xml", "feed", "url", "https://school.example/rss.xml", NULL, true},
    };
    struct arena *arena = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct told *told = &cases[i];
        struct proposal_list list = {0};
        struct slice page = {0};
        struct fault fault = {0};
        if (!discover_address(slice_from(told->typed), arena, &list, &page, &fault))
            fail_msg("%s: %s", told->typed, fault.text);
        if (list.count != 1) fail_msg("%s: %zu proposals", told->typed, list.count);
        const struct proposal *first = &list.at[0];
        if (!slice_equal(first->kind, slice_from(told->kind)) ||
            !slice_equal(first->options[0].name, slice_from(told->option)) ||
            !slice_equal(first->options[0].value, slice_from(told->value)) || slice_is_absent(page) == told->page)
            fail_msg("%s: %.*s %.*s %.*s, page %.*s", told->typed, SLICE_ARGS(first->kind),
                     SLICE_ARGS(first->options[0].name), SLICE_ARGS(first->options[0].value), SLICE_ARGS(page));
        if (told->name != NULL && !slice_equal(first->name, slice_from(told->name)))
            fail_msg("%s is named %.*s", told->typed, SLICE_ARGS(first->name));
        assert_true(first->name.len > 0 && first->name.len <= 40);
    }
}

static void an_ordinary_page_is_to_be_looked_at(void **state) {
    static const char *const pages[] = {"https://school.example/", "school.example",
                                        "https://www.youtube.com/@somebody", "https://x.com/home",
                                        "http://localhost:8000/x"};
    struct arena *arena = *state;
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        struct proposal_list list = {0};
        struct slice page = {0};
        struct fault fault = {0};
        assert_true(discover_address(slice_from(pages[i]), arena, &list, &page, &fault));
        assert_int_equal(list.count, 0);
        assert_false(slice_is_absent(page));
    }
}

static void what_is_no_address_gets_a_line(void **state) {
    static const char *const typed[] = {
        "", "  ", "nonsense", "two words", "javascript:alert(1)", "file:///etc/passwd", "@", "@a@b"};
    struct arena *arena = *state;
    for (size_t i = 0; i < COUNT_OF(typed); i++) {
        struct proposal_list list = {0};
        struct slice page = {0};
        struct fault fault = {0};
        if (discover_address(slice_from(typed[i]), arena, &list, &page, &fault)) fail_msg("'%s' was taken", typed[i]);
        assert_int_equal(fault.kind, FAULT_INPUT);
    }
}

static void a_page_says_what_to_follow_best_first(void **state) {
    static const char html[] =
        "<!doctype html><html><head><!-- <link rel=alternate type=application/rss+xml href=/commented> -->\n"
        "<script>var x = '<link rel=alternate type=application/rss+xml href=/scripted>';</script>\n"
        "<LINK REL='alternate' TYPE=\"application/rss+xml\" title='Comments &#8211; all' href='/comments/feed/'>\n"
        "<link rel=\"alternate\" type=\"application/json\" href=\"/wp-json/wp/v2/pages/2\">\n"
        "<link rel=stylesheet href=/x.css><link rel=alternate hreflang=fr href=/fr>\n"
        "<link rel=alternate type=application/atom+xml title=\"Ann&#39;s &amp; Bob's > blog\" "
        "href=\"atom?a=1&amp;b=2\" />\n"
        "<link href=//feeds.example/x rel='home alternate' type='application/rss+xml; charset=utf-8'>\n"
        "</head><body><a href=\"/blog/rss.xml\">RSS</a> <a href='javascript:x/feed'>x</a>"
        "<a rel=me href=https://mastodon.example/@ann>me</a><a href=https://x.com/other>other</a>"
        "<a href=\"https://x.com/ann\" rel=\"me nofollow\">X</a></body>";
    static const struct {
        const char *value;
        enum discover_trust trust;
    } want[] = {{"https://school.example/blog/atom?a=1&b=2", DISCOVER_SAID},
                {"https://feeds.example/x", DISCOVER_SAID},
                {"https://school.example/blog/rss.xml", DISCOVER_LINKED},
                {"@ann@mastodon.example", DISCOVER_LINKED},
                {"ann", DISCOVER_LINKED},
                {"https://school.example/comments/feed/", DISCOVER_SAID},
                {"https://school.example/blog/feed", DISCOVER_GUESSED}};
    struct proposal_list list = {0};
    struct fault fault = {0};
    assert_true(discover_page(slice_of(html, sizeof html - 1), SLICE("https://school.example/blog/page"), *state, &list,
                              &fault));
    assert_true(list.count > COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++)
        if (!slice_equal(list.at[i].options[0].value, slice_from(want[i].value)) || list.at[i].trust != want[i].trust)
            fail_msg("%zu: %.*s (%d)", i, SLICE_ARGS(list.at[i].options[0].value), list.at[i].trust);
    assert_true(slice_equal(list.at[0].title, SLICE("Ann's & Bob's > blog")));
}

static void a_base_element_counts_and_broken_pages_are_read(void **state) {
    static const char *const pages[] = {
        "<base href='https://other.example/b/'><link rel=alternate type=application/rss+xml href=f>",
        "<base href=https://other.example/b/><link rel=alternate type=application/rss+xml href='f",
        "<p title='open><base href=https://other.example/b/><link type=text/rss+xml rel=feed href=f><p>"};
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        struct proposal_list list = {0};
        struct fault fault = {0};
        assert_true(discover_page(slice_from(pages[i]), SLICE("https://school.example/"), *state, &list, &fault));
        if (!slice_equal(list.at[0].url, SLICE("https://other.example/b/f")))
            fail_msg("%zu: %.*s", i, SLICE_ARGS(list.at[0].url));
    }
}

static void a_hostile_page_costs_little(void **state) {
    AUTO(buf_free)
    struct buf html = buf_new((size_t)8 * 1024 * 1024);
    struct proposal_list list = {0};
    struct fault fault = {0};
    while (html.len < (size_t)4 * 1024 * 1024) buf_add_text(&html, "<a href='/feed\"<link rel=alternate =\"<!-<script");
    assert_true(discover_page(buf_slice(&html), SLICE("https://school.example/"), *state, &list, &fault));
    assert_true(list.count <= 24);
}

static int start(void **state) {
    struct arena *arena = arena_new((size_t)256 * 1024 * 1024);
    *state = arena;
    return arena == NULL ? -1 : 0;
}

static int stop(void **state) {
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_tells_what_to_follow),
        cmocka_unit_test(an_ordinary_page_is_to_be_looked_at),
        cmocka_unit_test(what_is_no_address_gets_a_line),
        cmocka_unit_test(a_page_says_what_to_follow_best_first),
        cmocka_unit_test(a_base_element_counts_and_broken_pages_are_read),
        cmocka_unit_test(a_hostile_page_costs_little),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
