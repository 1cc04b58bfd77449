#include "store/runs.h"

#include "base/when.h"
#include "store/db.h"
#include "store/pack.h"

static void leg_fields(struct pack *pack, struct run_leg *leg) {
    pack_int(pack, &leg->ended_s);
    pack_int(pack, &leg->done);
    pack_int(pack, &leg->failed);
    pack_int(pack, &leg->skipped);
    pack_int(pack, &leg->made);
    pack_int(pack, &leg->wire_bytes);
    pack_int(pack, &leg->took_ms);
    pack_text(pack, &leg->words);
}

bool runs_start(struct store *store, struct slice leg, int64_t now_s, int64_t *id, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault)) return false;
    if (!ask_open(store, "INSERT INTO run(leg, started_s) VALUES(?, ?)", &ask, fault)) return false;
    ask_bind_text(&ask, leg);
    ask_bind_int(&ask, now_s);
    if (!ask_run(&ask, fault)) return false;
    *id = sqlite3_last_insert_rowid(store->db);
    return true;
}

bool runs_end(struct store *store, const struct run_leg *leg, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct buf *rest = &store->scratch[0];
    struct run_leg copy = *leg;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    leg_fields(&pack, &copy);
    pack_seal(&pack, 0, (uint64_t)leg->id);
    if (!db_may_write(store, fault) || !buf_check(rest, "a run's record", fault)) return false;
    if (!ask_open(store, "UPDATE run SET rest = ? WHERE number = ?", &ask, fault)) return false;
    ask_bind_blob(&ask, buf_slice(rest));
    ask_bind_int(&ask, leg->id);
    return ask_run(&ask, fault);
}

static bool take_leg(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct run_leg *leg = element;
    *leg = (struct run_leg){.id = ask_int(ask, 0), .started_s = ask_int(ask, 2), .ended_s = WHEN_ABSENT};
    if (!arena_copy(arena, ask_bytes(ask, 1), &leg->leg)) return fault_memory(fault);
    if (ask_bytes(ask, 3).at == NULL) return true;
    struct pack pack = pack_from(ask_bytes(ask, 3), (uint64_t)leg->id, arena);
    leg_fields(&pack, leg);
    return pack_done(&pack) || db_damaged(ask->store, "a run's record", fault);
}

bool runs_list(struct store *store, struct slice leg, int64_t limit, struct arena *arena, struct run_leg_list *out,
               struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT number, leg, started_s, rest FROM run WHERE ?1 IS NULL OR leg = ?1"
                  " ORDER BY number DESC LIMIT ?2",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, leg);
    ask_bind_int(&ask, limit == 0 ? -1 : limit);
    if (!ask_list(&ask, arena, sizeof(struct run_leg), take_leg, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

static int64_t fact_sum(struct slice name, struct slice value) {
    return (int64_t)pack_sum(value, pack_sum(name, 5));
}

bool facts_get(struct store *store, struct slice name, struct arena *arena, struct slice *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, "SELECT value, sum FROM fact WHERE name = ?", &ask, fault)) return false;
    ask_bind_text(&ask, name);
    if (!ask_step(&ask, &row, fault)) return false;
    struct slice value = row ? ask_bytes(&ask, 0) : (struct slice){NULL, 0};
    if (row && fact_sum(name, value) != ask_int(&ask, 1)) return db_damaged(store, "a kept fact", fault);
    return arena_copy(arena, value, out) || fault_memory(fault);
}

bool facts_put(struct store *store, struct slice name, struct slice value, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault)) return false;
    if (!ask_open(store,
                  "INSERT INTO fact(name, value, sum) VALUES(?1, ?2, ?3) ON CONFLICT(name) DO UPDATE"
                  " SET value = ?2, sum = ?3 WHERE value <> ?2",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, name);
    ask_bind_text(&ask, value);
    ask_bind_int(&ask, fact_sum(name, value));
    return ask_run(&ask, fault);
}
