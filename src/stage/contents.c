#include "stage/contents.h"

#include "store/items.h"
#include "store/verdicts.h"

#define LOOKED_MOST 20
/* Other sources that are counted, and posts of theirs to one page that are looked at. */
#define SISTERS_MOST 16
#define SISTER_POSTS_MOST 20
/* Fewer bytes of title and text say nothing; more than so many are no placeholder, whatever words stand in them. */
#define WORDS_LEAST 8
#define PLACEHOLDER_MOST 300

bool contents_is_placeholder(const struct slice_list *phrases, const struct item *item) {
    struct slice words[] = {slice_trim(item->title), slice_trim(item->text), slice_trim(item->summary)};
    size_t len = words[0].len + (words[1].len > 0 ? words[1].len : words[2].len);
    if (len < WORDS_LEAST) return item->enclosures.count == 0 && slice_is_absent(item->image);
    if (len > PLACEHOLDER_MOST) return false;
    for (size_t p = 0; p < phrases->count; p++)
        for (size_t w = 0; w < COUNT_OF(words); w++)
            if (slice_find_nocase(words[w], phrases->at[p], 0) != SLICE_NOT_FOUND) return true;
    return false;
}

static bool is_same_post(const struct item *a, const struct item *b) {
    struct slice one = slice_trim(a->text), other = slice_trim(b->text);
    return slice_equal(slice_trim(a->title), slice_trim(b->title)) && slice_equal(one, other);
}

/* Another source, and how many of the posts it had before. */
struct sister {
    struct slice name;
    int64_t count;
    size_t last; /* number of the post that was counted last, from 1 */
};

struct looking {
    const struct house *house;
    struct arena *arena;
    struct item_row_list rows;
    struct sister sisters[SISTERS_MOST];
    struct contents found;
};

static void count_sister(struct looking *l, struct slice name, size_t post) {
    for (size_t i = 0; i < SISTERS_MOST; i++) {
        struct sister *sister = &l->sisters[i];
        if (slice_is_absent(sister->name)) sister->name = name;
        if (!slice_equal(sister->name, name)) continue;
        sister->count += sister->last != post;
        sister->last = post;
        return;
    }
}

/* The sources that had the post's own page before. */
static bool find_sisters(struct looking *l, size_t index, struct fault *fault) {
    const struct item_row *row = &l->rows.at[index];
    struct row_list rows = {0};
    if (row->item.kind != ITEM_ARTICLE || row->keys.count == 0) return true;
    if (!items_find_first(l->house->store, ITEM_KEY_LINK, row->keys.at[0], SISTER_POSTS_MOST, l->arena, &rows, fault))
        return false;
    for (size_t i = 0; i < rows.count && rows.at[i] < row->row; i++) {
        struct item_row other;
        bool found;
        if (!items_get_row(l->house->store, rows.at[i], l->arena, &other, &found, fault)) return false;
        bool own = !found || slice_equal(other.source, row->source) || other.item.kind != ITEM_ARTICLE;
        if (own || other.keys.count == 0 || !slice_equal(other.keys.at[0], row->keys.at[0])) continue;
        count_sister(l, other.source, index + 1);
    }
    return true;
}

static bool look_at(struct looking *l, size_t index, struct fault *fault) {
    const struct item_row *row = &l->rows.at[index];
    struct verdict verdict;
    bool judged, empty = contents_is_placeholder(&l->house->config.placeholders, &row->item);
    for (size_t i = 0; i < l->rows.count; i++)
        empty = empty || (i != index && is_same_post(&l->rows.at[i].item, &row->item));
    if (!verdicts_get(l->house->store, row->row, l->arena, &verdict, &judged, fault)) return false;
    l->found.looked++;
    l->found.empty += empty;
    l->found.adverts += judged && verdict.promotion;
    return find_sisters(l, index, fault);
}

static bool read_last(struct looking *l, struct slice source, struct fault *fault) {
    struct item_row_list *rows = &l->rows;
    struct row_list last = {0};
    if (!items_last(l->house->store, source, LOOKED_MOST, l->arena, &last, fault)) return false;
    rows->at = arena_alloc(l->arena, LOOKED_MOST, sizeof *rows->at);
    if (rows->at == NULL) return fault_memory(fault);
    for (size_t i = 0; i < last.count; i++) {
        bool found;
        if (!items_get_row(l->house->store, last.at[i], l->arena, &rows->at[rows->count], &found, fault)) return false;
        rows->count += found;
    }
    return true;
}

bool contents_look(const struct house *house, struct slice source, struct arena *arena, struct contents *out,
                   struct fault *fault) {
    struct looking l = {.house = house, .arena = arena};
    if (!read_last(&l, source, fault)) return false;
    for (size_t i = 0; i < l.rows.count; i++)
        if (!look_at(&l, i, fault)) return false;
    for (size_t i = 0; i < SISTERS_MOST; i++) {
        if (l.sisters[i].count <= l.found.earlier) continue;
        l.found.earlier = l.sisters[i].count;
        l.found.sister = l.sisters[i].name;
    }
    *out = l.found;
    return true;
}
