#include "store/search.h"

#include "store/verdicts.h"
#include "unit/store/shelf.h"

static void keep(struct shelf *shelf, const char *source, const char *id, const char *title, const char *text) {
    struct item item = shelf_item(id, title, text);
    struct person person = {.name = SLICE("Zoë Quill"), .handle = SLICE("zoeq")};
    assert_true(person_list_add(shelf->arena, &item.authors, person));
    shelf_keep(shelf, source, &item, NOW);
}

static void index_all(struct shelf *shelf, int64_t limit, int64_t expect_left) {
    AUTO(store_work_end)
    struct store_work work = {0};
    int64_t left = -1;
    shelf_begin(shelf, &work);
    MUST(shelf, search_index(shelf->store, limit, &left, &shelf->fault));
    shelf_commit(shelf, &work);
    assert_int_equal(left, expect_left);
}

static struct search_hit_list look(struct shelf *shelf, const char *words) {
    struct search_query query = {.words = slice_from(words), .limit = 20};
    struct search_hit_list list = {0};
    MUST(shelf, search_items(shelf->store, &query, shelf->arena, &list, &shelf->fault));
    return list;
}

static void words_are_found_after_indexing_in_batches(void **state) {
    struct shelf *shelf = *state;
    keep(shelf, "s", "1", "Retrieval practice", "A quiz at the start of a lesson");
    keep(shelf, "s", "2", "Homework", "Retrieving what was learnt last week, in a quiz");
    keep(shelf, "s", "3", "Seating plans", "Nothing of the kind");
    assert_int_equal(look(shelf, "quiz").count, 0);
    index_all(shelf, 2, 1);
    index_all(shelf, 0, 0);
    assert_int_equal(look(shelf, "quiz").count, 2);
    assert_int_equal(look(shelf, "retrieval").count, 2);
    assert_int_equal(look(shelf, "retrieval quiz -homework").count, 1);
    assert_int_equal(look(shelf, "\"seating plans\"").count, 1);
    assert_int_equal(look(shelf, "\"plans seating\"").count, 0);
    assert_int_equal(look(shelf, "home*").count, 1);
    assert_int_equal(look(shelf, "zoe").count, 3);
    assert_int_equal(look(shelf, "zoeq").count, 3);
    struct search_hit_list best = look(shelf, "retrieval");
    assert_slice(best.at[0].item.item.id, "1");
    assert_non_null(memchr(best.at[0].snippet.at, SEARCH_MARK_ON, best.at[0].snippet.len));
    assert_int_equal(best.at[0].level, -1);
}

static void a_changed_and_a_deleted_item_leave_no_words_behind(void **state) {
    struct shelf *shelf = *state;
    keep(shelf, "s", "1", "Alpha", "first");
    keep(shelf, "s", "2", "Alpha", "second");
    index_all(shelf, 0, 0);
    keep(shelf, "s", "1", "Beta", "first");
    assert_int_equal(look(shelf, "alpha").count, 1);
    assert_int_equal(look(shelf, "beta").count, 1);
    AUTO(store_work_end)
    struct store_work work = {0};
    bool found = false;
    shelf_begin(shelf, &work);
    MUST(shelf, items_delete(shelf->store, SLICE("s"), SLICE("2"), &found, &shelf->fault));
    shelf_commit(shelf, &work);
    assert_int_equal(look(shelf, "alpha").count, 0);
    struct store_health health;
    MUST(shelf, store_check(shelf->store, shelf->arena, &health, &shelf->fault));
    assert_true(health.sound);
}

static void the_languages_of_the_index_and_of_sql_stay_out(void **state) {
    struct shelf *shelf = *state;
    keep(shelf, "s", "1", "It's \"quoted\" text", "NEAR AND OR NOT title: ( ) ^ * + col:x");
    index_all(shelf, 0, 0);
    static const char *const harmless[] = {"\"quoted",
                                           "it's",
                                           "title:quoted",
                                           "NEAR(a b)",
                                           "AND",
                                           "a OR b",
                                           "(((",
                                           "^it",
                                           "*",
                                           "\"\"",
                                           "a\"b\"c",
                                           "'; DROP TABLE item; --",
                                           "text\x01\x02",
                                           "{title}",
                                           "-quoted it",
                                           "- it",
                                           "🙂 quoted",
                                           "col : x",
                                           "-"};
    for (size_t i = 0; i < COUNT_OF(harmless); i++) {
        struct search_query query = {.words = slice_from(harmless[i])};
        struct search_hit_list list = {0};
        bool done = search_items(shelf->store, &query, shelf->arena, &list, &shelf->fault);
        if (!done && shelf->fault.kind != FAULT_USAGE) fail_msg("%s: %s", harmless[i], shelf->fault.text);
    }
    assert_int_equal(look(shelf, "it's").count, 1);
    struct search_query only_barred = {.words = SLICE("-it")};
    struct search_hit_list list;
    assert_false(search_items(shelf->store, &only_barred, shelf->arena, &list, &shelf->fault));
    assert_int_equal(shelf->fault.kind, FAULT_USAGE);
}

static void filters_hold_with_words_and_without(void **state) {
    struct shelf *shelf = *state;
    keep(shelf, "s", "1", "Spacing", "practice");
    keep(shelf, "t", "2", "Spacing", "practice");
    index_all(shelf, 0, 0);
    struct topic_score topic = {.id = SLICE("spacing"), .score = 1};
    struct slice phase = SLICE("ks3");
    struct slice subject = SLICE("maths");
    struct verdict verdict = {.rules_id = SLICE("r"),
                              .level = 3,
                              .topics = {&topic, 1, 1},
                              .phases = {&phase, 1, 1},
                              .subjects = {&subject, 1, 1}};
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, verdicts_put(shelf->store, 1, &verdict, &shelf->fault));
    shelf_commit(shelf, &work);
    const struct {
        struct search_query query;
        size_t hits;
    } cases[] = {{{.source = SLICE("t")}, 1},
                 {{.min_level = 3}, 1},
                 {{.min_level = 4}, 0},
                 {{.topic = SLICE("spacing")}, 1},
                 {{.topic = SLICE("spac")}, 0},
                 {{.phase = SLICE("ks3")}, 1},
                 {{.phase = SLICE("maths")}, 0},
                 {{.subject = SLICE("maths")}, 1},
                 {{.since_s = NOW}, 2},
                 {{.since_s = NOW + 1}, 0},
                 {{.limit = 1}, 1},
                 {{.limit = 5, .offset = 1}, 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct search_hit_list list;
        struct search_query query = cases[i].query;
        MUST(shelf, search_items(shelf->store, &query, shelf->arena, &list, &shelf->fault));
        assert_int_equal(list.count, cases[i].hits);
        query.words = SLICE("practice");
        MUST(shelf, search_items(shelf->store, &query, shelf->arena, &list, &shelf->fault));
        assert_int_equal(list.count, cases[i].hits);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SHELF_TEST(words_are_found_after_indexing_in_batches),
        SHELF_TEST(a_changed_and_a_deleted_item_leave_no_words_behind),
        SHELF_TEST(the_languages_of_the_index_and_of_sql_stay_out),
        SHELF_TEST(filters_hold_with_words_and_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
