#include "parse/charset_seven.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"

/* ---- UTF-7 ---- */

/* A run of UTF-16 in base64, as far as it was read. */
struct run {
    uint32_t bits;
    unsigned bit_count;
    uint32_t high; /* the first half of a pair, 0 = none */
    struct buf *out;
    size_t *replaced;
};

static void add(struct buf *out, uint32_t point) {
    char bytes[4];
    buf_add(out, slice_of(bytes, utf8_encode(point, bytes)));
}

static void add_ill_formed(struct run *run) {
    add(run->out, UTF8_REPLACEMENT);
    ++*run->replaced;
}

static void take_unit(struct run *run, uint32_t unit) {
    bool low = unit >= 0xDC00 && unit < 0xE000;
    if (run->high != 0 && low) {
        add(run->out, 0x10000 + ((run->high - 0xD800) << 10) + (unit - 0xDC00));
        run->high = 0;
        return;
    }
    if (run->high != 0 || low) add_ill_formed(run);
    run->high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
    if (run->high == 0 && !low) add(run->out, unit);
}

static int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Behind the '+'; returns where plain text goes on. */
static size_t take_run(struct slice text, size_t at, struct run *run) {
    int value;
    for (; at < text.len && (value = base64_value(text.at[at])) >= 0; at++) {
        run->bits = run->bits << 6 | (uint32_t)value;
        run->bit_count += 6;
        if (run->bit_count < 16) continue;
        run->bit_count -= 16;
        take_unit(run, run->bits >> run->bit_count & 0xFFFF);
    }
    /* What is left over fills up the last letter with zeros. */
    bool rest = run->bit_count >= 6 || (run->bits & ((1u << run->bit_count) - 1)) != 0;
    if (run->high != 0 || rest) add_ill_formed(run);
    return at < text.len && text.at[at] == '-' ? at + 1 : at;
}

void charset_from_utf7(struct slice text, struct buf *out, size_t *replaced) {
    for (size_t at = 0; at < text.len && !buf_failed(out);) {
        struct run run = {.out = out, .replaced = replaced};
        char c = text.at[at];
        if (c == '+' && at + 1 < text.len && text.at[at + 1] == '-') {
            buf_add_char(out, '+');
            at += 2;
        } else if (c == '+') {
            at = take_run(text, at + 1, &run);
        } else {
            if ((unsigned char)c < 0x80) buf_add_char(out, c);
            else add_ill_formed(&run);
            at++;
        }
    }
}

/* ---- HZ ---- */

static bool is_gb(char c) {
    return c >= 0x21 && c <= 0x7E;
}

void charset_hz_to_gb(struct slice text, struct buf *out) {
    bool chinese = false;
    for (size_t at = 0; at < text.len && !buf_failed(out); at++) {
        char c = text.at[at], next = at + 1 < text.len ? text.at[at + 1] : '\0';
        if (c == '~' && (next == '{' || next == '}' || next == '~' || next == '\n')) {
            chinese = next == '{' || (chinese && next != '}');
            if (next == '~') buf_add_char(out, '~');
            at++;
        } else if (chinese && is_gb(c) && is_gb(next)) {
            buf_add_char(out, (char)((unsigned char)c | 0x80));
            buf_add_char(out, (char)((unsigned char)next | 0x80));
            at++;
        } else {
            /* A line's end closes what the line left open. */
            if (c == '\n') chinese = false;
            buf_add_char(out, c);
        }
    }
}
