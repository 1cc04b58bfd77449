#include "store/files.h"

#include <dirent.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "store/lock.h"
#include "unit/store/shelf.h"

static void open_site(struct shelf *shelf, struct folder *folder) {
    char path[128];
    snprintf(path, sizeof path, "%s/site/deep", shelf->folder);
    MUST(shelf, folder_open(path, FOLDER_MAKE, folder, &shelf->fault));
}

static enum file_outcome put(struct shelf *shelf, const struct folder *folder, const char *name, const char *bytes) {
    struct file_put file = {.name = slice_from(name), .bytes = slice_from(bytes), .access = FILE_PUBLIC};
    enum file_outcome outcome = FILE_UNCHANGED;
    MUST(shelf, file_put(folder, &file, &outcome, &shelf->fault));
    return outcome;
}

static void a_file_is_written_once_and_not_again(void **state) {
    struct shelf *shelf = *state;
    AUTO(folder_close)
    struct folder folder = {0};
    open_site(shelf, &folder);
    assert_int_equal(put(shelf, &folder, "staff/2026-11-25/index.html", "one"), FILE_WRITTEN);
    assert_int_equal(put(shelf, &folder, "staff/2026-11-25/index.html", "one"), FILE_UNCHANGED);
    assert_int_equal(put(shelf, &folder, "staff/2026-11-25/index.html", "two"), FILE_WRITTEN);
    AUTO(buf_free)
    struct buf got = buf_new(100);
    bool found = false;
    MUST(shelf, file_get(&folder, SLICE("staff/2026-11-25/index.html"), &got, &found, &shelf->fault));
    assert_true(found);
    assert_string_equal(buf_text(&got), "two");
    MUST(shelf, file_get(&folder, SLICE("staff/none/index.html"), &got, &found, &shelf->fault));
    assert_false(found);
    put(shelf, &folder, "staff/2026-11-25/index.txt", "");
    struct slice_list names;
    MUST(shelf, file_list(&folder, SLICE("staff/2026-11-25"), shelf->arena, &names, &shelf->fault));
    assert_int_equal(names.count, 2);
    assert_slice(names.at[0], "index.html");
    MUST(shelf, file_remove(&folder, SLICE("staff/2026-11-25/index.txt"), &found, &shelf->fault));
    assert_true(found);
}

static size_t count_files(struct shelf *shelf, const char *below) {
    char path[200];
    size_t count = 0;
    snprintf(path, sizeof path, "%s/site/deep/%s", shelf->folder, below);
    DIR *entries = opendir(path);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    (void)closedir(entries);
    return count;
}

static void many_files_take_their_places_together_or_not_at_all(void **state) {
    struct shelf *shelf = *state;
    AUTO(folder_close)
    struct folder folder = {0};
    open_site(shelf, &folder);
    put(shelf, &folder, "i/0.html", "old");
    put(shelf, &folder, "i/1.html", "new 1");
    for (int named = 0; named < 2; named++) {
        AUTO(file_batch_free)
        struct file_batch *batch = file_batch_new(&folder);
        assert_non_null(batch);
        for (int i = 0; i < 40; i++) {
            char name[32], bytes[32];
            snprintf(name, sizeof name, "%s/%d.html", i % 3 == 0 ? "i" : "t/deep", i);
            snprintf(bytes, sizeof bytes, "new %d", i);
            if (i == 1) snprintf(name, sizeof name, "i/1.html");
            struct file_put file = {.name = slice_from(name), .bytes = slice_from(bytes), .access = FILE_PUBLIC};
            enum file_outcome outcome = FILE_WRITTEN;
            MUST(shelf, file_batch_put(batch, &file, &outcome, &shelf->fault));
            assert_int_equal(outcome, i == 1 ? FILE_UNCHANGED : FILE_WRITTEN);
        }
        AUTO(buf_free)
        struct buf got = buf_new(100);
        bool found;
        MUST(shelf, file_get(&folder, SLICE("i/0.html"), &got, &found, &shelf->fault));
        assert_string_equal(buf_text(&got), "old");
        if (named == 1) MUST(shelf, file_batch_end(batch, &shelf->fault));
        buf_clear(&got);
        MUST(shelf, file_get(&folder, SLICE("i/0.html"), &got, &found, &shelf->fault));
        assert_string_equal(buf_text(&got), named == 1 ? "new 0" : "old");
        file_batch_free(&batch);
        /* What got no name is gone, and nothing else. */
        assert_int_equal(count_files(shelf, "i"), named == 1 ? 15 : 2);
        assert_int_equal(count_files(shelf, "t/deep"), named == 1 ? 26 - 1 : 0);
    }
}

static void names_that_lead_out_of_the_folder_are_refused(void **state) {
    struct shelf *shelf = *state;
    AUTO(folder_close)
    struct folder folder = {0};
    open_site(shelf, &folder);
    static const char *const bad[] = {"",    "/etc/passwd", "../x",        "a/../../x", "a//b", "a/", ".hidden", "a/.b",
                                      "a b", "a\nb",        "caf\xc3\xa9", "a\\b",      "a:b",  "~",  "a/./b",   "*"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct file_put file = {.name = slice_from(bad[i]), .bytes = SLICE("x")};
        assert_false(file_put(&folder, &file, NULL, &shelf->fault));
        assert_int_equal(shelf->fault.kind, FAULT_USAGE);
    }
    /* A link inside that leads outside is not followed. */
    char link[128];
    snprintf(link, sizeof link, "%s/site/deep/out", shelf->folder);
    assert_int_equal(symlink("/tmp", link), 0);
    struct file_put file = {.name = SLICE("out/x"), .bytes = SLICE("x")};
    assert_false(file_put(&folder, &file, NULL, &shelf->fault));
    assert_int_equal(shelf->fault.kind, FAULT_STORE);
}

