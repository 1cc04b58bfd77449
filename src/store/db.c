#include "store/db.h"

#include <errno.h>
#include <string.h>

#include "base/when.h"

/* SQLite keeps no errno of the file beside its log, whose growth fails for want of room alone. */
static bool disk_is_full(int rc, int system_error) {
    return (rc & 0xff) == SQLITE_FULL || rc == SQLITE_IOERR_SHMSIZE || system_error == ENOSPC ||
           system_error == EDQUOT || system_error == EFBIG;
}

bool db_fault(struct store *store, int rc, struct fault *fault) {
    int last_error = errno;
    int system_error = store->db == NULL ? 0 : sqlite3_system_errno(store->db);
    /* SQLite keeps it for failing statements but not for failing commits. */
    if (system_error == 0 && (rc & 0xff) == SQLITE_IOERR) system_error = last_error;
    const char *path = store->path;
    if (store->db != NULL && sqlite3_get_autocommit(store->db) == 0) store->spoiled = true;
    int base = rc & 0xff;
    if (base == SQLITE_NOMEM) return fault_memory(fault);
    if (base == SQLITE_BUSY || base == SQLITE_LOCKED)
        return fault_set(fault, FAULT_BUSY, "another discern is writing to %s: try again in a minute", path);
    if (base == SQLITE_TOOBIG)
        return fault_set(fault, FAULT_LIMIT, "a row is larger than the store takes: it was left out");
    if (base == SQLITE_CORRUPT || base == SQLITE_NOTADB)
        return fault_set(fault, FAULT_STORE,
                         "the store %s is damaged: it was left as it is; move it away and put a backup in its place",
                         path);
    if ((base == SQLITE_FULL || base == SQLITE_IOERR) && disk_is_full(rc, system_error))
        return fault_set(fault, FAULT_STORE, "the disk is full: make room for %s and run again; nothing was lost",
                         path);
    if (base == SQLITE_READONLY || base == SQLITE_PERM || base == SQLITE_CANTOPEN || base == SQLITE_AUTH)
        return fault_set(fault, FAULT_STORE, "the store %s cannot be written: make it and its folder writable", path);
    if (base == SQLITE_IOERR)
        return fault_set(fault, FAULT_STORE, "the disk failed at %s (%s): check it, then run again", path,
                         system_error == 0 ? sqlite3_errstr(rc) : strerror(system_error));
    return fault_set(fault, FAULT_STORE, "the store %s refused: %s", path,
                     store->db == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(store->db));
}

bool db_damaged(struct store *store, const char *what, struct fault *fault) {
    if (sqlite3_get_autocommit(store->db) == 0) store->spoiled = true;
    return fault_set(fault, FAULT_STORE,
                     "the store %s is damaged (%s does not match its checksum): it was left as it is; put a backup in "
                     "its place",
                     store->path, what);
}

bool db_may_write(struct store *store, struct fault *fault) {
    if (sqlite3_get_autocommit(store->db) != 0)
        return fault_set(fault, FAULT_USAGE, "the store is written to outside a transaction");
    if (store->spoiled)
        return fault_set(fault, FAULT_STORE, "the store's transaction had a fault and can only be undone");
    return true;
}

static bool prepare(struct store *store, const char *sql, unsigned flags, sqlite3_stmt **out, struct fault *fault) {
    int rc = sqlite3_prepare_v3(store->db, sql, -1, flags, out, NULL);
    return rc == SQLITE_OK || db_fault(store, rc, fault);
}

/* Statements are string literals, so the address is the name. */
static size_t slot_of(const struct store *store, const char *sql) {
    size_t slot = ((uintptr_t)sql >> 4) % DB_STATEMENTS;
    while (store->cache[slot].sql != NULL && store->cache[slot].sql != sql) slot = (slot + 1) % DB_STATEMENTS;
    return slot;
}

bool ask_open(struct store *store, const char *sql, struct ask *out, struct fault *fault) {
    size_t slot = slot_of(store, sql);
    if (store->cache[slot].sql == NULL) {
        if (!prepare(store, sql, SQLITE_PREPARE_PERSISTENT, &store->cache[slot].at, fault)) return false;
        store->cache[slot].sql = sql;
    }
    *out = (struct ask){.store = store, .at = store->cache[slot].at};
    return true;
}

