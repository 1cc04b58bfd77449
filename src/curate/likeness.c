#include "curate/likeness.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"

/* ---- words ---- */

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Links, handles and tags say where, to whom and under which heading, not what. */
static bool is_word(struct slice token) {
    if (token.len == 0 || token.at[0] == '@' || token.at[0] == '#') return false;
    return !slice_starts_nocase(token, SLICE("http://")) && !slice_starts_nocase(token, SLICE("https://")) &&
           !slice_starts_nocase(token, SLICE("www."));
}

/* Lower-case ASCII and Latin-1, letters and digits only; other scripts as they are. */
static size_t fold(struct slice token, char *out, size_t room) {
    size_t used = 0;
    for (size_t at = 0; at < token.len && used + 4 <= room;) {
        uint32_t c = 0;
        at += utf8_decode(token, at, &c);
        bool digit = c >= '0' && c <= '9', lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
        bool latin_upper = c >= 0xC0 && c <= 0xDE && c != 0xD7;
        if (c < 0x80 && !digit && !lower && !upper) continue;
        if (c >= 0x80 && c < 0xC0) continue;
        if (c >= 0x2000 && c < 0x2070) continue; /* dashes, quotes, joiners */
        if (upper || latin_upper) c += 0x20;
        used += utf8_encode(c, out + used);
    }
    return used;
}

/* Runs of what is no blank: no fewer than there are words. */
static size_t count_tokens(struct slice text) {
    size_t count = 0;
    for (size_t at = 0; at < text.len; at++) count += !is_blank(text.at[at]) && (at == 0 || is_blank(text.at[at - 1]));
    return count;
}

bool word_run_of(struct slice text, struct arena *arena, struct word_run *out) {
    size_t most = count_tokens(text) + 1;
    if (most > LIMIT_LIKENESS_WORDS) most = LIMIT_LIKENESS_WORDS;
    uint64_t *words = arena_alloc(arena, most, sizeof *words);
    if (words == NULL) return false;
    size_t count = 0;
    for (size_t at = 0; at < text.len && count < most;) {
        while (at < text.len && is_blank(text.at[at])) at++;
        size_t start = at;
        while (at < text.len && !is_blank(text.at[at])) at++;
        struct slice token = slice_part(text, start, at);
        char folded[128];
        size_t len = is_word(token) ? fold(token, folded, sizeof folded) : 0;
        if (len > 0) words[count++] = hash_fnv64(slice_of(folded, len), 0);
    }
    *out = (struct word_run){words, count};
    return true;
}

/* Spreads the bits (the finaliser of splitmix64, Steele et al. 2014). */
static uint64_t mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* ---- SimHash ---- */

uint64_t simhash_of(struct word_run words) {
    int votes[64] = {0};
    for (size_t i = 0; i + 2 < words.count; i++) {
        uint64_t feature = mix(words.at[i] + 3 * mix(words.at[i + 1]) + 7 * mix(words.at[i + 2]));
        for (int bit = 0; bit < 64; bit++) votes[bit] += (feature >> bit & 1) != 0 ? 1 : -1;
    }
    uint64_t hash = 0;
    for (int bit = 0; bit < 64; bit++)
        if (votes[bit] > 0) hash |= (uint64_t)1 << bit;
    return hash;
}

int simhash_distance(uint64_t a, uint64_t b) {
    return __builtin_popcountll(a ^ b);
}

/* ---- sets of word pairs ---- */

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

bool pair_set_of(struct word_run words, struct arena *arena, struct pair_set *out) {
    size_t count = words.count < 2 ? 0 : words.count - 1;
    uint64_t *pairs = arena_alloc(arena, count + 1, sizeof *pairs);
    if (pairs == NULL) return false;
    for (size_t i = 0; i < count; i++) pairs[i] = mix(words.at[i] + 3 * mix(words.at[i + 1]));
    qsort(pairs, count, sizeof *pairs, by_value);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || pairs[kept - 1] != pairs[i]) pairs[kept++] = pairs[i];
    *out = (struct pair_set){pairs, kept};
    return true;
}

double pair_set_jaccard(struct pair_set a, struct pair_set b) {
    size_t i = 0, j = 0, both = 0;
    while (i < a.count && j < b.count) {
        if (a.at[i] == b.at[j]) both++, i++, j++;
        else if (a.at[i] < b.at[j]) i++;
        else j++;
    }
    size_t all = a.count + b.count - both;
    return all == 0 ? 0 : (double)both / (double)all;
}

void minhash_of(struct pair_set pairs, uint32_t out[MINHASH_COUNT]) {
    memset(out, 0xFF, MINHASH_COUNT * sizeof *out);
    for (size_t i = 0; i < pairs.count; i++) {
        /* Two halves of one mixed hash give as many functions as wanted (Kirsch and Mitzenmacher 2008). */
        uint32_t one = (uint32_t)pairs.at[i], step = (uint32_t)(pairs.at[i] >> 32) | 1u, value = one;
        for (int k = 0; k < MINHASH_COUNT; k++, value += step) {
            uint32_t hash = (value ^ (value >> 15)) * 0x2C1B3C6Du;
            hash ^= hash >> 13;
            if (hash < out[k]) out[k] = hash;
        }
    }
}
