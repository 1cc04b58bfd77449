#include "parse/charset_convert.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "parse/charset_big5.h"
#include "parse/charset_seven.h"
#include "parse/charset_table.h"
#include "parse/entity.h"

/* What iconv shall read for a name: the superset that everybody sends. */
static const char *superset(const char *name) {
    if (strcmp(name, "shift_jis") == 0) return "CP932";
    if (strcmp(name, "euc-kr") == 0) return "UHC";
    if (strcmp(name, "gb2312") == 0) return "GB18030";
    if (strcmp(name, "big5") == 0) return "BIG5-HKSCS";
    return name;
}

static iconv_t open_as(const char *name) {
    iconv_t converter = iconv_open("UTF-8", name);
    return (intptr_t)converter == -1 ? NULL : converter;
}

iconv_t charset_open(const char *name) {
    char other[40];
    const char *known = superset(name);
    iconv_t converter = open_as(known);
    if (converter != NULL) return converter;
    size_t len = 0;
    for (const char *c = name; *c != '\0' && len < 31; c++)
        if (*c != '-') other[len++] = *c;
    other[len] = '\0';
    converter = open_as(other);
    if (converter != NULL) return converter;
    if (name[0] >= '0' && name[0] <= '9') {
        (void)snprintf(other, sizeof other, "CP%.30s", name);
        converter = open_as(other);
    } else if (strncmp(name, "windows-", 8) == 0) {
        (void)snprintf(other, sizeof other, "CP%.30s", name + 8);
        converter = open_as(other);
    }
    return converter;
}

void charset_close(iconv_t *converter) {
    if (*converter != NULL) (void)iconv_close(*converter);
}

static void add_code_point(struct buf *out, uint32_t code_point) {
    char bytes[4];
    buf_add(out, slice_of(bytes, utf8_encode(code_point, bytes)));
}

static uint32_t unit(const unsigned char *at, unsigned width, bool big_endian) {
    uint32_t value = 0;
    for (unsigned i = 0; i < width; i++) value = value << 8 | at[big_endian ? i : width - 1 - i];
    return value;
}

static void from_wide(struct slice s, const struct charset_choice *choice, struct buf *out, size_t *replaced) {
    const unsigned char *at = (const unsigned char *)s.at, *end = at + s.len;
    unsigned width = choice->width;
    while (end - at >= (ptrdiff_t)width && !buf_failed(out)) {
        uint32_t value = unit(at, width, choice->big_endian);
        at += width;
        if (width == 2 && value >= 0xD800 && value < 0xDC00 && end - at >= 2) {
            uint32_t low = unit(at, 2, choice->big_endian);
            if (low >= 0xDC00 && low < 0xE000) {
                value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) ++*replaced;
        add_code_point(out, value);
    }
    if (at != end) ++*replaced;
}

static void from_windows(struct slice s, struct buf *out) {
    size_t run = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c < 0x80) continue;
        buf_add(out, slice_part(s, run, i));
        add_code_point(out, entity_windows(c));
        run = i + 1;
    }
    buf_add(out, slice_part(s, run, s.len));
}

static void from_table(struct slice s, const uint16_t *points, struct buf *out, size_t *replaced) {
    for (size_t i = 0; i < s.len && !buf_failed(out); i++) {
        unsigned char c = (unsigned char)s.at[i];
        uint32_t point = c < 0x80 ? c : points[c - 0x80];
        bool none = c >= 0x80 && point == 0;
        *replaced += none;
        add_code_point(out, none ? UTF8_REPLACEMENT : point);
    }
}

static void from_utf8(struct slice s, struct buf *out, size_t *replaced) {
    size_t run = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t code_point = 0;
        size_t len = (unsigned char)s.at[at] < 0x80 ? 1 : utf8_decode(s, at, &code_point);
        if (code_point == UTF8_REPLACEMENT && !slice_starts(slice_part(s, at, at + 3), SLICE("\xEF\xBF\xBD"))) {
            buf_add(out, slice_part(s, run, at));
            add_code_point(out, UTF8_REPLACEMENT);
            ++*replaced;
            run = at + len;
        }
        at += len;
    }
    buf_add(out, slice_part(s, run, s.len));
}

