#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/when.h"
#include "parse/article.h"

/* The day of an article, wherever and however its page tells it. */

#define PROSE                                                                                                          \
    "<p>The council said on Tuesday that the bridge would close for two years, after a meeting of nine hours.</p>"     \
    "<p>Engineers had warned since the summer that the deck was worse than anybody in the town had feared.</p>"        \
    "<p>Nobody could say what the work would cost, and the minister would not be drawn on who should pay.</p>"

struct written {
    const char *lang, *url, *head, *line;
};

/* The day that is read, "" = none. */
static void expect_day(const struct written *page, const char *wanted) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf html = buf_new(1000000);
    struct article article;
    struct fault fault = {0};
    char day[WHEN_TEXT_BYTES] = "";
    const char *url = page->url == NULL ? "https://paper.example/x/bridge" : page->url;
    buf_printf(&html,
               "<!doctype html><html lang=%s><head><title>Bridge to close</title><meta property=og:type "
               "content=article>%s</head><body><article><h1>Bridge to close</h1>%s<div class=article-body>" PROSE
               "</div></article></body></html>",
               page->lang == NULL ? "en" : page->lang, page->head == NULL ? "" : page->head,
               page->line == NULL ? "" : page->line);
    assert_non_null(arena);
    assert_true(article_parse(buf_slice(&html), slice_from(NULL), slice_from(url), arena, &article, &fault));
    if (article.published_s != WHEN_ABSENT) when_rfc3339(article.published_s, day);
    day[10] = '\0';
    assert_string_equal(day, wanted);
}

static void json_ld_with_small_faults_is_read(void **state) {
    (void)state;
    static const char *const heads[] = {
        "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-11-04\"}\n//]]>",
        "{\"@type\":\"NewsArticle\",\"headline\":\"a,} \\\" b\",\"datePublished\":\"2019-11-04\" , }",
        "[{\"@type\":\"NewsArticle\",\"keywords\":[\"a\",\"b\",],\"datePublished\":\"2019-11-04\"},]",
        "{\"@type\":\"NewsArticle\",\"datePublished\":1572861600}",
        "{\"@type\":\"NewsArticle\",\"datePublished\":\"1572861600000\"}",
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        char head[400];
        (void)snprintf(head, sizeof head, "<script type=application/ld+json>%s</script>", heads[i]);
        expect_day(&(struct written){.head = head}, "2019-11-04");
    }
}

static void the_day_is_that_of_the_writers_clock(void **state) {
    (void)state;
    expect_day(&(struct written){.line = "<p>Published Nov. 4, 2019 10:33 p.m. ET</p>"}, "2019-11-04");
    expect_day(&(struct written){.line = "<time>Mon Nov 04 2019 01:00:00 GMT+0900 (JST)</time>"}, "2019-11-04");
    expect_day(&(struct written){.head = "<meta name=date content='Mon, 04 Nov 2019 22:00:00 -0800'>"}, "2019-11-04");
}

static void numbers_are_read_in_the_order_of_the_land(void **state) {
    (void)state;
    expect_day(&(struct written){.line = "<p>04/11/2019</p>", .lang = "fr"}, "2019-11-04");
    expect_day(&(struct written){.line = "<p>04/11/2019</p>", .lang = "en-GB"}, "2019-11-04");
    expect_day(&(struct written){.line = "<p>04/11/2019</p>", .url = "https://paper.co.uk/x"}, "2019-11-04");
    expect_day(&(struct written){.line = "<p>11/04/2019</p>", .lang = "en-US"}, "2019-11-04");
    expect_day(&(struct written){.line = "<p>Submitted by press on Mon, 11/04/2019 - 10:33</p>"}, "2019-11-04");
}

static void a_date_for_machines_wins_over_what_must_be_guessed(void **state) {
    (void)state;
    expect_day(&(struct written){.line = "<abbr class=published title='2019-11-04T09:00:00Z'>04/11/2019</abbr>"},
               "2019-11-04");
    expect_day(&(struct written){.line = "<time title='November 4, 2019'>two years ago</time>"}, "2019-11-04");
    expect_day(&(struct written){.line = "<span class=date data-seconds=1572861600>a while ago</span>"}, "2019-11-04");
    expect_day(&(struct written){.line = "<relative-time datetime=2019-11-04T09:00:00Z>two years ago</relative-time>"},
               "2019-11-04");
}

static void an_address_tells_the_day_where_nothing_else_does(void **state) {
    (void)state;
    static const char *const urls[] = {
        "https://paper.example/2019/11/04/bridge",      "https://paper.example/2019/11/4/bridge",
        "https://paper.example/2019/nov/04/bridge",     "https://paper.example/news/20191104-bridge",
        "https://paper.example/bridge-2019-11-04.html", "https://paper.example/news/2019-11-04/bridge",
    };
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++)
        expect_day(&(struct written){.url = urls[i]}, "2019-11-04");
    expect_day(&(struct written){.url = "https://paper.example/news/uk-50284400"}, "");
    expect_day(&(struct written){.url = "https://paper.example/item/2019110412345"}, "");
}

static void more_names_than_a_text_can_have_do_not_end_its_reading(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf html = buf_new(10000000);
    struct article article;
    struct fault fault = {0};
    buf_add_text(&html, "<!doctype html><title>Bridge to close</title>");
    for (int i = 0; i < 80000; i++)
        buf_printf(&html, "<meta name=author content='Ann Lee%c%c%c'>", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676);
    buf_add_text(&html, PROSE);
    assert_non_null(arena);
    assert_true(
        article_parse(buf_slice(&html), slice_from(NULL), SLICE("https://paper.example/x"), arena, &article, &fault));
    assert_int_equal(article.authors.count, LIMIT_AUTHORS);
}

static void json_ld_of_more_parts_than_can_be_held_is_passed_over(void **state) {
    (void)state;
    AUTO(buf_free)
    struct buf head = buf_new(10000000);
    buf_add_text(&head, "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2018-01-01\","
                        "\"x\":[0");
    for (unsigned i = 0; i < LIMIT_JSON_LD_PARTS; i++) buf_add_text(&head, ",0");
    buf_add_text(&head, "]}</script><meta name=date content=2019-11-04>");
    expect_day(&(struct written){.head = buf_text(&head)}, "2019-11-04");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_ld_with_small_faults_is_read),
        cmocka_unit_test(the_day_is_that_of_the_writers_clock),
        cmocka_unit_test(numbers_are_read_in_the_order_of_the_land),
        cmocka_unit_test(a_date_for_machines_wins_over_what_must_be_guessed),
        cmocka_unit_test(an_address_tells_the_day_where_nothing_else_does),
        cmocka_unit_test(more_names_than_a_text_can_have_do_not_end_its_reading),
        cmocka_unit_test(json_ld_of_more_parts_than_can_be_held_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
