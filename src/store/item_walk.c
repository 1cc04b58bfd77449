#include "store/item_walk.h"

#include "base/limits.h"
#include "base/mem.h"
#include "store/item_keys.h"
#include "store/item_rows.h"

struct item_walk {
    struct ask ask;
};

/* Both windows and the source are optional; one text a direction keeps every value a parameter. */
#define WINDOW                                                                                                         \
    " WHERE (?1 IS NULL OR item.source = (SELECT number FROM source WHERE name = ?1)) AND item.seen_s >= ?2 AND"       \
    " item.seen_s < ?3"

void item_query_bind(struct ask *ask, const struct item_query *query) {
    ask_bind_text(ask, query->source);
    ask_bind_int(ask, query->seen_from_s == 0 ? INT64_MIN : query->seen_from_s);
    ask_bind_int(ask, query->seen_until_s == 0 ? INT64_MAX : query->seen_until_s);
}

bool items_walk(struct store *store, const struct item_query *query, struct item_walk **out, struct fault *fault) {
    static const char *const orders[] = {"SELECT " ITEM_COLUMNS " FROM " ITEM_TABLES WINDOW
                                         " ORDER BY item.seen_s, item.row LIMIT ?4",
                                         "SELECT " ITEM_COLUMNS " FROM " ITEM_TABLES WINDOW
                                         " ORDER BY item.seen_s DESC, item.row DESC LIMIT ?4"};
    AUTO(item_walk_free)
    struct item_walk *walk = mem_new(1, sizeof *walk);
    if (walk == NULL) return fault_memory(fault);
    if (!ask_open_owned(store, orders[query->order], &walk->ask, fault)) return false;
    item_query_bind(&walk->ask, query);
    ask_bind_int(&walk->ask, query->limit == 0 ? -1 : query->limit);
    *out = walk;
    walk = NULL;
    return true;
}

bool item_walk_next(struct item_walk *walk, struct arena *arena, struct item_row *out, bool *more,
                    struct fault *fault) {
    bool row = false;
    if (!ask_step(&walk->ask, &row, fault)) return false;
    if (row && !item_from_row(&walk->ask, arena, out, fault)) return false;
    *more = row;
    return true;
}

void item_walk_free(struct item_walk **walk) {
    if (*walk == NULL) return;
    ask_end(&(*walk)->ask);
    mem_free(*walk);
    *walk = NULL;
}

bool items_count(struct store *store, const struct item_query *query, int64_t *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    /* One source's items lie together in the index of identities; those of a time lie scattered over all. */
    const char *sql = slice_is_absent(query->source)
                          ? "SELECT count(*) FROM item" WINDOW
                          : "SELECT count(*) FROM item INDEXED BY item_identity WHERE item.source ="
                            " (SELECT number FROM source WHERE name = ?1) AND item.seen_s >= ?2 AND item.seen_s < ?3";
    if (!ask_open(store, sql, &ask, fault)) return false;
    item_query_bind(&ask, query);
    if (!ask_step(&ask, &row, fault)) return false;
    int64_t count = row ? ask_int(&ask, 0) : 0;
    *out = query->limit != 0 && count > query->limit ? query->limit : count;
    return true;
}

struct comparing {
    enum item_key kind;
    struct slice key;
    bool found;
};

static bool compare(void *to, enum item_key kind, struct slice key) {
    struct comparing *comparing = to;
    comparing->found = kind == comparing->kind && slice_equal(key, comparing->key);
    return !comparing->found;
}

/* The hash proposed the row: does the item really have the key? */
static bool has_key(struct ask *ask, struct comparing *comparing, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct item_row row;
    if (!item_from_row(ask, arena, &row, fault)) return false;
    comparing->found = false;
    (void)item_keys_walk(&row.item, &row.keys, compare, comparing);
    return true;
}

static bool add_row(struct arena *arena, struct row_list *list, int64_t row) {
    int64_t *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->at[list->count++] = row;
    return true;
}

bool items_find(struct store *store, enum item_key kind, struct slice key, struct arena *arena, struct row_list *out,
                struct fault *fault) {
    return items_find_first(store, kind, key, LIMIT_STORE_FOUND, arena, out, fault);
}

bool items_find_first(struct store *store, enum item_key kind, struct slice key, size_t most, struct arena *arena,
                      struct row_list *out, struct fault *fault) {
    char folded[AUTHOR_KEY_BYTES];
    struct comparing comparing = {.kind = kind, .key = kind == ITEM_KEY_AUTHOR ? item_author_fold(key, folded) : key};
    struct row_list list = {0};
    AUTO(ask_end)
    struct ask ask = {0};
    if (!key_heap_flush(store, fault)) return false;
    if (!ask_open(store,
                  "SELECT " ITEM_COLUMNS " FROM item_key JOIN item ON item.row = item_key.item"
                  " JOIN source ON source.number = item.source WHERE item_key.hash = ? ORDER BY item_key.item",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, item_key_hash(kind, comparing.key));
    while (list.count < most) {
        bool row = false;
        if (!ask_step(&ask, &row, fault)) return false;
        if (!row) break;
        if (!has_key(&ask, &comparing, fault)) return false;
        if (comparing.found && !add_row(arena, &list, ask_int(&ask, 0))) return fault_memory(fault);
    }
    *out = list;
    return true;
}

/* By the index of identities, which lies together for one source: the order of time lies scattered over all. */
bool items_last(struct store *store, struct slice source, int64_t limit, struct arena *arena, struct row_list *out,
                struct fault *fault) {
    struct row_list list = {0};
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store,
                  "SELECT row FROM item INDEXED BY item_identity WHERE source ="
                  " (SELECT number FROM source WHERE name = ?) ORDER BY row DESC LIMIT ?",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, source);
    ask_bind_int(&ask, limit);
    for (bool row = true; row;) {
        if (!ask_step(&ask, &row, fault)) return false;
        if (row && !add_row(arena, &list, ask_int(&ask, 0))) return fault_memory(fault);
    }
    *out = list;
    return true;
}