static void names_made_of_any_text_hold_and_differ(void **state) {
    struct shelf *shelf = *state;
    static const char *const texts[] = {
        "", "../", "CON", "con", "a b", "a-b", "a/b", "\xf0\x9f\x99\x82", "caf\xc3\xa9", "cafe", ".", "x\ny"};
    struct slice names[COUNT_OF(texts)];
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        assert_true(file_name_from(shelf->arena, slice_from(texts[i]), &names[i]));
        assert_true(file_name_holds(names[i]));
        assert_true(names[i].len <= 64);
        for (size_t j = 0; j < i; j++) assert_false(slice_equal(names[i], names[j]));
    }
    char longest[400];
    memset(longest, 'a', sizeof longest);
    struct slice name;
    assert_true(file_name_from(shelf->arena, slice_of(longest, sizeof longest), &name));
    assert_true(file_name_holds(name) && name.len <= 64);
}

static size_t count_entries(const char *path) {
    DIR *entries = opendir(path);
    size_t count = 0;
    assert_non_null(entries);
    while (readdir(entries) != NULL) count++;
    closedir(entries);
    return count - 2;
}

static void a_full_disk_keeps_the_old_file_and_leaves_no_other(void **state) {
    struct shelf *shelf = *state;
    AUTO(folder_close)
    struct folder folder = {0};
    open_site(shelf, &folder);
    put(shelf, &folder, "page.html", "yesterday");
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {1000, 1000};
        char bytes[5000];
        memset(bytes, 'x', sizeof bytes);
        signal(SIGXFSZ, SIG_IGN);
        struct file_put file = {.name = SLICE("page.html"), .bytes = slice_of(bytes, sizeof bytes)};
        bool limited = setrlimit(RLIMIT_FSIZE, &limit) == 0;
        bool written = file_put(&folder, &file, NULL, &shelf->fault);
        bool told = shelf->fault.kind == FAULT_STORE && strstr(shelf->fault.text, "disk is full") != NULL;
        _exit(limited && !written && told ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    char path[128];
    snprintf(path, sizeof path, "%s/site/deep", shelf->folder);
    assert_int_equal(count_entries(path), 1);
    AUTO(buf_free)
    struct buf got = buf_new(100);
    bool found = false;
    MUST(shelf, file_get(&folder, SLICE("page.html"), &got, &found, &shelf->fault));
    assert_string_equal(buf_text(&got), "yesterday");
}

static void what_a_killed_run_left_is_swept(void **state) {
    struct shelf *shelf = *state;
    AUTO(folder_close)
    struct folder folder = {0};
    open_site(shelf, &folder);
    put(shelf, &folder, "a/page.html", "x");
    char path[160];
    snprintf(path, sizeof path, "%s/site/deep/a/.discern-new-1-0", shelf->folder);
    FILE *left = fopen(path, "w");
    assert_non_null(left);
    fclose(left);
    int64_t removed = 0;
    MUST(shelf, folder_sweep(&folder, &removed, &shelf->fault));
    assert_int_equal(removed, 1);
    MUST(shelf, folder_sweep(&folder, &removed, &shelf->fault));
    assert_int_equal(removed, 0);
}

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void the_second_run_is_told_at_once_and_the_lock_goes_with_the_process(void **state) {
    struct shelf *shelf = *state;
    char path[128];
    int ready[2];
    int quit[2];
    snprintf(path, sizeof path, "%s/lock", shelf->folder);
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(quit), 0);
    pid_t child = fork();
    if (child == 0) {
        struct lock lock = {0};
        char c = lock_take(path, &lock, &shelf->fault) ? 'y' : 'n';
        if (write(ready[1], &c, 1) != 1 || read(quit[0], &c, 1) < 0) _exit(1);
        _exit(0);
    }
    char c = 0;
    assert_int_equal(read(ready[0], &c, 1), 1);
    assert_int_equal(c, 'y');
    AUTO(lock_release)
    struct lock lock = {0};
    double before = now_ms();
    assert_false(lock_take(path, &lock, &shelf->fault));
    assert_true(now_ms() - before < 50);
    assert_int_equal(shelf->fault.kind, FAULT_BUSY);
    char number[24];
    snprintf(number, sizeof number, "%ld", (long)child);
    assert_non_null(strstr(shelf->fault.text, number));
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    MUST(shelf, lock_take(path, &lock, &shelf->fault));
    for (int i = 0; i < 2; i++) {
        close(ready[i]);
        close(quit[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SHELF_TEST(a_file_is_written_once_and_not_again),
        SHELF_TEST(many_files_take_their_places_together_or_not_at_all),
        SHELF_TEST(names_that_lead_out_of_the_folder_are_refused),
        SHELF_TEST(names_made_of_any_text_hold_and_differ),
        SHELF_TEST(a_full_disk_keeps_the_old_file_and_leaves_no_other),
        SHELF_TEST(what_a_killed_run_left_is_swept),
        SHELF_TEST(the_second_run_is_told_at_once_and_the_lock_goes_with_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
