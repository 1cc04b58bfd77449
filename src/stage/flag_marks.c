#include "stage/flag_marks.h"

#include "base/jwrite.h"
#include "base/limits.h"
#include "base/when.h"
#include "classify/source_flags.h"
#include "stage/why.h"
#include "store/marks.h"
#include "store/verdicts.h"

#define LINE_BYTES ((size_t)16 * 1024 * 1024)

/* ---- marking ---- */

static bool name_flags(report_flags flags, struct buf *out) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        if ((flags & REPORT_FLAG(m)) == 0 || !report_is_flag((enum report_measure)m)) continue;
        buf_printf(out, "%s%s", out->len > 0 ? ", " : "", report_measure_name((enum report_measure)m));
    }
    return out->len > 0;
}

static bool find_flag(struct slice name, enum report_measure *out, struct fault *fault) {
    AUTO(buf_free)
    struct buf known = buf_new(512);
    if (report_flag_from(name, out)) return true;
    (void)name_flags(~0u, &known);
    return fault_set(fault, FAULT_USAGE, "'%.*s' is no flag; there are: %s", SLICE_ARGS(name), buf_text(&known));
}

static bool is_set(struct house *house, const struct ruleset *rules, const struct item_row *row,
                   enum report_measure flag, struct arena *arena, struct fault *fault) {
    struct verdict verdict = {0};
    bool found;
    AUTO(buf_free)
    struct buf others = buf_new(512);
    if (!verdicts_get(house->store, row->row, arena, &verdict, &found, fault)) return false;
    if (!found) return fault_set(fault, FAULT_INPUT, "that post is not judged yet: 'discern judge' does it");
    report_flags flags = source_flags(rules, &verdict);
    if ((flags & REPORT_FLAG(flag)) != 0) return true;
    return fault_set(fault, FAULT_INPUT, "the rules did not set '%s' on that post; they set: %s",
                     report_measure_name(flag), name_flags(flags, &others) ? buf_text(&others) : "nothing");
}

static bool take_back(struct house *house, const struct mark *mark, struct arena *arena, struct fault *fault) {
    struct mark_list marks = {0};
    struct mark_query query = {.item = mark->item, .kind = MARK_FLAG_WRONG, .one_kind = true};
    int64_t undone = 0;
    if (!marks_list(house->store, &query, arena, &marks, fault)) return false;
    for (size_t i = 0; i < marks.count; i++) {
        bool found;
        if (!slice_equal(marks.at[i].flag, mark->flag)) continue;
        if (!marks_undo(house->store, marks.at[i].id, house->options.now_s, &found, fault)) return false;
        undone += found;
    }
    return undone > 0 || fault_set(fault, FAULT_INPUT, "'%.*s' is not marked wrong on %.*s", SLICE_ARGS(mark->flag),
                                   SLICE_ARGS(mark->item));
}

bool flag_mark_put(struct house *house, const struct ruleset *rules, const struct flag_mark *wanted,
                   struct arena *arena, struct slice *item, struct fault *fault) {
    enum report_measure flag;
    struct item_row row;
    struct mark mark = {.when_s = house->options.now_s, .undone_s = WHEN_ABSENT, .kind = MARK_FLAG_WRONG};
    int64_t id;
    if (!find_flag(wanted->flag, &flag, fault) || !why_find(house, wanted->what, arena, &row, fault)) return false;
    if (!item_reference(arena, row.source, row.item.id, &mark.item)) return fault_memory(fault);
    if (!wanted->undo && !is_set(house, rules, &row, flag, arena, fault)) return false;
    mark.flag = slice_from(report_measure_name(flag));
    mark.note = wanted->note;
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(house->store, &work, fault)) return false;
    if (wanted->undo ? !take_back(house, &mark, arena, fault) : !marks_add(house->store, &mark, &id, fault))
        return false;
    if (!store_commit(&work, fault)) return false;
    *item = mark.item;
    return true;
}

/* ---- labels ---- */

static void write_references(struct jwrite *json, const struct reference_list *list) {
    jwrite_key(json, "references");
    jwrite_array(json);
    for (size_t i = 0; i < list->count; i++) {
        jwrite_object(json);
        jwrite_member(json, "kind", slice_from(reference_kind_name(list->at[i].kind)));
        jwrite_member(json, "id", list->at[i].id);
        jwrite_member(json, "url", list->at[i].url);
        jwrite_member(json, "text", list->at[i].text);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_document(struct jwrite *json, const struct document *document) {
    jwrite_member(json, "id", document->id);
    jwrite_member(json, "title", document->title);
    jwrite_key(json, "text");
    jwrite_text(json, slice_is_absent(document->text) ? SLICE("") : document->text);
    jwrite_member(json, "url", document->url);
    jwrite_member(json, "author", document->author);
    jwrite_member(json, "lang", document->lang);
    jwrite_key(json, "links");
    jwrite_array(json);
    for (size_t i = 0; i < document->links.count; i++) jwrite_text(json, document->links.at[i]);
    jwrite_end_array(json);
    if (document->article == NULL) return;
    jwrite_key(json, "article");
    jwrite_object(json);
    jwrite_member(json, "title", document->article->title);
    jwrite_member(json, "text", document->article->text);
    jwrite_member(json, "url", document->article->url);
    write_references(json, &document->article->references);
    jwrite_end_object(json);
}

static void write_flags(struct jwrite *json, const struct mark_list *marks, struct slice item) {
    jwrite_key(json, "flags");
    jwrite_object(json);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        const char *name = report_measure_name((enum report_measure)m);
        bool wrong = false;
        for (size_t i = 0; i < marks->count; i++)
            wrong |= slice_equal(marks->at[i].item, item) && slice_equal(marks->at[i].flag, slice_from(name));
        if (wrong) jwrite_member_bool(json, name, false);
    }
    jwrite_end_object(json);
}

/* A post that was marked more than once stands at its first mark. */
static bool is_first(const struct mark_list *marks, size_t index) {
    enum report_measure flag;
    if (!report_flag_from(marks->at[index].flag, &flag)) return false;
    for (size_t i = 0; i < index; i++)
        if (slice_equal(marks->at[i].item, marks->at[index].item) && report_flag_from(marks->at[i].flag, &flag))
            return false;
    return true;
}

static bool write_line(struct house *house, const struct mark_list *marks, struct slice item, struct buf *line,
                       struct fault *fault) {
    struct item_row row;
    struct to_judge input;
    bool found;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    buf_clear(line);
    if (!items_get(house->store, item, arena, &row, &found, fault)) return false;
    if (!found) return true; /* gone since: withdrawn by its author, forgotten or pruned */
    if (!verdicts_document(house->store, row.row, arena, &input, fault)) return false;
    struct jwrite json = jwrite_to(line);
    jwrite_object(&json);
    write_document(&json, &input.document);
    write_flags(&json, marks, item);
    jwrite_end_object(&json);
    buf_add_char(line, '\n');
    return buf_check(line, "a labelled post", fault);
}

bool flag_marks_export(struct house *house, flag_line *take, void *to, struct fault *fault) {
    struct mark_list marks = {0};
    struct mark_query query = {.kind = MARK_FLAG_WRONG, .one_kind = true};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf line = buf_new(LINE_BYTES);
    if (arena == NULL) return fault_memory(fault);
    if (!marks_list(house->store, &query, arena, &marks, fault)) return false;
    for (size_t i = 0; i < marks.count; i++) {
        if (!is_first(&marks, i)) continue;
        if (!write_line(house, &marks, marks.at[i].item, &line, fault)) return false;
        if (line.len > 0 && !take(to, &line, fault)) return false;
    }
    return true;
}
