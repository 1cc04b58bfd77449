/* Killed at every commit, before and after it; the disk full at many sizes; a syscall that fails. The next run must
 * give what an undisturbed one gives. */
#include <sys/resource.h>
#include <sys/wait.h>

#include "store/articles.h"
#include "store/digests.h"
#include "store/files.h"
#include "store/outbox.h"
#include "store/runs.h"
#include "store/search.h"
#include "store/sources.h"
#include "store/verdicts.h"
#include "unit/store/shelf.h"

#define PAGES 4
#define A_PAGE 25

struct moment {
    int left; /* commits to go through before the end */
};

static void count_down(void *to) {
    struct moment *moment = to;
    if (moment->left-- == 0) (void)raise(SIGKILL);
}

/* One page of a source: its items, the cursor behind them, both or neither. */
static bool pull_page(struct store *store, struct arena *arena, int *page, bool *more, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    struct source_state source;
    long long cursor = 0;
    if (!store_begin(store, &work, fault) || !sources_get(store, SLICE("s"), arena, &source, fault)) return false;
    if (source.cursor.at != NULL && !slice_to_int64(source.cursor, &cursor)) return fault_set(fault, FAULT_INPUT, "?");
    for (int i = 0; i < A_PAGE && cursor < PAGES; i++) {
        char id[24];
        snprintf(id, sizeof id, "%lld-%d", cursor, i);
        struct item item = shelf_item(id, "A title", "Retrieval practice, said again");
        struct slice key = SLICE("https://a.example/page");
        struct slice_list keys = {&key, 1, 1};
        struct item_in in = {.source = SLICE("s"), .item = &item, .keys = &keys, .now_s = NOW};
        struct item_put put;
        struct article_want want = {.key = key, .url = key, .priority = (double)cursor, .now_s = NOW};
        if (!items_put(store, &in, &put, fault) || !articles_want(store, &want, fault)) return false;
    }
    char next[24];
    snprintf(next, sizeof next, "%lld", cursor + 1);
    source.cursor = slice_from(next);
    source.items_new += cursor < PAGES ? A_PAGE : 0;
    *more = cursor < PAGES;
    *page = (int)cursor;
    if (*more && !sources_put(store, &source, fault)) return false;
    return store_commit(&work, fault);
}

static bool judge_some(struct store *store, struct arena *arena, bool *more, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    struct to_judge_list list;
    int64_t left = 0;
    if (!store_begin(store, &work, fault) || !verdicts_next(store, 0, 30, arena, &list, fault)) return false;
    for (size_t i = 0; i < list.count; i++) {
        struct verdict verdict = {.rules_id = SLICE("r"), .level = 2, .level_label = SLICE("label")};
        if (!verdicts_put(store, list.at[i].row, &verdict, fault)) return false;
    }
    if (!search_index(store, 40, &left, fault)) return false;
    *more = list.count > 0 || left > 0;
    return store_commit(&work, fault);
}

static bool make_digest(struct store *store, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    struct digest_record record = {.reader = SLICE("staff"), .json = SLICE("{}"), .made_s = NOW};
    struct shown shown = {.story = SLICE("one"), .item = SLICE("s/0-0"), .source = SLICE("s"), .place = 1};
    struct shown_list list = {&shown, 1, 1};
    struct letter letter = {.key = SLICE("staff/0/mail"), .message_id = SLICE("m@discern.invalid")};
    bool added = false;
    return store_begin(store, &work, fault) && digests_put(store, &record, &list, fault) &&
           outbox_add(store, &letter, &added, fault) && store_commit(&work, fault);
}

/* A whole run, and its page on disk. */
static bool run_all(const char *folder, struct moment *moment, struct fault *fault) {
    char path[96];
    snprintf(path, sizeof path, "%s/discern.db", folder);
    struct store_options options = {.path = path};
    if (moment != NULL) {
        options.before_commit = count_down;
        options.after_commit = count_down;
        options.hook_to = moment;
    }
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)16 * 1024 * 1024);
    AUTO(store_close)
    struct store *store = NULL;
    AUTO(folder_close)
    struct folder site = {0};
    if (arena == NULL) return fault_memory(fault);
    if (!store_open(&options, &store, fault)) return false;
    int page = 0;
    for (bool more = true; more;)
        if (!pull_page(store, arena, &page, &more, fault)) return false;
    for (bool more = true; more;)
        if (!judge_some(store, arena, &more, fault)) return false;
    if (!make_digest(store, fault) || !folder_open(folder, FOLDER_MUST_EXIST, &site, fault)) return false;
    struct file_put file = {.name = SLICE("index.html"), .bytes = SLICE("<p>the digest of the day</p>")};
    return file_put(&site, &file, NULL, fault);
}

