#include "store/digests.h"

#include "base/limits.h"
#include "store/db.h"
#include "store/pack_model.h"
#include "store/squeeze.h"

static void shown_fields(struct pack *pack, struct shown *shown) {
    struct slice *const texts[] = {&shown->story, &shown->code, &shown->item, &shown->title, &shown->url, &shown->key};
    for (size_t i = 0; i < COUNT_OF(texts); i++) pack_text(pack, texts[i]);
    pack_slices(pack, &shown->topics);
    pack_slices(pack, &shown->members);
    PACK_ENUM(pack, shown->section, enum section_kind, SECTION_CHECK_FIRST + 1);
    pack_plain_int(pack, &shown->place);
    pack_real(pack, &shown->score);
    pack_terms(pack, &shown->terms);
    if (!pack_is_reading(pack) || pack_has_more(pack)) pack_bool(pack, &shown->against);
}

static uint64_t day_seed(int64_t date_s, struct slice reader, uint64_t seed) {
    return pack_sum_int(date_s, pack_sum(reader, seed));
}

static bool pack_record(struct store *store, const struct digest_record *record, struct fault *fault) {
    struct buf *out = &store->scratch[0];
    buf_clear(out);
    if (!squeeze_add(store, record->json, out, fault)) return false;
    struct pack pack = pack_to(out);
    pack_seal(&pack, 0, day_seed(record->date_s, record->reader, 14));
    if (out->len > LIMIT_STORE_ROW_BYTES) return fault_set(fault, FAULT_LIMIT, "a digest is too large to be kept");
    return buf_check(out, "a digest", fault);
}

static bool write_record(struct store *store, const struct digest_record *record, bool *changed, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store,
                  "INSERT INTO digest(day_s, reader, made_s, rest) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(day_s, reader)"
                  " DO UPDATE SET made_s = ?3, rest = ?4 WHERE rest <> ?4",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, record->date_s);
    ask_bind_text(&ask, record->reader);
    ask_bind_int(&ask, record->made_s);
    ask_bind_blob(&ask, buf_slice(&store->scratch[0]));
    if (!ask_run(&ask, fault)) return false;
    *changed = sqlite3_changes(store->db) > 0;
    return true;
}

static bool write_shown(struct store *store, const struct digest_record *record, const struct shown *shown,
                        int64_t number, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct buf *rest = &store->scratch[0];
    struct shown copy = *shown;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    shown_fields(&pack, &copy);
    pack_seal(&pack, 0, pack_sum(shown->source, day_seed(record->date_s, record->reader, 15)));
    if (!buf_check(rest, "an entry of a digest", fault)) return false;
    if (!ask_open(store, "INSERT INTO shown(day_s, reader, number, source, rest) VALUES(?, ?, ?, ?, ?)", &ask, fault))
        return false;
    ask_bind_int(&ask, record->date_s);
    ask_bind_text(&ask, record->reader);
    ask_bind_int(&ask, number);
    ask_bind_text(&ask, shown->source.at == NULL ? SLICE("") : shown->source);
    ask_bind_blob(&ask, buf_slice(rest));
    return ask_run(&ask, fault);
}

static bool remove_shown(struct store *store, const struct digest_record *record, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, "DELETE FROM shown WHERE day_s = ? AND reader = ?", &ask, fault)) return false;
    ask_bind_int(&ask, record->date_s);
    ask_bind_text(&ask, record->reader);
    return ask_run(&ask, fault);
}

bool digests_put(struct store *store, const struct digest_record *record, const struct shown_list *shown,
                 struct fault *fault) {
    bool changed = false;
    if (!db_may_write(store, fault) || !pack_record(store, record, fault)) return false;
    if (!write_record(store, record, &changed, fault)) return false;
    if (!changed) return true;
    if (!remove_shown(store, record, fault)) return false;
    for (size_t i = 0; i < shown->count; i++)
        if (!write_shown(store, record, &shown->at[i], (int64_t)i, fault)) return false;
    return true;
}

static bool unpack_json(struct store *store, struct slice bytes, const struct digest_record *of, struct arena *arena,
                        struct slice *json, struct fault *fault) {
    AUTO(buf_free)
    struct buf plain = buf_new(LIMIT_STORE_BODY_BYTES);
    struct pack pack = pack_from(bytes, day_seed(of->date_s, of->reader, 14), arena);
    if (pack.failed) return db_damaged(store, "a digest", fault);
    if (!squeeze_open(store, pack.in, &plain, fault)) return false;
    return arena_copy(arena, buf_slice(&plain), json) || fault_memory(fault);
}

bool digests_get(struct store *store, struct digest_record *wanted, struct arena *arena, bool *found,
                 struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    struct slice json;
    if (!ask_open(store, "SELECT made_s, rest FROM digest WHERE day_s = ? AND reader = ?", &ask, fault)) return false;
    ask_bind_int(&ask, wanted->date_s);
    ask_bind_text(&ask, wanted->reader);
    if (!ask_step(&ask, &row, fault)) return false;
    if (row && !unpack_json(store, ask_bytes(&ask, 1), wanted, arena, &json, fault)) return false;
    if (row) {
        wanted->json = json;
        wanted->made_s = ask_int(&ask, 0);
    }
    *found = row;
    return true;
}

