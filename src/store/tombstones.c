#include "store/tombstones.h"

#include "base/hash.h"
#include "base/limits.h"
#include "store/article_rows.h"
#include "store/item_keys.h"

/* The name itself is what was to be forgotten, so only its hash is kept. */
static bool hash_author(struct slice folded, char out[HASH_HEX_BYTES], struct fault *fault) {
    return hash_sha256_hex(folded, out, fault);
}

struct looking {
    struct store *store;
    struct fault *fault;
    bool found, failed;
};

static bool is_marked(struct store *store, struct slice folded, bool *found, struct fault *fault) {
    char hash[HASH_HEX_BYTES];
    AUTO(ask_end)
    struct ask ask = {0};
    if (!hash_author(folded, hash, fault)) return false;
    if (!ask_open(store, "SELECT 1 FROM tombstone WHERE author = ?", &ask, fault)) return false;
    ask_bind_text(&ask, slice_from(hash));
    return ask_step(&ask, found, fault);
}

static bool look(void *to, enum item_key kind, struct slice key) {
    struct looking *looking = to;
    if (kind != ITEM_KEY_AUTHOR) return true;
    looking->failed = !is_marked(looking->store, key, &looking->found, looking->fault);
    return !looking->failed && !looking->found;
}

bool tombstones_cover(struct store *store, const struct item *item, bool *out, struct fault *fault) {
    struct looking looking = {.store = store, .fault = fault};
    struct slice_list none = {0};
    *out = false;
    if (store->tombstones == 0) return true;
    (void)item_keys_walk(item, &none, look, &looking);
    *out = looking.found;
    return !looking.failed;
}

bool tombstones_cover_names(struct store *store, const struct slice_list *names, bool *out, struct fault *fault) {
    *out = false;
    for (size_t i = 0; store->tombstones > 0 && i < names->count && !*out; i++) {
        char folded_text[AUTHOR_KEY_BYTES];
        struct slice folded = item_author_fold(names->at[i], folded_text);
        if (folded.len > 0 && !is_marked(store, folded, out, fault)) return false;
    }
    return true;
}

static bool write_tombstone(struct store *store, struct slice folded, int64_t now_s, struct fault *fault) {
    char hash[HASH_HEX_BYTES];
    AUTO(ask_end)
    struct ask ask = {0};
    if (!hash_author(folded, hash, fault)) return false;
    if (!ask_open(store, "INSERT OR IGNORE INTO tombstone(author, since_s) VALUES(?, ?)", &ask, fault)) return false;
    ask_bind_text(&ask, slice_from(hash));
    ask_bind_int(&ask, now_s);
    if (!ask_run(&ask, fault)) return false;
    store->tombstones++;
    return true;
}

static bool forget_some(struct store *store, struct slice folded, int64_t *removed, bool *more, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct row_list rows = {0};
    if (!items_find(store, ITEM_KEY_AUTHOR, folded, arena, &rows, fault)) return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!item_remove(store, rows.at[i], fault)) return false;
    *removed += (int64_t)rows.count;
    *more = rows.count == LIMIT_STORE_FOUND;
    return true;
}

bool items_forget(struct store *store, struct slice author, int64_t now_s, int64_t *removed, struct fault *fault) {
    char folded_text[AUTHOR_KEY_BYTES];
    if (!db_may_write(store, fault)) return false;
    struct slice folded = item_author_fold(author, folded_text);
    if (folded.len == 0) return fault_set(fault, FAULT_USAGE, "name the author to forget, by handle or whole name");
    if (!write_tombstone(store, folded, now_s, fault)) return false;
    int64_t count = 0;
    bool more = true;
    while (more)
        if (!forget_some(store, folded, &count, &more, fault)) return false;
    if (!articles_forget(store, fault)) return false;
    store->scrub = true;
    *removed = count;
    return true;
}

bool items_unforget(struct store *store, struct slice author, bool *found, struct fault *fault) {
    char folded[AUTHOR_KEY_BYTES];
    char hash[HASH_HEX_BYTES];
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault) || !hash_author(item_author_fold(author, folded), hash, fault)) return false;
    if (!ask_open(store, "DELETE FROM tombstone WHERE author = ?", &ask, fault)) return false;
    ask_bind_text(&ask, slice_from(hash));
    if (!ask_run(&ask, fault)) return false;
    *found = sqlite3_changes(store->db) > 0;
    return true;
}