/* Nothing lost, nothing doubled, all of it sound. */
static void assert_as_undisturbed(struct shelf *shelf) {
    struct store_figures figures;
    struct store_health health;
    struct source_state source;
    shelf_open(shelf);
    MUST(shelf, store_check(shelf->store, shelf->arena, &health, &shelf->fault));
    if (!health.sound) fail_msg("not sound: %.*s", SLICE_ARGS(health.first_damage));
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    assert_int_equal(figures.items, PAGES * A_PAGE);
    assert_int_equal(figures.verdicts, PAGES * A_PAGE);
    assert_int_equal(figures.items_to_judge, 0);
    assert_int_equal(figures.items_to_index, 0);
    assert_int_equal(figures.articles_wanted, 1);
    assert_int_equal(figures.digests, 1);
    assert_int_equal(figures.letters_open, 1);
    MUST(shelf, sources_get(shelf->store, SLICE("s"), shelf->arena, &source, &shelf->fault));
    assert_int_equal(source.items_new, PAGES * A_PAGE);
    struct search_query query = {.words = SLICE("retrieval")};
    struct search_hit_list hits;
    MUST(shelf, search_items(shelf->store, &query, shelf->arena, &hits, &shelf->fault));
    assert_int_equal(hits.count, PAGES * A_PAGE);
    AUTO(folder_close)
    struct folder site = {0};
    AUTO(buf_free)
    struct buf page = buf_new(100);
    bool found = false;
    MUST(shelf, folder_open(shelf->folder, FOLDER_MUST_EXIST, &site, &shelf->fault));
    MUST(shelf, file_get(&site, SLICE("index.html"), &page, &found, &shelf->fault));
    assert_string_equal(buf_text(&page), "<p>the digest of the day</p>");
}

static void start_over(struct shelf *shelf) {
    char command[256];
    store_close(&shelf->store);
    arena_reset(shelf->arena);
    snprintf(command, sizeof command, "rm -rf %s/*", shelf->folder);
    assert_int_equal(system(command), 0);
}

static void a_run_killed_at_any_commit_is_finished_by_the_next(void **state) {
    struct shelf *shelf = *state;
    int kills = 0;
    for (int at = 0;; at++) {
        start_over(shelf);
        pid_t child = fork();
        if (child == 0) {
            struct moment moment = {.left = at};
            _exit(run_all(shelf->folder, &moment, &shelf->fault) ? 0 : 1);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFEXITED(status)) {
            assert_int_equal(WEXITSTATUS(status), 0);
            break;
        }
        assert_int_equal(WTERMSIG(status), SIGKILL);
        kills++;
        MUST(shelf, run_all(shelf->folder, NULL, &shelf->fault));
        assert_as_undisturbed(shelf);
    }
    /* Two moments a commit, and the run has more than ten commits. */
    assert_true(kills > 20);
}

/* The oracle must bite: the same run, but with the cursor committed before its page, loses items to a kill. */
static void a_cursor_that_runs_ahead_of_its_page_is_caught(void **state) {
    struct shelf *shelf = *state;
    struct source_state source;
    struct store_figures figures;
    AUTO(store_work_end)
    struct store_work work = {0};
    shelf_begin(shelf, &work);
    MUST(shelf, sources_get(shelf->store, SLICE("s"), shelf->arena, &source, &shelf->fault));
    source.cursor = SLICE("1");
    MUST(shelf, sources_put(shelf->store, &source, &shelf->fault));
    shelf_commit(shelf, &work);
    store_close(&shelf->store);
    MUST(shelf, run_all(shelf->folder, NULL, &shelf->fault));
    shelf_open(shelf);
    MUST(shelf, store_figures(shelf->store, &figures, &shelf->fault));
    assert_int_not_equal(figures.items, PAGES * A_PAGE);
}

