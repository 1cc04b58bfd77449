#include "parse/charset_ebcdic.h"

#include "base/attr.h"

bool charset_is_ebcdic(struct slice bytes) {
    return slice_starts(bytes, SLICE("\x4C\x6F\xA7\x94\x93"));
}

/* Of the letter rows: nine letters from `first` on, behind `skipped` other characters. */
static char letter(char first, unsigned low, unsigned skipped) {
    return low < skipped ? '"' : (char)(first + (char)(low - skipped));
}

static char ascii_of(unsigned char c) {
    static const unsigned char signs[][2] = {{0x40, ' '}, {0x60, '-'}, {0x6D, '_'},
                                             {0x4B, '.'}, {0x7E, '='}, {0x6F, '?'}};
    unsigned low = c & 0x0Fu;
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        if (c == signs[i][0]) return (char)signs[i][1];
    if (low > 9) return '"';
    switch (c & 0xF0u) {
        case 0x80:
        case 0xC0: return letter('a', low, 1);
        case 0x90:
        case 0xD0: return letter('j', low, 1);
        case 0xA0:
        case 0xE0: return letter('s', low, 2);
        case 0xF0: return letter('0', low, 0);
        default: return '"';
    }
}

struct slice charset_ebcdic_head(struct slice bytes, char text[CHARSET_EBCDIC_BYTES]) {
    size_t len = 0;
    for (; len < bytes.len && len < CHARSET_EBCDIC_BYTES; len++) text[len] = ascii_of((unsigned char)bytes.at[len]);
    struct slice head = slice_of(text, len);
    return slice_part(head, 0, slice_find(head, SLICE("?\""), 2));
}
