#include "store/sources.h"

#include "base/when.h"
#include "store/db.h"
#include "store/pack.h"
#include "store/source_numbers.h"

void source_state_init(struct source_state *state, struct slice name) {
    *state = (struct source_state){.name = name,
                                   .next_due_s = WHEN_ABSENT,
                                   .last_ask_s = WHEN_ABSENT,
                                   .last_answer_s = WHEN_ABSENT,
                                   .last_success_s = WHEN_ABSENT,
                                   .last_new_item_s = WHEN_ABSENT,
                                   .retired_s = WHEN_ABSENT,
                                   .mean_gap_s = -1,
                                   .ttl_s = -1,
                                   .expires_s = WHEN_ABSENT,
                                   .retry_at_s = WHEN_ABSENT,
                                   .rate_reset_s = WHEN_ABSENT,
                                   .rate_left = -1,
                                   .told_s = WHEN_ABSENT,
                                   .ill_since_s = WHEN_ABSENT,
                                   .last_whole_s = WHEN_ABSENT};
}

static void state_fields(struct pack *pack, struct source_state *state) {
    struct slice *const texts[] = {&state->cursor,    &state->etag,       &state->last_modified, &state->validated_url,
                                   &state->body_hash, &state->route,      &state->last_reason,   &state->moved_to,
                                   &state->due_why,   &state->feed_title, &state->feed_site};
    int64_t *const numbers[] = {&state->next_due_s,     &state->last_ask_s,      &state->last_answer_s,
                                &state->last_success_s, &state->last_new_item_s, &state->failures,
                                &state->last_status,    &state->moved_times,     &state->retired_s,
                                &state->answers,        &state->unchanged,       &state->items_seen,
                                &state->items_kept,     &state->items_new,       &state->items_changed,
                                &state->wire_bytes,     &state->mean_gap_s,      &state->ttl_s,
                                &state->expires_s,      &state->retry_at_s,      &state->rate_reset_s,
                                &state->rate_left,      &state->told_s};
    for (size_t i = 0; i < COUNT_OF(texts); i++) pack_text(pack, texts[i]);
    for (size_t i = 0; i < COUNT_OF(numbers); i++) pack_int(pack, numbers[i]);
    pack_u32(pack, &state->skip_hours);
    pack_u8(pack, &state->skip_days);
    if (pack_is_reading(pack) && !pack_has_more(pack)) return;
    pack_int(pack, &state->ill);
    pack_int(pack, &state->ill_since_s);
    pack_text(pack, &state->ill_words);
    if (pack_is_reading(pack) && !pack_has_more(pack)) return;
    pack_int(pack, &state->last_whole_s);
}

static bool read_state(struct ask *ask, int column, struct arena *arena, struct source_state *out,
                       struct fault *fault) {
    if (ask_bytes(ask, column).at == NULL) return true;
    struct pack pack = pack_from(ask_bytes(ask, column), pack_sum(out->name, 6), arena);
    state_fields(&pack, out);
    return pack_done(&pack) || db_damaged(ask->store, "what is known of a source", fault);
}

bool sources_get(struct store *store, struct slice name, struct arena *arena, struct source_state *out,
                 struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    struct source_state state;
    struct slice copy;
    if (!arena_copy(arena, name, &copy)) return fault_memory(fault);
    source_state_init(&state, copy);
    if (!ask_open(store, "SELECT state FROM source WHERE name = ?", &ask, fault)) return false;
    ask_bind_text(&ask, name);
    if (!ask_step(&ask, &row, fault)) return false;
    if (row && !read_state(&ask, 0, arena, &state, fault)) return false;
    *out = state;
    return true;
}

bool sources_put(struct store *store, const struct source_state *state, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct buf *rest = &store->scratch[0];
    struct source_state copy = *state;
    int64_t number = 0;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    state_fields(&pack, &copy);
    pack_seal(&pack, 0, pack_sum(state->name, 6));
    if (!db_may_write(store, fault) || !buf_check(rest, "what is known of a source", fault)) return false;
    if (!source_number_made(store, state->name, &number, fault)) return false;
    if (!ask_open(store, "UPDATE source SET state = ?1 WHERE number = ?2 AND state IS NOT ?1", &ask, fault))
        return false;
    ask_bind_blob(&ask, buf_slice(rest));
    ask_bind_int(&ask, number);
    return ask_run(&ask, fault);
}

