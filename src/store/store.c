#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/files.h"
#include "store/item_keys.h"
#include "store/judge_list.h"
#include "store/lexicon.h"
#include "store/schema.h"
#include "store/squeeze.h"

static bool make_folder(const char *path, struct fault *fault) {
    struct slice whole = slice_from(path);
    AUTO(buf_free)
    struct buf copy = buf_new(LIMIT_PATH_BYTES);
    buf_add(&copy, whole);
    if (!buf_check(&copy, "the store's path", fault)) return false;
    AUTO(folder_close)
    struct folder folder = {0};
    return folder_open(dirname(copy.at), FOLDER_MAKE, &folder, fault);
}

/* SQLite would make it readable by others, and gives the log beside it the same mode as the database. */
static bool make_file(const char *path, struct fault *fault) {
    if (!make_folder(path, fault)) return false;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) {
        (void)close(fd);
        return true;
    }
    if (errno == EACCES || errno == EROFS || errno == EPERM)
        return fault_set(fault, FAULT_STORE, "the store %s cannot be written: make it and its folder writable", path);
    if (errno == ENOSPC || errno == EDQUOT)
        return fault_set(fault, FAULT_STORE, "the disk is full: make room for %s and run again", path);
    return fault_set(fault, FAULT_STORE, "the store %s cannot be made: %s", path, strerror(errno));
}

static bool harden(struct store *store, struct fault *fault) {
    static const struct {
        int id, value;
    } limits[] = {{SQLITE_LIMIT_LENGTH, (int)LIMIT_STORE_ROW_BYTES + 64 * 1024},
                  {SQLITE_LIMIT_SQL_LENGTH, (int)LIMIT_STORE_SQL_BYTES},
                  {SQLITE_LIMIT_ATTACHED, 0},
                  {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1024},
                  {SQLITE_LIMIT_COLUMN, 100},
                  {SQLITE_LIMIT_EXPR_DEPTH, 100},
                  {SQLITE_LIMIT_COMPOUND_SELECT, 20},
                  {SQLITE_LIMIT_VARIABLE_NUMBER, 64},
                  {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
                  {SQLITE_LIMIT_WORKER_THREADS, 0}};
    static const int switches[][2] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                      {SQLITE_DBCONFIG_ENABLE_FKEY, 1},    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                                      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1}, {SQLITE_DBCONFIG_DQS_DDL, 0},
                                      {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1}};
    for (size_t i = 0; i < COUNT_OF(limits); i++) (void)sqlite3_limit(store->db, limits[i].id, limits[i].value);
    for (size_t i = 0; i < COUNT_OF(switches); i++) {
        int rc = sqlite3_db_config(store->db, switches[i][0], switches[i][1], NULL);
        if (rc != SQLITE_OK) return db_fault(store, rc, fault);
    }
    (void)sqlite3_hard_heap_limit64(LIMIT_STORE_HEAP_BYTES);
    (void)sqlite3_busy_timeout(store->db, LIMIT_STORE_BUSY_MS);
    (void)sqlite3_extended_result_codes(store->db, 1);
    return true;
}

static bool set_pragma(struct store *store, const char *name, int64_t value, struct fault *fault) {
    char pragma[64];
    int len = snprintf(pragma, sizeof pragma, "PRAGMA %s = %" PRId64, name, value);
    if (len < 0 || (size_t)len >= sizeof pragma) return fault_memory(fault);
    return db_run(store, pragma, fault);
}

bool store_cache(struct store *store, size_t cache_bytes, struct fault *fault) {
    return set_pragma(store, "cache_size", -(int64_t)(cache_bytes / 1024), fault);
}

/* The size of a page holds for a store that is made now; one that is there keeps its own. */
static bool set_up_log(struct store *store, struct fault *fault) {
    int64_t page_bytes;
    return set_pragma(store, "page_size", LIMIT_STORE_PAGE_BYTES, fault) &&
           db_run(store, "PRAGMA journal_mode = WAL", fault) && db_run(store, "PRAGMA synchronous = FULL", fault) &&
           db_int(store, "PRAGMA page_size", LIMIT_STORE_PAGE_BYTES, &page_bytes, fault) &&
           set_pragma(store, "wal_autocheckpoint", LIMIT_STORE_LOG_BYTES / page_bytes, fault);
}

/* SQLite counts the cache in pages of the size that it believed in when it was told how large: told last, it is right.
 */
static bool configure(struct store *store, struct fault *fault) {
    if (!db_run(store, "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0", fault)) return false;
    if (store->mode == STORE_READ)
        return schema_require(store, fault) && store_cache(store, LIMIT_STORE_CACHE_BYTES, fault);
    return set_up_log(store, fault) && store_cache(store, LIMIT_STORE_CACHE_BYTES, fault) &&
           schema_migrate(store, fault);
}

/* What other processes may have changed since the last transaction. */
static bool refresh(struct store *store, struct fault *fault) {
    return db_int(store, "SELECT value FROM fact WHERE name = 'indexed-row'", 0, &store->indexed_row, fault) &&
           db_int(store, "SELECT count(*) FROM tombstone", 0, &store->tombstones, fault);
}

