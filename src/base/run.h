/* run: how far text goes without a byte that means something to its reader, eight or sixteen bytes at a time. Each test
 * of a word is not 0 when one of its bytes is so; a byte behind one that is may be taken for one too; none is ever
 * missed. Tests of a block are exact. */
#ifndef DISCERN_BASE_RUN_H
#define DISCERN_BASE_RUN_H

#include <stdbool.h>
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

/* ---- blocks ---- */

#define RUN_BLOCK_BYTES 16u

/* In the result of a test 0xFF stands for each byte that is so, 0 for the others: joined by |, & and ~. */
typedef unsigned char run_block __attribute__((vector_size(16)));

static inline run_block run_load(const char *at) {
    run_block block;
    memcpy(&block, at, sizeof block);
    return block;
}

static inline run_block run_each(unsigned char byte) {
    return (run_block){byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte};
}

static inline run_block run_is(run_block block, unsigned char byte) {
    return (run_block)(block == run_each(byte));
}

static inline run_block run_is_below(run_block block, unsigned char limit) {
    return (run_block)(block < run_each(limit));
}

static inline run_block run_is_beyond_ascii(run_block block) {
    return (run_block)(block >= run_each(0x80));
}

/* Either: as a signed byte, what lies beyond ASCII is below all of it. */
static inline run_block run_is_below_or_beyond_ascii(run_block block, unsigned char limit) {
    typedef signed char run_signed __attribute__((vector_size(16)));
    return (run_block)((run_signed)block < (run_signed)run_each(limit));
}

/* Controls that no text may hold: all but tab, LF and CR. */
static inline run_block run_is_control(run_block block) {
    return run_is_below(block, ' ') & ~(run_is(block, '\n') | run_is(block, '\t') | run_is(block, '\r'));
}

static inline bool run_any(run_block test) {
    uint64_t halves[2];
    memcpy(halves, &test, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

static inline unsigned run_first_of_word(uint64_t test) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (unsigned)__builtin_ctzll(test) / 8;
#else
    return (unsigned)__builtin_clzll(test) / 8;
#endif
}

/* Index of the first byte that is so; RUN_BLOCK_BYTES when none is. */
static inline unsigned run_first(run_block test) {
    uint64_t halves[2];
    memcpy(halves, &test, sizeof halves);
    if (halves[0] != 0) return run_first_of_word(halves[0]);
    return halves[1] != 0 ? RUN_BYTES + run_first_of_word(halves[1]) : RUN_BLOCK_BYTES;
}

#endif
