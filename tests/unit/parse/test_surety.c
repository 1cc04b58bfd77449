#include "parse/surety.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/when.h"
#include "parse/article.h"

static int begin(void **state) {
    *state = arena_new(LIMIT_ARENA_BYTES);
    return *state == NULL;
}

static int end(void **state) {
    arena_free((struct arena **)state);
    return 0;
}

#define TEXT                                                                                                           \
    "<p>Every lesson began with three short questions about last week, and nobody was given a mark for them.</p>"      \
    "<p>By the fourth week, most pupils told me, of their own accord, which of the answers they had to look up.</p>"

static struct article read_page(struct arena *arena, const char *url, const char *head, const char *body) {
    AUTO(buf_free)
    struct buf page = buf_new(100000);
    struct article article;
    struct fault fault = {0};
    buf_printf(&page,
               "<!doctype html><html lang=en-GB><head>%s</head><body><article>%s" TEXT "</article></body></html>", head,
               body);
    assert_true(article_parse(buf_slice(&page), slice_from(NULL), slice_from(url), arena, &article, &fault));
    return article;
}

static void every_witness_that_agrees_makes_it_surer_and_every_other_less_sure(void **state) {
    (void)state;
    double alone = surety_weigh(0.8, (struct surety_tally){0});
    double two = surety_weigh(0.8, (struct surety_tally){.agree = 2});
    double one = surety_weigh(0.8, (struct surety_tally){.agree = 1});
    double against = surety_weigh(0.8, (struct surety_tally){.differ = 1});
    double torn = surety_weigh(0.8, (struct surety_tally){.agree = 1, .differ = 1});
    assert_true(two > one && one > alone && alone > torn && torn > against);
    assert_true(alone == 0.8 && one == 0.9 && two == 0.95 && against == 0.6);
}

static void nothing_is_quite_sure_and_nothing_that_is_there_is_nothing(void **state) {
    (void)state;
    assert_true(surety_weigh(0.95, (struct surety_tally){.agree = 1000}) < 1);
    assert_true(surety_weigh(0.5, (struct surety_tally){.differ = 1000}) > 0);
    for (int fact = SURETY_TITLE; fact <= SURETY_CANONICAL; fact++) {
        double known = surety_of_place((enum surety_fact)fact, SLICE("json-ld"));
        double guess = surety_of_place((enum surety_fact)fact, SLICE("url"));
        double other = surety_of_place((enum surety_fact)fact, SLICE("what is this"));
        assert_true(known > guess && other > 0 && other < 1);
    }
}

static void what_three_places_say_is_surer_than_what_one_says(void **state) {
    static const char tag[] = "<meta property=article:published_time content=2026-03-05T08:00:00Z>";
    static const char data[] = "<script type='application/ld+json'>{\"@type\":\"Article\",\"datePublished\":"
                               "\"2026-03-05\",\"author\":{\"name\":\"Ann Lee\"},\"headline\":\"Quizzes\"}</script>";
    char both[1000];
    (void)snprintf(both, sizeof both, "<title>Quizzes | School</title>%s%s", data, tag);
    struct article one = read_page(*state, NULL, tag, "<h1>Quizzes</h1>");
    struct article many = read_page(*state, "https://school.example/2026/03/05/quizzes", both,
                                    "<h1>Quizzes</h1><p>By Ann Lee</p><time>5 March 2026</time>");
    assert_true(one.surety.published >= 0.8 && many.surety.published > one.surety.published);
    assert_true(many.surety.published >= 0.95 && many.surety.authors >= 0.9 && many.surety.title >= 0.9);
    assert_true(one.surety.authors == 0 && one.surety.modified == 0 && one.surety.image == 0);
    assert_true(many.surety.text > 0.5 && many.surety.lang > 0.8 && many.surety.site >= 0.5);
}

