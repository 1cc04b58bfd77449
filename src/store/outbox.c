#include "store/outbox.h"

#include "base/limits.h"
#include "base/when.h"
#include "store/db.h"
#include "store/pack.h"

static const char *const state_names[] = {"queued", "sending", "sent", "unsure", "failed"};

const char *letter_state_name(enum letter_state state) {
    return state_names[state];
}

static void letter_fields(struct pack *pack, struct letter *letter) {
    pack_text(pack, &letter->message_id);
    pack_text(pack, &letter->reader);
    pack_text(pack, &letter->target);
    pack_int(pack, &letter->tries);
    pack_int(pack, &letter->queued_s);
    pack_int(pack, &letter->changed_s);
    pack_text(pack, &letter->reason);
}

static uint64_t letter_seed(const struct letter *letter) {
    return pack_sum_int(letter->state, pack_sum_int(letter->date_s, pack_sum(letter->key, 21)));
}

static bool pack_letter(struct store *store, const struct letter *letter, struct fault *fault) {
    struct buf *rest = &store->scratch[0];
    struct letter copy = *letter;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    letter_fields(&pack, &copy);
    pack_seal(&pack, 0, letter_seed(letter));
    return buf_check(rest, "a letter", fault);
}

bool outbox_add(struct store *store, const struct letter *letter, bool *added, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault)) return false;
    if (letter->key.len == 0) return fault_set(fault, FAULT_USAGE, "a letter needs a key");
    if (!pack_letter(store, letter, fault)) return false;
    if (!ask_open(store, "INSERT OR IGNORE INTO letter(key, date_s, state, next_s, rest) VALUES(?, ?, ?, ?, ?)", &ask,
                  fault))
        return false;
    ask_bind_text(&ask, letter->key);
    ask_bind_int(&ask, letter->date_s);
    ask_bind_int(&ask, letter->state);
    ask_bind_when(&ask, letter->next_try_s);
    ask_bind_blob(&ask, buf_slice(&store->scratch[0]));
    if (!ask_run(&ask, fault)) return false;
    *added = sqlite3_changes(store->db) > 0;
    return true;
}

static bool take_letter(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct letter *letter = element;
    *letter = (struct letter){.date_s = ask_int(ask, 1),
                              .state = (enum letter_state)ask_int(ask, 2),
                              .next_try_s = ask_when(ask, 3)};
    if (!arena_copy(arena, ask_bytes(ask, 0), &letter->key)) return fault_memory(fault);
    struct pack pack = pack_from(ask_bytes(ask, 4), letter_seed(letter), arena);
    letter_fields(&pack, letter);
    return pack_done(&pack) || db_damaged(ask->store, "a letter", fault);
}

#define LETTER_COLUMNS "key, date_s, state, next_s, rest"

bool outbox_get(struct store *store, struct slice key, struct arena *arena, struct letter *out, bool *found,
                struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    struct letter letter;
    if (!ask_open(store, "SELECT " LETTER_COLUMNS " FROM letter WHERE key = ?", &ask, fault)) return false;
    ask_bind_text(&ask, key);
    if (!ask_step(&ask, &row, fault)) return false;
    if (row && !take_letter(&ask, arena, &letter, fault)) return false;
    if (row) *out = letter;
    *found = row;
    return true;
}

bool outbox_put(struct store *store, const struct letter *letter, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(65536);
    if (arena == NULL) return fault_memory(fault);
    AUTO(ask_end)
    struct ask ask = {0};
    struct letter standing;
    bool found = false;
    if (!db_may_write(store, fault) || !outbox_get(store, letter->key, arena, &standing, &found, fault)) return false;
    if (!found) return fault_set(fault, FAULT_USAGE, "there is no letter %.*s", SLICE_ARGS(letter->key));
    standing.state = letter->state;
    standing.tries = letter->tries;
    standing.next_try_s = letter->next_try_s;
    standing.changed_s = letter->changed_s;
    standing.reason = letter->reason;
    if (!pack_letter(store, &standing, fault)) return false;
    if (!ask_open(store, "UPDATE letter SET state = ?, next_s = ?, rest = ? WHERE key = ?", &ask, fault)) return false;
    ask_bind_int(&ask, standing.state);
    ask_bind_when(&ask, standing.next_try_s);
    ask_bind_blob(&ask, buf_slice(&store->scratch[0]));
    ask_bind_text(&ask, standing.key);
    return ask_run(&ask, fault);
}

static bool list_letters(struct ask *ask, struct arena *arena, struct letter_list *out, struct fault *fault) {
    struct list list = {0};
    if (!ask_list(ask, arena, sizeof(struct letter), take_letter, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

bool outbox_due(struct store *store, int64_t now_s, struct arena *arena, struct letter_list *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store,
                  "SELECT " LETTER_COLUMNS " FROM letter WHERE state IN (0, 3) AND (next_s IS NULL OR next_s <= ?)"
                  " ORDER BY date_s, key",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, now_s);
    return list_letters(&ask, arena, out, fault);
}

bool outbox_list(struct store *store, enum letter_state state, struct arena *arena, struct letter_list *out,
                 struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "SELECT " LETTER_COLUMNS " FROM letter WHERE state = ? ORDER BY date_s DESC, key", &ask,
                  fault))
        return false;
    ask_bind_int(&ask, state);
    return list_letters(&ask, arena, out, fault);
}

bool outbox_recover(struct store *store, int64_t now_s, int64_t *unsure, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct letter_list list = {0};
    if (!db_may_write(store, fault) || !outbox_list(store, LETTER_SENDING, arena, &list, fault)) return false;
    for (size_t i = 0; i < list.count; i++) {
        list.at[i].state = LETTER_UNSURE;
        list.at[i].changed_s = now_s;
        list.at[i].next_try_s = WHEN_ABSENT;
        if (!outbox_put(store, &list.at[i], fault)) return false;
    }
    *unsure = (int64_t)list.count;
    return true;
}