static bool take_record(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct digest_record *record = element;
    *record = (struct digest_record){.date_s = ask_int(ask, 0), .made_s = ask_int(ask, 2)};
    return arena_copy(arena, ask_bytes(ask, 1), &record->reader) || fault_memory(fault);
}

bool digests_list(struct store *store, struct slice reader, struct arena *arena, struct digest_record_list *out,
                  struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT day_s, reader, made_s FROM digest WHERE ?1 IS NULL OR reader = ?1"
                  " ORDER BY day_s DESC, reader",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, reader);
    if (!ask_list(&ask, arena, sizeof(struct digest_record), take_record, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

static bool take_shown(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct shown *shown = element;
    *shown = (struct shown){.date_s = ask_int(ask, 0)};
    if (!arena_copy(arena, ask_bytes(ask, 1), &shown->reader) || !arena_copy(arena, ask_bytes(ask, 2), &shown->source))
        return fault_memory(fault);
    uint64_t seed = day_seed(shown->date_s, shown->reader, 15);
    struct pack pack = pack_from(ask_bytes(ask, 3), pack_sum(shown->source, seed), arena);
    shown_fields(&pack, shown);
    return pack_done(&pack) || db_damaged(ask->store, "an entry of a digest", fault);
}

static void bind_shown(struct ask *ask, const struct shown_query *query) {
    ask_bind_text(ask, query->reader);
    ask_bind_int(ask, query->from_s);
    ask_bind_int(ask, query->until_s);
}

bool shown_list(struct store *store, const struct shown_query *query, struct arena *arena, struct shown_list *out,
                struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT day_s, reader, source, rest FROM shown WHERE (?1 IS NULL OR reader = ?1) AND day_s >= ?2"
                  " AND day_s < ?3 ORDER BY day_s, reader, number",
                  &ask, fault))
        return false;
    bind_shown(&ask, query);
    if (!ask_list(&ask, arena, sizeof(struct shown), take_shown, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

static bool take_count(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct source_shown *shown = element;
    shown->count = ask_int(ask, 1);
    return arena_copy(arena, ask_bytes(ask, 0), &shown->source) || fault_memory(fault);
}

bool shown_by_source(struct store *store, const struct shown_query *query, struct arena *arena,
                     struct source_shown_list *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT source, count(*) FROM shown WHERE (?1 IS NULL OR reader = ?1) AND day_s >= ?2"
                  " AND day_s < ?3 GROUP BY source ORDER BY source",
                  &ask, fault))
        return false;
    bind_shown(&ask, query);
    if (!ask_list(&ask, arena, sizeof(struct source_shown), take_count, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

static void parked_fields(struct pack *pack, struct parked *parked) {
    pack_text(pack, &parked->item);
    pack_text(pack, &parked->title);
    pack_text(pack, &parked->url);
    pack_slices(pack, &parked->topics);
    pack_real(pack, &parked->score);
    pack_int(pack, &parked->parked_s);
}

static uint64_t parked_seed(struct slice reader, struct slice story) {
    return pack_sum(story, pack_sum(reader, 16));
}

bool parked_put(struct store *store, const struct parked *parked, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct buf *rest = &store->scratch[0];
    struct parked copy = *parked;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    parked_fields(&pack, &copy);
    pack_seal(&pack, 0, parked_seed(parked->reader, parked->story));
    if (!db_may_write(store, fault) || !buf_check(rest, "a parked idea", fault)) return false;
    if (!ask_open(store, "INSERT OR IGNORE INTO parked(reader, story, score, rest) VALUES(?, ?, ?, ?)", &ask, fault))
        return false;
    ask_bind_text(&ask, parked->reader);
    ask_bind_text(&ask, parked->story);
    ask_bind_real(&ask, parked->score);
    ask_bind_blob(&ask, buf_slice(rest));
    return ask_run(&ask, fault);
}

bool parked_remove(struct store *store, struct slice reader, struct slice story, bool *found, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault)) return false;
    if (!ask_open(store, "DELETE FROM parked WHERE reader = ? AND story = ?", &ask, fault)) return false;
    ask_bind_text(&ask, reader);
    ask_bind_text(&ask, story);
    if (!ask_run(&ask, fault)) return false;
    *found = sqlite3_changes(store->db) > 0;
    return true;
}

static bool take_parked(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct parked *parked = element;
    if (!arena_copy(arena, ask_bytes(ask, 0), &parked->reader) || !arena_copy(arena, ask_bytes(ask, 1), &parked->story))
        return fault_memory(fault);
    struct pack pack = pack_from(ask_bytes(ask, 2), parked_seed(parked->reader, parked->story), arena);
    parked_fields(&pack, parked);
    return pack_done(&pack) || db_damaged(ask->store, "a parked idea", fault);
}

bool parked_list(struct store *store, struct slice reader, struct arena *arena, struct parked_list *out,
                 struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT reader, story, rest FROM parked WHERE ?1 IS NULL OR reader = ?1"
                  " ORDER BY score DESC, reader, story",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, reader);
    if (!ask_list(&ask, arena, sizeof(struct parked), take_parked, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}
