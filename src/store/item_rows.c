#include "store/item_rows.h"

#include "base/limits.h"
#include "base/when.h"
#include "store/pack_model.h"

/* "Name @handle, Name2": what a search for an author looks through. */
static void add_authors(const struct item *item, struct buf *out) {
    for (size_t i = 0; i < item->authors.count; i++) {
        const struct person *person = &item->authors.at[i];
        if (i > 0) buf_add_text(out, ", ");
        buf_add(out, person->name);
        if (person->handle.len == 0) continue;
        if (person->name.len > 0) buf_add_char(out, ' ');
        if (person->handle.at[0] != '@') buf_add_char(out, '@');
        buf_add(out, person->handle);
    }
}

static bool said(const struct counts *counts) {
    return counts->likes >= 0 || counts->reposts >= 0 || counts->replies >= 0 || counts->quotes >= 0;
}

static int64_t content_sum(const struct item *item, struct slice author, struct slice rest) {
    uint64_t sum = pack_sum(item->title, 1);
    return (int64_t)pack_sum(rest, pack_sum(author, pack_sum(item->text, sum)));
}

bool item_image(struct store *store, const struct item *item, const struct slice_list *keys, struct item_image *out,
                struct fault *fault) {
    struct buf *authors = &store->scratch[0];
    struct buf *rest = &store->scratch[1];
    struct buf *counts = &store->scratch[2];
    buf_clear(authors);
    buf_clear(rest);
    buf_clear(counts);
    add_authors(item, authors);
    /* The description of the fields serves both ways and so takes no const; writing changes nothing. */
    struct item copy = *item;
    struct slice_list key_list = keys == NULL ? (struct slice_list){0} : *keys;
    struct pack pack = pack_to(rest);
    pack_item_rest(&pack, &copy);
    pack_slices(&pack, &key_list);
    struct pack more = pack_to(counts);
    if (said(&item->counts)) pack_counts(&more, &copy.counts);
    if (!buf_check(authors, "an item's authors", fault) || !buf_check(rest, "an item", fault)) return false;
    if (!buf_check(counts, "an item's counts", fault)) return false;
    if (item->title.len + item->text.len + authors->len + rest->len > LIMIT_STORE_ROW_BYTES)
        return fault_set(fault, FAULT_LIMIT, "an item of more than %u MiB is not kept", LIMIT_STORE_ROW_BYTES >> 20);
    out->author = authors->len == 0 ? (struct slice){NULL, 0} : buf_slice(authors);
    out->rest = buf_slice(rest);
    out->counts = counts->len == 0 ? (struct slice){NULL, 0} : buf_slice(counts);
    out->content = content_sum(item, out->author, out->rest);
    return true;
}

int64_t item_sum(const struct item_sum *of) {
    uint64_t sum = pack_sum_int(of->content, 3);
    sum = pack_sum_int(of->changed_s, pack_sum_int(of->seen_s, sum));
    return (int64_t)pack_sum(of->counts, pack_sum(of->id, pack_sum(of->source, sum)));
}

static bool columns_hold(const struct ask *ask, const struct item *item) {
    struct item_sum sum = {.content = ask_int(ask, 5),
                           .seen_s = ask_int(ask, 3),
                           .changed_s = ask_int(ask, 4),
                           .source = ask_bytes(ask, 1),
                           .id = ask_bytes(ask, 2),
                           .counts = ask_bytes(ask, 7)};
    return content_sum(item, ask_bytes(ask, 10), ask_bytes(ask, 11)) == sum.content &&
           item_sum(&sum) == ask_int(ask, 6);
}

static bool copy_columns(const struct ask *ask, struct arena *arena, struct item_row *row, struct fault *fault) {
    struct item *item = &row->item;
    if (arena_copy(arena, ask_bytes(ask, 1), &row->source) && arena_copy(arena, ask_bytes(ask, 2), &item->id) &&
        arena_copy(arena, item->title, &item->title) && arena_copy(arena, item->text, &item->text))
        return true;
    return fault_memory(fault);
}

bool item_from_row(struct ask *ask, struct arena *arena, struct item_row *out, struct fault *fault) {
    struct item_row row = {.row = ask_int(ask, 0), .first_seen_s = ask_int(ask, 3), .changed_s = ask_int(ask, 4)};
    struct item *item = &row.item;
    item_init(item);
    item->title = ask_bytes(ask, 8);
    item->text = ask_bytes(ask, 9);
    if (!columns_hold(ask, item)) return db_damaged(ask->store, "an item", fault);
    struct slice rest;
    if (!copy_columns(ask, arena, &row, fault)) return false;
    if (!arena_copy(arena, ask_bytes(ask, 11), &rest)) return fault_memory(fault);
    struct pack pack = pack_over(rest, arena);
    pack_item_rest(&pack, item);
    pack_slices(&pack, &row.keys);
    if (!pack_done(&pack)) return db_damaged(ask->store, "an item", fault);
    if (ask_bytes(ask, 7).at != NULL) {
        struct pack counts = pack_over(ask_bytes(ask, 7), arena);
        pack_counts(&counts, &item->counts);
        if (!pack_done(&counts)) return db_damaged(ask->store, "an item's counts", fault);
    }
    *out = row;
    return true;
}
