#include "base/limits.h"
#include "store/article_rows.h"
#include "store/db.h"
#include "store/item_keys.h"
#include "store/items.h"
#include "store/practice.h"
#include "store/tombstones.h"

#define BATCH 2000
#define SHOWN_KEPT_S ((int64_t)56 * 86400)

/* What stands in a focus is named by "source/id" inside packed rows, so those are gathered first. */
static bool is_kept(const struct focus_list *focuses, struct slice reference) {
    for (size_t i = 0; i < focuses->count; i++)
        for (size_t j = 0; j < focuses->at[i].items.count; j++)
            if (slice_equal(focuses->at[i].items.at[j], reference)) return true;
    return false;
}

struct old_item {
    int64_t row;
    struct slice reference;
};
struct old_item_list {
    struct old_item *at;
    size_t count, capacity;
};

static bool take_old(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct old_item *old = element;
    old->row = ask_int(ask, 0);
    return item_reference(arena, ask_bytes(ask, 1), ask_bytes(ask, 2), &old->reference) || fault_memory(fault);
}

static bool old_items(struct store *store, int64_t before_s, int64_t after_row, struct arena *arena,
                      struct old_item_list *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT item.row, source.name, item.id FROM item JOIN source ON source.number = item.source"
                  " WHERE item.seen_s < ? AND item.row > ? ORDER BY item.row LIMIT ?",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, before_s);
    ask_bind_int(&ask, after_row);
    ask_bind_int(&ask, BATCH);
    if (!ask_list(&ask, arena, sizeof(struct old_item), take_old, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

/* One batch; *after_row moves on, *more is false at the end. */
static bool prune_items(struct store *store, int64_t before_s, int64_t *after_row, bool *more, int64_t *removed,
                        struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    AUTO(store_work_end)
    struct store_work work = {0};
    struct focus_list focuses = {0};
    struct old_item_list old = {0};
    if (!store_begin(store, &work, fault)) return false;
    if (!focus_all(store, (struct slice){NULL, 0}, FOCUS_ALL, arena, &focuses, fault)) return false;
    if (!old_items(store, before_s, *after_row, arena, &old, fault)) return false;
    int64_t count = 0;
    for (size_t i = 0; i < old.count; i++) {
        *after_row = old.at[i].row;
        if (is_kept(&focuses, old.at[i].reference)) continue;
        if (!item_remove(store, old.at[i].row, fault)) return false;
        count++;
    }
    if (!store_commit(&work, fault)) return false;
    *removed += count;
    *more = old.count == BATCH;
    return true;
}

/* Articles have hashes of their names in the items' keys as long as an item links to them. */
struct name_row {
    int64_t number;
    struct slice name;
};
struct name_row_list {
    struct name_row *at;
    size_t count, capacity;
};

static bool take_name(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct name_row *row = element;
    row->number = ask_int(ask, 0);
    return arena_copy(arena, ask_bytes(ask, 1), &row->name) || fault_memory(fault);
}

static bool names_after(struct store *store, int64_t after, int64_t before_s, struct arena *arena,
                        struct name_row_list *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(
            store,
            "WITH old AS (SELECT number, key FROM article WHERE number > ? AND wanted_s < ? ORDER BY number LIMIT ?)"
            " SELECT number, key FROM old UNION ALL SELECT article, name FROM old JOIN article_name"
            " ON article = number ORDER BY 1",
            &ask, fault))
        return false;
    ask_bind_int(&ask, after);
    ask_bind_int(&ask, before_s);
    ask_bind_int(&ask, BATCH);
    if (!ask_list(&ask, arena, sizeof(struct name_row), take_name, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

static bool is_linked(struct store *store, struct slice name, bool *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "SELECT 1 FROM item_key WHERE hash = ? LIMIT 1", &ask, fault)) return false;
    ask_bind_int(&ask, item_key_hash(ITEM_KEY_LINK, name));
    return ask_step(&ask, out, fault);
}

static bool prune_articles(struct store *store, int64_t before_s, int64_t *after, bool *more, int64_t *removed,
                           struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    AUTO(store_work_end)
    struct store_work work = {0};
    struct name_row_list names = {0};
    if (!store_begin(store, &work, fault) || !names_after(store, *after, before_s, arena, &names, fault)) return false;
    int64_t count = 0;
    for (size_t i = 0; i < names.count;) {
        int64_t number = names.at[i].number;
        bool linked = false;
        for (; i < names.count && names.at[i].number == number; i++)
            if (!linked && !is_linked(store, names.at[i].name, &linked, fault)) return false;
        if (!linked && !article_remove(store, number, fault)) return false;
        if (!linked) count++;
        *after = number;
    }
    if (!store_commit(&work, fault)) return false;
    *removed += count;
    *more = names.count > 0;
    return true;
}

static bool prune_days(struct store *store, int64_t before_s, int64_t now_s, struct store_pruned *pruned,
                       struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    int64_t shown_before_s = before_s < now_s - SHOWN_KEPT_S ? before_s : now_s - SHOWN_KEPT_S;
    const struct {
        const char *sql;
        int64_t before_s;
        int64_t *count;
    } tables[] = {{"DELETE FROM digest WHERE day_s < ?", before_s, &pruned->digests},
                  {"DELETE FROM run WHERE started_s < ?", before_s, &pruned->runs},
                  {"DELETE FROM shown WHERE day_s < ?", shown_before_s, NULL},
                  {"DELETE FROM handle WHERE until_s < ?", before_s, NULL}};
    if (!store_begin(store, &work, fault)) return false;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        AUTO(ask_end)
        struct ask ask = {0};
        if (!ask_open(store, tables[i].sql, &ask, fault)) return false;
        ask_bind_int(&ask, tables[i].before_s);
        if (!ask_run(&ask, fault)) return false;
        if (tables[i].count != NULL) *tables[i].count = sqlite3_changes64(store->db);
    }
    return store_commit(&work, fault);
}

bool store_prune(struct store *store, int64_t before_s, int64_t now_s, struct store_pruned *out, struct fault *fault) {
    struct store_pruned pruned = {0};
    int64_t after = 0;
    bool more = true;
    while (more)
        if (!prune_items(store, before_s, &after, &more, &pruned.items, fault)) return false;
    after = 0;
    more = true;
    while (more)
        if (!prune_articles(store, before_s, &after, &more, &pruned.articles, fault)) return false;
    if (!prune_days(store, before_s, now_s, &pruned, fault)) return false;
    *out = pruned;
    return true;
}