static void a_full_disk_at_any_size_is_told_and_nothing_is_lost(void **state) {
    struct shelf *shelf = *state;
    unsigned told = 0;
    for (rlim_t size = 1000; size < 900000; size = size * 5 / 4) {
        start_over(shelf);
        pid_t child = fork();
        if (child == 0) {
            struct rlimit limit = {size, size};
            signal(SIGXFSZ, SIG_IGN);
            if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(3);
            if (run_all(shelf->folder, NULL, &shelf->fault)) _exit(0);
            bool good = shelf->fault.kind == FAULT_STORE && strstr(shelf->fault.text, "disk is full") != NULL;
            if (!good) fprintf(stderr, "limit %ld: %s\n", (long)size, shelf->fault.text);
            _exit(good ? 1 : 2);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_true(WEXITSTATUS(status) <= 1);
        if (WEXITSTATUS(status) == 1) told++;
        MUST(shelf, run_all(shelf->folder, NULL, &shelf->fault));
        assert_as_undisturbed(shelf);
    }
    assert_true(told > 10);
}

#ifdef __SANITIZE_ADDRESS__
#define OWN_ALLOCATOR 0 /* the sanitizer's allocator is not to be stood in for */
#else
#define OWN_ALLOCATOR 1
#endif

#if OWN_ALLOCATOR
/* glibc's own names behind the ones that are stood in for here: every allocation of the process counts, SQLite's and
 * zstd's as well as ours. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static long allocations_left = -1; /* -1 = all succeed */

static bool may_allocate(void) {
    if (allocations_left < 0) return true;
    return allocations_left-- != 0;
}

void *malloc(size_t size) {
    return may_allocate() ? __libc_malloc(size) : NULL;
}

void *calloc(size_t count, size_t size) {
    return may_allocate() ? __libc_calloc(count, size) : NULL;
}

void *realloc(void *old, size_t size) {
    return may_allocate() ? __libc_realloc(old, size) : NULL;
}
#endif

static void any_allocation_may_fail_and_the_next_run_finishes(void **state) {
    struct shelf *shelf = *state;
    unsigned told = 0;
#if OWN_ALLOCATOR
    for (long at = 0;; at = at < 150 ? at + 1 : at * 21 / 20) {
        start_over(shelf);
        pid_t child = fork();
        if (child == 0) {
            (void)signal(SIGSEGV, SIG_DFL);
            allocations_left = at;
            bool done = run_all(shelf->folder, NULL, &shelf->fault);
            bool reached = allocations_left < 0;
            allocations_left = -1;
            if (!done && shelf->fault.kind != FAULT_MEMORY) fprintf(stderr, "%ld: %s\n", at, shelf->fault.text);
            _exit(!reached ? 9 : done ? 0 : shelf->fault.kind == FAULT_MEMORY ? 1 : 2);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        if (!WIFEXITED(status)) fail_msg("allocation %ld: ended by a signal", at);
        if (WEXITSTATUS(status) == 9) break;
        if (WEXITSTATUS(status) > 1) fail_msg("allocation %ld: exit %d", at, WEXITSTATUS(status));
        if (WEXITSTATUS(status) == 1) told++;
        MUST(shelf, run_all(shelf->folder, NULL, &shelf->fault));
        assert_as_undisturbed(shelf);
    }
    assert_true(told > 100);
#else
    (void)shelf;
    (void)told;
    skip();
#endif
}

static bool have_strace(void) {
    return system("strace -o /dev/null true >/dev/null 2>&1") == 0;
}

/* The test itself, started under strace, is the run whose calls fail. */
static int run_traced(const struct shelf *shelf, const char *call, const char *error, int when) {
    char self[256];
    char command[640];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(len > 0);
    self[len] = '\0';
    snprintf(command, sizeof command,
             "ASAN_OPTIONS=detect_leaks=0 strace -f -o /dev/null -e trace=%s -e inject=%s:error=%s:when=%d %s run %s"
             " >/dev/null 2>&1",
             call, call, error, when, self, shelf->folder);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void no_failing_call_is_mistaken_for_success(void **state) {
    struct shelf *shelf = *state;
    static const char *const calls[] = {"pwrite64", "fdatasync", "fsync",    "openat", "write",
                                        "pread64",  "ftruncate", "renameat", "fcntl",  "fchmod"};
    static const char *const errors[] = {"EIO", "ENOSPC"};
    static const int moments[] = {1, 3, 9, 30};
    unsigned failed = 0;
    if (!have_strace()) skip();
    for (size_t call = 0; call < COUNT_OF(calls); call++) {
        for (size_t i = 0; i < COUNT_OF(errors) * COUNT_OF(moments); i++) {
            start_over(shelf);
            int rc = run_traced(shelf, calls[call], errors[i % 2], moments[i / 2]);
            if (rc > 1 && rc != 127) fail_msg("%s %s %d: exit %d", calls[call], errors[i % 2], moments[i / 2], rc);
            if (rc != 0) failed++;
            /* What said success must be whole already; what failed is finished by the next run. */
            if (rc != 0) MUST(shelf, run_all(shelf->folder, NULL, &shelf->fault));
            assert_as_undisturbed(shelf);
        }
    }
    assert_true(failed > 10);
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "run") == 0) {
        struct fault fault = {0};
        return run_all(argv[2], NULL, &fault) ? 0 : 1;
    }
    const struct CMUnitTest tests[] = {
        SHELF_TEST(a_run_killed_at_any_commit_is_finished_by_the_next),
        SHELF_TEST(a_cursor_that_runs_ahead_of_its_page_is_caught),
        SHELF_TEST(a_full_disk_at_any_size_is_told_and_nothing_is_lost),
        SHELF_TEST(any_allocation_may_fail_and_the_next_run_finishes),
        SHELF_TEST(no_failing_call_is_mistaken_for_success),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
