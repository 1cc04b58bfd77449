#include "classify/mask.h"

#include <string.h>

#include "base/mem.h"

#ifdef __SSE2__
#include <emmintrin.h>

static uint64_t bits16(__m128i bytes) {
    return (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
}

static __m128i between(__m128i bytes, char low, char high) {
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(low - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(high + 1))));
}

static struct mask_block block_of(const char *at) {
    uint64_t letter = 0, high = 0, blank = 0;
    for (unsigned i = 0; i < 64; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        __m128i letters = _mm_or_si128(between(bytes, 'a', 'z'), between(bytes, '0', '9'));
        letter |= bits16(letters) << i;
        high |= bits16(bytes) << i;
        blank |= bits16(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' '))) << i;
    }
    return (struct mask_block){letter | high, letter, ~(letter | high | blank)};
}

#else

static struct mask_block block_of(const char *at) {
    struct mask_block block = {0, 0, 0};
    for (unsigned i = 0; i < 64; i++) {
        unsigned char c = (unsigned char)at[i];
        uint64_t bit = (uint64_t)1 << i;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) block.letter |= bit;
        else if (c < 0x80 && c != ' ') block.mark |= bit;
        if (c >= 0x80) block.word |= bit;
    }
    block.word |= block.letter;
    return block;
}

#endif

void masks_free(struct masks *masks) {
    mem_free(masks->at);
    *masks = (struct masks){0};
}

bool masks_read(struct masks *masks, struct slice folded) {
    size_t whole = folded.len / 64, rest = folded.len % 64, needed = whole + 2;
    if (needed > masks->capacity) {
        size_t wider = needed + needed / 2 + 16;
        struct mask_block *more = mem_resize(masks->at, wider, sizeof *more);
        if (more == NULL) return false;
        masks->at = more;
        masks->capacity = wider;
    }
    for (size_t i = 0; i < whole; i++) masks->at[i] = block_of(folded.at + i * 64);
    masks->count = whole;
    if (rest > 0) {
        char last[64];
        memset(last, ' ', sizeof last);
        memcpy(last, folded.at + whole * 64, rest);
        masks->at[masks->count++] = block_of(last);
    }
    masks->at[masks->count] = (struct mask_block){0, 0, 0};
    return true;
}