static void what_others_contradict_is_less_sure(void **state) {
    static const char head[] = "<title>Ten ways to shop | School</title><meta property=og:title content='Ten ways to "
                               "shop'><meta property=article:published_time content=2026-03-05T08:00:00Z>"
                               "<meta name=author content='Bo Ray'>";
    struct article plain = read_page(*state, NULL, head, "<h1>Ten ways to shop</h1>");
    struct article torn =
        read_page(*state, "https://school.example/2024/11/30/a", head,
                  "<h1>Quizzes at the start</h1><a rel=author href=/cy>Cy Fox</a><time>1 June 2027</time>");
    assert_true(torn.surety.published < plain.surety.published);
    assert_true(torn.surety.title < plain.surety.title);
    assert_true(torn.surety.authors < plain.surety.authors);
}

static void a_name_that_is_turned_round_is_the_same_name(void **state) {
    static const char body[] = "<h1>Quizzes</h1><span itemprop=author>Ama Okafor</span>";
    struct article alone = read_page(*state, NULL, "", body);
    struct article turned = read_page(*state, NULL, "<meta name=DC.creator content='Okafor, Ama'>", body);
    struct article other = read_page(*state, NULL, "<meta name=DC.creator content='Okafor, Bo'>", body);
    assert_true(turned.surety.authors > alone.surety.authors && alone.surety.authors > other.surety.authors);
}

static void the_day_of_the_last_change_is_no_sure_day_of_publication(void **state) {
    struct article told = read_page(*state, NULL, "<meta property=article:modified_time content=2026-01-12>",
                                    "<h1>Quizzes</h1><p>January 12, 2026</p>");
    assert_true(slice_equal(told.from.published, SLICE("modified")) && article_is_unsure(told.surety.published));
    struct article labelled =
        read_page(*state, NULL, "", "<h1>Quizzes</h1><p>Last updated: <time datetime=2026-01-12>12 January</time></p>");
    assert_true(slice_equal(labelled.from.published, SLICE("modified")) &&
                article_is_unsure(labelled.surety.published));
    struct article dated =
        read_page(*state, NULL,
                  "<meta property=article:published_time content=2025-06-17>"
                  "<meta property=article:modified_time content=2025-06-17><meta name=updated content=2025-12-18>",
                  "<h1>Quizzes</h1>");
    assert_int_equal(when_to_civil(dated.modified_s).month, 12);
    assert_int_equal(when_to_civil(dated.published_s).month, 6);
    assert_false(article_is_unsure(dated.surety.published));
}

static void a_year_alone_is_no_day(void **state) {
    struct article year = read_page(*state, NULL, "<meta name=citation_publication_date content=2019>", "");
    struct article day = read_page(*state, NULL, "<meta name=citation_publication_date content=2019/04/02>", "");
    assert_true(article_is_unsure(year.surety.published) && !article_is_unsure(day.surety.published));
}

static void a_name_that_is_the_sites_or_nobodys_is_no_sure_author(void **state) {
    struct article house =
        read_page(*state, "https://paperium.example/a",
                  "<meta property=og:site_name content=Paperium><meta name=author content=Paperium>", "");
    struct article person =
        read_page(*state, "https://paperium.example/a",
                  "<meta property=og:site_name content=Paperium><meta name=author content='Ann Lee'>", "");
    assert_true(article_is_unsure(house.surety.authors) && !article_is_unsure(person.surety.authors));
}

static void what_was_never_weighed_is_not_called_unsure(void **state) {
    (void)state;
    assert_false(article_is_unsure(0));
    assert_true(article_is_unsure(0.3));
    assert_false(article_is_unsure(ARTICLE_SURE));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_witness_that_agrees_makes_it_surer_and_every_other_less_sure),
        cmocka_unit_test(nothing_is_quite_sure_and_nothing_that_is_there_is_nothing),
        cmocka_unit_test_setup_teardown(what_three_places_say_is_surer_than_what_one_says, begin, end),
        cmocka_unit_test_setup_teardown(what_others_contradict_is_less_sure, begin, end),
        cmocka_unit_test_setup_teardown(a_name_that_is_turned_round_is_the_same_name, begin, end),
        cmocka_unit_test_setup_teardown(the_day_of_the_last_change_is_no_sure_day_of_publication, begin, end),
        cmocka_unit_test_setup_teardown(a_year_alone_is_no_day, begin, end),
        cmocka_unit_test_setup_teardown(a_name_that_is_the_sites_or_nobodys_is_no_sure_author, begin, end),
        cmocka_unit_test(what_was_never_weighed_is_not_called_unsure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
