#include "store/items.h"

#include "unit/store/shelf.h"

static void an_item_comes_back_whole(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("7", "Retrieval practice", "Low-stakes quizzes.\n\nEvery lesson.");
    item.url = SLICE("https://example.org/7");
    item.id_is_link = SAID_NO;
    item.summary = SLICE("Quizzes");
    item.published_s = NOW - 50;
    item.lang = SLICE("en-GB");
    item.image = SLICE("");
    item.refs.quotes = SLICE("12");
    item.source.title = SLICE("Planet");
    item.thread = SLICE("5");
    item.warning = SLICE("exams");
    item.unlisted = true;
    item.cut = true;
    item.counts = (struct counts){3, 0, -1, 9};
    item.kind = ITEM_QUOTE;
    struct link link = {.url = SLICE("https://t.example/a"), .expanded = SLICE("https://example.org/a"), .length = -1};
    struct person person = {.name = SLICE("Ada B"), .handle = SLICE("ada")};
    struct tag tag = {.term = SLICE("#maths")};
    assert_true(link_list_add(shelf->arena, &item.links, link));
    assert_true(person_list_add(shelf->arena, &item.authors, person));
    assert_true(tag_list_add(shelf->arena, &item.tags, tag));
    struct enclosure enclosure = {.url = SLICE("https://example.org/a.mp3"), .length = 17};
    item.enclosures = (struct enclosure_list){&enclosure, 1, 1};
    struct slice key = SLICE("https://example.org/a");
    struct slice_list keys = {&key, 1, 1};
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    struct item_in in = {.source = SLICE("ada"), .item = &item, .keys = &keys, .now_s = NOW};
    struct item_put put;
    MUST(shelf, items_put(shelf->store, &in, &put, &shelf->fault));
    shelf_commit(shelf, &work);
    assert_int_equal(put.outcome, ITEM_IS_NEW);

    struct item_row row;
    bool found = false;
    MUST(shelf, items_get(shelf->store, SLICE("ada/7"), shelf->arena, &row, &found, &shelf->fault));
    assert_true(found);
    assert_int_equal(row.row, put.row);
    assert_int_equal(row.first_seen_s, NOW);
    assert_slice(row.source, "ada");
    assert_slice(row.item.id, "7");
    assert_slice(row.item.title, "Retrieval practice");
    assert_slice(row.item.text, "Low-stakes quizzes.\n\nEvery lesson.");
    assert_slice(row.item.url, "https://example.org/7");
    assert_slice(row.item.image, "");
    assert_true(slice_is_absent(row.item.rights));
    assert_int_equal(row.item.id_is_link, SAID_NO);
    assert_int_equal(row.item.kind, ITEM_QUOTE);
    assert_int_equal(row.item.published_s, NOW - 50);
    assert_true(row.item.updated_s == WHEN_ABSENT);
    assert_int_equal(row.item.counts.quotes, 9);
    assert_int_equal(row.item.counts.replies, -1);
    assert_slice(row.item.refs.quotes, "12");
    assert_slice(row.item.source.title, "Planet");
    assert_slice(row.item.thread, "5");
    assert_slice(row.item.warning, "exams");
    assert_true(row.item.unlisted);
    assert_true(row.item.cut);
    assert_int_equal(row.item.links.count, 1);
    assert_slice(row.item.links.at[0].expanded, "https://example.org/a");
    assert_int_equal(row.item.links.at[0].length, -1);
    assert_slice(row.item.authors.at[0].handle, "ada");
    assert_slice(row.item.tags.at[0].term, "#maths");
    assert_int_equal(row.item.enclosures.at[0].length, 17);
    assert_slice(row.keys.at[0], "https://example.org/a");
}

static void a_summary_that_is_the_text_is_kept_once(void **state) {
    struct shelf *shelf = *state;
    char words[40000];
    memset(words, 'w', sizeof words);
    struct item item = shelf_item("1", "A", "");
    item.text = item.summary = slice_of(words, sizeof words);
    item.cut = true;
    struct item_put put = shelf_keep(shelf, "s", &item, NOW);
    struct store_figures figures;
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    int64_t before = figures.bytes;
    item.id = SLICE("2");
    (void)shelf_keep(shelf, "s", &item, NOW);
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    assert_true(figures.bytes - before < 2 * (int64_t)sizeof words);
    struct item_row row;
    bool found = false;
    MUST(shelf, items_get_row(shelf->store, put.row, shelf->arena, &row, &found, &shelf->fault));
    assert_true(found && row.item.cut);
    assert_true(slice_equal(row.item.summary, item.summary) && slice_equal(row.item.text, item.text));
    item.id = SLICE("1");
    assert_int_equal(shelf_keep(shelf, "s", &item, NOW + 1).outcome, ITEM_UNCHANGED);
    item.summary = SLICE("w");
    assert_int_equal(shelf_keep(shelf, "s", &item, NOW + 2).outcome, ITEM_CHANGED);
}

