#include "store/practice.h"

#include <inttypes.h>

#include "store/db.h"
#include "store/pack_model.h"

#define FOCUS_STEPS (FOCUS_STOPPED + 1)
#define LAST_NOTE " (SELECT coalesce(max(date_s), 0) FROM note WHERE note.focus = focus.number)"

static void focus_fields(struct pack *pack, struct focus *focus) {
    pack_text(pack, &focus->title);
    pack_text(pack, &focus->aim);
    pack_slices(pack, &focus->topics);
    pack_slices(pack, &focus->items);
    pack_int(pack, &focus->chosen_s);
    pack_int(pack, &focus->weeks);
    PACK_ENUM(pack, focus->step, enum focus_step, FOCUS_STEPS);
    pack_int(pack, &focus->step_since_s);
    pack_int(pack, &focus->closed_s);
    pack_text(pack, &focus->reason);
    if (pack_has_more(pack)) pack_text(pack, &focus->follows);
    if (pack_has_more(pack)) pack_int(pack, &focus->idle_weeks);
}

/* "F12" gives 12, anything else 0. */
static int64_t focus_number(struct slice id) {
    long long number = 0;
    if (id.len < 2 || (id.at[0] != 'F' && id.at[0] != 'f')) return 0;
    return slice_to_int64(slice_part(id, 1, id.len), &number) && number > 0 ? number : 0;
}

static bool pack_focus(struct store *store, const struct focus *focus, struct fault *fault) {
    struct buf *rest = &store->scratch[0];
    struct focus copy = *focus;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    focus_fields(&pack, &copy);
    pack_seal(&pack, 0, pack_sum(focus->team, 18));
    return buf_check(rest, "a focus", fault);
}

bool focus_add(struct store *store, const struct focus *focus, struct arena *arena, struct slice *id,
               struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault) || !pack_focus(store, focus, fault)) return false;
    if (!ask_open(store, "INSERT INTO focus(team, open, rest) VALUES(?, ?, ?)", &ask, fault)) return false;
    ask_bind_text(&ask, focus->team.at == NULL ? SLICE("") : focus->team);
    ask_bind_int(&ask, focus_is_open(focus));
    ask_bind_blob(&ask, buf_slice(&store->scratch[0]));
    if (!ask_run(&ask, fault)) return false;
    char *text = arena_printf(arena, "F%" PRId64, (int64_t)sqlite3_last_insert_rowid(store->db));
    if (text == NULL) return fault_memory(fault);
    *id = slice_from(text);
    return true;
}

bool focus_put(struct store *store, const struct focus *focus, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (!db_may_write(store, fault) || !pack_focus(store, focus, fault)) return false;
    if (!ask_open(store, "UPDATE focus SET team = ?, open = ?, rest = ? WHERE number = ?", &ask, fault)) return false;
    ask_bind_text(&ask, focus->team.at == NULL ? SLICE("") : focus->team);
    ask_bind_int(&ask, focus_is_open(focus));
    ask_bind_blob(&ask, buf_slice(&store->scratch[0]));
    ask_bind_int(&ask, focus_number(focus->id));
    if (!ask_run(&ask, fault)) return false;
    if (sqlite3_changes(store->db) == 1) return true;
    return fault_set(fault, FAULT_USAGE, "there is no focus %.*s", SLICE_ARGS(focus->id));
}

static bool take_focus(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct focus *focus = element;
    char *id = arena_printf(arena, "F%" PRId64, ask_int(ask, 0));
    if (id == NULL || !arena_copy(arena, ask_bytes(ask, 1), &focus->team)) return fault_memory(fault);
    struct pack pack = pack_from(ask_bytes(ask, 2), pack_sum(focus->team, 18), arena);
    focus_fields(&pack, focus);
    focus->id = slice_from(id);
    focus->sign_s = ask_int(ask, 3);
    return pack_done(&pack) || db_damaged(ask->store, "a focus", fault);
}

bool focus_get(struct store *store, struct slice id, struct arena *arena, struct focus *out, bool *found,
               struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    bool row = false;
    if (!ask_open(store, "SELECT number, team, rest," LAST_NOTE " FROM focus WHERE number = ?", &ask, fault))
        return false;
    ask_bind_int(&ask, focus_number(id));
    if (!ask_step(&ask, &row, fault)) return false;
    struct focus focus = {0};
    if (row && !take_focus(&ask, arena, &focus, fault)) return false;
    if (row) *out = focus;
    *found = row;
    return true;
}

