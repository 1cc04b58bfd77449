#include "store/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "store/articles.h"
#include "store/digests.h"
#include "store/runs.h"
#include "store/search.h"
#include "unit/store/shelf.h"

static bool try_open(struct shelf *shelf, enum store_mode mode) {
    struct store_options options = {.path = shelf->path, .mode = mode};
    store_close(&shelf->store);
    fault_clear(&shelf->fault);
    return store_open(&options, &shelf->store, &shelf->fault);
}

static void patch(const char *path, long at, const unsigned char *bytes, size_t len) {
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, at < 0 ? SEEK_END : SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void assert_says(const struct shelf *shelf, enum fault_kind kind, const char *words) {
    assert_int_equal(shelf->fault.kind, kind);
    if (strstr(shelf->fault.text, words) == NULL) fail_msg("'%s' does not say '%s'", shelf->fault.text, words);
}

static uint64_t file_sum(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint64_t sum = 1469598103934665603u;
    for (int c = fgetc(file); c != EOF; c = fgetc(file)) sum = (sum ^ (unsigned)c) * 1099511628211u;
    assert_int_equal(fclose(file), 0);
    return sum;
}

static void the_file_and_its_folder_are_private(void **state) {
    struct shelf *shelf = *state;
    struct stat about;
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[128];
    struct item item = shelf_item("1", "T", "t");
    shelf_keep(shelf, "s", &item, NOW);
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        snprintf(path, sizeof path, "%s%s", shelf->path, ends[i]);
        assert_int_equal(stat(path, &about), 0);
        assert_int_equal(about.st_mode & 0777, 0600);
    }
    struct store_options options = {.path = path};
    snprintf(path, sizeof path, "%s/a/b/discern.db", shelf->folder);
    store_close(&shelf->store);
    MUST(shelf, store_open(&options, &shelf->store, &shelf->fault));
    snprintf(path, sizeof path, "%s/a", shelf->folder);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
}

static void a_database_from_the_future_is_refused_and_left_alone(void **state) {
    struct shelf *shelf = *state;
    static const unsigned char version[] = {0, 0, 0, 99};
    store_close(&shelf->store);
    patch(shelf->path, 60, version, sizeof version);
    uint64_t before = file_sum(shelf->path);
    assert_false(try_open(shelf, STORE_WRITE));
    assert_says(shelf, FAULT_STORE, "newer discern");
    assert_false(try_open(shelf, STORE_READ));
    assert_says(shelf, FAULT_STORE, "newer discern");
    assert_true(before == file_sum(shelf->path));
}

static void a_file_that_is_no_store_is_refused_and_left_alone(void **state) {
    struct shelf *shelf = *state;
    static const unsigned char application[] = {1, 2, 3, 4};
    store_close(&shelf->store);
    patch(shelf->path, 68, application, sizeof application);
    assert_false(try_open(shelf, STORE_WRITE));
    assert_says(shelf, FAULT_STORE, "not a store of discern");
    patch(shelf->path, 0, (const unsigned char *)"Dear diary, ", 12);
    uint64_t before = file_sum(shelf->path);
    assert_false(try_open(shelf, STORE_WRITE));
    assert_says(shelf, FAULT_STORE, "left as it is");
    assert_true(before == file_sum(shelf->path));
}

static void a_damaged_schema_is_told_and_left_alone(void **state) {
    struct shelf *shelf = *state;
    unsigned char noise[512];
    memset(noise, 0xA5, sizeof noise);
    store_close(&shelf->store);
    patch(shelf->path, 100, noise, sizeof noise);
    uint64_t before = file_sum(shelf->path);
    assert_false(try_open(shelf, STORE_WRITE));
    assert_says(shelf, FAULT_STORE, "damaged");
    store_close(&shelf->store);
    assert_true(before == file_sum(shelf->path));
}

