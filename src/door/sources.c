#include "base/limits.h"
#include "base/when.h"
#include "door/session.h"
#include "door/table.h"
#include "stage/checkup.h"

static bool list_row(const struct checked *known, struct table *table, struct fault *fault) {
    struct slice kept = {NULL, 0};
    if (known->state.items_seen > 0) {
        char *share = arena_printf(table->arena, "%lld of %lld", (long long)known->state.items_kept,
                                   (long long)known->state.items_seen);
        if (share == NULL) return fault_memory(fault);
        kept = slice_from(share);
    }
    const struct cell cells[] = {
        cell_text(known->source->name),
        cell_text(slice_from(known->source->schema->name)),
        cell_text(slice_from(health_word(known->health))),
        cell_instant(known->state.last_success_s),
        cell_instant(known->state.last_new_item_s),
        cell_text(kept),
        cell_instant(known->source->paused ? WHEN_ABSENT : known->state.next_due_s),
        cell_text(known->state.due_why),
        cell_text(known->source->title),
    };
    return table_add(table, cells) || fault_memory(fault);
}

static bool list(struct discern *home, enum discern_form form, struct buf *out, struct fault *fault) {
    static const char *const headings[] = {"name", "kind",       "state",      "last answer", "last new post",
                                           "kept", "asked next", "because it", "title"};
    static const char *const keys[] = {"name", "kind",     "state",   "last_success", "last_new_item",
                                       "kept", "next_due", "due_why", "title"};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct table table = {.arena = arena, .headings = headings, .keys = keys, .columns = COUNT_OF(keys)};
    struct checked_list known;
    if (!checkup_run(&home->house, CHECKUP_ANSWERS, arena, &known, fault)) return false;
    for (size_t i = 0; i < known.count; i++)
        if (!list_row(&known.at[i], &table, fault)) return false;
    table_write(&table, form, out);
    return true;
}

static bool check(struct discern *home, enum discern_form form, struct buf *out, int64_t *found, struct fault *fault) {
    static const char *const headings[] = {"name", "state", "what"};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct table table = {.arena = arena, .headings = headings, .keys = headings, .columns = COUNT_OF(headings)};
    struct checked_list known;
    if (!checkup_run(&home->house, CHECKUP_ALL, arena, &known, fault)) return false;
    for (size_t i = 0; i < known.count; i++) {
        const struct checked *one = &known.at[i];
        if (!health_is_ill(one->health)) continue;
        const struct cell cells[] = {cell_text(one->source->name), cell_text(slice_from(health_word(one->health))),
                                     cell_text(one->words)};
        if (!table_add(&table, cells)) return fault_memory(fault);
    }
    *found = (int64_t)table.count;
    table_write(&table, form, out);
    return true;
}

int discern_sources(struct discern *home, enum discern_sources_view view, enum discern_form form, discern_write *write,
                    void *to, struct discern_error *error) {
    struct fault fault = {0};
    int64_t found = 0;
    AUTO(buf_free)
    struct buf out = buf_new((size_t)16 * 1024 * 1024);
    bool done = view == DISCERN_SOURCES_LIST ? list(home, form, &out, &fault) : check(home, form, &out, &found, &fault);
    if (!done || !door_write(&out, write, to, &fault)) return door_status(&fault, error);
    if (found > 0)
        fault_set(&fault, FAULT_REFUSED, "%lld source%s need%s a look", (long long)found, found == 1 ? "" : "s",
                  found == 1 ? "s" : "");
    return door_status(&fault, error);
}
