#include "store/verdicts.h"

#include "store/articles.h"
#include "store/works.h"
#include "unit/store/shelf.h"

static struct verdict a_verdict(const char *rules) {
    static struct topic_score topics[2] = {{.id = {"retrieval", 9}, .label = {"Retrieval", 9}, .score = 0.75},
                                           {.id = {"maths", 5}, .parent = {"subjects", 8}, .score = 0.5}};
    static struct signal signals[1] = {
        {.id = {"doi", 3}, .words = {"links a study", 13}, .polarity = POLARITY_POSITIVE, .field = FIELD_ARTICLE}};
    static struct slice because[1] = {{"links a study", 13}};
    static struct slice phases[1] = {{"ks2", 3}};
    static struct slice myths[1] = {{"learning-styles", 15}};
    return (struct verdict){.rules_id = slice_from(rules),
                            .is_idea = true,
                            .idea_score = 0.625,
                            .topics = {topics, 2, 2},
                            .level = 3,
                            .level_label = SLICE("cites a study"),
                            .because = {because, 1, 1},
                            .signals = {signals, 1, 1},
                            .promotion = true,
                            .check_first = true,
                            .myth_stance = STANCE_DEBUNKS,
                            .myth_ids = {myths, 1, 1},
                            .phases = {phases, 1, 1},
                            .language_uncovered = true};
}

static int64_t put_judged(struct shelf *shelf, const char *id, const struct verdict *verdict) {
    struct item item = shelf_item(id, "T", "text");
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    int64_t row = shelf_put(shelf, "s", &item, NOW).row;
    MUST(shelf, verdicts_put(shelf->store, row, verdict, &shelf->fault));
    shelf_commit(shelf, &work);
    return row;
}

static size_t count_due(struct shelf *shelf) {
    struct to_judge_list list;
    MUST(shelf, verdicts_next(shelf->store, 0, 100, shelf->arena, &list, &shelf->fault));
    return list.count;
}

static void a_verdict_comes_back_whole(void **state) {
    struct shelf *shelf = *state;
    struct verdict verdict = a_verdict("rules-1");
    int64_t rows[3];
    /* The texts get their number in the lexicon from the second time on: all three must read the same. */
    rows[0] = put_judged(shelf, "1", &verdict);
    rows[1] = put_judged(shelf, "2", &verdict);
    rows[2] = put_judged(shelf, "3", &verdict);
    store_close(&shelf->store);
    shelf_open(shelf);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct verdict got;
        bool found = false;
        MUST(shelf, verdicts_get(shelf->store, rows[i], shelf->arena, &got, &found, &shelf->fault));
        assert_true(found);
        assert_slice(got.rules_id, "rules-1");
        assert_true(got.is_idea && got.promotion && got.check_first && got.language_uncovered && !got.hype);
        assert_true(got.idea_score > 0.624 && got.idea_score < 0.626);
        assert_int_equal(got.level, 3);
        assert_slice(got.level_label, "cites a study");
        assert_int_equal(got.topics.count, 2);
        assert_slice(got.topics.at[0].id, "retrieval");
        assert_slice(got.topics.at[1].parent, "subjects");
        assert_true(slice_is_absent(got.topics.at[0].parent));
        assert_slice(got.signals.at[0].words, "links a study");
        assert_int_equal(got.signals.at[0].field, FIELD_ARTICLE);
        assert_slice(got.because.at[0], "links a study");
        assert_slice(got.phases.at[0], "ks2");
        assert_slice(got.myth_ids.at[0], "learning-styles");
        assert_int_equal(got.myth_stance, STANCE_DEBUNKS);
    }
}

static void items_wait_until_judged_and_again_when_the_rules_change(void **state) {
    struct shelf *shelf = *state;
    struct verdict verdict = a_verdict("rules-1");
    struct item item = shelf_item("9", "Waiting", "text");
    put_judged(shelf, "1", &verdict);
    assert_int_equal(count_due(shelf), 0);
    shelf_keep(shelf, "s", &item, NOW);
    assert_int_equal(count_due(shelf), 1);
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    int64_t marked = 0;
    MUST(shelf, verdicts_rules(shelf->store, SLICE("rules-1"), &marked, &shelf->fault));
    MUST(shelf, verdicts_rules(shelf->store, SLICE("rules-1"), &marked, &shelf->fault));
    assert_int_equal(marked, 0);
    MUST(shelf, verdicts_rules(shelf->store, SLICE("rules-2"), &marked, &shelf->fault));
    shelf_commit(shelf, &work);
    assert_int_equal(count_due(shelf), 2);
}

static struct article_row an_article(struct article *article, const char *text) {
    article_init(article);
    article->url = SLICE("https://example.org/page");
    article->title = SLICE("Spacing works");
    article->text = slice_from(text);
    return (struct article_row){.key = SLICE("https://example.org/page"),
                                .url = SLICE("https://example.org/page?x=1"),
                                .state = ARTICLE_READ,
                                .first_wanted_s = NOW,
                                .next_try_s = WHEN_ABSENT,
                                .read_s = NOW,
                                .status = 200,
                                .article = *article};
}

