/* vocab: the words of the rules, each with all its listed forms; forms that two words share make them one. Found by two
 * loads, a filter and one comparison. */
#ifndef DISCERN_CLASSIFY_VOCAB_H
#define DISCERN_CLASSIFY_VOCAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

#define VOCAB_READ_BYTES 16 /* so many bytes from the beginning of a key are read, whatever its length */

struct vocab_entry {
    uint64_t a, b;  /* its first 16 bytes */
    const char *at; /* in arena; VOCAB_READ_BYTES may be read */
    uint32_t word;  /* 0 = free */
    uint16_t len;
    bool inflected; /* the forms of just this one are listed */
};

struct vocab {
    struct vocab_entry *entries; /* open addressing, a power of two */
    size_t size, count;
    uint32_t *roots; /* by word: the word that it is one with */
    size_t root_capacity;
    uint32_t word_count;
    uint64_t *filter; /* by hash; NULL until frozen */
    uint64_t filter_mask;
    char *room; /* for the bytes of forms to come */
    size_t room_bytes;
};

/* All in arena. False when out of memory. */

/* Makes room for about so many forms, so that adding them copies nothing twice. */
MUST_USE bool vocab_reserve(struct vocab *vocab, struct arena *arena, size_t forms);
/* The entry of this form, with a new word where it was not known. Valid until the next form is added. */
MUST_USE bool vocab_meet(struct vocab *vocab, struct arena *arena, struct slice form, struct vocab_entry **out);
/* Gives the form to the word; when it belongs to another one already, the two are one. */
MUST_USE bool vocab_add(struct vocab *vocab, struct arena *arena, struct slice form, uint32_t word);
/* The id behind which a word and those that are one with it stand. */
uint32_t vocab_root(const struct vocab *vocab, uint32_t word);
/* Settles all ids and makes the filter. */
MUST_USE bool vocab_freeze(struct vocab *vocab, struct arena *arena);
/* The id of a word by its key, 0 when it is in no rule. VOCAB_READ_BYTES at `at` must be readable. */
uint32_t vocab_find(const struct vocab *vocab, const char *at, size_t len);

#endif
