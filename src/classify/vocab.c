#include "classify/vocab.h"

#include <string.h>

#include "base/hash.h"

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

static struct key key_of(const char *at, size_t len) {
    struct key key = {load_masked(at, len), load_masked(at + 8, len > 8 ? len - 8 : 0), 0};
    uint64_t h = (key.a ^ (key.b * 0x9E3779B97F4A7C15u) ^ len) * 0xD6E8FEB86659FD93u;
    h = (h ^ h >> 32) * 0xD6E8FEB86659FD93u;
    if (len > 16) h = hash_fnv64(slice_of(at + 16, len - 16), h);
    key.hash = h ^ h >> 29;
    return key;
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

static bool grow(struct vocab *vocab, struct arena *arena) {
    struct vocab_entry *old = vocab->entries;
    size_t old_size = vocab->size;
    if (vocab->count * 2 < old_size) return true;
    vocab->size = old_size == 0 ? 4096 : old_size * 2;
    vocab->entries = arena_alloc(arena, vocab->size, sizeof *vocab->entries);
    if (vocab->entries == NULL) return false;
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].word == 0) continue;
        struct key key = key_of(old[i].at, old[i].len);
        *slot(vocab, &key, old[i].at, old[i].len) = old[i];
    }
    return true;
}

bool vocab_new_word(struct vocab *vocab, struct arena *arena, uint32_t *word) {
    if (vocab->roots == NULL) {
        vocab->roots = arena_alloc(arena, 64, sizeof *vocab->roots);
        vocab->root_capacity = 64;
        if (vocab->roots == NULL) return false;
    }
    uint32_t *more = arena_grow(arena, vocab->roots, vocab->word_count + 1, &vocab->root_capacity, sizeof *more);
    if (more == NULL) return false;
    vocab->roots = more;
    *word = ++vocab->word_count;
    vocab->roots[*word] = *word;
    return true;
}

bool vocab_add(struct vocab *vocab, struct arena *arena, struct slice form, uint32_t word) {
    if (!grow(vocab, arena)) return false;
    struct key key = key_of(form.at, form.len);
    struct vocab_entry *entry = slot(vocab, &key, form.at, form.len);
    if (entry->word != 0) {
        uint32_t a = vocab_root(vocab, entry->word), b = vocab_root(vocab, word);
        vocab->roots[a > b ? a : b] = a > b ? b : a;
        return true;
    }
    char *copy = arena_alloc(arena, form.len + VOCAB_READ_BYTES, 1);
    if (copy == NULL) return false;
    memcpy(copy, form.at, form.len);
    *entry = (struct vocab_entry){key.a, key.b, copy, (uint32_t)form.len, word, false};
    vocab->count++;
    return true;
}

bool vocab_was_inflected(struct vocab *vocab, struct slice form) {
    struct key key = key_of(form.at, form.len);
    struct vocab_entry *entry = slot(vocab, &key, form.at, form.len);
    bool was = entry->inflected;
    entry->inflected = entry->word != 0;
    return was;
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
        uint64_t bit = key_of(entry->at, entry->len).hash >> 32 & vocab->filter_mask;
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
    return entry->word == 0 ? 0 : vocab_root(vocab, entry->word);
}