bool ask_open_owned(struct store *store, const char *sql, struct ask *out, struct fault *fault) {
    sqlite3_stmt *at = NULL;
    if (!prepare(store, sql, 0, &at, fault)) return false;
    *out = (struct ask){.store = store, .at = at, .owned = true};
    return true;
}

void ask_end(struct ask *ask) {
    if (ask->at == NULL) return;
    if (ask->owned) sqlite3_finalize(ask->at);
    else sqlite3_reset(ask->at);
    *ask = (struct ask){0};
}

void db_close_statements(struct store *store) {
    for (size_t i = 0; i < DB_STATEMENTS; i++) {
        sqlite3_finalize(store->cache[i].at);
        store->cache[i].at = NULL;
        store->cache[i].sql = NULL;
    }
}

static void note(struct ask *ask, int rc) {
    if (rc != SQLITE_OK && ask->rc == SQLITE_OK) ask->rc = rc;
}

void ask_bind_int(struct ask *ask, int64_t value) {
    note(ask, sqlite3_bind_int64(ask->at, ++ask->bound, value));
}

void ask_bind_real(struct ask *ask, double value) {
    note(ask, sqlite3_bind_double(ask->at, ++ask->bound, value));
}

void ask_bind_when(struct ask *ask, int64_t instant_s) {
    if (instant_s == WHEN_ABSENT) note(ask, sqlite3_bind_null(ask->at, ++ask->bound));
    else ask_bind_int(ask, instant_s);
}

void ask_bind_text(struct ask *ask, struct slice text) {
    ask->bound++;
    if (text.at == NULL) note(ask, sqlite3_bind_null(ask->at, ask->bound));
    else note(ask, sqlite3_bind_text64(ask->at, ask->bound, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8));
}

void ask_bind_blob(struct ask *ask, struct slice bytes) {
    ask->bound++;
    if (bytes.at == NULL) note(ask, sqlite3_bind_null(ask->at, ask->bound));
    else note(ask, sqlite3_bind_blob64(ask->at, ask->bound, bytes.at, bytes.len, SQLITE_STATIC));
}

bool ask_step(struct ask *ask, bool *row, struct fault *fault) {
    int rc = ask->rc == SQLITE_OK ? sqlite3_step(ask->at) : ask->rc;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) return db_fault(ask->store, rc, fault);
    *row = rc == SQLITE_ROW;
    return true;
}

bool ask_run(struct ask *ask, struct fault *fault) {
    bool row = false;
    bool done = ask_step(ask, &row, fault);
    while (done && row) done = ask_step(ask, &row, fault);
    sqlite3_reset(ask->at);
    ask->bound = 0;
    return done;
}

int64_t ask_int(const struct ask *ask, int column) {
    return sqlite3_column_int64(ask->at, column);
}

double ask_real(const struct ask *ask, int column) {
    return sqlite3_column_double(ask->at, column);
}

int64_t ask_when(const struct ask *ask, int column) {
    return sqlite3_column_type(ask->at, column) == SQLITE_NULL ? WHEN_ABSENT : sqlite3_column_int64(ask->at, column);
}

struct slice ask_bytes(const struct ask *ask, int column) {
    if (sqlite3_column_type(ask->at, column) == SQLITE_NULL) return (struct slice){NULL, 0};
    const char *at = sqlite3_column_blob(ask->at, column);
    return slice_of(at == NULL ? "" : at, (size_t)sqlite3_column_bytes(ask->at, column));
}

bool ask_list(struct ask *ask, struct arena *arena, size_t size_bytes, ask_take *take, struct list *out,
              struct fault *fault) {
    struct list list = {0};
    for (;;) {
        bool row = false;
        if (!ask_step(ask, &row, fault)) return false;
        if (!row) break;
        char *more = arena_grow(arena, list.at, list.count, &list.capacity, size_bytes);
        if (more == NULL) return fault_memory(fault);
        list.at = more;
        if (!take(ask, arena, more + list.count * size_bytes, fault)) return false;
        list.count++;
    }
    *out = list;
    return true;
}

bool db_run(struct store *store, const char *sql, struct fault *fault) {
    int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || db_fault(store, rc, fault);
}

bool db_int(struct store *store, const char *sql, int64_t otherwise, int64_t *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, sql, &ask, fault) || !ask_step(&ask, &row, fault)) return false;
    int64_t value = row ? ask_when(&ask, 0) : WHEN_ABSENT;
    *out = value == WHEN_ABSENT ? otherwise : value;
    return true;
}
