#include "base/limits.h"
#include "door/session.h"
#include "door/table.h"
#include "stage/marking.h"
#include "stage/taste.h"

static bool list_marks(struct discern *home, const struct discern_mark *wanted, struct arena *arena, struct buf *out,
                       struct fault *fault) {
    static const char *const headings[] = {"number", "when", "what", "reader", "post", "flag"};
    static const char *const keys[] = {"number", "when", "kind", "reader", "item", "flag"};
    struct mark_list marks = {0};
    struct mark_query query = {.reader = wanted->reader == NULL ? (struct slice){NULL, 0} : slice_from(wanted->reader)};
    if (!marks_list(home->house.store, &query, arena, &marks, fault)) return false;
    struct table table = {.arena = arena, .headings = headings, .keys = keys, .columns = COUNT_OF(keys)};
    for (size_t i = 0; i < marks.count; i++) {
        const struct mark *mark = &marks.at[i];
        const struct cell cells[] = {
            cell_int(mark->id),      cell_instant(mark->when_s), cell_text(slice_from(mark_kind_name(mark->kind))),
            cell_text(mark->reader), cell_text(mark->item),      cell_text(mark->flag)};
        if (!table_add(&table, cells)) return fault_memory(fault);
    }
    table_write(&table, wanted->form, out);
    return true;
}

static bool list(struct discern *home, const struct discern_mark *wanted, struct arena *arena, struct buf *out,
                 struct fault *fault) {
    struct taste_book book;
    struct slice reader = wanted->reader == NULL ? (struct slice){NULL, 0} : slice_from(wanted->reader);
    if (!taste_gather(&home->house, reader, INT64_MAX, arena, &book, fault)) return false;
    for (size_t i = 0; wanted->form == DISCERN_TEXT && i < book.weights.count; i++)
        buf_printf(out, "%.*s\n", SLICE_ARGS(book.weights.at[i].words));
    if (wanted->form == DISCERN_TEXT && book.weights.count > 0) buf_add_char(out, '\n');
    return list_marks(home, wanted, arena, out, fault);
}

static bool act(struct discern *home, const struct discern_mark *wanted, struct arena *arena, struct buf *out,
                struct fault *fault) {
    struct marking marking = {slice_from(wanted->what), slice_from(wanted->kind), slice_from(wanted->reader),
                              slice_from(wanted->note)};
    int64_t id;
    switch (wanted->act) {
        case DISCERN_MARK_LIST: return list(home, wanted, arena, out, fault);
        case DISCERN_MARK_PUT:
            if (!marking_put(&home->house, &marking, arena, &id, fault)) return false;
            buf_printf(out,
                       "mark %lld: %s is %s; 'discern mark' shows what it changes, 'discern mark undo %lld' takes "
                       "it back\n",
                       (long long)id, wanted->what, wanted->kind, (long long)id);
            return true;
        case DISCERN_MARK_UNDO: break;
    }
    if (!marking_undo(&home->house, slice_from(wanted->number), fault)) return false;
    buf_printf(out, "mark %s is taken back\n", wanted->number);
    return true;
}

int discern_mark_do(struct discern *home, const struct discern_mark *wanted, discern_write *write, void *to,
                    struct discern_error *error) {
    struct fault fault = {0};
    AUTO(buf_free)
    struct buf out = buf_new((size_t)4 * 1024 * 1024);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) fault_memory(&fault);
    else if (act(home, wanted, arena, &out, &fault)) (void)door_write(&out, write, to, &fault);
    return door_status(&fault, error);
}
