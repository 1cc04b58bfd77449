/* The keys of all items, made anew. */
#include "base/limits.h"
#include "store/item_keys.h"
#include "store/item_rows.h"

/* Of the row that `ask` stands on. */
static bool rekey(struct store *store, struct ask *ask, struct arena *arena, struct fault *fault) {
    struct item_row row;
    struct fault wrong = {0};
    arena_reset(arena);
    if (item_from_row(ask, arena, &row, &wrong)) return item_keys_add(store, &row, fault);
    if (wrong.kind != FAULT_STORE) return fault_set(fault, wrong.kind, "%s", wrong.text);
    /* Nothing was written for it, so the transaction holds. */
    store->spoiled = false;
    return true;
}

bool item_keys_rebuild(struct store *store, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_run(store, "DELETE FROM item_key", fault)) return false;
    if (!ask_open_owned(store, "SELECT " ITEM_COLUMNS " FROM " ITEM_TABLES " ORDER BY item.row", &ask, fault))
        return false;
    for (;;) {
        bool row = false;
        if (!ask_step(&ask, &row, fault)) return false;
        if (!row) return key_heap_flush(store, fault);
        if (!rekey(store, &ask, arena, fault)) return false;
    }
}
