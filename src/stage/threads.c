#include "stage/threads.h"

#include "base/hash.h"
#include "base/when.h"
#include "normal/thread.h"

/* Parts of a thread that may wait for its beginning. */
#define PARTS_MOST 100

/* The row of `source` whose thread is `name`; the oldest one. */
static bool find_by_thread(struct store *store, struct slice source, struct slice name, struct arena *arena,
                           struct item_row *out, bool *found, struct fault *fault) {
    struct row_list rows = {0};
    *found = false;
    if (slice_is_empty(name)) return true;
    if (!items_find(store, ITEM_KEY_THREAD, name, arena, &rows, fault)) return false;
    for (size_t i = 0; i < rows.count && !*found; i++) {
        if (!items_get_row(store, rows.at[i], arena, out, found, fault)) return false;
        *found = *found && slice_equal(out->source, source) && slice_equal(out->item.thread, name);
    }
    return true;
}

bool threads_root(struct store *store, struct slice source, const struct item *part, struct arena *arena,
                  struct item_row *out, bool *found, struct fault *fault) {
    struct slice reference = {0}, last = {0};
    *found = false;
    if (slice_is_empty(part->thread) || slice_starts(part->thread, SLICE(THREAD_LAST))) return true;
    if (!item_reference(arena, source, part->thread, &reference) || !thread_last_name(arena, part->thread, &last))
        return fault_memory(fault);
    if (!items_get(store, reference, arena, out, found, fault)) return false;
    if (!*found && !find_by_thread(store, source, last, arena, out, found, fault)) return false;
    *found = *found && thread_is_of(&out->item, part);
    return true;
}

/* What the kept item holds more. A thread that was joined before, and whose first post now comes alone again, stays
 * whole. */
static bool bring_joined(struct store *store, struct slice source, struct item *item, struct arena *arena,
                         struct fault *fault) {
    struct slice reference = {0};
    struct item_row kept;
    bool found;
    if (!item_reference(arena, source, item->id, &reference)) return fault_memory(fault);
    if (!items_get(store, reference, arena, &kept, &found, fault)) return false;
    /* A damaged archive does not say whose it is: what is known stays. */
    if (found && item->authors.count == 0) item->authors = kept.item.authors;
    if (!found || !slice_starts(kept.item.thread, SLICE(THREAD_LAST))) return true;
    struct slice more = slice_part(kept.item.text, item->text.len, kept.item.text.len);
    if (!slice_starts(kept.item.text, item->text) || !slice_starts(more, SLICE("\n\n"))) return true;
    item->text = kept.item.text;
    item->links = kept.item.links;
    item->tags = kept.item.tags;
    item->image = kept.item.image;
    item->updated_s = kept.item.updated_s;
    item->thread = kept.item.thread;
    return true;
}

static size_t bit_of(struct slice name) {
    return (size_t)(hash_fnv64(name, 0) % THREADS_WAITING_BITS);
}

void threads_wait(struct threads_waiting *waiting, struct slice name) {
    size_t bit = bit_of(name);
    waiting->bits[bit / 8] = (unsigned char)(waiting->bits[bit / 8] | 1u << bit % 8);
}

bool threads_may_wait(const struct threads_waiting *waiting, struct slice name) {
    size_t bit = bit_of(name);
    return (waiting->bits[bit / 8] >> bit % 8 & 1) != 0;
}

bool threads_complete(struct store *store, const struct threads_of *of, struct item *item, struct arena *arena,
                      struct fault *fault) {
    struct slice name = item->id, source = of->source;
    if (item->kind == ITEM_ARTICLE || item->kind == ITEM_REPOST) return true;
    if (!slice_starts(item->thread, SLICE(THREAD_LAST)) && !bring_joined(store, source, item, arena, fault))
        return false;
    if (of->waiting != NULL && !threads_may_wait(of->waiting, item->id)) return true;
    for (int i = 0; i < PARTS_MOST; i++) {
        struct item_row part;
        bool found;
        if (!find_by_thread(store, source, name, arena, &part, &found, fault)) return false;
        if (!found && !slice_equal(name, item->id)) {
            name = item->id; /* the last part has none behind it: another one may follow the first */
            if (!find_by_thread(store, source, name, arena, &part, &found, fault)) return false;
        }
        if (!found || slice_equal(part.item.id, item->id) || !thread_is_of(item, &part.item)) return true;
        bool removed;
        if (!thread_join(arena, item, &part.item)) return fault_memory(fault);
        if (!items_delete(store, source, part.item.id, &removed, fault)) return false;
        name = part.item.id;
    }
    return true;
}
