/* Whether all of the store holds, and the copy that stands in for it when it does not. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "store/articles.h"
#include "store/db.h"
#include "store/digests.h"
#include "store/items.h"
#include "store/marks.h"
#include "store/outbox.h"
#include "store/practice.h"
#include "store/runs.h"
#include "store/sources.h"
#include "store/store.h"
#include "store/verdicts.h"
#include "store/works.h"

struct checking {
    struct store *store;
    struct arena *arena; /* for one row */
    struct arena *words; /* for the answer */
    struct store_health *health;
};

static void damage(struct checking *checking, const char *what) {
    checking->health->rows_damaged++;
    if (!slice_is_absent(checking->health->first_damage)) return;
    char *copy = arena_text(checking->words, slice_from(what));
    checking->health->first_damage = copy == NULL ? SLICE("damaged") : slice_from(copy);
}

/* Reads one row by what `key` holds; a FAULT_STORE is the answer, any other fault is one. */
typedef bool check_row(struct checking *checking, struct ask *key, struct fault *fault);

static bool each_row(struct checking *checking, const char *keys, check_row *check, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open_owned(checking->store, keys, &ask, fault)) return false;
    for (;;) {
        bool row = false;
        struct fault found = {0};
        if (!ask_step(&ask, &row, &found)) {
            /* The table itself cannot be walked: that is damage, and the end of this table. */
            if (found.kind != FAULT_STORE) return fault_set(fault, found.kind, "%s", found.text);
            damage(checking, found.text);
            return true;
        }
        if (!row) return true;
        checking->health->rows_checked++;
        arena_reset(checking->arena);
        if (check(checking, &ask, &found)) continue;
        if (found.kind != FAULT_STORE) return fault_set(fault, found.kind, "%s", found.text);
        damage(checking, found.text);
    }
}

static bool check_item(struct checking *c, struct ask *key, struct fault *fault) {
    struct item_row row;
    bool found = false;
    return items_get_row(c->store, ask_int(key, 0), c->arena, &row, &found, fault);
}

static bool check_verdict(struct checking *c, struct ask *key, struct fault *fault) {
    struct verdict verdict;
    bool found = false;
    return verdicts_get(c->store, ask_int(key, 0), c->arena, &verdict, &found, fault);
}

static bool check_references(struct checking *c, struct ask *key, struct fault *fault) {
    struct reference_list list;
    return references_get(c->store, ask_int(key, 0), c->arena, &list, fault);
}

static bool check_article(struct checking *c, struct ask *key, struct fault *fault) {
    struct article_row row;
    bool found = false;
    return articles_get(c->store, ask_bytes(key, 0), c->arena, &row, &found, fault);
}

static bool check_work(struct checking *c, struct ask *key, struct fault *fault) {
    struct work work;
    bool found = false;
    return works_get(c->store, ask_bytes(key, 0), c->arena, &work, &found, fault);
}

static bool check_digest(struct checking *c, struct ask *key, struct fault *fault) {
    struct digest_record record = {.date_s = ask_int(key, 0)};
    bool found = false;
    if (!arena_copy(c->arena, ask_bytes(key, 1), &record.reader)) return fault_memory(fault);
    return digests_get(c->store, &record, c->arena, &found, fault);
}

static bool check_fact(struct checking *c, struct ask *key, struct fault *fault) {
    struct slice value;
    return facts_get(c->store, ask_bytes(key, 0), c->arena, &value, fault);
}

static bool check_letters(struct checking *c, struct fault *fault) {
    for (unsigned state = LETTER_QUEUED; state <= LETTER_FAILED; state++) {
        struct letter_list list;
        struct fault found = {0};
        arena_reset(c->arena);
        if (outbox_list(c->store, (enum letter_state)state, c->arena, &list, &found)) continue;
        if (found.kind != FAULT_STORE) return fault_set(fault, found.kind, "%s", found.text);
        damage(c, found.text);
    }
    return true;
}

/* Small tables are read whole by their own lists: the first damage ends the list, and is told. */
static bool check_lists(struct checking *c, struct fault *fault) {
    struct store *store = c->store;
    const struct slice all = {NULL, 0};
    struct shown_query ever = {.from_s = INT64_MIN, .until_s = INT64_MAX};
    struct mark_query any = {.with_undone = true};
    struct fault faults[8] = {{0}};
    bool good[8];
    arena_reset(c->arena);
    good[0] = sources_list(store, c->arena, &(struct source_state_list){0}, &faults[0]);
    good[1] = shown_list(store, &ever, c->arena, &(struct shown_list){0}, &faults[1]);
    good[2] = parked_list(store, all, c->arena, &(struct parked_list){0}, &faults[2]);
    good[3] = marks_list(store, &any, c->arena, &(struct mark_list){0}, &faults[3]);
    good[4] = focus_all(store, all, FOCUS_ALL, c->arena, &(struct focus_list){0}, &faults[4]);
    good[5] = notes_list(store, all, c->arena, &(struct practice_note_list){0}, &faults[5]);
    good[6] = focus_events(store, all, c->arena, &(struct focus_event_list){0}, &faults[6]);
    good[7] = runs_list(store, all, 0, c->arena, &(struct run_leg_list){0}, &faults[7]);
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        if (good[i]) continue;
        if (faults[i].kind != FAULT_STORE) return fault_set(fault, faults[i].kind, "%s", faults[i].text);
        damage(c, faults[i].text);
    }
    return check_letters(c, fault);
}

