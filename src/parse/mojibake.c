#include "parse/mojibake.h"

#include <stdint.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "parse/entity.h"

/* The byte that windows-1252 (or Latin-1, where that has none) writes for a character; -1 when it cannot. */
static int byte_of(uint32_t code_point) {
    if (code_point < 0x100) return (int)code_point;
    for (uint32_t byte = 0x80; byte < 0xA0; byte++)
        if (entity_windows(byte) == code_point) return (int)byte;
    return -1;
}

/* Writes what the text was before into `to` (room for text.len); its length, or 0 when a character does not fit. */
static size_t narrow(struct slice text, char *to) {
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point;
        at += utf8_decode(text, at, &code_point);
        int byte = byte_of(code_point);
        if (byte < 0) return 0;
        to[len++] = (char)byte;
    }
    return len;
}

/* Latin letters followed by what can only be the second byte of UTF-8: worth a closer look. */
static bool is_suspicious(struct slice text) {
    size_t at = utf8_skip_ascii(text, 0);
    if (at + 1 >= text.len) return false;
    unsigned char c = (unsigned char)text.at[at], next = (unsigned char)text.at[at + 1];
    /* The first character beyond ASCII has to be U+00C2..00F4: a lead byte of UTF-8. */
    return c == 0xC3 && next >= 0x82 && next <= 0xB4;
}

bool mojibake_undo(struct buf *text) {
    struct slice before = buf_slice(text);
    if (!is_suspicious(before)) return false;
    char *bytes = mem_resize(NULL, before.len, 1);
    if (bytes == NULL) return false;
    struct slice after = slice_of(bytes, narrow(before, bytes));
    bool right = after.len > 0 && utf8_is_valid(after);
    if (right) {
        buf_clear(text);
        buf_add(text, after);
    }
    mem_free(bytes);
    return right;
}
