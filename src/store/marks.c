#include "store/marks.h"

#include "store/db.h"
#include "store/pack.h"

static const char *const kind_names[] = {"useful", "not-for-us", "already-do", "flag-wrong"};

const char *mark_kind_name(enum mark_kind kind) {
    return kind_names[kind];
}

bool mark_kind_from(struct slice name, enum mark_kind *out) {
    for (size_t i = 0; i < COUNT_OF(kind_names); i++) {
        if (!slice_equal(name, slice_from(kind_names[i]))) continue;
        *out = (enum mark_kind)i;
        return true;
    }
    return false;
}

/* Covers the columns too; only `undone_s` changes later. */
static uint64_t mark_seed(const struct mark *mark) {
    uint64_t seed = pack_sum_int(mark->kind, pack_sum_int(mark->when_s, 17));
    return pack_sum(mark->flag, pack_sum(mark->item, pack_sum(mark->reader, seed)));
}

static bool standing(struct store *store, const struct mark *mark, int64_t *id, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store,
                  "SELECT number FROM mark WHERE item = ? AND kind = ? AND reader IS ? AND flag IS ?"
                  " AND undone_s IS NULL",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, mark->item);
    ask_bind_int(&ask, mark->kind);
    ask_bind_text(&ask, mark->reader);
    ask_bind_text(&ask, mark->flag);
    if (!ask_step(&ask, &row, fault)) return false;
    *id = row ? ask_int(&ask, 0) : 0;
    return true;
}

static bool insert(struct store *store, const struct mark *mark, int64_t *id, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct buf *rest = &store->scratch[0];
    struct slice note = mark->note;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    pack_text(&pack, &note);
    pack_seal(&pack, 0, mark_seed(mark));
    if (!buf_check(rest, "a mark", fault)) return false;
    if (!ask_open(store, "INSERT INTO mark(when_s, kind, reader, item, flag, rest) VALUES(?, ?, ?, ?, ?, ?)", &ask,
                  fault))
        return false;
    ask_bind_int(&ask, mark->when_s);
    ask_bind_int(&ask, mark->kind);
    ask_bind_text(&ask, mark->reader);
    ask_bind_text(&ask, mark->item);
    ask_bind_text(&ask, mark->flag);
    ask_bind_blob(&ask, buf_slice(rest));
    if (!ask_run(&ask, fault)) return false;
    *id = sqlite3_last_insert_rowid(store->db);
    return true;
}

bool marks_add(struct store *store, const struct mark *mark, int64_t *id, struct fault *fault) {
    int64_t old = 0;
    if (!db_may_write(store, fault)) return false;
    if (mark->item.len == 0) return fault_set(fault, FAULT_USAGE, "a mark needs an item");
    if (!standing(store, mark, &old, fault)) return false;
    if (old == 0 && !insert(store, mark, &old, fault)) return false;
    *id = old;
    return true;
}

bool marks_undo(struct store *store, int64_t id, int64_t now_s, bool *found, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault)) return false;
    if (!ask_open(store, "UPDATE mark SET undone_s = ? WHERE number = ? AND undone_s IS NULL", &ask, fault))
        return false;
    ask_bind_int(&ask, now_s);
    ask_bind_int(&ask, id);
    if (!ask_run(&ask, fault)) return false;
    *found = sqlite3_changes(store->db) > 0;
    return true;
}

static bool take_mark(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct mark *mark = element;
    *mark = (struct mark){.id = ask_int(ask, 0),
                          .when_s = ask_int(ask, 1),
                          .undone_s = ask_when(ask, 2),
                          .kind = (enum mark_kind)ask_int(ask, 3)};
    if (!arena_copy(arena, ask_bytes(ask, 4), &mark->reader) || !arena_copy(arena, ask_bytes(ask, 5), &mark->item) ||
        !arena_copy(arena, ask_bytes(ask, 6), &mark->flag))
        return fault_memory(fault);
    struct pack pack = pack_from(ask_bytes(ask, 7), mark_seed(mark), arena);
    pack_text(&pack, &mark->note);
    return pack_done(&pack) || db_damaged(ask->store, "a mark", fault);
}

bool marks_list(struct store *store, const struct mark_query *query, struct arena *arena, struct mark_list *out,
                struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT number, when_s, undone_s, kind, reader, item, flag, rest FROM mark"
                  " WHERE (?1 IS NULL OR reader = ?1) AND (?2 IS NULL OR item = ?2) AND (?3 < 0 OR kind = ?3)"
                  " AND (?4 OR undone_s IS NULL) AND when_s >= ?5 AND when_s < ?6 ORDER BY when_s, number",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, query->reader);
    ask_bind_text(&ask, query->item);
    ask_bind_int(&ask, query->one_kind ? (int64_t)query->kind : -1);
    ask_bind_int(&ask, query->with_undone);
    ask_bind_int(&ask, query->from_s == 0 ? INT64_MIN : query->from_s);
    ask_bind_int(&ask, query->until_s == 0 ? INT64_MAX : query->until_s);
    if (!ask_list(&ask, arena, sizeof(struct mark), take_mark, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}