static void what_an_item_links_to_is_in_its_document_and_a_change_judges_it_again(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "T", "text");
    struct slice key = SLICE("https://example.org/page");
    struct slice_list keys = {&key, 1, 1};
    struct item_in in = {.source = SLICE("s"), .item = &item, .keys = &keys, .now_s = NOW};
    struct item_put put;
    struct verdict verdict = a_verdict("rules-1");
    struct article article;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, items_put(shelf->store, &in, &put, &shelf->fault));
    MUST(shelf, verdicts_put(shelf->store, put.row, &verdict, &shelf->fault));
    assert_int_equal(count_due(shelf), 0);
    struct article_row row = an_article(&article, "Pupils who spaced their practice remembered more.");
    struct reference reference = {.kind = REFERENCE_DOI, .id = SLICE("10.1/x"), .url = SLICE("https://doi.org/10.1/x")};
    row.article.references = (struct reference_list){&reference, 1, 1};
    MUST(shelf, articles_put(shelf->store, &row, &shelf->fault));
    struct to_judge_list list;
    MUST(shelf, verdicts_next(shelf->store, 0, 10, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    assert_slice(list.at[0].document.id, "s/1");
    assert_non_null(list.at[0].document.article);
    assert_slice(list.at[0].document.article->title, "Spacing works");
    assert_int_equal(list.at[0].document.works.count, 0);
    MUST(shelf, verdicts_put(shelf->store, put.row, &verdict, &shelf->fault));
    /* The same reading again changes nothing. */
    MUST(shelf, articles_put(shelf->store, &row, &shelf->fault));
    assert_int_equal(count_due(shelf), 0);
    /* What it rests on turns out to be retracted. */
    struct work study = {.id = SLICE("10.1/x"), .state = WORK_FOUND, .title = SLICE("Spacing"), .looked_up_s = NOW};
    MUST(shelf, works_put(shelf->store, &study, WHEN_ABSENT, &shelf->fault));
    MUST(shelf, verdicts_next(shelf->store, 0, 10, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].document.works.count, 1);
    assert_int_equal(list.at[0].document.works.at[0].notice, WORK_NO_NOTICE);
    MUST(shelf, verdicts_put(shelf->store, put.row, &verdict, &shelf->fault));
    struct retraction retraction = {.id = SLICE("10.1/x"),
                                    .notice = WORK_RETRACTED,
                                    .notice_id = SLICE("10.1/r"),
                                    .date_s = NOW};
    MUST(shelf, retractions_put(shelf->store, &retraction, &shelf->fault));
    MUST(shelf, verdicts_next(shelf->store, 0, 10, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.at[0].document.works.at[0].notice, WORK_RETRACTED);
    assert_slice(list.at[0].document.works.at[0].notice_id, "10.1/r");
    shelf_commit(shelf, &work);
}

static void the_walk_over_verdicts_keeps_its_filters(void **state) {
    struct shelf *shelf = *state;
    struct verdict verdict = a_verdict("rules-1");
    put_judged(shelf, "1", &verdict);
    verdict.level = 1;
    verdict.is_idea = false;
    put_judged(shelf, "2", &verdict);
    verdict.topics.count = 1;
    put_judged(shelf, "3", &verdict);
    const struct {
        struct judged_query query;
        size_t hits;
    } cases[] = {{{.min_level = 0}, 3},
                 {{.min_level = 2}, 1},
                 {{.only = JUDGED_IDEAS}, 1},
                 {{.only = JUDGED_CHECK_FIRST}, 3},
                 {{.topic = SLICE("maths")}, 2},
                 {{.topic = SLICE("math")}, 0},
                 {{.items = {.source = SLICE("other")}}, 0}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        AUTO(judged_walk_free)
        struct judged_walk *walk = NULL;
        MUST(shelf, verdicts_walk(shelf->store, &cases[i].query, &walk, &shelf->fault));
        size_t hits = 0;
        for (bool more = true; more;) {
            struct judged judged;
            MUST(shelf, judged_walk_next(walk, shelf->arena, &judged, &more, &shelf->fault));
            if (more) hits++;
        }
        assert_int_equal(hits, cases[i].hits);
    }
}

static void an_undone_verdict_teaches_nothing(void **state) {
    struct shelf *shelf = *state;
    struct verdict verdict = a_verdict("rules-1");
    put_judged(shelf, "1", &verdict);
    struct item item = shelf_item("2", "T", "text");
    {
        AUTO(store_work_end)
        struct store_work work = {0};
        shelf_begin(shelf, &work);
        int64_t row = shelf_put(shelf, "s", &item, NOW).row;
        MUST(shelf, verdicts_put(shelf->store, row, &verdict, &shelf->fault));
    }
    int64_t row = put_judged(shelf, "3", &verdict);
    struct verdict got;
    bool found = false;
    MUST(shelf, verdicts_get(shelf->store, row, shelf->arena, &got, &found, &shelf->fault));
    assert_slice(got.topics.at[0].id, "retrieval");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SHELF_TEST(a_verdict_comes_back_whole),
        SHELF_TEST(items_wait_until_judged_and_again_when_the_rules_change),
        SHELF_TEST(what_an_item_links_to_is_in_its_document_and_a_change_judges_it_again),
        SHELF_TEST(the_walk_over_verdicts_keeps_its_filters),
        SHELF_TEST(an_undone_verdict_teaches_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
