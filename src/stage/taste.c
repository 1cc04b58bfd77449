#include "stage/taste.h"

#include "practice/taste.h"
#include "store/marks.h"
#include "store/verdicts.h"

static bool describe(const struct house *house, struct opinion *opinion, struct arena *arena, struct fault *fault) {
    struct item_row row;
    struct verdict verdict;
    struct slice id;
    bool found;
    if (!item_reference_split(opinion->item, &opinion->source, &id)) return true;
    opinion->source_name = opinion->source;
    for (size_t i = 0; i < house->config.sources.count; i++)
        if (slice_equal(house->config.sources.at[i].name, opinion->source))
            opinion->source_name = house->config.sources.at[i].title;
    if (!items_get(house->store, opinion->item, arena, &row, &found, fault)) return false;
    if (!found) return true;
    if (!verdicts_get(house->store, row.row, arena, &verdict, &found, fault)) return false;
    if (!found || verdict.topics.count == 0) return true;
    opinion->topic = verdict.topics.at[0].id;
    opinion->topic_label =
        slice_is_empty(verdict.topics.at[0].label) ? verdict.topics.at[0].id : verdict.topics.at[0].label;
    return true;
}

static bool kind_of(enum mark_kind mark, enum opinion_kind *out) {
    switch (mark) {
        case MARK_USEFUL: *out = OPINION_USEFUL; return true;
        case MARK_NOT_FOR_US: *out = OPINION_NOT_FOR_US; return true;
        case MARK_ALREADY_DO: *out = OPINION_ALREADY_DO; return true;
        case MARK_FLAG_WRONG: break;
    }
    return false;
}

static bool add(const struct house *house, const struct mark *mark, struct arena *arena, struct taste_book *out,
                struct fault *fault) {
    struct opinion opinion = {.item = mark->item};
    if (!kind_of(mark->kind, &opinion.kind)) return true;
    if (!describe(house, &opinion, arena, fault)) return false;
    struct opinion_list *list = &out->opinions;
    struct opinion *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return fault_memory(fault);
    list->at = more;
    more[list->count++] = opinion;
    if (opinion.kind == OPINION_USEFUL) return true;
    return slice_list_add_once(arena, &out->settled, opinion.item) || fault_memory(fault);
}

bool taste_gather(const struct house *house, struct slice reader, int64_t until_s, struct arena *arena,
                  struct taste_book *out, struct fault *fault) {
    struct mark_list marks = {0};
    struct mark_query query = {.from_s = 0, .until_s = until_s};
    struct taste_book book = {0};
    if (!marks_list(house->store, &query, arena, &marks, fault)) return false;
    for (size_t i = 0; i < marks.count; i++) {
        const struct mark *mark = &marks.at[i];
        bool ours = slice_is_absent(reader) || slice_is_empty(mark->reader) || slice_equal(mark->reader, reader);
        if (ours && !add(house, mark, arena, &book, fault)) return false;
    }
    if (!taste_of_opinions(&book.opinions, arena, &book.weights, fault)) return false;
    *out = book;
    return true;
}