static bool take_state(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct source_state *state = element;
    struct slice name;
    if (!arena_copy(arena, ask_bytes(ask, 0), &name)) return fault_memory(fault);
    source_state_init(state, name);
    return read_state(ask, 1, arena, state, fault);
}

bool sources_list(struct store *store, struct arena *arena, struct source_state_list *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store, "SELECT name, state FROM source ORDER BY name", &ask, fault)) return false;
    if (!ask_list(&ask, arena, sizeof(struct source_state), take_state, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

bool spending_add(struct store *store, const struct spending *more, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault)) return false;
    if (!ask_open(store,
                  "INSERT INTO spending(account, month, kind, count, cost_micro) VALUES(?1, ?2, ?3, ?4, ?5)"
                  " ON CONFLICT(account, month, kind) DO UPDATE SET count = count + ?4, cost_micro = cost_micro + ?5",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, more->account);
    ask_bind_text(&ask, more->month);
    ask_bind_text(&ask, more->kind);
    ask_bind_int(&ask, more->count);
    ask_bind_int(&ask, more->cost_micro);
    return ask_run(&ask, fault);
}

bool spending_sum(struct store *store, struct slice account, struct slice month, int64_t *cost_micro,
                  struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, "SELECT coalesce(sum(cost_micro), 0) FROM spending WHERE account = ? AND month = ?", &ask,
                  fault))
        return false;
    ask_bind_text(&ask, account);
    ask_bind_text(&ask, month);
    if (!ask_step(&ask, &row, fault)) return false;
    *cost_micro = ask_int(&ask, 0);
    return true;
}

static bool take_spending(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct spending *spending = element;
    spending->count = ask_int(ask, 3);
    spending->cost_micro = ask_int(ask, 4);
    return (arena_copy(arena, ask_bytes(ask, 0), &spending->account) &&
            arena_copy(arena, ask_bytes(ask, 1), &spending->month) &&
            arena_copy(arena, ask_bytes(ask, 2), &spending->kind)) ||
           fault_memory(fault);
}

bool spending_list(struct store *store, struct slice account, struct arena *arena, struct spending_list *out,
                   struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT account, month, kind, count, cost_micro FROM spending WHERE ?1 IS NULL OR account = ?1"
                  " ORDER BY account, month, kind",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, account);
    if (!ask_list(&ask, arena, sizeof(struct spending), take_spending, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

static uint64_t handle_seed(const struct handle *handle) {
    return pack_sum_int(handle->until_s, pack_sum(handle->handle, pack_sum(handle->network, 7)));
}

static void handle_fields(struct pack *pack, struct handle *handle) {
    pack_text(pack, &handle->id);
    pack_text(pack, &handle->name);
}

bool handles_get(struct store *store, struct handle *wanted, int64_t now_s, struct arena *arena, bool *found,
                 struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, "SELECT until_s, rest FROM handle WHERE network = ? AND handle = ? AND until_s > ?", &ask,
                  fault))
        return false;
    ask_bind_text(&ask, wanted->network);
    ask_bind_text(&ask, wanted->handle);
    ask_bind_int(&ask, now_s);
    if (!ask_step(&ask, &row, fault)) return false;
    *found = row;
    if (!row) return true;
    struct handle handle = *wanted;
    handle.until_s = ask_int(&ask, 0);
    struct pack pack = pack_from(ask_bytes(&ask, 1), handle_seed(&handle), arena);
    handle_fields(&pack, &handle);
    if (!pack_done(&pack)) return db_damaged(store, "an account's handle", fault);
    *wanted = handle;
    return true;
}

bool handles_put(struct store *store, const struct handle *handle, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct buf *rest = &store->scratch[0];
    struct handle copy = *handle;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    handle_fields(&pack, &copy);
    pack_seal(&pack, 0, handle_seed(handle));
    if (!db_may_write(store, fault) || !buf_check(rest, "an account's handle", fault)) return false;
    if (!ask_open(store, "INSERT OR REPLACE INTO handle(network, handle, until_s, rest) VALUES(?, ?, ?, ?)", &ask,
                  fault))
        return false;
    ask_bind_text(&ask, handle->network);
    ask_bind_text(&ask, handle->handle);
    ask_bind_int(&ask, handle->until_s);
    ask_bind_blob(&ask, buf_slice(rest));
    return ask_run(&ask, fault);
}
