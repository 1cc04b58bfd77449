#include "base/utf8.h"

#include <string.h>

#include "base/run.h"

/* Length announced by a lead byte and the allowed range of its second byte (Unicode table 3-7). */
static size_t lead(unsigned char byte, unsigned char *low, unsigned char *high) {
    *low = 0x80;
    *high = 0xBF;
    if (byte < 0x80) return 1;
    if (byte >= 0xC2 && byte <= 0xDF) return 2;
    if (byte >= 0xE0 && byte <= 0xEF) {
        if (byte == 0xE0) *low = 0xA0;
        if (byte == 0xED) *high = 0x9F;
        return 3;
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        if (byte == 0xF0) *low = 0x90;
        if (byte == 0xF4) *high = 0x8F;
        return 4;
    }
    return 0;
}

size_t utf8_decode(struct slice text, size_t at, uint32_t *code_point) {
    unsigned char first = (unsigned char)text.at[at], low, high;
    size_t need = lead(first, &low, &high);
    *code_point = UTF8_REPLACEMENT;
    if (need == 0) return 1;
    if (need == 1) {
        *code_point = first;
        return 1;
    }
    uint32_t value = first & (0xFFu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if (at + i >= text.len) return i;
        unsigned char next = (unsigned char)text.at[at + i];
        if (next < (i == 1 ? low : 0x80) || next > (i == 1 ? high : 0xBF)) return i;
        value = value << 6 | (next & 0x3Fu);
    }
    *code_point = value;
    return need;
}

size_t utf8_skip_ascii(struct slice text, size_t at) {
    while (text.len - at >= RUN_BLOCK_BYTES) {
        unsigned run = run_first(run_is_beyond_ascii(run_load(text.at + at)));
        at += run;
        if (run < RUN_BLOCK_BYTES) return at;
    }
    while (at < text.len && (unsigned char)text.at[at] < 0x80) at++;
    return at;
}

bool utf8_is_valid(struct slice text) {
    size_t at = 0;
    while ((at = utf8_skip_ascii(text, at)) < text.len) {
        /* Beyond ASCII words go on for a while. */
        while (at < text.len && (unsigned char)text.at[at] >= 0x80) {
            unsigned char low, high;
            size_t need = lead((unsigned char)text.at[at], &low, &high);
            if (need == 0 || need > text.len - at) return false;
            unsigned char next = (unsigned char)text.at[at + 1];
            if (next < low || next > high) return false;
            for (size_t i = 2; i < need; i++)
                if (((unsigned char)text.at[at + i] & 0xC0) != 0x80) return false;
            at += need;
        }
    }
    return true;
}

size_t utf8_encode(uint32_t code_point, char out[4]) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = UTF8_REPLACEMENT;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t len = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = len; i-- > 1; code_point >>= 6) out[i] = (char)(0x80 | (code_point & 0x3F));
    out[0] = (char)((0xF00u >> len & 0xFFu) | code_point);
    return len;
}

void utf8_repair(struct slice text, struct buf *out) {
    size_t run = 0, at = 0;
    while (at < text.len) {
        uint32_t code_point;
        size_t len = utf8_decode(text, at, &code_point);
        bool control = code_point < ' ' && code_point != '\t' && code_point != '\n' && code_point != '\r';
        if (code_point != UTF8_REPLACEMENT && !control) {
            at += len;
            continue;
        }
        buf_add(out, slice_part(text, run, at));
        if (!control) buf_add_text(out, "\xEF\xBF\xBD");
        at += len;
        run = at;
    }
    buf_add(out, slice_part(text, run, at));
}

struct slice utf8_cut(struct slice text, size_t max_bytes) {
    if (text.len <= max_bytes) return text;
    size_t len = max_bytes;
    while (len > 0 && ((unsigned char)text.at[len] & 0xC0) == 0x80) len--;
    return slice_part(text, 0, len);
}

size_t utf8_count(struct slice text) {
    size_t count = 0;
    for (size_t at = 0; at < text.len; count++) {
        uint32_t code_point;
        at += utf8_decode(text, at, &code_point);
    }
    return count;
}
