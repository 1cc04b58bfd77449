#include "cite/identifier.h"

#include <string.h>

#include "base/url.h"

#define PMID_DIGITS_MOST 8
#define ISBN_CHARACTERS_MOST 20

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char at_or_end(struct slice text, size_t at) {
    return at < text.len ? text.at[at] : '\0';
}

static bool border_before(struct slice text, size_t at) {
    return at == 0 || !(is_digit(text.at[at - 1]) || is_letter(text.at[at - 1]));
}

static bool word_at(struct slice text, size_t at, const char *word) {
    struct slice wanted = slice_from(word);
    return slice_equal_nocase(slice_part(text, at, at + wanted.len), wanted);
}

static size_t digits_at(struct slice text, size_t at) {
    size_t count = 0;
    while (is_digit(at_or_end(text, at + count))) count++;
    return count;
}

/* Over ": ", " ", "-", "number"; what may stand between the word and the number. */
static size_t skip_between(struct slice text, size_t at) {
    while (at < text.len && strchr(" :.#=\t", text.at[at]) != NULL) at++;
    return at;
}

static bool keep(struct arena *arena, enum reference_kind kind, struct slice id, struct identifier *out, bool *failed) {
    char *copy = arena_alloc(arena, id.len + 1, 1);
    if (copy == NULL) {
        *failed = true;
        return false;
    }
    for (size_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        bool lower = kind != REFERENCE_ERIC && c >= 'A' && c <= 'Z';
        copy[i] = lower ? (char)(c - 'A' + 'a') : c;
    }
    out->kind = kind;
    out->id = slice_of(copy, id.len);
    return true;
}

/* ---- arXiv: YYMM.NNNN to 1412, YYMM.NNNNN since; before 2007 archive/YYMMNNN. A version is left out. ---- */

static bool month_holds(struct slice text, size_t at) {
    int month = (text.at[at + 2] - '0') * 10 + text.at[at + 3] - '0';
    return month >= 1 && month <= 12;
}

static size_t arxiv_number(struct slice text, size_t at) {
    if (digits_at(text, at) == 4 && at_or_end(text, at + 4) == '.') {
        size_t digits = digits_at(text, at + 5);
        return (digits == 4 || digits == 5) && month_holds(text, at) ? 5 + digits : 0;
    }
    size_t letters = 0;
    while (is_letter(at_or_end(text, at + letters)) || strchr("-.", at_or_end(text, at + letters)) != NULL) {
        if (at + letters >= text.len || letters > 20) return 0;
        letters++;
    }
    bool old = letters > 1 && at_or_end(text, at + letters) == '/' && digits_at(text, at + letters + 1) == 7 &&
               month_holds(text, at + letters + 1);
    return old ? letters + 8 : 0;
}

/* ---- ISBN ---- */

