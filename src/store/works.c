#include "store/works.h"

#include "base/limits.h"
#include "base/when.h"
#include "store/article_rows.h"
#include "store/judge_list.h"
#include "store/pack_model.h"

bool work_id(struct arena *arena, const struct reference *reference, struct slice *out) {
    if (reference->kind == REFERENCE_HOST || reference->kind == REFERENCE_CITATION || reference->id.len == 0) {
        *out = (struct slice){NULL, 0};
        return true;
    }
    if (reference->kind == REFERENCE_DOI) {
        *out = reference->id;
        return true;
    }
    char *at = arena_printf(arena, "%s:%.*s", reference_kind_name(reference->kind), SLICE_ARGS(reference->id));
    if (at == NULL) return false;
    *out = slice_from(at);
    return true;
}

static bool work_number(struct store *store, struct slice id, int64_t *number, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!ask_open(store, "SELECT number FROM work WHERE id = ?", &ask, fault)) return false;
    ask_bind_text(&ask, id);
    if (!ask_step(&ask, &found, fault)) return false;
    *number = found ? ask_int(&ask, 0) : 0;
    return true;
}

static bool work_number_made(struct store *store, struct slice id, int64_t *number, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!work_number(store, id, number, fault)) return false;
    if (*number != 0) return true;
    if (!ask_open(store, "INSERT INTO work(id, state) VALUES(?, 0)", &ask, fault)) return false;
    ask_bind_text(&ask, id);
    if (!ask_run(&ask, fault)) return false;
    *number = sqlite3_last_insert_rowid(store->db);
    return true;
}

static bool use_work(struct store *store, int64_t owner, struct slice id, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    int64_t number = 0;
    if (!work_number_made(store, id, &number, fault)) return false;
    if (!ask_open(store, "INSERT OR IGNORE INTO work_use(work, owner) VALUES(?, ?)", &ask, fault)) return false;
    ask_bind_int(&ask, number);
    ask_bind_int(&ask, owner);
    return ask_run(&ask, fault);
}

bool work_uses_put(struct store *store, int64_t owner, const struct reference_list *references, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "DELETE FROM work_use WHERE owner = ?", &ask, fault)) return false;
    ask_bind_int(&ask, owner);
    if (!ask_run(&ask, fault)) return false;
    for (size_t i = 0; i < references->count; i++) {
        struct slice id;
        if (!work_id(arena, &references->at[i], &id)) return fault_memory(fault);
        if (id.len > 0 && id.len <= LIMIT_URL_BYTES && !use_work(store, owner, id, fault)) return false;
    }
    return true;
}

static uint64_t references_seed(int64_t row) {
    return pack_sum_int(row, 10);
}

