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

/* Whether the first character beyond ASCII and the one behind it can be what became of a lead byte of UTF-8
 * (U+00C2..F4) and of its second byte: worth a closer look. */
static bool is_suspicious(struct slice text) {
    size_t at = utf8_skip_ascii(text, 0);
    uint32_t first, second;
    if (at + 1 >= text.len) return false;
    at += utf8_decode(text, at, &first);
    if (first < 0xC2 || first > 0xF4 || at >= text.len) return false;
    (void)utf8_decode(text, at, &second);
    int byte = byte_of(second);
    return byte >= 0x80 && byte <= 0xBF;
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