static void the_same_item_again_writes_nothing(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "A", "text");
    item.counts.likes = 4;
    assert_int_equal(shelf_keep(shelf, "s", &item, NOW).outcome, ITEM_IS_NEW);
    struct item_put again = shelf_keep(shelf, "s", &item, NOW + 100);
    assert_int_equal(again.outcome, ITEM_UNCHANGED);
    item.counts.likes = 5;
    assert_int_equal(shelf_keep(shelf, "s", &item, NOW + 200).outcome, ITEM_COUNTED);
    item.text = SLICE("other text");
    assert_int_equal(shelf_keep(shelf, "s", &item, NOW + 300).outcome, ITEM_CHANGED);
    struct item_row row;
    bool found = false;
    MUST(shelf, items_get_row(shelf->store, again.row, shelf->arena, &row, &found, &shelf->fault));
    assert_true(found);
    assert_int_equal(row.first_seen_s, NOW);
    assert_int_equal(row.changed_s, NOW + 300);
    assert_slice(row.item.text, "other text");
    assert_int_equal(row.item.counts.likes, 5);
}

static void two_sources_with_the_same_ids_keep_both(void **state) {
    struct shelf *shelf = *state;
    struct item one = shelf_item("1", "One", "first");
    struct item other = shelf_item("1", "Other", "second");
    struct item_put a = shelf_keep(shelf, "a", &one, NOW);
    struct item_put b = shelf_keep(shelf, "b", &other, NOW);
    assert_int_not_equal(a.row, b.row);
    struct item_row row;
    bool found = false;
    MUST(shelf, items_get(shelf->store, SLICE("a/1"), shelf->arena, &row, &found, &shelf->fault));
    assert_slice(row.item.title, "One");
}

static void an_item_without_an_id_is_skipped_and_the_transaction_goes_on(void **state) {
    struct shelf *shelf = *state;
    struct item bad = shelf_item("", "A", "b");
    struct item good = shelf_item("2", "C", "d");
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    struct item_put put;
    struct item_in in = {.source = SLICE("s"), .item = &bad, .now_s = NOW};
    assert_false(items_put(shelf->store, &in, &put, &shelf->fault));
    assert_int_equal(shelf->fault.kind, FAULT_INPUT);
    shelf_put(shelf, "s", &good, NOW);
    shelf_commit(shelf, &work);
    struct store_figures figures;
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    assert_int_equal(figures.items, 1);
}

static void an_item_is_found_by_what_it_points_at(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("9", "A", "b");
    item.url = SLICE("https://example.org/9");
    item.refs.reposts = SLICE("123");
    struct person person = {.name = SLICE("Zoë Quiz"), .handle = SLICE("@Zoe")};
    assert_true(person_list_add(shelf->arena, &item.authors, person));
    struct slice key = SLICE("https://example.org/page");
    struct slice_list keys = {&key, 1, 1};
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    struct item_in in = {.source = SLICE("s"), .item = &item, .keys = &keys, .now_s = NOW};
    struct item_put put;
    MUST(shelf, items_put(shelf->store, &in, &put, &shelf->fault));
    const struct {
        enum item_key kind;
        struct slice key;
    } ways[] = {{ITEM_KEY_LINK, SLICE("https://example.org/page")},
                {ITEM_KEY_URL, SLICE("https://example.org/9")},
                {ITEM_KEY_REPOSTS, SLICE("123")},
                {ITEM_KEY_AUTHOR, SLICE("zoe")},
                {ITEM_KEY_AUTHOR, SLICE("Zoë quiz")}};
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        struct row_list rows;
        MUST(shelf, items_find(shelf->store, ways[i].kind, ways[i].key, shelf->arena, &rows, &shelf->fault));
        assert_int_equal(rows.count, 1);
        assert_int_equal(rows.at[0], put.row);
    }
    struct row_list none;
    MUST(shelf, items_find(shelf->store, ITEM_KEY_QUOTES, SLICE("123"), shelf->arena, &none, &shelf->fault));
    assert_int_equal(none.count, 0);
    /* A change takes the old keys away. */
    item.refs.reposts = SLICE("456");
    MUST(shelf, items_put(shelf->store, &in, &put, &shelf->fault));
    MUST(shelf, items_find(shelf->store, ITEM_KEY_REPOSTS, SLICE("123"), shelf->arena, &none, &shelf->fault));
    assert_int_equal(none.count, 0);
    shelf_commit(shelf, &work);
}

static void what_one_transaction_makes_and_takes_away_waits_for_nobody(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "A", "b");
    struct store_figures figures;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    (void)shelf_put(shelf, "s", &item, NOW);
    item.id = SLICE("2");
    (void)shelf_put(shelf, "s", &item, NOW);
    bool found = false;
    MUST(shelf, items_delete(shelf->store, SLICE("s"), SLICE("1"), &found, &shelf->fault));
    item.id = SLICE("3");
    (void)shelf_put(shelf, "s", &item, NOW);
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    assert_int_equal(figures.items_to_judge, 2);
    item.id = SLICE("4");
    (void)shelf_put(shelf, "s", &item, NOW);
    shelf_commit(shelf, &work);
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    assert_int_equal(figures.items_to_judge, 3);
    shelf_begin(shelf, &work);
    item.id = SLICE("5");
    (void)shelf_put(shelf, "s", &item, NOW);
    store_work_end(&work);
    shelf_begin(shelf, &work);
    shelf_commit(shelf, &work);
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    assert_int_equal(figures.items, 3);
    assert_int_equal(figures.items_to_judge, 3);
}

