/* likeness: how near two texts are. SimHash (Charikar 2002; 3 bits of 64 as in Manku et al. 2007) for articles,
 * MinHash (Broder 1997) with the exact Jaccard measure for posts. Words are folded: lower case, no punctuation,
 * no links, no handles, no tags. Pure and the same on every machine. */
#ifndef DISCERN_CURATE_LIKENESS_H
#define DISCERN_CURATE_LIKENESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "model/item.h"

#define MINHASH_COUNT 128
#define MINHASH_BANDS 32
#define MINHASH_ROWS 4

/* The text's words, folded, as hashes in order; at most LIMIT_LIKENESS_WORDS. In arena. */
struct word_run {
    const uint64_t *at;
    size_t count;
};
MUST_USE bool word_run_of(struct slice text, struct arena *arena, struct word_run *out);

uint64_t simhash_of(struct word_run words); /* over runs of three words */
int simhash_distance(uint64_t a, uint64_t b);

/* Pairs of neighbouring words as a sorted set. In arena. */
struct pair_set {
    const uint64_t *at;
    size_t count;
};
MUST_USE bool pair_set_of(struct word_run words, struct arena *arena, struct pair_set *out);
/* Size of the intersection over size of the union, 0..1; 0 when both are empty. */
double pair_set_jaccard(struct pair_set a, struct pair_set b);
void minhash_of(struct pair_set pairs, uint32_t out[MINHASH_COUNT]);

#endif
