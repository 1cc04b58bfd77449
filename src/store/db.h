/* db: the one door to SQLite, for the files of this room only. A statement is a string literal, prepared once and kept;
 * values reach it as parameters only. */
#ifndef DISCERN_STORE_DB_H
#define DISCERN_STORE_DB_H

#include <sqlite3.h>

#include "base/buf.h"
#include "base/hash.h"
#include "store/store.h"

#define DB_STATEMENTS 256 /* slots of the cache, a power of two, at least twice the number of statements */

struct lexicon;
struct squeeze;
struct key_heap;

struct store {
    sqlite3 *db;
    char *path;
    enum store_mode mode;
    bool spoiled; /* the open transaction had a fault and can only be undone */
    bool scrub;   /* somebody was forgotten: the commit cleans the file */
    struct store_options hooks;
    struct {
        const char *sql;
        sqlite3_stmt *at;
    } cache[DB_STATEMENTS];
    int64_t indexed_row;      /* items up to this row are in the word index */
    int64_t made_first;       /* items that this transaction made and judge_list does not hold yet; 0 = none */
    int64_t made_last;        /* likewise */
    int64_t tombstones;       /* how many authors are forgotten */
    struct buf scratch[3];    /* for rows on their way in, kept to spare allocations */
    struct slice source_name; /* the source looked up last, points into source_text */
    char source_text[256];
    int64_t source_number;
    char rules_text[HASH_HEX_BYTES]; /* id of the rules looked up last in this transaction; empty = none */
    int64_t rules_number;
    struct lexicon *lexicon;   /* owned, NULL until needed */
    struct squeeze *squeeze;   /* owned, NULL until needed */
    struct key_heap *key_heap; /* owned, NULL until needed */
};

/* One statement in use. Parameters are bound in order; columns count from 0. Release with ask_end (AUTO), which lets go
 * of what it read. */
struct ask {
    struct store *store;
    sqlite3_stmt *at;
    int bound;
    int rc;     /* first binding that failed */
    bool owned; /* prepared for this use alone, as cursors are */
};

/* Turns a result code into a fault in plain words; false always. Inside a transaction it is spoiled by it. */
bool db_fault(struct store *store, int rc, struct fault *fault);
/* The row's checksum does not hold. False always. */
bool db_damaged(struct store *store, const char *what, struct fault *fault);
/* Runs SQL without parameters or result. */
MUST_USE bool db_run(struct store *store, const char *sql, struct fault *fault);
/* The first column of the first row of SQL without parameters; `otherwise` when there is none or it is NULL. */
MUST_USE bool db_int(struct store *store, const char *sql, int64_t otherwise, int64_t *out, struct fault *fault);
/* FAULT_USAGE unless a transaction is open. */
MUST_USE bool db_may_write(struct store *store, struct fault *fault);
void db_close_statements(struct store *store);
/* BEGIN IMMEDIATE without looking at any table, for the migration too. Ended by store_commit or store_work_end. */
MUST_USE bool db_begin(struct store *store, struct store_work *work, struct fault *fault);

MUST_USE bool ask_open(struct store *store, const char *sql, struct ask *out, struct fault *fault);
MUST_USE bool ask_open_owned(struct store *store, const char *sql, struct ask *out, struct fault *fault);
void ask_end(struct ask *ask);
void ask_bind_int(struct ask *ask, int64_t value);
void ask_bind_real(struct ask *ask, double value);
/* WHEN_ABSENT binds NULL. */
void ask_bind_when(struct ask *ask, int64_t instant_s);
/* Borrowed until the statement ran; absent binds NULL. */
void ask_bind_text(struct ask *ask, struct slice text);
void ask_bind_blob(struct ask *ask, struct slice bytes);
/* Steps: *row says whether there is a row. */
MUST_USE bool ask_step(struct ask *ask, bool *row, struct fault *fault);
/* Runs a statement that gives no rows, and makes it ready for other parameters. */
MUST_USE bool ask_run(struct ask *ask, struct fault *fault);
int64_t ask_int(const struct ask *ask, int column);
double ask_real(const struct ask *ask, int column);
int64_t ask_when(const struct ask *ask, int column);
/* Text or blob, borrowed until the next step; absent for NULL. */
struct slice ask_bytes(const struct ask *ask, int column);

/* Any list of the model: an array in arena. */
struct list {
    void *at;
    size_t count, capacity;
};
typedef bool ask_take(struct ask *ask, struct arena *arena, void *element, struct fault *fault);
/* Steps to the end; `take` fills a zeroed element of `size_bytes` from each row. *out untouched on failure. */
MUST_USE bool ask_list(struct ask *ask, struct arena *arena, size_t size_bytes, ask_take *take, struct list *out,
                       struct fault *fault);
/* Hands a struct list over to a list of its element type, which has the same three members. */
#define LIST_INTO(target, list)                                                                                        \
    do {                                                                                                               \
        (target)->at = (list).at;                                                                                      \
        (target)->count = (list).count;                                                                                \
        (target)->capacity = (list).capacity;                                                                          \
    } while (0)

#endif
