#include "normal/canonical.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "normal/canon_memo.h"

struct world {
    struct arena *arena;
    struct canon_rules *rules;
};

static struct canonical make(struct world *world, const char *url) {
    struct canonical made = {0};
    struct fault fault = {0};
    if (!canonical_url(world->rules, slice_from(url), world->arena, &made, &fault)) fail_msg("%s: %s", url, fault.text);
    return made;
}

/* Every address that leaves here is its own canonical form. */
static struct slice key(struct world *world, const char *url) {
    struct canonical once = make(world, url), again = {0};
    struct fault fault = {0};
    assert_true(canonical_url(world->rules, once.key, world->arena, &again, &fault));
    if (!slice_equal(once.key, again.key))
        fail_msg("%s: %.*s, then %.*s", url, SLICE_ARGS(once.key), SLICE_ARGS(again.key));
    assert_true(canonical_url(world->rules, once.url, world->arena, &again, &fault));
    if (!slice_equal(once.url, again.url))
        fail_msg("%s: %.*s, then %.*s", url, SLICE_ARGS(once.url), SLICE_ARGS(again.url));
    /* So a memo may answer for it without a look. */
    if (!slice_equal(once.key, again.key) || once.role != again.role || once.shortener != again.shortener)
        fail_msg("%s: another page than %.*s", url, SLICE_ARGS(once.url));
    assert_true(slice_is_absent(again.chatbot));
    return once.key;
}

struct pair {
    const char *a, *b;
};

static void assert_same(struct canonical a, struct canonical b) {
    assert_true(slice_equal(a.url, b.url) && slice_equal(a.key, b.key) && slice_equal(a.chatbot, b.chatbot));
    assert_int_equal(a.role, b.role);
    assert_int_equal(a.shortener, b.shortener);
}

/* More addresses than it has places for, each several times and in its canonical form too. */
static void a_memo_answers_as_the_rules_do(void **state) {
    struct world *world = *state;
    struct canon_memo *memo = canon_memo_new(world->rules, world->arena);
    assert_non_null(memo);
    static const char *const forms[] = {"https://www.example.org/%d?utm_source=chatgpt.com", "https://bit.ly/%d",
                                        "HTTP://m.example.org:80/a/%d/#top", "mailto:a%d@example.org",
                                        "https://x.com/a/status/%d?s=20"};
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 1000; i++) {
            struct canonical got = {0};
            struct fault fault = {0};
            char *url = arena_printf(world->arena, forms[(size_t)i % COUNT_OF(forms)], i);
            assert_non_null(url);
            struct canonical wanted = make(world, url);
            assert_true(canon_memo_url(memo, slice_from(url), &got, &fault));
            assert_same(got, wanted);
            assert_true(canon_memo_url(memo, got.url, &got, &fault));
            wanted.chatbot = (struct slice){NULL, 0};
            assert_same(got, wanted);
        }
    struct canonical none;
    struct fault fault = {0};
    assert_false(canon_memo_url(memo, SLICE("https://"), &none, &fault));
    assert_int_equal(fault.kind, FAULT_INPUT);
}