static bool isbn_13(const char *d) {
    int sum = 0;
    for (int i = 0; i < 13; i++) sum += (d[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return sum % 10 == 0 && (memcmp(d, "978", 3) == 0 || memcmp(d, "979", 3) == 0);
}

static bool isbn_10(const char *d) {
    int sum = 0;
    for (int i = 0; i < 10; i++) sum += (10 - i) * (d[i] == 'X' ? 10 : d[i] - '0');
    return sum % 11 == 0;
}

static void to_13(const char *ten, char out[13]) {
    int sum = 38; /* of 978 */
    for (int i = 0; i < 9; i++) sum += (ten[i] - '0') * (i % 2 == 0 ? 3 : 1);
    for (int i = 0; i < 3; i++) out[i] = "978"[i];
    for (int i = 0; i < 9; i++) out[3 + i] = ten[i];
    out[12] = (char)('0' + (10 - sum % 10) % 10);
}

/* The digits of a number written with hyphens or blanks; *end behind the last. */
static size_t isbn_digits(struct slice text, size_t at, char out[14], size_t *end) {
    size_t count = 0, stop = at + ISBN_CHARACTERS_MOST;
    for (; at < text.len && at < stop && count < 13; at++) {
        char c = text.at[at];
        if (is_digit(c) || (count == 9 && (c == 'X' || c == 'x'))) {
            out[count++] = c == 'x' ? 'X' : c;
            *end = at + 1;
            if (count == 10 && out[9] == 'X') break;
        } else if (strchr("- ", c) == NULL) break;
    }
    return count;
}

static bool isbn_at(struct arena *arena, struct slice text, size_t at, struct identifier *out, bool *failed) {
    char digits[14] = "", whole[13];
    at += 4;
    if (word_at(text, at, "-13") || word_at(text, at, "-10")) at += 3;
    at = skip_between(text, at);
    size_t count = isbn_digits(text, at, digits, &out->end);
    if (count == 13 && isbn_13(digits)) return keep(arena, REFERENCE_ISBN, slice_of(digits, 13), out, failed);
    if (count < 10 || !isbn_10(digits)) return false;
    to_13(digits, whole);
    return keep(arena, REFERENCE_ISBN, slice_of(whole, 13), out, failed);
}

/* ---- in words ---- */

static bool arxiv_at(struct arena *arena, struct slice text, size_t at, struct identifier *out, bool *failed) {
    at = skip_between(text, at + 5);
    if (word_at(text, at, "org/abs/") || word_at(text, at, "org/pdf/")) at += 8;
    size_t len = arxiv_number(text, at);
    out->end = at + len;
    return len > 0 && keep(arena, REFERENCE_ARXIV, slice_part(text, at, at + len), out, failed);
}

static bool eric_at(struct arena *arena, struct slice text, size_t at, struct identifier *out, bool *failed) {
    size_t digits = digits_at(text, at + 2);
    out->end = at + 2 + digits;
    if (digits < 6 || digits > 7 || is_letter(at_or_end(text, out->end))) return false;
    return keep(arena, REFERENCE_ERIC, slice_part(text, at, out->end), out, failed);
}

static bool pmid_at(struct arena *arena, struct slice text, size_t at, struct identifier *out, bool *failed) {
    at = skip_between(text, at + 4);
    size_t digits = digits_at(text, at);
    out->end = at + digits;
    if (digits == 0 || digits > PMID_DIGITS_MOST || text.at[at] == '0') return false;
    return keep(arena, REFERENCE_PMID, slice_part(text, at, out->end), out, failed);
}

bool identifier_at(struct arena *arena, struct slice text, size_t at, struct identifier *out, bool *failed) {
    if (!border_before(text, at)) return false;
    switch (text.at[at]) {
        case 'a':
        case 'A': return word_at(text, at, "arxiv") && arxiv_at(arena, text, at, out, failed);
        case 'E':
            return (at_or_end(text, at + 1) == 'J' || at_or_end(text, at + 1) == 'D') &&
                   eric_at(arena, text, at, out, failed);
        case 'P':
        case 'p': return word_at(text, at, "pmid") && pmid_at(arena, text, at, out, failed);
        case 'I':
        case 'i': return word_at(text, at, "isbn") && isbn_at(arena, text, at, out, failed);
        default: return false;
    }
}

/* ---- in addresses ---- */

/* Value of `name` in a query. */
static struct slice query_value(struct slice query, const char *name) {
    struct slice rest = query;
    while (!slice_is_absent(rest) && rest.len > 0) {
        struct slice value = slice_next(&rest, '&'), key = slice_next(&value, '=');
        if (slice_equal(key, slice_from(name))) return value;
    }
    return (struct slice){NULL, 0};
}

bool identifier_of_address(struct arena *arena, struct slice address, struct identifier *out, bool *failed) {
    struct url url;
    if (!url_is_web(address) || !url_parse(arena, address, &url)) return false;
    struct slice path = url.path;
    if (url_host_within(url.host, SLICE("arxiv.org"))) {
        bool known = slice_starts(path, SLICE("/abs/")) || slice_starts(path, SLICE("/pdf/")) ||
                     slice_starts(path, SLICE("/html/"));
        size_t at = known ? slice_find_byte(path, '/', 1) + 1 : path.len, len = arxiv_number(path, at);
        return len > 0 && keep(arena, REFERENCE_ARXIV, slice_part(path, at, at + len), out, failed);
    }
    if (url_host_within(url.host, SLICE("eric.ed.gov"))) {
        struct slice id = query_value(url.query, "id");
        if (id.len == 0 && slice_starts(path, SLICE("/fulltext/"))) id = slice_part(path, 10, path.len);
        bool eric = id.len > 2 && id.at[0] == 'E' && (id.at[1] == 'J' || id.at[1] == 'D');
        return eric && eric_at(arena, id, 0, out, failed);
    }
    size_t at = path.len;
    if (slice_equal(url.host, SLICE("pubmed.ncbi.nlm.nih.gov"))) at = 1;
    else if (slice_equal(url.host, SLICE("www.ncbi.nlm.nih.gov")) && slice_starts(path, SLICE("/pubmed/"))) at = 8;
    size_t digits = digits_at(path, at);
    if (digits == 0 || digits > PMID_DIGITS_MOST) return false;
    return keep(arena, REFERENCE_PMID, slice_part(path, at, at + digits), out, failed);
}

bool identifier_of_doi(struct slice doi, struct slice *arxiv) {
    struct slice prefix = SLICE("10.48550/arxiv.");
    if (!slice_starts(doi, prefix)) return false;
    size_t len = arxiv_number(doi, prefix.len);
    *arxiv = slice_part(doi, prefix.len, prefix.len + len);
    return len > 0;
}

bool identifier_url(struct arena *arena, enum reference_kind kind, struct slice id, struct slice *out) {
    const char *start = kind == REFERENCE_DOI     ? "https://doi.org/"
                        : kind == REFERENCE_ARXIV ? "https://arxiv.org/abs/"
                        : kind == REFERENCE_ERIC  ? "https://eric.ed.gov/?id="
                        : kind == REFERENCE_PMID  ? "https://pubmed.ncbi.nlm.nih.gov/"
                                                  : NULL;
    *out = (struct slice){NULL, 0};
    if (start == NULL) return true;
    char *url = arena_printf(arena, "%s%.*s", start, SLICE_ARGS(id));
    if (url == NULL) return false;
    *out = slice_from(url);
    return true;
}