static bool open_in(struct store *store, const struct store_options *options, struct fault *fault) {
    size_t len = strlen(options->path) + 1;
    store->path = mem_new(len, 1);
    if (store->path == NULL) return fault_memory(fault);
    memcpy(store->path, options->path, len);
    store->mode = options->mode;
    store->hooks = *options;
    for (size_t i = 0; i < COUNT_OF(store->scratch); i++) store->scratch[i] = buf_new(LIMIT_STORE_BODY_BYTES);
    if (!schema_peek(store->path, fault)) return false;
    if (store->mode == STORE_WRITE && !make_file(store->path, fault)) return false;
    int flags = store->mode == STORE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    int rc = sqlite3_open_v2(store->path, &store->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (rc != SQLITE_OK) return db_fault(store, rc, fault);
    if (!harden(store, fault) || !configure(store, fault) || !refresh(store, fault)) return false;
    /* Only a database that opened well is tidied at the end: a damaged one stays as it is. */
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, store->mode == STORE_READ, NULL);
    return true;
}

bool store_open(const struct store_options *options, struct store **out, struct fault *fault) {
    AUTO(store_close)
    struct store *store = mem_new(1, sizeof *store);
    if (store == NULL) return fault_memory(fault);
    if (!open_in(store, options, fault)) return false;
    *out = store;
    store = NULL;
    return true;
}

void store_close(struct store **store) {
    struct store *old = *store;
    if (old == NULL) return;
    db_close_statements(old);
    if (old->db != NULL) (void)sqlite3_close_v2(old->db);
    lexicon_free(&old->lexicon);
    squeeze_free(&old->squeeze);
    key_heap_free(&old->key_heap);
    for (size_t i = 0; i < COUNT_OF(old->scratch); i++) buf_free(&old->scratch[i]);
    mem_free(old->path);
    mem_free(old);
    *store = NULL;
}

bool db_begin(struct store *store, struct store_work *work, struct fault *fault) {
    if (store->mode == STORE_READ) return fault_set(fault, FAULT_USAGE, "the store was opened for reading only");
    if (sqlite3_get_autocommit(store->db) == 0)
        return fault_set(fault, FAULT_USAGE, "a transaction of the store is open already");
    store->spoiled = false;
    store->scrub = false;
    if (!db_run(store, "BEGIN IMMEDIATE", fault)) return false;
    work->store = store;
    return true;
}

bool store_begin(struct store *store, struct store_work *work, struct fault *fault) {
    store->rules_text[0] = '\0';
    if (!db_begin(store, work, fault)) return false;
    if (refresh(store, fault)) return true;
    store_work_end(work);
    return false;
}

void store_work_end(struct store_work *work) {
    struct store *store = work->store;
    work->store = NULL;
    if (store == NULL) return;
    key_heap_clear(store);
    judge_list_clear(store);
    /* What was learnt inside the transaction is undone with it. */
    lexicon_forget(store);
    store->source_name = (struct slice){NULL, 0};
    store->rules_text[0] = '\0';
    store->spoiled = false;
    store->scrub = false;
    if (sqlite3_get_autocommit(store->db) == 0) (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* Words of a forgotten author stand in the index's old segments, and in the log, until these are rewritten. */
static bool scrub_index(struct store *store, struct fault *fault) {
    return !store->scrub || db_run(store, "INSERT INTO words(words) VALUES('optimize')", fault);
}

bool store_commit(struct store_work *work, struct fault *fault) {
    struct store *store = work->store;
    if (store == NULL) return fault_set(fault, FAULT_USAGE, "no transaction of the store is open");
    if (!db_may_write(store, fault)) return false;
    if (!key_heap_flush(store, fault) || !judge_list_flush(store, fault) || !scrub_index(store, fault)) return false;
    bool scrub = store->scrub;
    if (store->hooks.before_commit != NULL) store->hooks.before_commit(store->hooks.hook_to);
    if (!db_run(store, "COMMIT", fault)) return false;
    work->store = NULL;
    store->scrub = false;
    if (store->hooks.after_commit != NULL) store->hooks.after_commit(store->hooks.hook_to);
    return !scrub || db_run(store, "PRAGMA wal_checkpoint(TRUNCATE)", fault);
}

static bool add_up(struct store *store, struct store_figures *out, struct fault *fault) {
    const struct {
        const char *sql;
        int64_t *to;
    } sums[] = {
        {"SELECT count(*) FROM source", &out->sources},
        {"SELECT count(*) FROM item", &out->items},
        {"SELECT count(*) FROM to_judge", &out->items_to_judge},
        {"SELECT count(*) FROM item WHERE row > coalesce((SELECT CAST(value AS INTEGER) FROM fact"
         " WHERE name = 'indexed-row'), 0)",
         &out->items_to_index},
        {"SELECT count(*) FROM article WHERE body IS NOT NULL", &out->articles},
        {"SELECT count(*) FROM article WHERE state IN (0, 2)", &out->articles_wanted},
        {"SELECT count(*) FROM work WHERE state = 1", &out->works},
        {"SELECT count(*) FROM work WHERE state IN (0, 3)", &out->works_wanted},
        {"SELECT count(*) FROM verdict", &out->verdicts},
        {"SELECT count(*) FROM digest", &out->digests},
        {"SELECT count(*) FROM mark WHERE undone_s IS NULL", &out->marks},
        {"SELECT count(*) FROM focus", &out->focuses},
        {"SELECT count(*) FROM letter WHERE state IN (0, 1, 3)", &out->letters_open},
        {"SELECT count(*) FROM run", &out->runs},
        {"SELECT count(*) FROM tombstone", &out->forgotten},
        {"SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", &out->bytes},
    };
    for (size_t i = 0; i < COUNT_OF(sums); i++)
        if (!db_int(store, sums[i].sql, 0, sums[i].to, fault)) return false;
    return true;
}

bool store_figures(struct store *store, struct store_figures *out, struct fault *fault) {
    struct store_figures figures = {0};
    if (!judge_list_flush(store, fault) || !add_up(store, &figures, fault)) return false;
    *out = figures;
    return true;
}
