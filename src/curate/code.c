#include "curate/code.h"

#include "base/hash.h"

bool code_of(struct slice story, unsigned turn, struct arena *arena, struct slice *out) {
    static const char letters[] = "bcdfghjkmnpqrstvwxyz23456789";
    uint64_t hash = hash_fnv64(story, 0) + turn * 0x9E3779B97F4A7C15u;
    hash = (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9u;
    char code[CODE_LETTERS];
    for (size_t i = 0; i < CODE_LETTERS; i++) {
        hash ^= hash >> 31;
        code[i] = letters[hash % (sizeof letters - 1)];
        hash /= sizeof letters - 1;
    }
    return arena_copy(arena, slice_of(code, CODE_LETTERS), out);
}
