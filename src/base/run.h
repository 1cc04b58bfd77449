/* run: how far text goes without a byte that means something to its reader, eight bytes at a time. Each test is of a
 * whole word: not 0 when one of its bytes is so. A byte behind one that is may be taken for one too; none is ever
 * missed. */
#ifndef DISCERN_BASE_RUN_H
#define DISCERN_BASE_RUN_H

#include <stdint.h>
#include <string.h>

#define RUN_BYTES 8u
#define RUN_ONES UINT64_C(0x0101010101010101)
#define RUN_TOPS UINT64_C(0x8080808080808080)

static inline uint64_t run_word(const char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* Bytes below `limit`, which is 128 at most. */
static inline uint64_t run_below(uint64_t word, unsigned char limit) {
    return (word - RUN_ONES * limit) & ~word & RUN_TOPS;
}

static inline uint64_t run_has(uint64_t word, unsigned char byte) {
    return run_below(word ^ RUN_ONES * byte, 1);
}

static inline uint64_t run_beyond_ascii(uint64_t word) {
    return word & RUN_TOPS;
}

#endif
