/* mask: what each byte of a folded text is, one bit a byte, 64 bytes a word. */
#ifndef DISCERN_CLASSIFY_MASK_H
#define DISCERN_CLASSIFY_MASK_H

#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/slice.h"

struct mask_block {
    uint64_t word;   /* letters, digits, and all past ASCII */
    uint64_t letter; /* ASCII letters and digits */
    uint64_t mark;   /* ASCII that is neither of these nor a blank */
};

struct masks {
    struct mask_block *at; /* owned */
    size_t count, capacity;
};

void masks_free(struct masks *masks);
/* One block more than the text has, all zero. False only when out of memory. */
MUST_USE bool masks_read(struct masks *masks, struct slice folded);

/* Index of the lowest bit that is set; `bits` is not 0. */
static inline unsigned mask_lowest(uint64_t bits) {
    return (unsigned)__builtin_ctzll(bits);
}

#endif
