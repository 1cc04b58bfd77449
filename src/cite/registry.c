#include "cite/registry.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"

enum { PLAIN_BYTES = 2000, RAW_BYTES = 16000, TAG_BYTES = 300, REFERENCE_BYTES = 10, DOI_BYTES = 500 };

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* Digits of a numeric character reference, "#8217" or "#x2019"; 0 when it is none. */
static uint32_t number_of(struct slice body) {
    bool hex = body.len > 2 && lower(body.at[1]) == 'x';
    uint32_t value = 0;
    for (size_t i = hex ? 2 : 1; i < body.len; i++) {
        char c = lower(body.at[i]);
        if (is_digit(c)) {
            value = value * (hex ? 16 : 10) + (uint32_t)(c - '0');
        } else if (hex && c >= 'a' && c <= 'f') {
            value = value * 16 + (uint32_t)(c - 'a' + 10);
        } else {
            return 0;
        }
        if (value > 0x10FFFF) return 0;
    }
    return value < 0x20 || (value >= 0x7F && value < 0xA0) ? 0 : value;
}

static uint32_t character_of(struct slice body) {
    static const struct {
        const char *name;
        uint32_t code_point;
    } names[] = {
        {"amp", '&'},      {"lt", '<'},       {"gt", '>'},        {"quot", '"'},     {"apos", '\''},
        {"nbsp", ' '},     {"ndash", 0x2013}, {"mdash", 0x2014},  {"lsquo", 0x2018}, {"rsquo", 0x2019},
        {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"hellip", 0x2026}, {"eacute", 0xE9},  {"egrave", 0xE8},
        {"auml", 0xE4},    {"ouml", 0xF6},    {"uuml", 0xFC},     {"szlig", 0xDF},   {"ccedil", 0xE7},
        {"oacute", 0xF3},  {"aacute", 0xE1},  {"iacute", 0xED},   {"ntilde", 0xF1},  {"oslash", 0xF8},
        {"aring", 0xE5},   {"uacute", 0xFA},  {"hyphen", 0x2010}, {"alpha", 0x3B1},  {"beta", 0x3B2},
    };
    if (body.len > 1 && body.at[0] == '#') return number_of(body);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (slice_equal(body, slice_from(names[i].name))) return names[i].code_point;
    }
    return 0;
}

static void read_references(struct slice text, struct buf *out) {
    for (size_t i = 0; i < text.len;) {
        size_t end = i + 1;
        if (text.at[i] == '&') {
            while (end < text.len && end - i <= REFERENCE_BYTES && text.at[end] != ';') end++;
        }
        uint32_t c = 0;
        if (text.at[i] == '&' && end < text.len && text.at[end] == ';') c = character_of(slice_part(text, i + 1, end));
        if (c == 0) {
            buf_add_char(out, text.at[i++]);
            continue;
        }
        char bytes[4];
        buf_add(out, slice_of(bytes, utf8_encode(c, bytes)));
        i = end + 1;
    }
}

/* Bytes of the tag at `at`, 0 when there is none: "p < .05" holds no tag. */
static size_t tag_length(struct slice text, size_t at) {
    if (text.at[at] != '<' || at + 1 >= text.len) return 0;
    if (!is_letter(text.at[at + 1]) && text.at[at + 1] != '/' && text.at[at + 1] != '!') return 0;
    for (size_t i = at + 1; i < text.len && i - at < TAG_BYTES && text.at[i] != '<'; i++) {
        if (text.at[i] == '>') return i - at + 1;
    }
    return 0;
}

static bool breaks_words(struct slice tag) {
    static const char *const names[] = {"<br", "<p", "</p", "<jats:p", "<jats:title", "</jats:title", "<title"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (slice_starts_nocase(tag, slice_from(names[i]))) return true;
    }
    return false;
}

static void drop_tags(struct slice text, struct buf *out) {
    bool space = false;
    for (size_t i = 0; i < text.len;) {
        size_t tag = tag_length(text, i);
        if (tag > 0) {
            space = space || breaks_words(slice_part(text, i, i + tag));
            i += tag;
        } else if (is_space(text.at[i])) {
            space = true;
            i++;
        } else {
            if (space && out->len > 0) buf_add_char(out, ' ');
            space = false;
            buf_add_char(out, text.at[i++]);
        }
    }
}

bool registry_plain(struct arena *arena, struct slice text, struct slice *out) {
    AUTO(buf_free)
    struct buf once = buf_new(RAW_BYTES);
    AUTO(buf_free)
    struct buf twice = buf_new(RAW_BYTES);
    AUTO(buf_free)
    struct buf bare = buf_new(RAW_BYTES);
    AUTO(buf_free)
    struct buf plain = buf_new(RAW_BYTES);
    read_references(utf8_cut(text, RAW_BYTES / 2), &once);
    read_references(buf_slice(&once), &twice);
    drop_tags(buf_slice(&twice), &bare);
    utf8_repair(buf_slice(&bare), &plain);
    if (buf_failed(&once) || buf_failed(&twice) || buf_failed(&bare) || buf_failed(&plain)) return false;
    struct slice words = slice_trim(utf8_cut(buf_slice(&plain), PLAIN_BYTES));
    if (words.len == 0) return true;
    return arena_copy(arena, words, out);
}

