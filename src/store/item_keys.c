#include "store/item_keys.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "store/pack.h"

struct entry {
    int64_t hash, row;
};

struct key_heap {
    size_t count;
    struct entry at[LIMIT_STORE_KEYS];
};

/* Host of an address, as it stands; nothing where the key is none. */
static struct slice host_of(struct slice key) {
    size_t from = slice_find(slice_part(key, 0, 12), SLICE("://"), 0);
    if (from == SLICE_NOT_FOUND) return (struct slice){NULL, 0};
    size_t to = slice_find_byte(key, '/', from + 3);
    return slice_part(key, from + 3, to == SLICE_NOT_FOUND ? key.len : to);
}

/* The upper 24 bits are the host's: pages of one site lie together in the table, and a feed's posts are written into a
 * few places of it. The other 40 tell a million pages of one site apart. */
#define HOST_BITS UINT64_C(0xffffff0000000000)

int64_t item_key_hash(enum item_key kind, struct slice key) {
    uint64_t sum = pack_sum(key, (uint64_t)kind);
    struct slice host = host_of(key);
    if (host.len == 0) return (int64_t)sum;
    return (int64_t)((pack_sum(host, 0) & HOST_BITS) | (sum & ~HOST_BITS));
}

struct slice item_author_fold(struct slice author, char out[AUTHOR_KEY_BYTES]) {
    struct slice text = slice_trim(author);
    if (text.len > 0 && text.at[0] == '@') text = slice_part(text, 1, text.len);
    size_t len = text.len < AUTHOR_KEY_BYTES - 1 ? text.len : AUTHOR_KEY_BYTES - 1;
    for (size_t i = 0; i < len; i++) {
        char c = text.at[i];
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    out[len] = '\0';
    return slice_of(out, len);
}

static bool author_keys(const struct item *item, item_key_each *each, void *to) {
    char folded[AUTHOR_KEY_BYTES];
    for (size_t i = 0; i < item->authors.count; i++) {
        const struct person *person = &item->authors.at[i];
        struct slice handle = item_author_fold(person->handle, folded);
        if (handle.len > 0 && !each(to, ITEM_KEY_AUTHOR, handle)) return false;
        char other[AUTHOR_KEY_BYTES];
        struct slice name = item_author_fold(person->name, other);
        if (name.len > 0 && !slice_equal(name, handle) && !each(to, ITEM_KEY_AUTHOR, name)) return false;
    }
    return true;
}

bool item_keys_walk(const struct item *item, const struct slice_list *keys, item_key_each *each, void *to) {
    const struct {
        enum item_key kind;
        struct slice key;
    } single[] = {{ITEM_KEY_URL, item->url},
                  {ITEM_KEY_REPOSTS, item->refs.reposts},
                  {ITEM_KEY_QUOTES, item->refs.quotes},
                  {ITEM_KEY_REPLY, item->refs.in_reply_to},
                  {ITEM_KEY_THREAD, item->thread}};
    for (size_t i = 0; i < COUNT_OF(single); i++)
        if (single[i].key.len > 0 && !each(to, single[i].kind, single[i].key)) return false;
    for (size_t i = 0; i < keys->count; i++)
        if (keys->at[i].len > 0 && !each(to, ITEM_KEY_LINK, keys->at[i])) return false;
    return author_keys(item, each, to);
}

struct keeping {
    struct store *store;
    int64_t row;
    struct fault *fault;
};

static bool hold_back(void *to, enum item_key kind, struct slice key) {
    struct keeping *keeping = to;
    struct store *store = keeping->store;
    if (store->key_heap == NULL) store->key_heap = mem_new(1, sizeof *store->key_heap);
    if (store->key_heap == NULL) return fault_memory(keeping->fault);
    if (store->key_heap->count == LIMIT_STORE_KEYS && !key_heap_flush(store, keeping->fault)) return false;
    struct entry entry = {.hash = item_key_hash(kind, key), .row = keeping->row};
    store->key_heap->at[store->key_heap->count++] = entry;
    return true;
}

bool item_keys_add(struct store *store, const struct item_row *row, struct fault *fault) {
    struct keeping keeping = {.store = store, .row = row->row, .fault = fault};
    return item_keys_walk(&row->item, &row->keys, hold_back, &keeping);
}

static bool take_out(void *to, enum item_key kind, struct slice key) {
    struct keeping *keeping = to;
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(keeping->store, "DELETE FROM item_key WHERE hash = ? AND item = ?", &ask, keeping->fault))
        return false;
    ask_bind_int(&ask, item_key_hash(kind, key));
    ask_bind_int(&ask, keeping->row);
    return ask_run(&ask, keeping->fault);
}

bool item_keys_remove(struct store *store, const struct item_row *row, struct fault *fault) {
    struct keeping keeping = {.store = store, .row = row->row, .fault = fault};
    return key_heap_flush(store, fault) && item_keys_walk(&row->item, &row->keys, take_out, &keeping);
}

static int by_hash(const void *left, const void *right) {
    const struct entry *a = left;
    const struct entry *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

#define INTO "INSERT OR IGNORE INTO item_key(hash, item) VALUES"
#define FOUR "(?, ?), (?, ?), (?, ?), (?, ?)"
#define AT_ONCE 32u

static bool write_keys(struct store *store, const struct entry *entries, size_t count, struct fault *fault) {
    static const char one[] = INTO "(?, ?)";
    static const char all[] = INTO FOUR "," FOUR "," FOUR "," FOUR "," FOUR "," FOUR "," FOUR "," FOUR;
    AUTO(ask_end)
    struct ask ask = {0};
    if (!ask_open(store, count == 1 ? one : all, &ask, fault)) return false;
    for (size_t i = 0; i < count; i++) {
        ask_bind_int(&ask, entries[i].hash);
        ask_bind_int(&ask, entries[i].row);
    }
    return ask_run(&ask, fault);
}

bool key_heap_flush(struct store *store, struct fault *fault) {
    struct key_heap *heap = store->key_heap;
    if (heap == NULL || heap->count == 0) return true;
    qsort(heap->at, heap->count, sizeof heap->at[0], by_hash);
    for (size_t i = 0, count; i < heap->count; i += count) {
        count = heap->count - i < AT_ONCE ? 1 : AT_ONCE;
        if (!write_keys(store, &heap->at[i], count, fault)) return false;
    }
    heap->count = 0;
    return true;
}

void key_heap_clear(struct store *store) {
    if (store->key_heap != NULL) store->key_heap->count = 0;
}

void key_heap_free(struct key_heap **heap) {
    mem_free(*heap);
    *heap = NULL;
}
