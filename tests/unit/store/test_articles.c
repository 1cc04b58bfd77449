#include "store/articles.h"

#include <stdio.h>

#include "store/pack_model.h"
#include "store/works.h"
#include "unit/store/shelf.h"

static struct article_row wanted_row(const char *key) {
    struct article_row row = {.key = slice_from(key),
                              .url = slice_from(key),
                              .first_wanted_s = NOW,
                              .next_try_s = WHEN_ABSENT,
                              .read_s = WHEN_ABSENT};
    article_init(&row.article);
    return row;
}

static void want(struct shelf *shelf, const char *key, double priority, int64_t now_s) {
    struct article_want wish = {.key = slice_from(key), .url = slice_from(key), .priority = priority, .now_s = now_s};
    MUST(shelf, articles_want(shelf->store, &wish, &shelf->fault));
}

static void the_most_wanted_come_first_and_wanting_again_only_raises(void **state) {
    struct shelf *shelf = *state;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    want(shelf, "https://a.example/1", 1, NOW);
    want(shelf, "https://a.example/2", 5, NOW + 1);
    want(shelf, "https://a.example/3", 1, NOW - 1);
    want(shelf, "https://a.example/1", 9, NOW + 5);
    want(shelf, "https://a.example/1", 2, NOW + 6);
    struct article_row_list list;
    MUST(shelf, articles_wanted(shelf->store, NOW + 10, 10, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 3);
    assert_slice(list.at[0].key, "https://a.example/1");
    assert_int_equal(list.at[0].first_wanted_s, NOW);
    assert_slice(list.at[1].key, "https://a.example/2");
    assert_slice(list.at[2].key, "https://a.example/3");
    MUST(shelf, articles_wanted(shelf->store, NOW + 10, 1, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    /* One failed: it waits. */
    struct article_row row = wanted_row("https://a.example/1");
    row.state = ARTICLE_RETRY;
    row.next_try_s = NOW + 100;
    row.problem = SLICE("the server did not answer");
    row.tries = 1;
    MUST(shelf, articles_put(shelf->store, &row, &shelf->fault));
    MUST(shelf, articles_wanted(shelf->store, NOW + 10, 10, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 2);
    MUST(shelf, articles_wanted(shelf->store, NOW + 100, 10, shelf->arena, &list, &shelf->fault));
    assert_slice(list.at[0].problem, "the server did not answer");
    shelf_commit(shelf, &work);
}

static void pages_wanted_together_are_wanted_as_one_by_one(void **state) {
    struct shelf *shelf = *state;
    AUTO(store_work_end)
    struct store_work work = {0};
    static const double priorities[] = {0.5, 1.0 / 3, 1};
    struct article_want wants[23];
    char keys[COUNT_OF(wants)][64];
    shelf_begin(shelf, &work);
    want(shelf, "https://a.example/long", 0.25, NOW - 9);
    MUST(shelf,
         articles_alias(shelf->store, SLICE("https://a.example/7"), SLICE("https://a.example/long"), &shelf->fault));
    want(shelf, "https://a.example/3", 0.25, NOW - 8);
    for (size_t i = 0; i < COUNT_OF(wants); i++) {
        /* The last three stand in the list twice. */
        (void)snprintf(keys[i], sizeof keys[i], "https://a.example/%zu", i < 20 ? i : i - 12);
        wants[i] = (struct article_want){.key = slice_from(keys[i]),
                                         .url = slice_from(keys[i]),
                                         .priority = i < 20 ? priorities[i % 2] : priorities[2],
                                         .now_s = NOW};
    }
    struct article_want_list all = {wants, COUNT_OF(wants), COUNT_OF(wants)};
    MUST(shelf, articles_want_all(shelf->store, &all, &shelf->fault));
    shelf_commit(shelf, &work);
    /* The page behind the alias, and the one that was wanted before, are older among their equals. */
    static const char *const wanted[] = {"8",  "9",    "10", "0", "2", "4",  "6",  "12", "14", "16",
                                         "18", "long", "3",  "1", "5", "11", "13", "15", "17", "19"};
    struct article_row_list list;
    MUST(shelf, articles_wanted(shelf->store, NOW + 10, 0, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, COUNT_OF(wanted));
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        char key[64];
        (void)snprintf(key, sizeof key, "https://a.example/%s", wanted[i]);
        assert_slice(list.at[i].key, key);
    }
}

static void a_link_that_dies_keeps_its_article(void **state) {
    struct shelf *shelf = *state;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    struct article_row row = wanted_row("https://a.example/1");
    row.state = ARTICLE_READ;
    row.read_s = NOW;
    row.article.url = row.key;
    row.article.title = SLICE("Title");
    row.article.text = SLICE("Text");
    row.article.confidence = 0.9;
    row.article.surety = (struct article_surety){.title = 0.29, .published = 0.57, .text = 1};
    row.article.from.title = SLICE("og");
    struct slice author = SLICE("Ada");
    row.article.authors = (struct slice_list){&author, 1, 1};
    MUST(shelf, articles_put(shelf->store, &row, &shelf->fault));
    struct article_row dead = wanted_row("https://a.example/1");
    dead.state = ARTICLE_REFUSED;
    dead.status = 404;
    dead.problem = SLICE("the page is gone");
    MUST(shelf, articles_put(shelf->store, &dead, &shelf->fault));
    shelf_commit(shelf, &work);
    struct article_row got;
    bool found = false;
    MUST(shelf, articles_get(shelf->store, dead.key, shelf->arena, &got, &found, &shelf->fault));
    assert_true(found);
    assert_int_equal(got.state, ARTICLE_REFUSED);
    assert_int_equal(got.status, 404);
    assert_slice(got.article.title, "Title");
    assert_slice(got.article.authors.at[0], "Ada");
    assert_slice(got.article.from.title, "og");
    assert_true(got.article.surety.title == 0.29 && got.article.surety.published == 0.57 &&
                got.article.surety.text == 1 && got.article.surety.authors == 0);
    assert_true(got.article.published_s == WHEN_ABSENT);
}

/* Ten bytes more than before: what was kept without them is read, and is not called unsure. */
static void an_article_that_was_kept_before_it_was_weighed_is_read(void **state) {
    struct shelf *shelf = *state;
    AUTO(buf_free)
    struct buf bytes = buf_new(4096);
    struct pack out = pack_to(&bytes);
    struct article_row row = wanted_row("https://a.example/1");
    struct article got;
    row.article.title = SLICE("Title");
    row.article.surety = (struct article_surety){.title = 0.3, .text = 0.3};
    pack_article(&out, &row.article);
    article_init(&got);
    struct pack in = pack_over(slice_part(buf_slice(&bytes), 0, bytes.len - 10), shelf->arena);
    pack_article(&in, &got);
    assert_true(pack_done(&in));
    assert_slice(got.title, "Title");
    assert_true(got.surety.title == 0 && got.surety.text == 0 && !article_is_unsure(got.surety.title));
    struct pack cut = pack_over(slice_part(buf_slice(&bytes), 0, bytes.len - 1), shelf->arena);
    pack_article(&cut, &got);
    assert_false(pack_done(&cut));
}

static void an_alias_leads_to_the_page_and_its_own_page_gives_way(void **state) {
    struct shelf *shelf = *state;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    want(shelf, "https://a.example/short", 7, NOW);
    want(shelf, "https://a.example/long", 1, NOW);
    MUST(shelf, articles_alias(shelf->store, SLICE("https://a.example/short"), SLICE("https://a.example/long"),
                               &shelf->fault));
    MUST(shelf,
         articles_alias(shelf->store, SLICE("https://a.example/amp"), SLICE("https://a.example/short"), &shelf->fault));
    shelf_commit(shelf, &work);
    struct article_row_list list;
    MUST(shelf, articles_wanted(shelf->store, NOW, 10, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    assert_slice(list.at[0].key, "https://a.example/long");
    assert_true(list.at[0].priority > 6.5);
    struct slice key;
    MUST(shelf, articles_resolve(shelf->store, SLICE("https://a.example/amp"), shelf->arena, &key, &shelf->fault));
    assert_slice(key, "https://a.example/long");
    MUST(shelf, articles_resolve(shelf->store, SLICE("https://b.example/"), shelf->arena, &key, &shelf->fault));
    assert_slice(key, "https://b.example/");
    /* Putting by an alias finds the row and keeps it readable. */
    AUTO(store_work_end)
    struct store_work more = {0};
    shelf_begin(shelf, &more);
    struct article_row row = wanted_row("https://a.example/short");
    row.state = ARTICLE_READ;
    row.article.url = row.key;
    MUST(shelf, articles_put(shelf->store, &row, &shelf->fault));
    shelf_commit(shelf, &more);
    struct article_row got;
    bool found = false;
    MUST(shelf, articles_get(shelf->store, SLICE("https://a.example/amp"), shelf->arena, &got, &found, &shelf->fault));
    assert_true(found);
    assert_int_equal(got.state, ARTICLE_READ);
}

static void works_are_wanted_once_and_a_failed_lookup_never_replaces_a_found_one(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "T", "t");
    struct reference references[] = {{.kind = REFERENCE_DOI, .id = SLICE("10.1/a")},
                                     {.kind = REFERENCE_DOI, .id = SLICE("10.1/a")},
                                     {.kind = REFERENCE_ARXIV, .id = SLICE("2401.00001")},
                                     {.kind = REFERENCE_HOST, .id = SLICE("research body")},
                                     {.kind = REFERENCE_CITATION, .text = SLICE("Smith (2020)")}};
    struct reference_list list = {references, COUNT_OF(references), COUNT_OF(references)};
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    int64_t row = shelf_put(shelf, "s", &item, NOW).row;
    MUST(shelf, references_put(shelf->store, row, &list, &shelf->fault));
    struct slice_list wanted;
    MUST(shelf, works_wanted(shelf->store, NOW, 10, shelf->arena, &wanted, &shelf->fault));
    assert_int_equal(wanted.count, 2);
    assert_slice(wanted.at[0], "10.1/a");
    assert_slice(wanted.at[1], "arxiv:2401.00001");
    struct slice author = SLICE("Ada");
    struct work found = {.id = SLICE("10.1/a"),
                         .state = WORK_FOUND,
                         .type = SLICE("journal-article"),
                         .year = 2021,
                         .authors = {&author, 1, 1},
                         .notice = WORK_CORRECTED,
                         .is_synthesis = true,
                         .looked_up_s = NOW};
    struct work failed = {.id = SLICE("10.1/a"), .state = WORK_LOOKUP_FAILED, .looked_up_s = NOW + 1};
    MUST(shelf, works_put(shelf->store, &found, WHEN_ABSENT, &shelf->fault));
    MUST(shelf, works_put(shelf->store, &failed, NOW + 10, &shelf->fault));
    struct work got;
    bool there = false;
    MUST(shelf, works_get(shelf->store, SLICE("10.1/a"), shelf->arena, &got, &there, &shelf->fault));
    assert_true(there);
    assert_int_equal(got.state, WORK_FOUND);
    assert_int_equal(got.year, 2021);
    assert_int_equal(got.notice, WORK_CORRECTED);
    assert_true(got.is_synthesis);
    assert_slice(got.authors.at[0], "Ada");
    struct reference_list back;
    MUST(shelf, references_get(shelf->store, row, shelf->arena, &back, &shelf->fault));
    assert_int_equal(back.count, 5);
    assert_slice(back.at[4].text, "Smith (2020)");
    shelf_commit(shelf, &work);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SHELF_TEST(the_most_wanted_come_first_and_wanting_again_only_raises),
        SHELF_TEST(pages_wanted_together_are_wanted_as_one_by_one),
        SHELF_TEST(a_link_that_dies_keeps_its_article),
        SHELF_TEST(an_article_that_was_kept_before_it_was_weighed_is_read),
        SHELF_TEST(an_alias_leads_to_the_page_and_its_own_page_gives_way),
        SHELF_TEST(works_are_wanted_once_and_a_failed_lookup_never_replaces_a_found_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