bool registry_url(struct arena *arena, struct slice text, struct slice *out) {
    struct slice url = slice_trim(text);
    if (url.len == 0 || url.len > LIMIT_URL_BYTES || !utf8_is_valid(url) || !url_is_web(url)) return true;
    return arena_copy(arena, url, out);
}

bool registry_is_doi(struct slice text) {
    if (text.len > DOI_BYTES || !slice_starts(text, SLICE("10.")) || !utf8_is_valid(text)) return false;
    size_t i = 3;
    while (i < text.len && is_digit(text.at[i])) i++;
    if (i < 7 || i > 12 || i + 1 >= text.len || text.at[i] != '/') return false;
    for (; i < text.len; i++) {
        if ((unsigned char)text.at[i] <= ' ' || text.at[i] == 0x7F) return false;
    }
    return true;
}

bool registry_doi(struct arena *arena, struct slice text, struct slice *out) {
    static const char *const before[] = {"https://doi.org/", "http://doi.org/", "https://dx.doi.org/",
                                         "http://dx.doi.org/", "doi:"};
    struct slice doi = slice_trim(text);
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        struct slice prefix = slice_from(before[i]);
        if (slice_starts_nocase(doi, prefix)) doi = slice_trim(slice_part(doi, prefix.len, doi.len));
    }
    if (!registry_is_doi(doi)) return true;
    char *copy = arena_text(arena, doi);
    if (copy == NULL) return false;
    for (size_t i = 0; i < doi.len; i++) copy[i] = lower(copy[i]);
    *out = slice_of(copy, doi.len);
    return true;
}

bool registry_author(struct arena *arena, struct slice given, struct slice family, struct work *out) {
    if (out->authors.count >= LIMIT_AUTHORS) return true;
    struct slice first = {0}, last = {0};
    if (!registry_plain(arena, given, &first) || !registry_plain(arena, family, &last)) return false;
    if (first.len == 0 && last.len == 0) return true;
    char *name = arena_printf(arena, "%.*s%s%.*s", SLICE_ARGS(first), first.len > 0 && last.len > 0 ? " " : "",
                              SLICE_ARGS(last));
    struct slice *more = arena_grow(arena, out->authors.at, out->authors.count, &out->authors.capacity, sizeof *more);
    if (name == NULL || more == NULL) return false;
    out->authors.at = more;
    out->authors.at[out->authors.count++] = slice_from(name);
    return true;
}

int registry_year(long long year) {
    return year >= 1400 && year <= 2200 ? (int)year : 0;
}

static bool says(struct slice title, const char *words) {
    return slice_find_nocase(title, slice_from(words), 0) != SLICE_NOT_FOUND;
}

/* "meta-analysis" with whichever hyphen, space or nothing the publisher put there. */
static bool says_meta_analysis(struct slice title) {
    static const char *const joints[] = {"-", " ", "", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93", "- "};
    size_t at = slice_find_nocase(title, SLICE("meta"), 0);
    for (; at != SLICE_NOT_FOUND; at = slice_find_nocase(title, SLICE("meta"), at + 1)) {
        for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
            struct slice rest = slice_part(title, at + 4, title.len);
            if (!slice_starts(rest, slice_from(joints[i]))) continue;
            rest = slice_part(rest, slice_from(joints[i]).len, rest.len);
            if (slice_starts_nocase(rest, SLICE("analy"))) return true;
        }
    }
    return false;
}

void registry_judge_title(struct work *work) {
    static const char *const marks[] = {"retracted:", "retracted article", "[retracted", "withdrawn:", "(retracted"};
    bool review = says(work->title, "systematic review") || says(work->title, "systematic literature review") ||
                  says_meta_analysis(work->title);
    work->is_synthesis = review && !says(work->title, "protocol");
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (slice_starts_nocase(work->title, slice_from(marks[i])) && work->notice < WORK_RETRACTED) {
            work->notice = WORK_RETRACTED;
        }
    }
}

const char *registry_encoded(struct arena *arena, struct slice text) {
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(arena, text.len * 3 + 1, 1);
    size_t len = 0;
    for (size_t i = 0; out != NULL && i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || c == '-' || c == '.' || c == '_' || c == '~') {
            out[len++] = text.at[i];
        } else {
            out[len++] = '%';
            out[len++] = digits[c >> 4];
            out[len++] = digits[c & 15];
        }
    }
    return out;
}
