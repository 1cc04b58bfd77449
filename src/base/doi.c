#include "base/doi.h"

#include <string.h>

#include "base/url.h"

#define PREFIX_DIGITS_LEAST 4
#define PREFIX_DIGITS_MOST 9
#define DOI_BYTES_MOST 300

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The bytes that a suffix may hold. */
static bool is_suffix_byte(char c, enum doi_place place) {
    if (c <= ' ' || (unsigned char)c >= 0x7f) return false;
    if (place == DOI_IN_ADDRESS && strchr("?#&", c) != NULL) return false;
    return strchr("\"<>\\^`{}|", c) == NULL;
}

static bool ends_open(const char *at, size_t len, char open, char close) {
    int depth = 0;
    for (size_t i = 0; i < len; i++) depth += at[i] == open ? 1 : at[i] == close ? -1 : 0;
    return depth < 0;
}

/* What ends a sentence or a bracket, not a DOI. */
static size_t trim_words(const char *at, size_t len) {
    while (len > 0) {
        char last = at[len - 1];
        bool closes = (last == ')' && ends_open(at, len, '(', ')')) || (last == ']' && ends_open(at, len, '[', ']'));
        if (!closes && strchr(".,;:'!?*_-/", last) == NULL) break;
        len--;
    }
    return len;
}

static bool ends_in(const char *at, size_t len, const char *tail, size_t *rest) {
    struct slice whole = slice_of(at, len), end = slice_from(tail);
    if (len <= end.len || !slice_ends_nocase(whole, end)) return false;
    *rest = len - end.len;
    return true;
}

/* What publishers put behind a DOI in the addresses of its pages. */
static size_t trim_address(const char *at, size_t len) {
    static const char *const tails[] = {"/full",    "/abstract",  "/pdf",     "/epdf", "/fulltext",
                                        "/meta",    "/html",      "/summary", "/epub", "/references",
                                        "/figures", "/metrics",   ".pdf",     ".full", ".abstract",
                                        ".html",    "/full-text", "/xml",     "/pdfft"};
    for (size_t i = 0; i < COUNT_OF(tails);) {
        size_t rest;
        bool cut = ends_in(at, len, tails[i], &rest) && memchr(at, '/', rest) != NULL;
        if (cut) len = trim_words(at, rest);
        i = cut ? 0 : i + 1;
    }
    return len;
}

/* Behind the '/' at `at`, also where it is written "%2F" as in an address; `at` when there is none. */
static size_t after_slash(struct slice text, size_t at) {
    if (at < text.len && text.at[at] == '/') return at + 1;
    return slice_starts_nocase(slice_part(text, at, text.len), SLICE("%2F")) ? at + 3 : at;
}

bool doi_at(struct slice text, size_t at, enum doi_place place, size_t *end) {
    if (at + 7 > text.len || memcmp(text.at + at, "10.", 3) != 0) return false;
    if (at > 0 && (is_alnum(text.at[at - 1]) || text.at[at - 1] == '.')) return false;
    size_t slash = at + 3;
    while (slash < text.len && is_digit(text.at[slash])) slash++;
    size_t digits = slash - at - 3;
    if (digits < PREFIX_DIGITS_LEAST || digits > PREFIX_DIGITS_MOST) return false;
    /* Registrants may divide their prefix: 10.1000.10/… */
    while (slash + 1 < text.len && text.at[slash] == '.' && is_digit(text.at[slash + 1])) {
        slash++;
        while (slash < text.len && is_digit(text.at[slash])) slash++;
    }
    size_t suffix = after_slash(text, slash), most = at + DOI_BYTES_MOST;
    if (suffix == slash) return false;
    bool old_serial = slice_starts_nocase(slice_part(text, suffix, text.len), SLICE("(SICI)"));
    size_t stop = suffix;
    while (stop < text.len && stop < most &&
           (is_suffix_byte(text.at[stop], place) || (old_serial && strchr("<>#", text.at[stop]) != NULL)))
        stop++;
    size_t len = trim_words(text.at + suffix, stop - suffix);
    if (place == DOI_IN_ADDRESS && !old_serial) len = trim_address(text.at + at, suffix + len - at) - (suffix - at);
    *end = suffix + len;
    return len > 0;
}

bool doi_normal(struct arena *arena, struct slice written, struct slice *out) {
    char *copy = arena_alloc(arena, written.len + 1, 1);
    if (copy == NULL) return false;
    for (size_t i = 0; i < written.len; i++) {
        char c = written.at[i];
        copy[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    *out = slice_of(copy, written.len);
    return true;
}

bool doi_in_address(struct arena *arena, struct slice url, struct slice *out) {
    struct slice plain, doi;
    *out = (struct slice){NULL, 0};
    if (!url_decode(arena, url, &plain)) return false;
    for (size_t at = slice_find(plain, SLICE("10."), 0); at != SLICE_NOT_FOUND;
         at = slice_find(plain, SLICE("10."), at + 1)) {
        size_t end;
        if (at == 0 || strchr("/:=", plain.at[at - 1]) == NULL || !doi_at(plain, at, DOI_IN_ADDRESS, &end)) continue;
        if (!doi_normal(arena, slice_part(plain, at, end), &doi)) return false;
        *out = doi;
        return true;
    }
    return true;
}
