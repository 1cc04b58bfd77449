#include "store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "store/item_keys.h"

/* Version 1. Columns are what is searched, sorted or joined by; the rest of a row is packed bytes with a checksum. */
static const char *const version_1[] = {
    "CREATE TABLE source(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, state BLOB) STRICT",
    "CREATE TABLE spending(account TEXT NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL,"
    " cost_micro INTEGER NOT NULL, PRIMARY KEY(account, month, kind)) STRICT, WITHOUT ROWID",
    "CREATE TABLE handle(network TEXT NOT NULL, handle TEXT NOT NULL, until_s INTEGER NOT NULL, rest BLOB NOT NULL,"
    " PRIMARY KEY(network, handle)) STRICT, WITHOUT ROWID",
    /* AUTOINCREMENT: a number is never used again, so the word index can say "up to here". */
    "CREATE TABLE item(row INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL REFERENCES source(number),"
    " id TEXT NOT NULL, seen_s INTEGER NOT NULL, changed_s INTEGER NOT NULL, content INTEGER NOT NULL,"
    " sum INTEGER NOT NULL, counts BLOB, title TEXT, text TEXT, author TEXT, rest BLOB NOT NULL) STRICT",
    "CREATE UNIQUE INDEX item_identity ON item(source, id)",
    "CREATE INDEX item_seen ON item(seen_s)",
    "CREATE TABLE item_key(hash INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY(hash, item))"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE tombstone(author TEXT PRIMARY KEY, since_s INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE VIRTUAL TABLE words USING fts5(title, text, author, content='item', content_rowid='row',"
    " tokenize='porter unicode61 remove_diacritics 2')",
    /* Longer runs of the index in memory before they are written: a third less work in bulk. */
    "INSERT INTO words(words, rank) VALUES('hashsize', 8388608)",
    "CREATE TABLE article(number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, state INTEGER NOT NULL,"
    " priority REAL NOT NULL, wanted_s INTEGER NOT NULL, next_s INTEGER, content INTEGER NOT NULL, rest BLOB NOT NULL,"
    " body BLOB) STRICT",
    "CREATE INDEX article_wanted ON article(priority DESC, wanted_s, key) WHERE state IN (0, 2)",
    "CREATE TABLE article_name(name TEXT PRIMARY KEY,"
    " article INTEGER NOT NULL REFERENCES article(number) ON DELETE CASCADE, sum INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID",
    "CREATE INDEX article_names ON article_name(article)",
    "CREATE TABLE item_reference(item INTEGER PRIMARY KEY REFERENCES item(row) ON DELETE CASCADE, rest BLOB NOT NULL)"
    " STRICT",
    "CREATE TABLE work(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state INTEGER NOT NULL,"
    " next_s INTEGER, rest BLOB) STRICT",
    "CREATE INDEX work_wanted ON work(number) WHERE state IN (0, 3)",
    /* owner: an item's row * 2, or an article's number * 2 + 1. */
    "CREATE TABLE work_use(work INTEGER NOT NULL REFERENCES work(number), owner INTEGER NOT NULL,"
    " PRIMARY KEY(work, owner)) STRICT, WITHOUT ROWID",
    "CREATE INDEX work_user ON work_use(owner)",
    "CREATE TABLE retraction(id TEXT PRIMARY KEY, rest BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE rules(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE lexicon(number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, sum INTEGER NOT NULL) STRICT",
    "CREATE TABLE verdict(item INTEGER PRIMARY KEY REFERENCES item(row) ON DELETE CASCADE,"
    " rules INTEGER NOT NULL REFERENCES rules(number), level INTEGER NOT NULL, flags INTEGER NOT NULL, topics TEXT,"
    " scope TEXT, rest BLOB NOT NULL) STRICT",
    "CREATE TABLE to_judge(item INTEGER PRIMARY KEY REFERENCES item(row) ON DELETE CASCADE) STRICT",
    "CREATE TABLE digest(day_s INTEGER NOT NULL, reader TEXT NOT NULL, made_s INTEGER NOT NULL, rest BLOB NOT NULL,"
    " PRIMARY KEY(day_s, reader)) STRICT",
    "CREATE TABLE shown(day_s INTEGER NOT NULL, reader TEXT NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL,"
    " rest BLOB NOT NULL, PRIMARY KEY(day_s, reader, number)) STRICT, WITHOUT ROWID",
    "CREATE TABLE parked(reader TEXT NOT NULL, story TEXT NOT NULL, score REAL NOT NULL, rest BLOB NOT NULL,"
    " PRIMARY KEY(reader, story)) STRICT, WITHOUT ROWID",
    "CREATE TABLE mark(number INTEGER PRIMARY KEY AUTOINCREMENT, when_s INTEGER NOT NULL, undone_s INTEGER,"
    " kind INTEGER NOT NULL, reader TEXT, item TEXT NOT NULL, flag TEXT, rest BLOB NOT NULL) STRICT",
    "CREATE INDEX mark_item ON mark(item)",
    "CREATE TABLE focus(number INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, open INTEGER NOT NULL,"
    " rest BLOB NOT NULL) STRICT",
    "CREATE TABLE note(number INTEGER PRIMARY KEY AUTOINCREMENT, focus INTEGER NOT NULL REFERENCES focus(number),"
    " date_s INTEGER NOT NULL, same INTEGER NOT NULL, rest BLOB NOT NULL, UNIQUE(focus, same)) STRICT",
    "CREATE TABLE focus_event(number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " focus INTEGER NOT NULL REFERENCES focus(number), when_s INTEGER NOT NULL, rest BLOB NOT NULL) STRICT",
    "CREATE INDEX focus_history ON focus_event(focus)",
    "CREATE TABLE letter(key TEXT PRIMARY KEY, date_s INTEGER NOT NULL, state INTEGER NOT NULL, next_s INTEGER,"
    " rest BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE run(number INTEGER PRIMARY KEY AUTOINCREMENT, leg TEXT NOT NULL, started_s INTEGER NOT NULL,"
    " rest BLOB) STRICT",
    "CREATE TABLE fact(name TEXT PRIMARY KEY, value TEXT NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID",
};

/* Version 2. An article's own key was a name as well, and each key stood in five places: now an alias alone is a name,
 * and the order of the wanted goes by number where all else is equal. */
static const char *const version_2[] = {
    "DELETE FROM article_name WHERE name = (SELECT key FROM article WHERE number = article_name.article)",
    "DROP INDEX article_wanted",
    "CREATE INDEX article_wanted ON article(priority DESC, wanted_s) WHERE state IN (0, 2)",
};

/* A step leads from the version before it; steps are added at the end, never changed. `then` follows the statements.
 * Version 3 has none: the keys of items are other hashes than before. */
static const struct step {
    const char *const *statements;
    size_t count;
    bool (*then)(struct store *store, struct fault *fault);
} steps[] = {{version_1, COUNT_OF(version_1), NULL},
             {version_2, COUNT_OF(version_2), NULL},
             {NULL, 0, item_keys_rebuild}};

int64_t schema_version(void) {
    return COUNT_OF(steps);
}

static bool refuse_version(const char *path, int64_t version, struct fault *fault) {
    return fault_set(fault, FAULT_STORE,
                     "the store %s is from a newer discern (version %" PRId64 ", this one knows up to %" PRId64
                     "): use the newer discern; it was left as it is",
                     path, version, schema_version());
}

static bool refuse_foreign(const char *path, struct fault *fault) {
    return fault_set(fault, FAULT_STORE, "%s is not a store of discern: name another file; it was left as it is", path);
}

static int64_t big_endian_32(const unsigned char *at) {
    return (int64_t)at[0] << 24 | (int64_t)at[1] << 16 | (int64_t)at[2] << 8 | at[3];
}

#define HEADER_BYTES 100
#define HEADER_VERSION_AT 60
#define HEADER_APPLICATION_AT 68

bool schema_peek(const char *path, struct fault *fault) {
    unsigned char header[HEADER_BYTES];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        if (errno == ENOENT) return true;
        return fault_set(fault, FAULT_STORE, "the store %s cannot be opened: %s", path, strerror(errno));
    }
    ssize_t got = read(fd, header, sizeof header);
    int error = errno;
    (void)close(fd);
    if (got < 0) return fault_set(fault, FAULT_STORE, "the store %s cannot be read: %s", path, strerror(error));
    if (got == 0) return true;
    if (got < HEADER_BYTES || memcmp(header, "SQLite format 3", 16) != 0)
        return fault_set(fault, FAULT_STORE,
                         "the store %s is damaged or no store at all: it was left as it is; move it away and put a "
                         "backup in its place",
                         path);
    int64_t application = big_endian_32(header + HEADER_APPLICATION_AT);
    int64_t version = big_endian_32(header + HEADER_VERSION_AT);
    /* Both are 0 while the first transaction still stands in the write-ahead log. */
    if (application != SCHEMA_APPLICATION_ID && (application != 0 || version != 0)) return refuse_foreign(path, fault);
    return version <= schema_version() || refuse_version(path, version, fault);
}