static void one_page_has_one_key(void **state) {
    static const struct pair pairs[] = {
        {"HTTP://WWW.Example.ORG:80/a/%7Ebob/?utm_source=x&UTM_Medium=y#top", "https://example.org/a/~bob"},
        {"https://example.org:443/a/../b/./c/", "https://example.org/b/c"},
        {"https://example.org/%2e%2e/a/%2E/b", "https://example.org/a/b"},
        {"https://example.org", "https://www.example.org/?"},
        {"https://example.org/p?id=3&fbclid=zzz", "https://example.org/p?fbclid=aaa&id=3"},
        {"https://user@example.org/x", "https://example.org/x"},
        {"https://example.org./x", "https://example.org/x"},
        {"https://example.org/caf\xC3\xA9", "https://example.org/caf%c3%a9"},
        {"https://m\xC3\xBCnchen.de/x", "https://xn--mnchen-3ya.de/x"},
        {"https://B\xC3\x9C"
         "CHER.example/",
         "https://xn--bcher-kva.example/"},
        {"https://example\xE3\x80\x82org/x", "https://example.org/x"},
        {"https://\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1/x", "https://127.0.0.1/x"},
        {"https://b\xC3\xBC\xC2\xA0"
         "cher.example/",
         "https://b\xC3\xBC\xC2\xA0"
         "cher.example/"},
        {"https://one.example\xEF\xBC\x8F.two.example/", "https://one.example\xEF\xBC\x8F.two.example/"},
        {"https://www.google\xE3\x80\x82"
         "com/%75rl?q=https%3A%2F%2Fexample.org%2Fx",
         "https://example.org/x"},
        {"https://example.org/100%/x", "https://example.org/100%25/x"},
        {"https://example.org/%%620e", "https://example.org/%25b0e"},
        {"https://example.org/page;jsessionid=1A2B", "https://example.org/page"},
        {"https://example.org/blog/index.html?ref=othersite.org", "https://example.org/blog/"},
        {"https://amp.theguardian.com/education/2026/nov/01/a-title?CMP=share_btn",
         "https://www.theguardian.com/education/2026/nov/01/a-title"},
        {"https://blog.example.org/2026/a-long-title/amp/", "https://blog.example.org/2026/a-long-title"},
        {"https://blog.example.org/2026/a-long-title?amp=1", "https://blog.example.org/2026/a-long-title/"},
        {"https://www.google.com/amp/s/www.example.org/2026/a-title", "https://example.org/2026/a-title"},
        {"https://www-example-org.cdn.ampproject.org/c/s/www.example.org/2026/a-title",
         "https://example.org/2026/a-title"},
        {"https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Fexample.org%2Fp%3Fid%3D3%26utm_term%3Dx&usg=y",
         "https://example.org/p?id=3"},
        {"https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fp%3Ffbclid%3Dx&h=AT0", "https://example.org/p"},
        {"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fp&data=05",
         "https://example.org/p"},
        {"https://en.m.wikipedia.org/wiki/Retrieval_practice", "https://en.wikipedia.org/wiki/Retrieval_practice"},
        {"https://m.tes.com/magazine/a-title", "https://www.tes.com/magazine/a-title"},
        {"https://youtu.be/dQw4w9WgXcQ?si=abc&t=42", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&feature=youtu.be"},
        {"https://m.youtube.com/watch?t=1&v=dQw4w9WgXcQ", "https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0"},
        {"https://youtube.com/shorts/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk&list=PL1&index=4"},
        {"https://twitter.com/Someone/status/123456?s=20&t=xyz", "https://x.com/i/status/123456"},
        {"https://mobile.twitter.com/a/status/123456/photo/1", "https://nitter.net/b/status/123456#m"},
        {"https://x.com/i/web/status/123456", "https://fxtwitter.com/a/status/123456"},
        {"https://mastodon.social/users/ann/statuses/1122", "https://mastodon.social/@ann/1122"},
        {"http://dx.doi.org/10.3102/0034654307313795", "https://doi.org/10.3102/0034654307313795"},
        {"https://doi.org/10.1002/ACP.3598", "https://doi.org/10.1002/acp.3598"},
        {"https://arxiv.org/pdf/2301.00001.pdf", "http://arxiv.org/abs/2301.00001"},
        {"https://www.ncbi.nlm.nih.gov/pubmed/12345/", "https://pubmed.ncbi.nlm.nih.gov/12345/"},
        {"https://docs.google.com/document/d/1AbC/edit?usp=sharing#heading=h.1",
         "https://docs.google.com/document/d/1AbC/preview"},
        {"https://drive.google.com/open?id=1AbC", "https://drive.google.com/file/d/1AbC/view?usp=drive_link"},
        {"https://www.amazon.co.uk/Make-It-Stick/dp/0674729013/ref=sr_1_1?tag=x",
         "https://www.amazon.co.uk/dp/0674729013"},
        {"https://old.reddit.com/r/Teachers/comments/abc123/a_title/",
         "https://www.reddit.com/r/Teachers/comments/abc123/a_title/?share_id=1"},
        {"https://www.bbc.com/news/education-123",
         "https://www.bbc.co.uk/news/education-123?at_medium=RSS&at_campaign=KARANGA"},
        {"https://someone.substack.com/p/a-post?r=1abc&utm_campaign=post&showWelcomeOnShare=true",
         "https://someone.substack.com/p/a-post"},
        {"https://en.wikipedia.org/wiki/Bloom%27s_taxonomy", "https://en.wikipedia.org/wiki/Bloom's_taxonomy"},
        {"https://example.org/?q=exit%20tickets", "https://example.org/?q=exit+tickets"},
        {"https://medium.com/%40a/a-title-0a1b2c", "https://medium.com/@a/a-title-0a1b2c"},
        {"https://medium.com/@a/a-title-0a1b2c?source=rss----1---2", "https://medium.com/@a/a-title-0a1b2c"},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct slice a = key(*state, pairs[i].a), b = key(*state, pairs[i].b);
        if (!slice_equal(a, b)) fail_msg("%.*s\nis not\n%.*s", SLICE_ARGS(a), SLICE_ARGS(b));
    }
}

static void what_identifies_a_page_is_never_removed(void **state) {
    static const struct pair pairs[] = {
        {"https://example.org/?p=1", "https://example.org/?p=2"},
        {"https://example.org/a", "https://example.org/A"},
        {"https://example.org/a?b=1&c=2", "https://example.org/a?b=1"},
        {"https://example.org/a%2Fb", "https://example.org/a/b"},
        {"https://example.org/a?x=1%262", "https://example.org/a?x=1&2"},
        {"https://example.org:8443/a", "https://example.org/a"},
        {"https://a.example.org/", "https://b.example.org/"},
        {"https://m.example.org/", "https://example.org/"},
        {"https://example.org/#!/a", "https://example.org/#!/b"},
        {"https://app.example.org/#/lesson/1", "https://app.example.org/#/lesson/2"},
        {"https://www.youtube.com/watch?v=aaa", "https://www.youtube.com/watch?v=bbb"},
        {"https://www.youtube.com/playlist?list=PLa", "https://www.youtube.com/playlist?list=PLb"},
        {"https://www.youtube.com/@a", "https://www.youtube.com/@b"},
        {"https://eric.ed.gov/?id=EJ1", "https://eric.ed.gov/?id=EJ2"},
        {"https://x.com/a/status/1", "https://x.com/a/status/2"},
        {"https://x.com/a", "https://x.com/b"},
        {"https://github.com/o/r/blob/x?ref=main", "https://github.com/o/r/blob/x?ref=dev"},
        {"https://example.org/shop?source=uk", "https://example.org/shop?source=us"},
        {"https://example.org/list?page=2", "https://example.org/list?page=3"},
        {"https://example.org/guitars/amp", "https://example.org/guitars"},
        {"https://example.org/calc?amp=12", "https://example.org/calc"},
        {"https://docs.google.com/document/d/1/edit", "https://docs.google.com/document/d/2/edit"},
        {"https://docs.google.com/forms/d/e/1/viewform", "https://docs.google.com/forms/d/e/2/viewform"},
        {"https://arxiv.org/abs/2301.00001v1", "https://arxiv.org/abs/2301.00002v1"},
        {"https://www.amazon.co.uk/dp/1", "https://www.amazon.com/dp/1"},
        {"https://mastodon.social/@ann/1", "https://mas.to/@ann/1"},
        {"https://www.google.com/search?q=one", "https://www.google.com/search?q=two"},
        {"https://news.ycombinator.com/item?id=1", "https://news.ycombinator.com/item?id=2"},
        {"https://bsky.app/profile/a.example/post/1", "https://bsky.app/profile/b.example/post/1"},
        {"https://web.archive.org/web/2020/https://example.org/",
         "https://web.archive.org/web/2021/https://example.org/"},
        {"https://www.reddit.com/r/T/comments/a/t/c1", "https://www.reddit.com/r/T/comments/a/t/c2"},
        {"https://t.co/a", "https://t.co/b"},
        {"https://en.wikipedia.org/wiki/A", "https://de.wikipedia.org/wiki/A"},
        {"mailto:a@example.org", "mailto:b@example.org"},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct slice a = key(*state, pairs[i].a), b = key(*state, pairs[i].b);
        if (slice_equal(a, b)) fail_msg("%s and %s both became %.*s", pairs[i].a, pairs[i].b, SLICE_ARGS(a));
    }
}

static void the_address_to_open_keeps_what_only_the_key_folds(void **state) {
    struct canonical made = make(*state, "http://www.example.org/a/?utm_source=x&id=3#top");
    assert_true(slice_equal(made.url, SLICE("http://www.example.org/a/?id=3")));
    assert_true(slice_equal(made.key, SLICE("https://example.org/a?id=3")));
    made = make(*state, "https://www.youtube.com/watch?v=abc&t=42s&si=q");
    assert_true(slice_equal(made.url, SLICE("https://www.youtube.com/watch?v=abc&t=42s")));
}

static void a_chatbots_tag_is_removed_but_noted(void **state) {
    struct canonical made = make(*state, "https://example.org/study?utm_source=chatgpt.com#:~:text=found");
    assert_true(slice_equal(made.url, SLICE("https://example.org/study")));
    assert_true(slice_equal(made.chatbot, SLICE("chatgpt.com")));
    made = make(*state, "https://example.org/study?utm_source=newsletter");
    assert_true(slice_is_absent(made.chatbot));
}

static void shorteners_are_known(void **state) {
    assert_true(make(*state, "https://t.co/AbC").shortener);
    assert_true(make(*state, "https://substack.com/redirect/12-34?j=x").shortener);
    assert_false(make(*state, "https://substack.com/home").shortener);
    assert_false(make(*state, "https://not.co/AbC").shortener);
}

static void what_is_no_address_is_a_fault(void **state) {
    static const char *const urls[] = {"", "   ", "example", "http://", "https://?x", "no address at all", "//host/x"};
    struct world *world = *state;
    for (size_t i = 0; i < COUNT_OF(urls); i++) {
        struct canonical made = {0};
        struct fault fault = {0};
        if (canonical_url(world->rules, slice_from(urls[i]), world->arena, &made, &fault))
            fail_msg("'%s' became %.*s", urls[i], SLICE_ARGS(made.key));
        assert_int_equal(fault.kind, FAULT_INPUT);
    }
}

static void every_mistake_in_the_rules_is_told_with_its_place(void **state) {
    static const char text[] =
        "drop utm_*\ndorp x\nonly-at\nonly-at example.org/page\nunwrap example.org/page\n"
        "page https://example.org/ x.org\npage a.org/{x}{y} b.org\nsame example.org\ndrop-at x y\n"
        "page a.org/**/**/** b.org\ndrop =x\n";
    struct world *world = *state;
    struct problems problems = {.arena = world->arena};
    assert_non_null(canon_rules_read(SLICE("urls.conf"), slice_of(text, sizeof text - 1), &problems, world->arena));
    assert_int_equal(problems.errors, 10);
    assert_int_equal(problems.at[0].place.line, 2);
    assert_true(slice_equal(problems.at[0].hint, SLICE("did you mean 'drop'?")));
    for (size_t i = 0; i < problems.count; i++) assert_int_equal(problems.at[i].place.line, i + 2);
}

static int start(void **state) {
    static struct world world;
    world.arena = arena_new((size_t)64 * 1024 * 1024);
    struct problems problems = {.arena = world.arena};
    world.rules = canon_rules_read(SLICE("urls.conf"), canon_rules_shipped(), &problems, world.arena);
    *state = &world;
    return world.rules == NULL || problems.errors > 0 ? -1 : 0;
}

static int stop(void **state) {
    arena_free(&((struct world *)*state)->arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_page_has_one_key),
        cmocka_unit_test(what_identifies_a_page_is_never_removed),
        cmocka_unit_test(the_address_to_open_keeps_what_only_the_key_folds),
        cmocka_unit_test(a_chatbots_tag_is_removed_but_noted),
        cmocka_unit_test(shorteners_are_known),
        cmocka_unit_test(a_memo_answers_as_the_rules_do),
        cmocka_unit_test(what_is_no_address_is_a_fault),
        cmocka_unit_test(every_mistake_in_the_rules_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
