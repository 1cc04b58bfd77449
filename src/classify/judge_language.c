/* Is it English? The rules are; of other texts only names, addresses and references can be judged. */
#include "classify/weigh.h"

/* Enough of a text to tell; the commonest words make up about a third of English prose. */
#define LANGUAGE_BYTES 4096u
#define LANGUAGE_WORDS 12u
#define LANGUAGE_SHARE 25u /* one in so many words must be one of them */

/* Up to four letters in one number, so that a word is compared at once. */
#define SPELL(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static bool is_common(uint32_t word) {
    switch (word) {
        case SPELL(0, 't', 'h', 'e'):
        case SPELL(0, 'a', 'n', 'd'):
        case SPELL(0, 0, 'o', 'f'):
        case SPELL(0, 0, 't', 'o'):
        case SPELL('w', 'i', 't', 'h'):
        case SPELL('t', 'h', 'a', 't'):
        case SPELL('t', 'h', 'i', 's'):
        case SPELL(0, 'y', 'o', 'u'):
        case SPELL(0, 'a', 'r', 'e'):
        case SPELL(0, 0, 'i', 't'):
        case SPELL(0, 'h', 'o', 'w'):
        case SPELL('y', 'o', 'u', 'r'):
        case SPELL('f', 'r', 'o', 'm'):
        case SPELL(0, 0, 'i', 's'):
        case SPELL(0, 'f', 'o', 'r'):
        case SPELL('w', 'h', 'a', 't'): return true;
        default: return false;
    }
}

static bool is_letter(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static uint32_t lower(unsigned char c) {
    return c >= 'A' && c <= 'Z' ? c + 32u : c;
}

bool text_is_foreign(struct slice lang, struct slice text) {
    bool said_english = slice_starts_nocase(lang, SLICE("en"));
    size_t words = 0, common = 0, end = text.len < LANGUAGE_BYTES ? text.len : LANGUAGE_BYTES;
    for (size_t i = 0; i < end;) {
        uint32_t word = 0;
        size_t len = 0;
        for (; i < end && is_letter((unsigned char)text.at[i]); i++, len++)
            word = word << 8 | lower((unsigned char)text.at[i]);
        words += len > 0;
        common += len <= sizeof word && is_common(word);
        while (i < end && !is_letter((unsigned char)text.at[i])) i++;
        /* Whatever follows, it holds enough of them: a word and its blank are two bytes. */
        if (common * LANGUAGE_SHARE > words + (end - i) / 2) return false;
    }
    if (words < LANGUAGE_WORDS) return !said_english && lang.len > 0 && common == 0;
    return common * LANGUAGE_SHARE < words;
}