static bool read_version(struct store *store, int64_t *version, struct fault *fault) {
    int64_t application = 0;
    int64_t tables = 0;
    if (!db_int(store, "PRAGMA application_id", 0, &application, fault)) return false;
    if (!db_int(store, "PRAGMA user_version", 0, version, fault)) return false;
    if (!db_int(store, "SELECT count(*) FROM sqlite_schema", 0, &tables, fault)) return false;
    bool ours = application == SCHEMA_APPLICATION_ID || (application == 0 && *version == 0 && tables == 0);
    return ours || refuse_foreign(store->path, fault);
}

static bool take_step(struct store *store, int64_t version, struct fault *fault) {
    char pragma[96];
    for (size_t i = 0; i < steps[version].count; i++)
        if (!db_run(store, steps[version].statements[i], fault)) return false;
    if (steps[version].then != NULL && !steps[version].then(store, fault)) return false;
    int len = snprintf(pragma, sizeof pragma, "PRAGMA user_version = %" PRId64 "; PRAGMA application_id = %d",
                       version + 1, SCHEMA_APPLICATION_ID);
    if (len < 0 || (size_t)len >= sizeof pragma) return fault_memory(fault);
    return db_run(store, pragma, fault);
}

bool schema_migrate(struct store *store, struct fault *fault) {
    int64_t version = 0;
    if (!read_version(store, &version, fault)) return false;
    while (version < schema_version()) {
        AUTO(store_work_end)
        struct store_work work = {0};
        if (!db_begin(store, &work, fault)) return false;
        /* Another process may have taken the step while this one waited for the lock. */
        if (!read_version(store, &version, fault)) return false;
        if (version < schema_version() && !take_step(store, version++, fault)) return false;
        if (!store_commit(&work, fault)) return false;
    }
    return version == schema_version() || refuse_version(store->path, version, fault);
}

bool schema_require(struct store *store, struct fault *fault) {
    int64_t version = 0;
    if (!read_version(store, &version, fault)) return false;
    if (version > schema_version()) return refuse_version(store->path, version, fault);
    if (version == schema_version()) return true;
    return fault_set(fault, FAULT_STORE, "the store %s is from an older discern: run `discern run` once", store->path);
}
