/* store: the one memory of the program: one SQLite file, where each leg of a run ends. One struct store is used by one
 * thread at a time; another process may read while one writes. Every read that hands out text checks the row's own
 * checksum, so a flipped byte is a FAULT_STORE that names the row, never a wrong answer.
 *
 * Faults of every function in store/: STORE (disk, damage: a person must act), BUSY (another process writes), MEMORY,
 * LIMIT (a row past its ceiling), USAGE (a write without a transaction …). Outputs are untouched on failure.
 * Every write belongs between store_begin and store_commit; after a failed write that transaction can only be undone.
 * Reading is allowed at any time. Lists and texts come back in the arena that is passed. */
#ifndef DISCERN_STORE_STORE_H
#define DISCERN_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

struct store; /* an open database; owned by who opened it */

enum store_mode {
    STORE_WRITE, /* made when missing (file 0600, folder 0700), brought to the present version */
    STORE_READ   /* must be there; nothing is written */
};

struct store_options {
    const char *path;
    enum store_mode mode;
    void (*before_commit)(void *); /* tests: called right before and right after each commit reaches the disk; NULL */
    void (*after_commit)(void *);
    void *hook_to;
};

/* A database from a newer discern, a damaged one, and a file that is none are refused with one line and left alone. */
MUST_USE bool store_open(const struct store_options *options, struct store **out, struct fault *fault);
/* How many bytes of pages are kept in memory (LIMIT_STORE_CACHE_BYTES at first). Where much is written at once, more of
 * them spares writing the same page again and again. Fault: STORE. */
MUST_USE bool store_cache(struct store *store, size_t cache_bytes, struct fault *fault);
/* Undoes an open transaction; *store becomes NULL. For AUTO. */
void store_close(struct store **store);

/* A transaction that is undone when it leaves scope without a commit:
 *     AUTO(store_work_end) struct store_work work = {0};
 *     if (!store_begin(store, &work, fault)) return false;
 *     …  return store_commit(&work, fault);
 * Not nested. A transaction in which nothing was changed writes nothing. */
struct store_work {
    struct store *store;
};
MUST_USE bool store_begin(struct store *store, struct store_work *work, struct fault *fault);
MUST_USE bool store_commit(struct store_work *work, struct fault *fault);
void store_work_end(struct store_work *work);

struct store_health {
    int64_t rows_checked, rows_damaged;
    struct slice first_damage; /* in words, absent = none */
    bool sound;                /* pages, rows, references and the word index all hold */
};
/* Reads everything: minutes for a large store. Damage is no fault: it is the answer. */
MUST_USE bool store_check(struct store *store, struct arena *arena, struct store_health *out, struct fault *fault);
/* A whole copy in one file, atomically: `path` is the old copy or the new one, never half. */
MUST_USE bool store_backup(struct store *store, const char *path, struct fault *fault);

struct store_pruned {
    int64_t items, articles, digests, runs;
};
/* Removes items first seen before `before_s` with their verdicts, articles that no item links to any more, digest
 * records and run records of before. Kept: what stands in a focus, the history of what was shown in the last 56 days
 * before `now_s`, works, feedback, notes, tombstones. In batches with transactions of its own. */
MUST_USE bool store_prune(struct store *store, int64_t before_s, int64_t now_s, struct store_pruned *out,
                          struct fault *fault);

struct store_figures {
    int64_t bytes; /* of the file */
    int64_t sources, items, items_to_judge, items_to_index, articles, articles_wanted, works, works_wanted, verdicts,
        digests, marks, focuses, letters_open, runs, forgotten;
};
MUST_USE bool store_figures(struct store *store, struct store_figures *out, struct fault *fault);

#endif
