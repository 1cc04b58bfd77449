#include "stage/marking.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"
#include "stage/why.h"

struct slice marking_words(enum mark_kind kind) {
    static const char *const words[] = {"Useful", "Not for us", "We do this already", "A flag is wrong"};
    return slice_from(words[kind]);
}

static bool knows_reader(const struct house *house, struct slice reader, struct fault *fault) {
    for (size_t i = 0; i < house->config.readers.count; i++)
        if (slice_equal(house->config.readers.at[i].name, reader)) return true;
    return slice_is_empty(reader) ||
           fault_set(fault, FAULT_USAGE, "there is no reader '%.*s' in discern.conf", SLICE_ARGS(reader));
}

/* Who changes their mind has one opinion, not two. */
static bool take_back_others(struct house *house, const struct mark *mark, struct arena *arena, struct fault *fault) {
    struct mark_list marks = {0};
    struct mark_query query = {.item = mark->item};
    if (!marks_list(house->store, &query, arena, &marks, fault)) return false;
    for (size_t i = 0; i < marks.count; i++) {
        const struct mark *other = &marks.at[i];
        bool found, theirs = slice_equal(other->reader, mark->reader);
        if (!theirs || other->kind == mark->kind || other->kind == MARK_FLAG_WRONG) continue;
        if (!marks_undo(house->store, other->id, house->options.now_s, &found, fault)) return false;
    }
    return true;
}

bool marking_put(struct house *house, const struct marking *wanted, struct arena *arena, int64_t *id,
                 struct fault *fault) {
    struct item_row row;
    struct mark mark = {.when_s = house->options.now_s, .undone_s = WHEN_ABSENT, .note = wanted->note};
    if (!mark_kind_from(wanted->kind, &mark.kind) || mark.kind == MARK_FLAG_WRONG)
        return fault_set(fault, FAULT_USAGE, "a mark is useful, not-for-us or already-do, not '%.*s'",
                         SLICE_ARGS(wanted->kind));
    if (wanted->note.len > LIMIT_WRITTEN_BYTES || !utf8_is_valid(wanted->note))
        return fault_set(fault, FAULT_USAGE, "the note is too long, or no text in UTF-8");
    if (!knows_reader(house, wanted->reader, fault) || !why_find(house, wanted->what, arena, &row, fault)) return false;
    if (!slice_is_empty(wanted->reader)) mark.reader = wanted->reader;
    if (!item_reference(arena, row.source, row.item.id, &mark.item)) return fault_memory(fault);
    AUTO(store_work_end)
    struct store_work work = {0};
    return store_begin(house->store, &work, fault) && take_back_others(house, &mark, arena, fault) &&
           marks_add(house->store, &mark, id, fault) && store_commit(&work, fault);
}

bool marking_undo(struct house *house, struct slice number, struct fault *fault) {
    long long id;
    bool found = false;
    if (!slice_to_int64(number, &id))
        return fault_set(fault, FAULT_USAGE, "'%.*s' is no number of a mark; 'discern mark' lists them",
                         SLICE_ARGS(number));
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(house->store, &work, fault) ||
        !marks_undo(house->store, id, house->options.now_s, &found, fault) || !store_commit(&work, fault))
        return false;
    return found || fault_set(fault, FAULT_USAGE, "no mark %lld stands; 'discern mark' lists those that do", id);
}