#define ICONV_ROOM 16384u

/* One round of iconv: as much as fits into the room. False when no more can come of the input. */
static bool convert_some(iconv_t converter, char **in, size_t *left, struct buf *out, size_t *replaced) {
    char *room = buf_room(out, ICONV_ROOM);
    if (room == NULL) return false;
    char *to = room;
    size_t space = ICONV_ROOM;
    errno = 0;
    size_t result = iconv(converter, in, left, &to, &space);
    buf_grown(out, (size_t)(to - room));
    if (result != (size_t)-1) return false;
    if (errno == E2BIG) return to != room;
    add_code_point(out, UTF8_REPLACEMENT);
    ++*replaced;
    if (*left == 0) return false;
    ++*in;
    --*left;
    return *left > 0;
}

static void convert_all(iconv_t converter, struct slice s, struct buf *out, size_t *replaced) {
    char *in; /* iconv's signature has no const, though it does not write there */
    memcpy(&in, &s.at, sizeof in);
    size_t left = s.len;
    while (left > 0 && convert_some(converter, &in, &left, out, replaced)) {}
}

/* iconv knows encodings with more than Unicode has, and writes that out in UTF-8 of old. */
static void keep_valid(struct buf *text, size_t *replaced) {
    struct buf sound = buf_new(text->ceiling_bytes);
    if (buf_failed(text) || utf8_is_valid(buf_slice(text))) return;
    from_utf8(buf_slice(text), &sound, replaced);
    buf_free(text);
    *text = sound;
}

/* What iconv reads amiss is read here, and the text between such letters by iconv. */
static void from_big5(iconv_t converter, struct slice s, struct buf *out, size_t *replaced) {
    size_t run = 0;
    for (size_t i = 0; i < s.len && !buf_failed(out);) {
        bool pair = (unsigned char)s.at[i] >= 0x80 && i + 1 < s.len && (unsigned char)s.at[i + 1] >= 0x40;
        uint32_t own = pair ? charset_big5_own(s.at[i], s.at[i + 1]) : 0;
        i += pair ? 2 : 1;
        if (own == 0) continue;
        convert_all(converter, slice_part(s, run, i - 2), out, replaced);
        add_code_point(out, own);
        run = i;
    }
    convert_all(converter, slice_part(s, run, s.len), out, replaced);
}

static bool from_iconv(struct slice s, const char *name, struct buf *out, size_t *replaced) {
    AUTO(charset_close)
    iconv_t converter = charset_open(name);
    if (converter == NULL) return false;
    if (slice_starts(slice_from(name), SLICE("big5"))) from_big5(converter, s, out, replaced);
    else convert_all(converter, s, out, replaced);
    keep_valid(out, replaced);
    return true;
}

static bool from_hz(struct slice s, struct buf *out, size_t *replaced) {
    AUTO(buf_free)
    struct buf chinese = buf_new(s.len + 1);
    charset_hz_to_gb(s, &chinese);
    return !buf_failed(&chinese) && from_iconv(buf_slice(&chinese), "gb18030", out, replaced);
}

void charset_convert(struct slice bytes, const struct charset_choice *choice, struct buf *out, size_t *replaced) {
    bool done = true;
    switch (choice->way) {
        case WAY_WIDE: from_wide(bytes, choice, out, replaced); break;
        case WAY_WINDOWS: from_windows(bytes, out); break;
        case WAY_ICONV: done = from_iconv(bytes, choice->name, out, replaced); break;
        case WAY_TABLE: from_table(bytes, charset_table(choice->name), out, replaced); break;
        case WAY_UTF7: charset_from_utf7(bytes, out, replaced); break;
        case WAY_HZ: done = from_hz(bytes, out, replaced); break;
        case WAY_UTF8:
            if (!choice->valid && !utf8_is_valid(bytes)) from_utf8(bytes, out, replaced);
            break;
    }
    if (!done) from_windows(bytes, out);
}
