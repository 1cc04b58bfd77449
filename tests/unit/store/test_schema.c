#include "store/schema.h"

#include <sqlite3.h>

#include "store/articles.h"
#include "store/item_keys.h"
#include "store/pack.h"
#include "unit/store/shelf.h"

static void run(sqlite3 *db, const char *sql) {
    char *words = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &words) != SQLITE_OK) fail_msg("%s: %s", sql, words);
}

/* The checksum of a name, which the first version gave an article's own key as well. */
static void name_sum(sqlite3_context *context, int count, sqlite3_value **values) {
    assert_int_equal(count, 2);
    struct slice name = slice_of((const char *)sqlite3_value_text(values[0]), (size_t)sqlite3_value_bytes(values[0]));
    sqlite3_result_int64(context, (sqlite3_int64)pack_sum(name, (uint64_t)sqlite3_value_int64(values[1])));
}

static const char post_address[] = "https://a.example/post";

/* Leaves the store as the first version made it, and closed. */
static void turn_back_to_1(struct shelf *shelf) {
    sqlite3 *db = NULL;
    store_close(&shelf->store);
    assert_int_equal(sqlite3_open(shelf->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_create_function(db, "name_sum", 2, SQLITE_UTF8, NULL, name_sum, NULL, NULL), SQLITE_OK);
    /* A key's hash was the sum of all of it, from its kind: 2, the post's own address. */
    run(db, "UPDATE item_key SET hash = name_sum('https://a.example/post', 2)");
    run(db, "INSERT INTO article_name(name, article, sum) SELECT key, number, name_sum(key, number) FROM article");
    run(db, "DROP INDEX article_wanted");
    run(db, "CREATE INDEX article_wanted ON article(priority DESC, wanted_s, key) WHERE state IN (0, 2)");
    run(db, "PRAGMA user_version = 1");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int64_t count(const struct shelf *shelf, const char *sql) {
    sqlite3 *db = NULL;
    sqlite3_stmt *at = NULL;
    assert_int_equal(sqlite3_open_v2(shelf->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &at, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(at), SQLITE_ROW);
    int64_t got = sqlite3_column_int64(at, 0);
    sqlite3_finalize(at);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return got;
}

static void want(struct shelf *shelf, const char *key, double priority) {
    struct article_want wish = {.key = slice_from(key), .url = slice_from(key), .priority = priority, .now_s = NOW};
    MUST(shelf, articles_want(shelf->store, &wish, &shelf->fault));
}

static void assert_leads(struct shelf *shelf, const char *name, const char *key) {
    struct article_row row;
    bool found = false;
    MUST(shelf, articles_get(shelf->store, slice_from(name), shelf->arena, &row, &found, &shelf->fault));
    assert_true(found);
    assert_slice(row.key, key);
}

static void assert_finds_the_post(struct shelf *shelf) {
    struct row_list rows;
    MUST(shelf, items_find(shelf->store, ITEM_KEY_URL, slice_from(post_address), shelf->arena, &rows, &shelf->fault));
    assert_int_equal(rows.count, 1);
}

/* Two pages, the second of them with another address as well. */
static void keep_pages(struct shelf *shelf) {
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    want(shelf, "https://a.example/b", 1);
    want(shelf, "https://a.example/a", 2);
    MUST(shelf,
         articles_alias(shelf->store, SLICE("https://a.example/amp"), SLICE("https://a.example/a"), &shelf->fault));
    shelf_commit(shelf, &work);
}

static void a_store_of_the_first_version_keeps_its_pages_and_their_other_addresses(void **state) {
    struct shelf *shelf = *state;
    keep_pages(shelf);
    turn_back_to_1(shelf);
    assert_int_equal(count(shelf, "SELECT count(*) FROM article_name"), 3);
    struct store_options reading = {.path = shelf->path, .mode = STORE_READ};
    assert_false(store_open(&reading, &shelf->store, &shelf->fault));
    assert_non_null(strstr(shelf->fault.text, "older discern"));
    fault_clear(&shelf->fault);
    shelf_open(shelf);
    assert_int_equal(count(shelf, "PRAGMA user_version"), schema_version());
    assert_int_equal(count(shelf, "SELECT count(*) FROM article_name"), 1);
    assert_leads(shelf, "https://a.example/a", "https://a.example/a");
    assert_leads(shelf, "https://a.example/b", "https://a.example/b");
    assert_leads(shelf, "https://a.example/amp", "https://a.example/a");
    struct article_row_list list;
    MUST(shelf, articles_wanted(shelf->store, NOW, 0, shelf->arena, &list, &shelf->fault));
    assert_int_equal(list.count, 2);
    assert_slice(list.at[0].key, "https://a.example/a");
    struct store_health health;
    MUST(shelf, store_check(shelf->store, shelf->arena, &health, &shelf->fault));
    assert_true(health.sound);
}

static void a_store_of_the_first_version_finds_its_posts_by_their_addresses(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "T", "t");
    item.url = slice_from(post_address);
    shelf_keep(shelf, "s", &item, NOW);
    assert_finds_the_post(shelf);
    turn_back_to_1(shelf);
    shelf_open(shelf);
    assert_finds_the_post(shelf);
    assert_int_equal(count(shelf, "SELECT count(*) FROM item_key"), 1);
}

/* A post that cannot be read stays as it is, and keeps nobody from the others. */
static void a_damaged_row_does_not_stop_the_steps(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "T", "t"), bad = shelf_item("2", "T", "t");
    item.url = slice_from(post_address);
    shelf_keep(shelf, "s", &bad, NOW);
    shelf_keep(shelf, "s", &item, NOW);
    turn_back_to_1(shelf);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(shelf->path, &db), SQLITE_OK);
    run(db, "UPDATE item SET text = 'another' WHERE id = '2'");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    shelf_open(shelf);
    assert_finds_the_post(shelf);
    struct store_health health;
    MUST(shelf, store_check(shelf->store, shelf->arena, &health, &shelf->fault));
    assert_int_equal(health.rows_damaged, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SHELF_TEST(a_store_of_the_first_version_keeps_its_pages_and_their_other_addresses),
        SHELF_TEST(a_store_of_the_first_version_finds_its_posts_by_their_addresses),
        SHELF_TEST(a_damaged_row_does_not_stop_the_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
