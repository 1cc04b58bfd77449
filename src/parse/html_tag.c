#include "parse/html_tag.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Offset of the '>' that ends a tag: quotes hold only where a value may begin, so that a stray apostrophe does not
 * swallow the rest. */
static size_t tag_end(struct slice text, size_t at) {
    bool value = false;
    while (at < text.len) {
        char c = text.at[at];
        if (c == '>') return at;
        if (value && (c == '"' || c == '\'')) {
            size_t close = slice_find_byte(text, c, at + 1);
            if (close == SLICE_NOT_FOUND) return slice_find_byte(text, '>', at);
            at = close + 1;
            value = false;
            continue;
        }
        if (!is_space(c)) value = c == '=';
        at++;
    }
    return SLICE_NOT_FOUND;
}

static size_t comment_end(struct slice text, size_t at, struct html_ends *ends) {
    size_t end = ends->no_comment_end ? SLICE_NOT_FOUND : slice_find(text, SLICE("-->"), at + 4);
    ends->no_comment_end = end == SLICE_NOT_FOUND;
    return ends->no_comment_end ? end : end + 3;
}

static struct html_tag other(struct slice text, size_t at, struct html_ends *ends) {
    size_t end;
    if (slice_starts(slice_part(text, at, at + 4), SLICE("<!--"))) {
        end = comment_end(text, at, ends);
    } else {
        end = slice_find_byte(text, '>', at);
        ends->no_tag_end = end == SLICE_NOT_FOUND;
        if (!ends->no_tag_end) end++;
    }
    if (end == SLICE_NOT_FOUND) return (struct html_tag){.markup = HTML_NOTHING, .end = at + 1};
    return (struct html_tag){.markup = HTML_OTHER, .end = end};
}

struct html_tag html_tag_read(struct slice text, size_t at, struct html_ends *ends) {
    struct html_tag none = {.markup = HTML_NOTHING, .end = at + 1};
    if (text.len - at < 3 || ends->no_tag_end) return none;
    char next = text.at[at + 1];
    if (next == '!' || next == '?') return other(text, at, ends);
    bool closing = next == '/';
    size_t name = at + (closing ? 2 : 1);
    if (!is_letter(text.at[name])) return none;
    size_t after = name;
    while (after < text.len && !is_space(text.at[after]) && text.at[after] != '>' && text.at[after] != '/') after++;
    size_t end = tag_end(text, after);
    if (end == SLICE_NOT_FOUND) {
        ends->no_tag_end = true;
        return none;
    }
    return (struct html_tag){.markup = closing ? HTML_CLOSE : HTML_OPEN,
                             .name = slice_part(text, name, after),
                             .inside = slice_part(text, after, end),
                             .end = end + 1};
}

static size_t skip(struct slice s, size_t at, bool (*want)(char)) {
    while (at < s.len && want(s.at[at])) at++;
    return at;
}

static bool is_gap(char c) {
    return is_space(c) || c == '/';
}

static bool is_name(char c) {
    return !is_gap(c) && c != '=';
}

static bool is_bare(char c) {
    return !is_space(c);
}

static struct slice value_at(struct slice s, size_t *at) {
    size_t start = skip(s, *at, is_space);
    if (start >= s.len) {
        *at = s.len;
        return SLICE("");
    }
    char quote = s.at[start];
    size_t end;
    if (quote == '"' || quote == '\'') {
        end = slice_find_byte(s, quote, ++start);
        if (end == SLICE_NOT_FOUND) end = s.len;
        *at = end + 1;
    } else {
        end = skip(s, start, is_bare);
        *at = end;
    }
    return slice_part(s, start, end);
}

bool html_tag_next(const struct html_tag *tag, size_t *at, struct slice *name, struct slice *value) {
    struct slice s = tag->inside;
    size_t start = skip(s, *at, is_gap);
    if (start >= s.len) return false;
    *at = skip(s, start + 1, is_name); /* one byte at least, so that "==" moves on */
    *name = slice_part(s, start, *at);
    *value = SLICE("");
    size_t equals = skip(s, *at, is_space);
    if (equals < s.len && s.at[equals] == '=') {
        *at = equals + 1;
        *value = value_at(s, at);
    }
    return true;
}

struct slice html_tag_attribute(const struct html_tag *tag, const char *name) {
    struct slice found, value, wanted = slice_from(name);
    size_t at = 0;
    while (html_tag_next(tag, &at, &found, &value))
        if (slice_equal_nocase(found, wanted)) return value;
    return (struct slice){NULL, 0};
}

struct element {
    char name[12];
    unsigned char role;
};