static bool check_rows(struct checking *c, struct fault *fault) {
    static const struct {
        const char *keys;
        check_row *check;
    } tables[] = {{"SELECT row FROM item", check_item},
                  {"SELECT item FROM verdict", check_verdict},
                  {"SELECT item FROM item_reference", check_references},
                  {"SELECT key FROM article", check_article},
                  {"SELECT id FROM work UNION SELECT id FROM retraction", check_work},
                  {"SELECT day_s, reader FROM digest", check_digest},
                  {"SELECT name FROM fact", check_fact}};
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (!each_row(c, tables[i].keys, tables[i].check, fault)) return false;
    return true;
}

/* The pragma answers "ok" in one row, or what is wrong; or it fails where damage stops even it. */
static bool check_pragma(struct checking *c, const char *sql, const char *good, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct fault found = {0};
    bool row = false;
    bool done = ask_open_owned(c->store, sql, &ask, &found) && ask_step(&ask, &row, &found);
    if (!done && found.kind != FAULT_STORE) return fault_set(fault, found.kind, "%s", found.text);
    if (!done) damage(c, found.text);
    if (done && row && (good == NULL || !slice_equal(ask_bytes(&ask, 0), slice_from(good)))) {
        char words[FAULT_TEXT_BYTES];
        int len = snprintf(words, sizeof words, "%.*s", SLICE_ARGS(ask_bytes(&ask, 0)));
        damage(c, len > 0 ? words : "a reference leads nowhere");
    }
    return true;
}

/* FTS5 compares its index with the items; it is a write in form only, so a reader leaves it out. */
static bool check_words(struct checking *c, struct fault *fault) {
    if (c->store->mode == STORE_READ) return true;
    /* The index ends at a row, which its own check cannot know: what comes after is counted instead. */
    int64_t missing = 0;
    struct fault found = {0};
    bool good =
        db_int(c->store,
               "SELECT (SELECT count(*) FROM item WHERE row <= coalesce((SELECT CAST(value AS INTEGER) FROM fact"
               " WHERE name = 'indexed-row'), 0)) - (SELECT count(*) FROM words_docsize)",
               0, &missing, &found);
    if (!good && found.kind != FAULT_STORE) return fault_set(fault, found.kind, "%s", found.text);
    if (!good) damage(c, found.text);
    if (good && missing != 0) damage(c, "the word index does not hold the items");
    return true;
}

bool store_check(struct store *store, struct arena *arena, struct store_health *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *rows = arena_new(LIMIT_ARENA_BYTES);
    if (rows == NULL) return fault_memory(fault);
    struct store_health health = {0};
    struct checking checking = {.store = store, .arena = rows, .words = arena, .health = &health};
    if (!check_pragma(&checking, "PRAGMA integrity_check(1)", "ok", fault)) return false;
    if (!check_pragma(&checking, "PRAGMA foreign_key_check", NULL, fault)) return false;
    if (!check_rows(&checking, fault) || !check_lists(&checking, fault) || !check_words(&checking, fault)) return false;
    health.sound = health.rows_damaged == 0;
    *out = health;
    return true;
}

static bool sync_path(const char *path, int flags, struct fault *fault) {
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return fault_set(fault, FAULT_STORE, "the backup cannot be made safe: %s", strerror(errno));
    bool synced = fsync(fd) == 0;
    int error = errno;
    (void)close(fd);
    return synced || fault_set(fault, FAULT_STORE, "the backup cannot be made safe: %s", strerror(error));
}

static bool copy_into(struct store *store, const char *path, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open_owned(store, "VACUUM INTO ?", &ask, fault)) return false;
    ask_bind_text(&ask, slice_from(path));
    return ask_run(&ask, fault);
}

static bool name_parts(const char *path, struct buf *temporary, struct buf *folder, struct fault *fault) {
    const char *slash = strrchr(path, '/');
    buf_printf(temporary, "%s.new-%ld", path, (long)getpid());
    if (slash == NULL) buf_add_char(folder, '.');
    else buf_add(folder, slash == path ? SLICE("/") : slice_of(path, (size_t)(slash - path)));
    return buf_check(temporary, "the backup's path", fault) && buf_check(folder, "the backup's path", fault);
}

bool store_backup(struct store *store, const char *path, struct fault *fault) {
    AUTO(buf_free)
    struct buf temporary = buf_new(LIMIT_PATH_BYTES);
    AUTO(buf_free)
    struct buf folder = buf_new(LIMIT_PATH_BYTES);
    if (!name_parts(path, &temporary, &folder, fault)) return false;
    (void)unlink(temporary.at);
    /* Made here, empty, so that its mode is ours; SQLite fills an empty file. */
    int fd = open(temporary.at, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return fault_set(fault, FAULT_STORE, "the backup %s cannot be written: %s", path, strerror(errno));
    (void)close(fd);
    /* VACUUM INTO attaches its target. */
    (void)sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1);
    bool copied = copy_into(store, temporary.at, fault) && sync_path(temporary.at, O_RDONLY, fault);
    (void)sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
    if (copied && rename(temporary.at, path) != 0)
        copied = fault_set(fault, FAULT_STORE, "the backup %s cannot be written: %s", path, strerror(errno));
    if (!copied) {
        (void)unlink(temporary.at);
        return fault_context(fault, "the backup was not made");
    }
    return sync_path(folder.at, O_RDONLY | O_DIRECTORY, fault);
}
