#include "normal/spelling.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/url_host.h"
#include "base/utf8.h"

#define LABEL_CHARACTERS 63

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_alnum(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* `undone`: characters beside the unreserved ones whose escapes say nothing. A "%" that begins no escape is one itself,
 * lest it begins another with what comes out of the next. */
static bool respell(struct arena *arena, struct slice *text, const char *undone) {
    static const char digits[] = "0123456789ABCDEF";
    if (slice_is_absent(*text)) return true;
    char *out = arena_alloc(arena, text->len * 3 + 1, 1);
    size_t len = 0;
    if (out == NULL) return false;
    for (size_t i = 0; i < text->len; i++) {
        unsigned char c = (unsigned char)text->at[i];
        int high = c == '%' && text->len - i > 2 ? hex(text->at[i + 1]) : -1;
        int low = high < 0 ? -1 : hex(text->at[i + 2]);
        bool plain = c > ' ' && c < 0x7f && strchr("\"<>\\^`{|}%", c) == NULL;
        if (low >= 0) {
            c = (unsigned char)(high * 16 + low);
            i += 2;
            plain = is_alnum(c) || (c != 0 && (strchr("-._~", c) != NULL || strchr(undone, c) != NULL));
        }
        if (plain) {
            out[len++] = (char)c;
            continue;
        }
        out[len++] = '%';
        out[len++] = digits[c >> 4];
        out[len++] = digits[c & 15];
    }
    *text = slice_of(out, len);
    return true;
}

/* RFC 3986 5.2.4, for a path that begins with '/'. */
static bool without_dots(struct arena *arena, struct slice *path) {
    char *out = arena_alloc(arena, path->len + 2, 1);
    size_t len = 0;
    if (out == NULL) return false;
    struct slice rest = slice_part(*path, path->len > 0 && path->at[0] == '/' ? 1 : 0, path->len);
    if (slice_is_absent(rest)) rest = SLICE("");
    while (!slice_is_absent(rest)) {
        struct slice part = slice_next(&rest, '/');
        bool up = slice_equal(part, SLICE("..")), here = slice_equal(part, SLICE("."));
        if (up) {
            while (len > 0 && out[len - 1] != '/') len--;
            if (len > 0) len--;
        }
        if (up || here) {
            if (slice_is_absent(rest)) out[len++] = '/';
            continue;
        }
        out[len++] = '/';
        memcpy(out + len, part.at, part.len);
        len += part.len;
    }
    *path = slice_of(out, len);
    return true;
}

bool spelling_path(struct arena *arena, struct slice *path) {
    if (slice_is_empty(*path)) *path = SLICE("/");
    /* What browsers and sites write either way, and what divides nothing in a path. */
    return respell(arena, path, "!*'(),:@") && without_dots(arena, path);
}

bool spelling_query(struct arena *arena, struct slice *query) {
    return respell(arena, query, "!*'(),:@/?");
}

bool spelling_blanks(struct arena *arena, struct slice *query) {
    if (slice_find(*query, SLICE("%20"), 0) == SLICE_NOT_FOUND) return true;
    char *out = arena_alloc(arena, query->len + 1, 1);
    size_t len = 0;
    if (out == NULL) return false;
    for (size_t i = 0; i < query->len; i++) {
        bool blank = slice_starts(slice_part(*query, i, query->len), SLICE("%20"));
        out[len++] = blank ? '+' : query->at[i];
        if (blank) i += 2;
    }
    *query = slice_of(out, len);
    return true;
}

bool spelling_lower(struct arena *arena, struct slice *text) {
    char *out = arena_text(arena, *text);
    if (out == NULL) return false;
    for (size_t i = 0; i < text->len; i++)
        if (out[i] >= 'A' && out[i] <= 'Z' && (i == 0 || out[i - 1] != '%') && (i < 2 || out[i - 2] != '%'))
            out[i] = (char)(out[i] + 32);
    *text = slice_of(out, text->len);
    return true;
}

const char *spelling_port(unsigned port, char scratch[16]) {
    if (port == 0 || snprintf(scratch, 16, ":%u", port) < 0) return "";
    return scratch;
}

/* ---- hosts ---- */

static uint32_t adapt(uint32_t delta, uint32_t points, bool first) {
    uint32_t k = 0;
    delta = first ? delta / 700 : delta / 2;
    delta += delta / points;
    for (; delta > 455; k += 36) delta /= 35;
    return k + 36 * delta / (delta + 38);
}

static char punycode_digit(uint32_t d) {
    return (char)(d < 26 ? 'a' + d : '0' + (d - 26));
}

/* Punycode (RFC 3492 6.3) of one label of at most LABEL_CHARACTERS characters. 0: it does not fit. */
static size_t punycode(const uint32_t *points, uint32_t count, char *out, size_t size) {
    uint32_t n = 128, delta = 0, bias = 72, done = 0, basic;
    size_t len = 0;
    for (uint32_t i = 0; i < count && len + 2 < size; i++)
        if (points[i] < 128) out[len++] = (char)points[i];
    basic = done = (uint32_t)len;
    if (len > 0) out[len++] = '-';
    while (done < count) {
        uint32_t next = UINT32_MAX;
        for (uint32_t i = 0; i < count; i++)
            if (points[i] >= n && points[i] < next) next = points[i];
        delta += (next - n) * (done + 1);
        n = next;
        for (uint32_t i = 0; i < count; i++) {
            if (points[i] < n) delta++;
            if (points[i] != n) continue;
            uint32_t q = delta, k = 36;
            for (;; k += 36) {
                uint32_t t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
                if (len + 2 >= size) return 0;
                if (q < t) break;
                out[len++] = punycode_digit(t + (q - t) % (36 - t));
                q = (q - t) / (36 - t);
            }
            out[len++] = punycode_digit(q);
            bias = adapt(delta, done + 1, done == basic);
            delta = 0;
            done++;
        }
        delta++;
        n++;
    }
    return len;
}

static bool add_label(struct slice label, struct buf *out) {
    uint32_t points[LABEL_CHARACTERS + 1];
    uint32_t count = 0;
    bool ascii = true;
    for (size_t at = 0; at < label.len;) {
        if (count == LABEL_CHARACTERS) return false;
        at += utf8_decode(label, at, &points[count]);
        ascii = ascii && points[count] < 128;
        count++;
    }
    char text[256];
    size_t len = ascii ? 0 : punycode(points, count, text, sizeof text);
    if (!ascii && len == 0) return false;
    if (!ascii) buf_add_text(out, "xn--");
    buf_add(out, ascii ? label : slice_of(text, len));
    return true;
}

static void free_text(char **text) {
    mem_free_theirs(*text);
}

/* The full stop of Chinese and Japanese ends a label as well (RFC 5895, 2.3). */
static size_t plain_stops(char *text, size_t len) {
    size_t to = 0;
    for (size_t i = 0; i < len; i++) {
        bool stop = len - i >= 3 && memcmp(text + i, "\xE3\x80\x82", 3) == 0;
        text[to++] = stop ? '.' : text[i];
        i += stop ? 2 : 0;
    }
    return to;
}

/* NFKC with folded case is what IDNA 2008's mappings (RFC 5895) come to for names that exist. What comes out of them is
 * looked at as any host is: a letter may stand for a blank, for a slash or for a number of an address. */
static bool to_ascii(struct arena *arena, struct slice *host) {
    AUTO(free_text)
    char *folded = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)host->at, (utf8proc_ssize_t)host->len, (utf8proc_uint8_t **)&folded,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    AUTO(buf_free)
    struct buf out = buf_new(1024);
    if (len == UTF8PROC_ERROR_NOMEM) return false;
    if (len <= 0) return true;
    struct slice rest = slice_of(folded, plain_stops(folded, (size_t)len)), read;
    while (rest.len > 1 && rest.at[rest.len - 1] == '.') rest.len--;
    while (!slice_is_absent(rest)) {
        if (!add_label(slice_next(&rest, '.'), &out)) return true; /* no host of that name can exist: left as it is */
        if (!slice_is_absent(rest)) buf_add_char(&out, '.');
    }
    if (out.failed) return false;
    if (url_host_read(arena, buf_slice(&out), &read)) *host = read;
    return true;
}

bool spelling_host(struct arena *arena, struct slice *host) {
    while (host->len > 1 && host->at[host->len - 1] == '.') host->len--;
    for (size_t i = 0; i < host->len; i++)
        if ((unsigned char)host->at[i] >= 0x80) return to_ascii(arena, host);
    return true;
}
