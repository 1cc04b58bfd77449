#include "classify/vocab.h"

#include <string.h>

#include "base/hash.h"

#define SIZE_LEAST ((size_t)4096)
#define ROOM_BYTES ((size_t)32 * 1024)

struct key {
    uint64_t a, b, hash;
};

static uint64_t load_masked(const char *at, size_t len) {
    uint64_t bytes;
    memcpy(&bytes, at, 8);
    if (len >= 8) return bytes;
    unsigned char keep[16] = {255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0};
    uint64_t mask;
    memcpy(&mask, keep + (8 - len), 8);
    return bytes & mask;
}

static uint64_t hash_of(uint64_t a, uint64_t b, const char *at, size_t len) {
    uint64_t h = (a ^ (b * 0x9E3779B97F4A7C15u) ^ len) * 0xD6E8FEB86659FD93u;
    h = (h ^ h >> 32) * 0xD6E8FEB86659FD93u;
    if (len > 16) h = hash_fnv64(slice_of(at + 16, len - 16), h);
    return h ^ h >> 29;
}

static struct key key_of(const char *at, size_t len) {
    uint64_t a = load_masked(at, len), b = load_masked(at + 8, len > 8 ? len - 8 : 0);
    return (struct key){a, b, hash_of(a, b, at, len)};
}

static struct vocab_entry *slot(const struct vocab *vocab, const struct key *key, const char *at, size_t len) {
    size_t mask = vocab->size - 1;
    for (size_t i = (size_t)key->hash & mask;; i = (i + 1) & mask) {
        struct vocab_entry *entry = &vocab->entries[i];
        if (entry->word == 0) return entry;
        if (entry->a != key->a || entry->b != key->b || entry->len != len) continue;
        if (len <= 16 || memcmp(entry->at, at, len) == 0) return entry;
    }
}

uint32_t vocab_root(const struct vocab *vocab, uint32_t word) {
    while (vocab->roots[word] != word) word = vocab->roots[word];
    return word;
}

static bool widen(struct vocab *vocab, struct arena *arena, size_t size) {
    struct vocab_entry *old = vocab->entries;
    size_t old_size = vocab->size;
    vocab->entries = arena_alloc(arena, size, sizeof *vocab->entries);
    if (vocab->entries == NULL) return false;
    vocab->size = size;
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].word == 0) continue;
        struct key key = {old[i].a, old[i].b, hash_of(old[i].a, old[i].b, old[i].at, old[i].len)};
        *slot(vocab, &key, old[i].at, old[i].len) = old[i];
    }
    return true;
}

bool vocab_reserve(struct vocab *vocab, struct arena *arena, size_t forms) {
    size_t size = SIZE_LEAST;
    while (size / 4 * 3 < forms) size *= 2;
    vocab->root_capacity = forms / 2 + 64;
    vocab->roots = arena_alloc(arena, vocab->root_capacity, sizeof *vocab->roots);
    return vocab->roots != NULL && widen(vocab, arena, size);
}

static bool new_word(struct vocab *vocab, struct arena *arena, uint32_t *word) {
    uint32_t *more = arena_grow(arena, vocab->roots, vocab->word_count + 1, &vocab->root_capacity, sizeof *more);
    if (more == NULL) return false;
    vocab->roots = more;
    *word = ++vocab->word_count;
    vocab->roots[*word] = *word;
    return true;
}

static const char *keep_bytes(struct vocab *vocab, struct arena *arena, struct slice form) {
    if (vocab->room_bytes < form.len + VOCAB_READ_BYTES) {
        vocab->room_bytes = ROOM_BYTES > form.len + VOCAB_READ_BYTES ? ROOM_BYTES : form.len + VOCAB_READ_BYTES;
        vocab->room = arena_alloc(arena, vocab->room_bytes, 1);
        if (vocab->room == NULL) {
            vocab->room_bytes = 0;
            return NULL;
        }
    }
    char *copy = vocab->room;
    memcpy(copy, form.at, form.len);
    vocab->room += form.len;
    vocab->room_bytes -= form.len;
    return copy;
}

/* The slot where the form stands or will stand. */
static bool place_of(struct vocab *vocab, struct arena *arena, struct slice form, struct key *key,
                     struct vocab_entry **out) {
    char bytes[VOCAB_READ_BYTES] = "";
    bool full = vocab->count / 3 >= vocab->size / 4;
    if (full && !widen(vocab, arena, vocab->size == 0 ? SIZE_LEAST : vocab->size * 2)) return false;
    memcpy(bytes, form.at, form.len < sizeof bytes ? form.len : sizeof bytes);
    key->a = load_masked(bytes, form.len);
    key->b = load_masked(bytes + 8, form.len > 8 ? form.len - 8 : 0);
    key->hash = hash_of(key->a, key->b, form.at, form.len);
    *out = slot(vocab, key, form.at, form.len);
    return true;
}

static bool fill(struct vocab *vocab, struct arena *arena, struct slice form, const struct key *key, uint32_t word,
                 struct vocab_entry *entry) {
    const char *copy = keep_bytes(vocab, arena, form);
    if (copy == NULL) return false;
    *entry = (struct vocab_entry){key->a, key->b, copy, word, (uint16_t)form.len, false};
    vocab->count++;
    return true;
}

bool vocab_meet(struct vocab *vocab, struct arena *arena, struct slice form, struct vocab_entry **out) {
    struct key key;
    uint32_t word;
    if (!place_of(vocab, arena, form, &key, out)) return false;
    return (*out)->word != 0 || (new_word(vocab, arena, &word) && fill(vocab, arena, form, &key, word, *out));
}

bool vocab_add(struct vocab *vocab, struct arena *arena, struct slice form, uint32_t word) {
    struct key key;
    struct vocab_entry *entry;
    if (!place_of(vocab, arena, form, &key, &entry)) return false;
    if (entry->word == 0) return fill(vocab, arena, form, &key, word, entry);
    uint32_t a = vocab_root(vocab, entry->word), b = vocab_root(vocab, word);
    vocab->roots[a > b ? a : b] = a > b ? b : a;
    return true;
}

bool vocab_freeze(struct vocab *vocab, struct arena *arena) {
    uint64_t bits = 4096;
    while (bits < vocab->count * 8 && bits < (1u << 22)) bits *= 2;
    vocab->filter = arena_alloc(arena, bits / 64, sizeof *vocab->filter);
    if (vocab->filter == NULL) return false;
    vocab->filter_mask = bits - 1;
    for (size_t i = 0; i < vocab->size; i++) {
        struct vocab_entry *entry = &vocab->entries[i];
        if (entry->word == 0) continue;
        entry->word = vocab_root(vocab, entry->word);
        uint64_t bit = hash_of(entry->a, entry->b, entry->at, entry->len) >> 32 & vocab->filter_mask;
        vocab->filter[bit >> 6] |= (uint64_t)1 << (bit & 63);
    }
    return true;
}

uint32_t vocab_find(const struct vocab *vocab, const char *at, size_t len) {
    if (vocab->size == 0) return 0;
    struct key key = key_of(at, len);
    uint64_t bit = key.hash >> 32 & vocab->filter_mask;
    if (vocab->filter != NULL && (vocab->filter[bit >> 6] >> (bit & 63) & 1) == 0) return 0;
    const struct vocab_entry *entry = slot(vocab, &key, at, len);
    /* Frozen, each entry has the id of its root. */
    return entry->word == 0 || vocab->filter != NULL ? entry->word : vocab_root(vocab, entry->word);
}