static void a_deleted_item_is_gone_from_every_table(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "A", "b");
    item.url = SLICE("https://example.org/1");
    shelf_keep(shelf, "s", &item, NOW);
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    bool found = false;
    MUST(shelf, items_delete(shelf->store, SLICE("s"), SLICE("1"), &found, &shelf->fault));
    assert_true(found);
    MUST(shelf, items_delete(shelf->store, SLICE("s"), SLICE("1"), &found, &shelf->fault));
    assert_false(found);
    shelf_commit(shelf, &work);
    struct store_figures figures;
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    assert_int_equal(figures.items, 0);
    assert_int_equal(figures.items_to_judge, 0);
    struct row_list rows;
    MUST(shelf, items_find(shelf->store, ITEM_KEY_URL, item.url, shelf->arena, &rows, &shelf->fault));
    assert_int_equal(rows.count, 0);
}

static void a_walk_keeps_window_source_order_and_limit(void **state) {
    struct shelf *shelf = *state;
    static const char *const ids[] = {"1", "2", "3", "4", "5"};
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        struct item item = shelf_item(ids[i], "T", "t");
        shelf_keep(shelf, i % 2 == 0 ? "even" : "odd", &item, NOW + (int64_t)i * 10);
    }
    struct item_query query = {.source = SLICE("even"),
                               .seen_from_s = NOW + 10,
                               .seen_until_s = NOW + 50,
                               .order = ITEMS_NEWEST_FIRST};
    AUTO(item_walk_free)
    struct item_walk *walk = NULL;
    MUST(shelf, items_walk(shelf->store, &query, &walk, &shelf->fault));
    char seen[8] = "";
    for (;;) {
        struct item_row row;
        bool more = false;
        MUST(shelf, item_walk_next(walk, shelf->arena, &row, &more, &shelf->fault));
        if (!more) break;
        strncat(seen, row.item.id.at, row.item.id.len);
    }
    assert_string_equal(seen, "53");
    int64_t count = 0;
    MUST(shelf, items_count(shelf->store, &query, &count, &shelf->fault));
    assert_int_equal(count, 2);
}

static void an_undone_transaction_leaves_nothing(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "A", "b");
    {
        AUTO(store_work_end)
        struct store_work work = {0};
        shelf_begin(shelf, &work);
        shelf_put(shelf, "s", &item, NOW);
    }
    struct store_figures figures;
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    assert_int_equal(figures.items, 0);
    assert_int_equal(figures.sources, 0);
    assert_int_equal(shelf_keep(shelf, "s", &item, NOW).outcome, ITEM_IS_NEW);
}

static void a_forgotten_author_does_not_come_back(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "Unmistakeableword", "b");
    struct person person = {.name = SLICE("Ada Byron"), .handle = SLICE("ada")};
    assert_true(person_list_add(shelf->arena, &item.authors, person));
    shelf_keep(shelf, "s", &item, NOW);
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    int64_t removed = 0;
    MUST(shelf, items_forget(shelf->store, SLICE("@ADA"), NOW, &removed, &shelf->fault));
    assert_int_equal(removed, 1);
    shelf_commit(shelf, &work);
    item.id = SLICE("2");
    assert_int_equal(shelf_keep(shelf, "s", &item, NOW).outcome, ITEM_FORGOTTEN);
    store_close(&shelf->store);
    /* Nothing of the person stands in the file any more, not even in pages that are free. */
    char command[256];
    snprintf(command, sizeof command, "grep -aqi -e unmistakeableword -e 'ada byron' %s*", shelf->path);
    assert_int_not_equal(system(command), 0);
    shelf_open(shelf);
    AUTO(store_work_end)
    struct store_work again = {0};
    shelf_begin(shelf, &again);
    bool found = false;
    MUST(shelf, items_unforget(shelf->store, SLICE("ada"), &found, &shelf->fault));
    assert_true(found);
    shelf_commit(shelf, &again);
    assert_int_equal(shelf_keep(shelf, "s", &item, NOW).outcome, ITEM_IS_NEW);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SHELF_TEST(an_item_comes_back_whole),
        SHELF_TEST(a_summary_that_is_the_text_is_kept_once),
        SHELF_TEST(the_same_item_again_writes_nothing),
        SHELF_TEST(two_sources_with_the_same_ids_keep_both),
        SHELF_TEST(an_item_without_an_id_is_skipped_and_the_transaction_goes_on),
        SHELF_TEST(an_item_is_found_by_what_it_points_at),
        SHELF_TEST(what_one_transaction_makes_and_takes_away_waits_for_nobody),
        SHELF_TEST(a_deleted_item_is_gone_from_every_table),
        SHELF_TEST(a_walk_keeps_window_source_order_and_limit),
        SHELF_TEST(an_undone_transaction_leaves_nothing),
        SHELF_TEST(a_forgotten_author_does_not_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
