#include "base/slice.h"

#include <limits.h>
#include <string.h>

#include "base/run.h"

static unsigned char lower(char c) {
    unsigned char u = (unsigned char)c;
    return (u >= 'A' && u <= 'Z') ? (unsigned char)(u + 32) : u;
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_from(const char *text) {
    return (struct slice){text, text == NULL ? 0 : strlen(text)};
}

struct slice slice_of(const char *at, size_t len) {
    return (struct slice){at, len};
}

struct slice slice_part(struct slice s, size_t start, size_t end) {
    if (s.at == NULL) return s;
    if (end > s.len) end = s.len;
    if (start > end) start = end;
    return (struct slice){s.at + start, end - start};
}

bool slice_is_absent(struct slice s) {
    return s.at == NULL;
}

bool slice_is_empty(struct slice s) {
    return s.len == 0;
}

bool slice_equal(struct slice a, struct slice b) {
    if (a.len != b.len) return false;
    /* Addresses of one site differ at their ends. */
    return a.len == 0 || (a.at[a.len - 1] == b.at[a.len - 1] && memcmp(a.at, b.at, a.len) == 0);
}

static bool same_nocase(const char *a, const char *b, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

bool slice_equal_nocase(struct slice a, struct slice b) {
    return a.len == b.len && same_nocase(a.at, b.at, a.len);
}

bool slice_starts(struct slice s, struct slice prefix) {
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.at, prefix.at, prefix.len) == 0);
}

bool slice_starts_nocase(struct slice s, struct slice prefix) {
    return s.len >= prefix.len && same_nocase(s.at, prefix.at, prefix.len);
}

bool slice_ends(struct slice s, struct slice suffix) {
    return s.len >= suffix.len && (suffix.len == 0 || memcmp(s.at + s.len - suffix.len, suffix.at, suffix.len) == 0);
}

bool slice_ends_nocase(struct slice s, struct slice suffix) {
    return s.len >= suffix.len && (suffix.len == 0 || same_nocase(s.at + s.len - suffix.len, suffix.at, suffix.len));
}

int slice_compare(struct slice a, struct slice b) {
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);
    if (order != 0) return order;
    return (a.len > b.len) - (a.len < b.len);
}

size_t slice_find(struct slice s, struct slice needle, size_t from) {
    if (needle.len == 0 || from >= s.len) return SLICE_NOT_FOUND;
    const char *hit = memmem(s.at + from, s.len - from, needle.at, needle.len);
    return hit == NULL ? SLICE_NOT_FOUND : (size_t)(hit - s.at);
}

size_t slice_find_nocase(struct slice s, struct slice needle, size_t from) {
    if (needle.len == 0 || needle.len > s.len) return SLICE_NOT_FOUND;
    const size_t last = s.len - needle.len;
    const unsigned char first = (unsigned char)lower(needle.at[0]);
    const uint64_t fold = first >= 'a' && first <= 'z' ? RUN_ONES * 0x20 : 0;
    for (size_t i = from; i <= last; i++) {
        while (s.len - i >= RUN_BYTES && run_has(run_word(s.at + i) | fold, first) == 0) i += RUN_BYTES;
        if (i <= last && same_nocase(s.at + i, needle.at, needle.len)) return i;
    }
    return SLICE_NOT_FOUND;
}

size_t slice_find_byte(struct slice s, char c, size_t from) {
    if (from >= s.len) return SLICE_NOT_FOUND;
    const char *hit = memchr(s.at + from, c, s.len - from);
    return hit == NULL ? SLICE_NOT_FOUND : (size_t)(hit - s.at);
}

struct slice slice_trim(struct slice s) {
    if (s.at == NULL) return s;
    while (s.len > 0 && is_space(s.at[s.len - 1])) s.len--;
    while (s.len > 0 && is_space(s.at[0])) s.at++, s.len--;
    return s;
}

struct slice slice_next(struct slice *rest, char separator) {
    size_t cut = slice_find_byte(*rest, separator, 0);
    struct slice head = *rest;
    if (cut == SLICE_NOT_FOUND) {
        *rest = (struct slice){NULL, 0};
        return head;
    }
    head.len = cut;
    rest->at += cut + 1;
    rest->len -= cut + 1;
    return head;
}

bool slice_to_int64(struct slice s, long long *out) {
    size_t i = 0;
    bool negative = s.len > 0 && s.at[0] == '-';
    if (s.len > 0 && (s.at[0] == '-' || s.at[0] == '+')) i = 1;
    if (i == s.len) return false;
    long long value = 0;
    for (; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        int digit = s.at[i] - '0';
        if (value > (LLONG_MAX - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *out = negative ? -value : value;
    return true;
}

bool slice_to_double(struct slice s, double *out) {
    double value = 0, scale = 1;
    bool negative = s.len > 0 && s.at[0] == '-', point = false, digits = false;
    for (size_t i = (s.len > 0 && (s.at[0] == '-' || s.at[0] == '+')) ? 1 : 0; i < s.len; i++) {
        if (s.at[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        digits = true;
        value = value * 10 + (s.at[i] - '0');
        if (point) scale *= 10;
    }
    if (!digits) return false;
    *out = (negative ? -value : value) / scale;
    return true;
}