bool focus_all(struct store *store, struct slice team, enum focus_which which, struct arena *arena,
               struct focus_list *out, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store,
                  "SELECT number, team, rest," LAST_NOTE " FROM focus WHERE (?1 IS NULL OR team = ?1) AND (?2 OR open)"
                  " ORDER BY number",
                  &ask, fault))
        return false;
    ask_bind_text(&ask, team);
    ask_bind_int(&ask, which == FOCUS_ALL);
    if (!ask_list(&ask, arena, sizeof(struct focus), take_focus, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

static void note_fields(struct pack *pack, struct practice_note *note) {
    PACK_ENUM(pack, note->step, enum focus_step, FOCUS_STEPS);
    pack_text(pack, &note->group);
    pack_text(pack, &note->did);
    pack_text(pack, &note->saw);
    pack_text(pack, &note->change);
    pack_text(pack, &note->with);
}

static uint64_t note_seed(int64_t focus, int64_t date_s) {
    return pack_sum_int(date_s, pack_sum_int(focus, 19));
}

static bool known_focus(struct slice id, int64_t *number, struct fault *fault) {
    *number = focus_number(id);
    return *number != 0 || fault_set(fault, FAULT_USAGE, "there is no focus %.*s", SLICE_ARGS(id));
}

bool notes_add(struct store *store, const struct practice_note *note, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct buf *rest = &store->scratch[0];
    struct practice_note copy = *note;
    int64_t focus = 0;
    if (!db_may_write(store, fault) || !known_focus(note->focus, &focus, fault)) return false;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    note_fields(&pack, &copy);
    pack_seal(&pack, 0, note_seed(focus, note->date_s));
    if (!buf_check(rest, "a note", fault)) return false;
    /* Asked first: a conflict would use up a number. */
    if (!ask_open(store,
                  "INSERT INTO note(focus, date_s, same, rest) SELECT ?1, ?2, ?3, ?4"
                  " WHERE NOT EXISTS(SELECT 1 FROM note WHERE focus = ?1 AND same = ?3)",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, focus);
    ask_bind_int(&ask, note->date_s);
    ask_bind_int(&ask, (int64_t)pack_sum(buf_slice(rest), 20));
    ask_bind_blob(&ask, buf_slice(rest));
    return ask_run(&ask, fault);
}

static bool take_note(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct practice_note *note = element;
    note->date_s = ask_int(ask, 1);
    char *id = arena_printf(arena, "F%" PRId64, ask_int(ask, 0));
    if (id == NULL) return fault_memory(fault);
    note->focus = slice_from(id);
    struct pack pack = pack_from(ask_bytes(ask, 2), note_seed(ask_int(ask, 0), note->date_s), arena);
    note_fields(&pack, note);
    return pack_done(&pack) || db_damaged(ask->store, "a note", fault);
}

bool notes_list(struct store *store, struct slice focus, struct arena *arena, struct practice_note_list *out,
                struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store, "SELECT focus, date_s, rest FROM note WHERE ?1 < 0 OR focus = ?1 ORDER BY date_s, number",
                  &ask, fault))
        return false;
    ask_bind_int(&ask, focus.at == NULL ? -1 : focus_number(focus));
    if (!ask_list(&ask, arena, sizeof(struct practice_note), take_note, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}

static void event_fields(struct pack *pack, struct focus_event *event) {
    pack_text(pack, &event->what);
    pack_text(pack, &event->detail);
    pack_text(pack, &event->reason);
}

bool focus_event_add(struct store *store, const struct focus_event *event, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct buf *rest = &store->scratch[0];
    struct focus_event copy = *event;
    int64_t focus = 0;
    if (!db_may_write(store, fault) || !known_focus(event->focus, &focus, fault)) return false;
    buf_clear(rest);
    struct pack pack = pack_to(rest);
    event_fields(&pack, &copy);
    pack_seal(&pack, 0, note_seed(focus, event->when_s));
    if (!buf_check(rest, "an event", fault)) return false;
    if (!ask_open(store, "INSERT INTO focus_event(focus, when_s, rest) VALUES(?, ?, ?)", &ask, fault)) return false;
    ask_bind_int(&ask, focus);
    ask_bind_int(&ask, event->when_s);
    ask_bind_blob(&ask, buf_slice(rest));
    return ask_run(&ask, fault);
}

static bool take_event(struct ask *ask, struct arena *arena, void *element, struct fault *fault) {
    struct focus_event *event = element;
    event->when_s = ask_int(ask, 1);
    char *id = arena_printf(arena, "F%" PRId64, ask_int(ask, 0));
    if (id == NULL) return fault_memory(fault);
    event->focus = slice_from(id);
    struct pack pack = pack_from(ask_bytes(ask, 2), note_seed(ask_int(ask, 0), event->when_s), arena);
    event_fields(&pack, event);
    return pack_done(&pack) || db_damaged(ask->store, "an event", fault);
}

bool focus_events(struct store *store, struct slice focus, struct arena *arena, struct focus_event_list *out,
                  struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    struct list list = {0};
    if (!ask_open(store, "SELECT focus, when_s, rest FROM focus_event WHERE ?1 < 0 OR focus = ?1 ORDER BY number", &ask,
                  fault))
        return false;
    ask_bind_int(&ask, focus.at == NULL ? -1 : focus_number(focus));
    if (!ask_list(&ask, arena, sizeof(struct focus_event), take_event, &list, fault)) return false;
    LIST_INTO(out, list);
    return true;
}