/* Sorted by name. */
static const struct element elements[] = {
    {"a", HTML_ANCHOR},      {"abbr", HTML_INLINE},        {"acronym", HTML_INLINE},  {"address", HTML_BLOCK},
    {"applet", HTML_HIDDEN}, {"area", HTML_INLINE},        {"article", HTML_BLOCK},   {"aside", HTML_BLOCK},
    {"audio", HTML_INLINE},  {"b", HTML_INLINE},           {"base", HTML_INLINE},     {"bdi", HTML_INLINE},
    {"bdo", HTML_INLINE},    {"big", HTML_INLINE},         {"blink", HTML_INLINE},    {"blockquote", HTML_BLOCK},
    {"body", HTML_BLOCK},    {"br", HTML_BREAK},           {"button", HTML_CELL},     {"canvas", HTML_INLINE},
    {"caption", HTML_BLOCK}, {"center", HTML_BLOCK},       {"circle", HTML_INLINE},   {"cite", HTML_INLINE},
    {"code", HTML_INLINE},   {"col", HTML_INLINE},         {"colgroup", HTML_INLINE}, {"dd", HTML_LINE},
    {"del", HTML_INLINE},    {"details", HTML_BLOCK},      {"dfn", HTML_INLINE},      {"dialog", HTML_BLOCK},
    {"dir", HTML_BLOCK},     {"div", HTML_BLOCK},          {"dl", HTML_BLOCK},        {"dt", HTML_LINE},
    {"em", HTML_INLINE},     {"embed", HTML_INLINE},       {"fieldset", HTML_BLOCK},  {"figcaption", HTML_BLOCK},
    {"figure", HTML_BLOCK},  {"font", HTML_INLINE},        {"footer", HTML_BLOCK},    {"form", HTML_BLOCK},
    {"frame", HTML_INLINE},  {"frameset", HTML_BLOCK},     {"g", HTML_INLINE},        {"h1", HTML_BLOCK},
    {"h2", HTML_BLOCK},      {"h3", HTML_BLOCK},           {"h4", HTML_BLOCK},        {"h5", HTML_BLOCK},
    {"h6", HTML_BLOCK},      {"head", HTML_BLOCK},         {"header", HTML_BLOCK},    {"hgroup", HTML_BLOCK},
    {"hr", HTML_BLOCK},      {"html", HTML_BLOCK},         {"i", HTML_INLINE},        {"iframe", HTML_HIDDEN},
    {"img", HTML_IMAGE},     {"input", HTML_CELL},         {"ins", HTML_INLINE},      {"kbd", HTML_INLINE},
    {"label", HTML_INLINE},  {"legend", HTML_BLOCK},       {"li", HTML_ITEM},         {"link", HTML_INLINE},
    {"main", HTML_BLOCK},    {"map", HTML_INLINE},         {"mark", HTML_INLINE},     {"marquee", HTML_BLOCK},
    {"math", HTML_INLINE},   {"menu", HTML_BLOCK},         {"meta", HTML_INLINE},     {"meter", HTML_INLINE},
    {"nav", HTML_BLOCK},     {"nobr", HTML_INLINE},        {"noframes", HTML_HIDDEN}, {"noscript", HTML_INLINE},
    {"o:p", HTML_INLINE},    {"object", HTML_INLINE},      {"ol", HTML_BLOCK},        {"optgroup", HTML_LINE},
    {"option", HTML_LINE},   {"output", HTML_INLINE},      {"p", HTML_BLOCK},         {"param", HTML_INLINE},
    {"path", HTML_INLINE},   {"picture", HTML_INLINE},     {"pre", HTML_PREFORMAT},   {"progress", HTML_INLINE},
    {"q", HTML_INLINE},      {"rb", HTML_INLINE},          {"rect", HTML_INLINE},     {"rp", HTML_INLINE},
    {"rt", HTML_INLINE},     {"rtc", HTML_INLINE},         {"ruby", HTML_INLINE},     {"s", HTML_INLINE},
    {"samp", HTML_INLINE},   {"script", HTML_HIDDEN},      {"search", HTML_BLOCK},    {"section", HTML_BLOCK},
    {"select", HTML_CELL},   {"slot", HTML_INLINE},        {"small", HTML_INLINE},    {"source", HTML_INLINE},
    {"span", HTML_INLINE},   {"strike", HTML_INLINE},      {"strong", HTML_INLINE},   {"style", HTML_HIDDEN},
    {"sub", HTML_INLINE},    {"summary", HTML_BLOCK},      {"sup", HTML_INLINE},      {"svg", HTML_INLINE},
    {"table", HTML_BLOCK},   {"tbody", HTML_LINE},         {"td", HTML_CELL},         {"template", HTML_HIDDEN},
    {"text", HTML_INLINE},   {"textarea", HTML_PREFORMAT}, {"tfoot", HTML_LINE},      {"th", HTML_CELL},
    {"thead", HTML_LINE},    {"time", HTML_INLINE},        {"title", HTML_BLOCK},     {"tr", HTML_LINE},
    {"track", HTML_INLINE},  {"tt", HTML_INLINE},          {"u", HTML_INLINE},        {"ul", HTML_BLOCK},
    {"use", HTML_INLINE},    {"var", HTML_INLINE},         {"video", HTML_INLINE},    {"wbr", HTML_INLINE},
};

/* The first eight bytes as a number that sorts as they do. */
static uint64_t order_of(const char *name) {
    uint64_t bytes;
    memcpy(&bytes, name, sizeof bytes);
    return be64toh(bytes);
}

enum html_role html_tag_role(struct slice name) {
    char lower[12] = {0};
    if (name.len == 0 || name.len >= sizeof lower) return HTML_UNKNOWN;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = (char)(name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] + 32 : name.at[i]);
    uint64_t wanted = order_of(lower);
    size_t low = 0, high = COUNT_OF(elements);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint64_t there = order_of(elements[middle].name);
        if (there < wanted) low = middle + 1;
        else high = middle;
    }
    /* Names that are alike in their first eight bytes stand side by side. */
    for (; low < COUNT_OF(elements) && order_of(elements[low].name) == wanted; low++)
        if (memcmp(lower, elements[low].name, sizeof lower) == 0) return (enum html_role)elements[low].role;
    return HTML_UNKNOWN;
}
