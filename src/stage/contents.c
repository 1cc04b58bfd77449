#include "stage/contents.h"

#include "store/items.h"
#include "store/verdicts.h"

#define LOOKED_MOST 20
/* Fewer bytes of title and text say nothing; more than so many are no placeholder, whatever words stand in them. */
#define WORDS_LEAST 8
#define PLACEHOLDER_MOST 300

bool contents_is_placeholder(const struct item *item) {
    static const char *const phrases[] = {
        "coming soon",         "under construction", "lorem ipsum",       "hello world",       "sample page",
        "this feed has moved", "no longer updated",  "feed unavailable",  "no items to show",  "test post",
        "subscribe to read",   "page not found",     "no content",        "feed is disabled",  "nothing to see here",
        "has been suspended",  "access denied",      "enable javascript", "are not available",
    };
    struct slice words[] = {slice_trim(item->title), slice_trim(item->text), slice_trim(item->summary)};
    size_t len = words[0].len + (words[1].len > 0 ? words[1].len : words[2].len);
    if (len < WORDS_LEAST) return item->enclosures.count == 0 && slice_is_absent(item->image);
    if (len > PLACEHOLDER_MOST) return false;
    for (size_t p = 0; p < COUNT_OF(phrases); p++)
        for (size_t w = 0; w < COUNT_OF(words); w++)
            if (slice_find_nocase(words[w], slice_from(phrases[p]), 0) != SLICE_NOT_FOUND) return true;
    return false;
}

static bool is_same_post(const struct item *a, const struct item *b) {
    struct slice one = slice_trim(a->text), other = slice_trim(b->text);
    return slice_equal(slice_trim(a->title), slice_trim(b->title)) && slice_equal(one, other);
}

/* The source that had the post's own page before; absent when none had. */
static bool find_sister(const struct house *house, const struct item_row *row, struct arena *arena, struct slice *out,
                        struct fault *fault) {
    struct row_list rows = {0};
    *out = (struct slice){NULL, 0};
    if (row->item.kind != ITEM_ARTICLE || row->keys.count == 0) return true;
    if (!items_find(house->store, ITEM_KEY_LINK, row->keys.at[0], arena, &rows, fault)) return false;
    for (size_t i = 0; i < rows.count && rows.at[i] < row->row; i++) {
        struct item_row other;
        bool found;
        if (!items_get_row(house->store, rows.at[i], arena, &other, &found, fault)) return false;
        bool own = !found || slice_equal(other.source, row->source) || other.item.kind != ITEM_ARTICLE;
        if (own || other.keys.count == 0 || !slice_equal(other.keys.at[0], row->keys.at[0])) continue;
        *out = other.source;
        return true;
    }
    return true;
}

static bool look_at(const struct house *house, const struct item_row_list *rows, size_t index, struct arena *arena,
                    struct contents *out, struct fault *fault) {
    const struct item_row *row = &rows->at[index];
    struct verdict verdict;
    struct slice sister;
    bool judged, empty = contents_is_placeholder(&row->item);
    for (size_t i = 0; i < rows->count; i++)
        empty = empty || (i != index && is_same_post(&rows->at[i].item, &row->item));
    if (!verdicts_get(house->store, row->row, arena, &verdict, &judged, fault) ||
        !find_sister(house, row, arena, &sister, fault))
        return false;
    out->looked++;
    out->empty += empty;
    out->adverts += judged && verdict.promotion;
    if (slice_is_absent(out->sister)) out->sister = sister;
    out->earlier += !slice_is_absent(sister) && slice_equal(out->sister, sister);
    return true;
}

bool contents_look(const struct house *house, struct slice source, struct arena *arena, struct contents *out,
                   struct fault *fault) {
    struct item_query query = {.source = source, .limit = LOOKED_MOST, .order = ITEMS_NEWEST_FIRST};
    struct item_row_list rows = {.at = arena_alloc(arena, LOOKED_MOST, sizeof *rows.at), .capacity = LOOKED_MOST};
    struct contents found = {0};
    AUTO(item_walk_free)
    struct item_walk *walk = NULL;
    if (rows.at == NULL) return fault_memory(fault);
    if (!items_walk(house->store, &query, &walk, fault)) return false;
    for (bool more = true; more && rows.count < LOOKED_MOST;) {
        if (!item_walk_next(walk, arena, &rows.at[rows.count], &more, fault)) return false;
        rows.count += more;
    }
    item_walk_free(&walk);
    for (size_t i = 0; i < rows.count; i++)
        if (!look_at(house, &rows, i, arena, &found, fault)) return false;
    *out = found;
    return true;
}