static bool write_references(struct store *store, int64_t row, const struct reference_list *references, bool *changed,
                             struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct reference_list copy = *references;
    struct buf *rest = &store->scratch[0];
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    pack_references(&pack, &copy);
    pack_seal(&pack, 0, references_seed(row));
    if (!buf_check(rest, "an item's references", fault)) return false;
    if (!ask_open(store,
                  references->count == 0 ? "DELETE FROM item_reference WHERE item = ?1"
                                         : "INSERT INTO item_reference(item, rest) VALUES(?1, ?2) ON CONFLICT(item)"
                                           " DO UPDATE SET rest = ?2 WHERE rest <> ?2",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, row);
    if (references->count > 0) ask_bind_blob(&ask, buf_slice(rest));
    if (!ask_run(&ask, fault)) return false;
    *changed = sqlite3_changes(store->db) > 0;
    return true;
}

bool references_put(struct store *store, int64_t item_row, const struct reference_list *references,
                    struct fault *fault) {
    bool changed = false;
    if (!db_may_write(store, fault) || !write_references(store, item_row, references, &changed, fault)) return false;
    if (!changed) return true;
    return judge_list_add(store, item_row, fault) && work_uses_put(store, item_row * 2, references, fault);
}

bool references_from(struct ask *ask, int column, int64_t item_row, struct arena *arena, struct reference_list *out,
                     struct fault *fault) {
    struct slice bytes = ask_bytes(ask, column);
    struct reference_list list = {0};
    if (!slice_is_absent(bytes)) {
        struct pack pack = pack_from(bytes, references_seed(item_row), arena);
        pack_references(&pack, &list);
        if (!pack_done(&pack)) return db_damaged(ask->store, "an item's references", fault);
    }
    *out = list;
    return true;
}

bool references_get(struct store *store, int64_t item_row, struct arena *arena, struct reference_list *out,
                    struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool found = false;
    if (!ask_open(store, "SELECT rest FROM item_reference WHERE item = ?", &ask, fault)) return false;
    ask_bind_int(&ask, item_row);
    if (!ask_step(&ask, &found, fault)) return false;
    if (found) return references_from(&ask, 0, item_row, arena, out, fault);
    *out = (struct reference_list){0};
    return true;
}

static bool take_id(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    return arena_copy(arena, ask_bytes(ask, 0), element) || fault_memory(fault);
}

bool works_wanted(struct store *store, int64_t now_s, int64_t limit, struct arena *arena, struct slice_list *out,
                  struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT id FROM work WHERE state IN (0, 3) AND (next_s IS NULL OR next_s <= ?) ORDER BY number"
                  " LIMIT ?",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, now_s);
    ask_bind_int(&ask, limit == 0 ? -1 : limit);
    if (!ask_list(&ask, arena, sizeof(struct slice), take_id, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

/* Everything that rests on the work: items by themselves, and items that link to an article that does. */
static bool mark_users(struct store *store, struct slice id, struct fault *fault) {
    AUTO(ask_end)
    struct ask items = {0};
    AUTO(ask_end)
    struct ask articles = {0};
    if (!ask_open(store,
                  "INSERT OR IGNORE INTO to_judge(item) SELECT owner / 2 FROM work_use JOIN work"
                  " ON work.number = work_use.work WHERE work.id = ? AND owner % 2 = 0"
                  " AND EXISTS (SELECT 1 FROM item WHERE row = owner / 2)",
                  &items, fault))
        return false;
    ask_bind_text(&items, id);
    if (!ask_run(&items, fault)) return false;
    if (!ask_open(store,
                  "SELECT owner / 2 FROM work_use JOIN work ON work.number = work_use.work WHERE work.id = ?"
                  " AND owner % 2 = 1",
                  &articles, fault))
        return false;
    ask_bind_text(&articles, id);
    for (;;) {
        bool row = false;
        if (!ask_step(&articles, &row, fault)) return false;
        if (!row) return true;
        if (!article_mark_items(store, ask_int(&articles, 0), fault)) return false;
    }
}

static bool write_work(struct store *store, const struct work *work, int64_t next_try_s, bool *changed,
                       struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct work copy = *work;
    struct buf *rest = &store->scratch[0];
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    pack_work(&pack, &copy);
    pack_seal(&pack, 0, pack_sum(work->id, 11));
    if (!buf_check(rest, "a work", fault)) return false;
    if (!ask_open(store,
                  "INSERT INTO work(id, state, next_s, rest) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(id) DO UPDATE SET"
                  " state = ?2, next_s = ?3, rest = ?4 WHERE (state <> 1 OR ?2 <> 3) AND"
                  " (state <> ?2 OR next_s IS NOT ?3 OR rest IS NOT ?4)",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, work->id);
    ask_bind_int(&ask, work->state);
    ask_bind_when(&ask, next_try_s);
    ask_bind_blob(&ask, buf_slice(rest));
    if (!ask_run(&ask, fault)) return false;
    *changed = sqlite3_changes(store->db) > 0;
    return true;
}

bool works_put(struct store *store, const struct work *work, int64_t next_try_s, struct fault *fault) {
    bool changed = false;
    if (!db_may_write(store, fault)) return false;
    if (work->id.len == 0) return fault_set(fault, FAULT_USAGE, "a work without an id is not kept");
    if (!write_work(store, work, next_try_s, &changed, fault)) return false;
    return !changed || mark_users(store, work->id, fault);
}

static void retraction_fields(struct pack *pack, struct retraction *retraction) {
    PACK_ENUM(pack, retraction->notice, enum work_notice, WORK_RETRACTED + 1);
    pack_text(pack, &retraction->notice_id);
    pack_text(pack, &retraction->reason);
    pack_int(pack, &retraction->date_s);
}

/* The graver of what the look-up said and what the list of retractions says. */
static bool apply_retraction(struct store *store, struct arena *arena, struct work *work, bool *found,
                             struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, "SELECT rest FROM retraction WHERE id = ?", &ask, fault)) return false;
    ask_bind_text(&ask, work->id);
    if (!ask_step(&ask, &row, fault)) return false;
    if (!row) return true;
    struct retraction retraction = {.id = work->id};
    struct pack pack = pack_from(ask_bytes(&ask, 0), pack_sum(work->id, 12), arena);
    retraction_fields(&pack, &retraction);
    if (!pack_done(&pack)) return db_damaged(store, "a retraction", fault);
    *found = true;
    if (retraction.notice <= work->notice) return true;
    work->notice = retraction.notice;
    work->notice_id = retraction.notice_id;
    return true;
}

bool works_get(struct store *store, struct slice id, struct arena *arena, struct work *out, bool *found,
               struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    struct work work = {.looked_up_s = WHEN_ABSENT};
    if (!arena_copy(arena, id, &work.id)) return fault_memory(fault);
    if (!ask_open(store, "SELECT rest FROM work WHERE id = ?", &ask, fault)) return false;
    ask_bind_text(&ask, id);
    if (!ask_step(&ask, &row, fault)) return false;
    if (row && ask_bytes(&ask, 0).at != NULL) {
        struct pack pack = pack_from(ask_bytes(&ask, 0), pack_sum(id, 11), arena);
        pack_work(&pack, &work);
        if (!pack_done(&pack)) return db_damaged(store, "a work", fault);
    }
    if (!apply_retraction(store, arena, &work, &row, fault)) return false;
    if (row) *out = work;
    *found = row;
    return true;
}

bool retractions_put(struct store *store, const struct retraction *retraction, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct retraction copy = *retraction;
    struct buf *rest = &store->scratch[0];
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    retraction_fields(&pack, &copy);
    pack_seal(&pack, 0, pack_sum(retraction->id, 12));
    if (!db_may_write(store, fault) || !buf_check(rest, "a retraction", fault)) return false;
    if (retraction->id.len == 0) return fault_set(fault, FAULT_INPUT, "a retraction without a DOI is not kept");
    if (!ask_open(store,
                  "INSERT INTO retraction(id, rest) VALUES(?1, ?2) ON CONFLICT(id) DO UPDATE SET rest = ?2"
                  " WHERE rest <> ?2",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, retraction->id);
    ask_bind_blob(&ask, buf_slice(rest));
    if (!ask_run(&ask, fault)) return false;
    return sqlite3_changes(store->db) == 0 || mark_users(store, retraction->id, fault);
}

bool retractions_count(struct store *store, int64_t *out, struct fault *fault) {
    return db_int(store, "SELECT count(*) FROM retraction", 0, out, fault);
}