static void a_folder_that_cannot_be_written_is_told(void **state) {
    struct shelf *shelf = *state;
    store_close(&shelf->store);
    assert_int_equal(unlink(shelf->path), 0);
    /* Root writes everywhere, so the test steps down in a process of its own. */
    pid_t child = fork();
    if (child == 0) {
        (void)chmod(shelf->folder, 0555);
        bool stepped = geteuid() != 0 || (chown(shelf->folder, 65534, 65534) == 0 && setuid(65534) == 0);
        bool opened = try_open(shelf, STORE_WRITE);
        bool told = shelf->fault.kind == FAULT_STORE && strstr(shelf->fault.text, "writable") != NULL;
        _exit(!stepped ? 2 : !opened && told ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_reader_reads_while_another_writes_and_writes_nothing_itself(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "T", "t");
    shelf_keep(shelf, "s", &item, NOW);
    struct store_options options = {.path = shelf->path, .mode = STORE_READ};
    AUTO(store_close)
    struct store *reader = NULL;
    MUST(shelf, store_open(&options, &reader, &shelf->fault));
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    item.id = SLICE("2");
    shelf_put(shelf, "s", &item, NOW);
    struct store_figures figures;
    MUST(shelf, store_figures(reader, &figures, &shelf->fault));
    assert_int_equal(figures.items, 1);
    struct store_work refused = {0};
    assert_false(store_begin(reader, &refused, &shelf->fault));
    assert_int_equal(shelf->fault.kind, FAULT_USAGE);
    shelf_commit(shelf, &work);
    MUST(shelf, store_figures(reader, &figures, &shelf->fault));
    assert_int_equal(figures.items, 2);
}

static void transactions_do_not_nest_and_writes_need_one(void **state) {
    struct shelf *shelf = *state;
    struct item item = shelf_item("1", "T", "t");
    struct item_in in = {.source = SLICE("s"), .item = &item, .now_s = NOW};
    struct item_put put;
    assert_false(items_put(shelf->store, &in, &put, &shelf->fault));
    assert_int_equal(shelf->fault.kind, FAULT_USAGE);
    AUTO(store_work_end)
    struct store_work work = {0};
    struct store_work inner = {0};
    shelf_begin(shelf, &work);
    assert_false(store_begin(shelf->store, &inner, &shelf->fault));
    assert_int_equal(shelf->fault.kind, FAULT_USAGE);
    shelf_put(shelf, "s", &item, NOW);
    shelf_commit(shelf, &work);
}

static void a_second_pass_without_changes_writes_no_byte(void **state) {
    struct shelf *shelf = *state;
    char log[128];
    snprintf(log, sizeof log, "%s-wal", shelf->path);
    struct item items[3] = {shelf_item("1", "A", "a"), shelf_item("2", "B", "b"), shelf_item("3", "C", "c")};
    for (size_t i = 0; i < COUNT_OF(items); i++) shelf_keep(shelf, "s", &items[i], NOW);
    uint64_t file = file_sum(shelf->path);
    uint64_t wal = file_sum(log);
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    for (size_t i = 0; i < COUNT_OF(items); i++)
        assert_int_equal(shelf_put(shelf, "s", &items[i], NOW + 9).outcome, ITEM_UNCHANGED);
    shelf_commit(shelf, &work);
    assert_true(file == file_sum(shelf->path));
    assert_true(wal == file_sum(log));
}

static void a_backup_is_whole_and_opens(void **state) {
    struct shelf *shelf = *state;
    char copy[128];
    struct stat about;
    struct item item = shelf_item("1", "T", "t");
    shelf_keep(shelf, "s", &item, NOW);
    snprintf(copy, sizeof copy, "%s/copy.db", shelf->folder);
    MUST(shelf, store_backup(shelf->store, copy, &shelf->fault));
    MUST(shelf, store_backup(shelf->store, copy, &shelf->fault));
    assert_int_equal(stat(copy, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    struct store_options options = {.path = copy};
    AUTO(store_close)
    struct store *other = NULL;
    MUST(shelf, store_open(&options, &other, &shelf->fault));
    struct store_figures figures;
    struct store_health health;
    MUST(shelf, store_figures(other, &figures, &shelf->fault));
    assert_int_equal(figures.items, 1);
    MUST(shelf, store_check(other, shelf->arena, &health, &shelf->fault));
    assert_true(health.sound);
    assert_true(health.rows_checked > 0);
    char nowhere[128];
    snprintf(nowhere, sizeof nowhere, "%s/none/copy.db", shelf->folder);
    assert_false(store_backup(shelf->store, nowhere, &shelf->fault));
    assert_int_equal(shelf->fault.kind, FAULT_STORE);
}

static void pruning_takes_the_old_and_leaves_the_new(void **state) {
    struct shelf *shelf = *state;
    static const char *const ids[] = {"old", "new"};
    struct slice keys[] = {SLICE("https://a.example/old"), SLICE("https://a.example/new")};
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        struct item item = shelf_item(ids[i], ids[i], "t");
        struct slice_list list = {&keys[i], 1, 1};
        struct item_in in = {.source = SLICE("s"),
                             .item = &item,
                             .keys = &list,
                             .now_s = i == 0 ? NOW - 400 * DAY_S : NOW};
        struct article_want want = {.key = keys[i], .url = keys[i], .now_s = NOW - 400 * DAY_S};
        struct item_put put;
        MUST(shelf, items_put(shelf->store, &in, &put, &shelf->fault));
        MUST(shelf, articles_want(shelf->store, &want, &shelf->fault));
    }
    int64_t left = 0;
    MUST(shelf, search_index(shelf->store, 0, &left, &shelf->fault));
    shelf_commit(shelf, &work);
    struct store_pruned pruned;
    MUST(shelf, store_prune(shelf->store, NOW - 300 * DAY_S, NOW, &pruned, &shelf->fault));
    assert_int_equal(pruned.items, 1);
    assert_int_equal(pruned.articles, 1);
    bool found = false;
    struct article_row article;
    MUST(shelf, articles_get(shelf->store, keys[1], shelf->arena, &article, &found, &shelf->fault));
    assert_true(found);
    struct store_health health;
    MUST(shelf, store_check(shelf->store, shelf->arena, &health, &shelf->fault));
    assert_true(health.sound);
}

static void a_page_stays_that_a_post_links_by_another_of_its_addresses(void **state) {
    struct shelf *shelf = *state;
    struct slice keys[] = {SLICE("https://a.example/amp"), SLICE("https://a.example/page"),
                           SLICE("https://a.example/x")};
    struct slice_list linked = {keys, 1, 1};
    struct item item = shelf_item("new", "new", "t");
    struct item_in in = {.source = SLICE("s"), .item = &item, .keys = &linked, .now_s = NOW};
    struct item_put put;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, items_put(shelf->store, &in, &put, &shelf->fault));
    for (size_t i = 1; i < COUNT_OF(keys); i++) {
        struct article_want want = {.key = keys[i], .url = keys[i], .now_s = NOW - 400 * DAY_S};
        MUST(shelf, articles_want(shelf->store, &want, &shelf->fault));
    }
    MUST(shelf, articles_alias(shelf->store, keys[0], keys[1], &shelf->fault));
    shelf_commit(shelf, &work);
    struct store_pruned pruned;
    MUST(shelf, store_prune(shelf->store, NOW - 300 * DAY_S, NOW, &pruned, &shelf->fault));
    assert_int_equal(pruned.articles, 1);
    bool found = false;
    struct article_row article;
    MUST(shelf, articles_get(shelf->store, keys[0], shelf->arena, &article, &found, &shelf->fault));
    assert_true(found);
    assert_slice(article.key, "https://a.example/page");
}

#define FILLED 800

static int fill(struct shelf *shelf) {
    AUTO(store_work_end)
    struct store_work work = {0};
    char id[32];
    shelf_begin(shelf, &work);
    for (int i = 0; i < FILLED; i++) {
        snprintf(id, sizeof id, "item-%d", i);
        struct item item = shelf_item(
            id, "A title of some words",
            "A text that is long enough to fill some pages of it, so that most bytes of the file are told apart");
        shelf_put(shelf, "s", &item, NOW + i);
    }
    shelf_commit(shelf, &work);
    store_close(&shelf->store);
    struct stat about;
    assert_int_equal(stat(shelf->path, &about), 0);
    return (int)about.st_size;
}

/* What every item should read as; a difference that no fault announced is the one thing that may not happen. */
static bool reads_wrong(struct shelf *shelf, struct store *store) {
    for (int i = 0; i < FILLED; i++) {
        char reference[32];
        char id[32];
        struct item_row row;
        bool found = false;
        struct fault fault = {0};
        snprintf(reference, sizeof reference, "s/item-%d", i);
        snprintf(id, sizeof id, "item-%d", i);
        arena_reset(shelf->arena);
        if (!items_get(store, slice_from(reference), shelf->arena, &row, &found, &fault)) continue;
        if (!found) continue; /* an index lost it: store_check must tell */
        if (!slice_equal(row.item.id, slice_from(id)) || !slice_equal(row.item.title, SLICE("A title of some words")) ||
            row.first_seen_s != NOW + i)
            return true;
    }
    return false;
}

static bool lost_any(struct shelf *shelf, struct store *store) {
    int64_t count = 0;
    for (int i = 0; i < FILLED; i++) {
        char reference[32];
        struct item_row row;
        bool found = false;
        struct fault fault = {0};
        snprintf(reference, sizeof reference, "s/item-%d", i);
        if (items_get(store, slice_from(reference), shelf->arena, &row, &found, &fault) && found) count++;
    }
    return count != FILLED;
}

static void flipped_bytes_are_told_or_harm_nothing(void **state) {
    struct shelf *shelf = *state;
    int size = fill(shelf);
    char whole[128];
    char command[600];
    snprintf(whole, sizeof whole, "%s/whole.db", shelf->folder);
    snprintf(command, sizeof command, "cp %s %s", shelf->path, whole);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "cp %s %s; rm -f %s-wal %s-shm", whole, shelf->path, shelf->path, shelf->path);
    unsigned told = 0;
    uint64_t seed = 42;
    for (int round = 0; round < 150; round++) {
        assert_int_equal(system(command), 0);
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        long at = (long)((seed >> 33) % (uint64_t)size);
        FILE *file = fopen(shelf->path, "r+b");
        assert_non_null(file);
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        int old = fgetc(file);
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        fputc(old ^ (1 << (seed >> 20) % 8), file);
        assert_int_equal(fclose(file), 0);
        if (!try_open(shelf, STORE_WRITE)) {
            assert_int_equal(shelf->fault.kind, FAULT_STORE);
            told++;
            continue;
        }
        struct store_health health = {0};
        AUTO(arena_free)
        struct arena *words = arena_new(1024 * 1024);
        bool checked = store_check(shelf->store, words, &health, &shelf->fault);
        if (reads_wrong(shelf, shelf->store)) fail_msg("byte %ld: a wrong item was read without a word", at);
        bool sound = checked && health.sound;
        if (sound && lost_any(shelf, shelf->store)) fail_msg("byte %ld: items were lost and called sound", at);
        if (!sound) told++;
    }
    /* Flips in free space harm nothing; but a check that never tells would be none. */
    assert_true(told > 40);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SHELF_TEST(the_file_and_its_folder_are_private),
        SHELF_TEST(a_database_from_the_future_is_refused_and_left_alone),
        SHELF_TEST(a_file_that_is_no_store_is_refused_and_left_alone),
        SHELF_TEST(a_damaged_schema_is_told_and_left_alone),
        SHELF_TEST(a_folder_that_cannot_be_written_is_told),
        SHELF_TEST(a_reader_reads_while_another_writes_and_writes_nothing_itself),
        SHELF_TEST(transactions_do_not_nest_and_writes_need_one),
        SHELF_TEST(a_second_pass_without_changes_writes_no_byte),
        SHELF_TEST(a_backup_is_whole_and_opens),
        SHELF_TEST(pruning_takes_the_old_and_leaves_the_new),
        SHELF_TEST(a_page_stays_that_a_post_links_by_another_of_its_addresses),
        SHELF_TEST(flipped_bytes_are_told_or_harm_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
