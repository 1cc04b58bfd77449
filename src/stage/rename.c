#include "stage/rename.h"

#include "base/when.h"
#include "normal/item.h"
#include "store/items.h"

/* Kept posts that a page is compared with: twice as many as it has, within these. */
#define KEPT_LEAST 50
#define KEPT_MOST 500

/* A kept post that is not on the page under its own id. */
struct old {
    struct slice id, name, title;
    int64_t published_s;
    bool taken;
};

struct renaming {
    struct store *store;
    const struct keep_options *options;
    struct item_list *items;
    struct arena *arena;
    bool *fresh; /* by item: its id is not known */
    struct old *old;
    size_t old_count;
};

static bool is_on_page(const struct renaming *r, struct slice id) {
    for (size_t i = 0; i < r->items->count; i++)
        if (slice_equal(r->items->at[i].id, id)) return true;
    return false;
}

static bool find_fresh(struct renaming *r, size_t *count, struct fault *fault) {
    for (size_t i = 0; i < r->items->count; i++) {
        struct item_row row;
        struct slice reference;
        bool known;
        if (!item_reference(r->arena, r->options->source->name, r->items->at[i].id, &reference))
            return fault_memory(fault);
        if (!items_get(r->store, reference, r->arena, &row, &known, fault)) return false;
        r->fresh[i] = !known;
        *count += !known;
    }
    return true;
}

static bool read_old(struct renaming *r, struct fault *fault) {
    struct row_list last = {0};
    int64_t most = (int64_t)r->items->count * 2;
    most = most < KEPT_LEAST ? KEPT_LEAST : most > KEPT_MOST ? KEPT_MOST : most;
    if (!items_last(r->store, r->options->source->name, most, r->arena, &last, fault)) return false;
    r->old = arena_alloc(r->arena, last.count, sizeof *r->old);
    if (r->old == NULL) return fault_memory(fault);
    for (size_t i = 0; i < last.count; i++) {
        struct item_row row;
        struct old *old = &r->old[r->old_count];
        bool found;
        if (!items_get_row(r->store, last.at[i], r->arena, &row, &found, fault)) return false;
        if (!found || is_on_page(r, row.item.id)) continue;
        *old = (struct old){.id = row.item.id, .title = row.item.title, .published_s = row.item.published_s};
        if (!normal_item_name(&row.item, r->options->rules, r->arena, &old->name, fault)) return false;
        r->old_count++;
    }
    return true;
}

/* The same page alone is not enough: a feed may speak of one page many times. */
static struct old *old_of(struct renaming *r, const struct item *item, struct slice name) {
    for (size_t i = 0; i < r->old_count; i++) {
        struct old *old = &r->old[i];
        bool same_date = item->published_s != WHEN_ABSENT && item->published_s == old->published_s;
        if (!old->taken && slice_equal(old->name, name) && (same_date || slice_equal(old->title, item->title)))
            return old;
    }
    return NULL;
}

static bool match(struct renaming *r, struct fault *fault) {
    size_t renamed = 0, fresh = 0;
    struct old **matches = arena_alloc(r->arena, r->items->count, sizeof(struct old *));
    if (matches == NULL) return fault_memory(fault);
    for (size_t i = 0; i < r->items->count; i++) {
        struct slice name;
        if (!r->fresh[i]) continue;
        if (!normal_item_name(&r->items->at[i], r->options->rules, r->arena, &name, fault)) return false;
        matches[i] = old_of(r, &r->items->at[i], name);
        if (matches[i] != NULL) matches[i]->taken = true;
        renamed += matches[i] != NULL;
        fresh += matches[i] == NULL;
    }
    if (!normal_ids_churn(renamed, fresh)) return true;
    for (size_t i = 0; i < r->items->count; i++)
        if (matches[i] != NULL) r->items->at[i].id = matches[i]->id;
    return true;
}

/* A source of which nothing is kept has nothing that could be called otherwise. */
static bool has_posts(struct renaming *r, bool *out, struct fault *fault) {
    struct row_list last = {0};
    if (!items_last(r->store, r->options->source->name, 1, r->arena, &last, fault)) return false;
    *out = last.count > 0;
    return true;
}

bool rename_churned(struct store *store, const struct keep_options *options, struct item_list *items,
                    struct arena *arena, struct fault *fault) {
    struct renaming r = {.store = store, .options = options, .items = items, .arena = arena};
    size_t count = 0;
    bool some;
    if (!slice_equal(slice_from(options->source->schema->name), SLICE("feed")) || items->count == 0) return true;
    if (!has_posts(&r, &some, fault)) return false;
    if (!some) return true;
    r.fresh = arena_alloc(arena, items->count, sizeof *r.fresh);
    if (r.fresh == NULL) return fault_memory(fault);
    if (!find_fresh(&r, &count, fault)) return false;
    /* News are few beside what is known: the old posts need not be read. */
    if (count * 2 <= items->count) return true;
    if (!read_old(&r, fault)) return false;
    return r.old_count == 0 || match(&r, fault);
}
