#include "normal/tag_scan.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

static bool is_letter(char c) {
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'z';
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Offset behind the '>' that ends the tag: one in quotes does not count, unless the quote never closes. */
static size_t tag_end(struct slice html, size_t at) {
    size_t plain = slice_find_byte(html, '>', at);
    char quote = '\0';
    for (size_t i = at; i < html.len && i - at < (size_t)LIMIT_URL_BYTES * 2; i++) {
        char c = html.at[i];
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if ((c == '"' || c == '\'') && i > at && html.at[i - 1] == '=') quote = c;
        else if (c == '>') return i + 1;
    }
    return plain == SLICE_NOT_FOUND ? html.len : plain + 1;
}

/* Behind a script or style, whose text is no markup. */
static size_t skip_raw(struct slice html, struct slice name, size_t at) {
    static const char *const raw[] = {"script", "style", "textarea", "template"};
    for (size_t i = 0; i < COUNT_OF(raw); i++) {
        if (!slice_equal_nocase(name, slice_from(raw[i]))) continue;
        char closing[16] = "</";
        for (size_t k = 0; raw[i][k] != '\0'; k++) closing[2 + k] = raw[i][k];
        size_t end = slice_find_nocase(html, slice_from(closing), at);
        return end == SLICE_NOT_FOUND ? html.len : end;
    }
    return at;
}

bool tag_scan_next(struct tag_scan *scan, struct tag_found *out) {
    struct slice html = scan->html;
    while (scan->at < html.len) {
        size_t at = slice_find_byte(html, '<', scan->at);
        if (at == SLICE_NOT_FOUND) break;
        if (slice_starts(slice_part(html, at, html.len), SLICE("<!--"))) {
            size_t end = slice_find(html, SLICE("-->"), at + 4);
            scan->at = end == SLICE_NOT_FOUND ? html.len : end + 3;
            continue;
        }
        scan->at = at + 1;
        if (at + 1 >= html.len || !is_letter(html.at[at + 1])) continue;
        size_t name_end = at + 1;
        while (name_end < html.len && !is_space(html.at[name_end]) && html.at[name_end] != '>' &&
               html.at[name_end] != '/')
            name_end++;
        size_t end = tag_end(html, name_end);
        out->name = slice_part(html, at + 1, name_end);
        out->attributes = slice_part(html, name_end, end);
        scan->at = skip_raw(html, out->name, end);
        return true;
    }
    scan->at = html.len;
    return false;
}

/* A character reference at `at`: its character goes to `out`; returns how many bytes it took, 0 = none. */
static size_t undo_reference(struct slice text, size_t at, struct buf *out) {
    static const struct {
        const char *name;
        char c;
    } named[] = {{"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&lt;", '<'}, {"&gt;", '>'}};
    struct slice rest = slice_part(text, at, text.len);
    for (size_t i = 0; i < COUNT_OF(named); i++) {
        if (!slice_starts_nocase(rest, slice_from(named[i].name))) continue;
        buf_add_char(out, named[i].c);
        return slice_from(named[i].name).len;
    }
    size_t end = slice_find_byte(rest, ';', 0);
    if (rest.len < 4 || rest.at[1] != '#' || end == SLICE_NOT_FOUND || end > 9) return 0;
    bool hex = (rest.at[2] | 0x20) == 'x';
    uint32_t point = 0;
    for (size_t i = hex ? 3 : 2; i < end; i++) {
        char c = (char)(rest.at[i] | 0x20);
        int digit = rest.at[i] >= '0' && rest.at[i] <= '9' ? rest.at[i] - '0'
                    : hex && c >= 'a' && c <= 'f'          ? c - 'a' + 10
                                                           : -1;
        if (digit < 0) return 0;
        point = point * (hex ? 16 : 10) + (uint32_t)digit;
    }
    char bytes[4];
    if (point < ' ') return 0;
    buf_add(out, slice_of(bytes, utf8_encode(point, bytes)));
    return end + 1;
}

static bool undo(struct arena *arena, struct slice raw, struct slice *out) {
    AUTO(buf_free)
    struct buf text = buf_new((size_t)LIMIT_URL_BYTES * 4);
    AUTO(buf_free)
    struct buf valid = buf_new((size_t)LIMIT_URL_BYTES * 12);
    for (size_t i = 0; i < raw.len && i < LIMIT_URL_BYTES;) {
        size_t took = raw.at[i] == '&' ? undo_reference(raw, i, &text) : 0;
        if (took == 0) buf_add_char(&text, raw.at[i]);
        i += took == 0 ? 1 : took;
    }
    utf8_repair(buf_slice(&text), &valid);
    return !valid.failed && !text.failed && arena_copy(arena, slice_trim(buf_slice(&valid)), out);
}

/* Reads one attribute at *at; false at the end. */
static bool next_attribute(struct slice text, size_t *at, struct slice *name, struct slice *value) {
    while (*at < text.len && (is_space(text.at[*at]) || text.at[*at] == '/' || text.at[*at] == '>')) ++*at;
    size_t start = *at;
    while (*at < text.len && !is_space(text.at[*at]) && text.at[*at] != '=' && text.at[*at] != '>') ++*at;
    *name = slice_part(text, start, *at);
    *value = (struct slice){NULL, 0};
    if (name->len == 0 && *at >= text.len) return false;
    while (*at < text.len && is_space(text.at[*at])) ++*at;
    if (*at >= text.len || text.at[*at] != '=') return true;
    do ++*at;
    while (*at < text.len && is_space(text.at[*at]));
    char quote = *at < text.len && (text.at[*at] == '"' || text.at[*at] == '\'') ? text.at[*at] : '\0';
    start = quote == '\0' ? *at : ++*at;
    while (*at < text.len && (quote == '\0' ? !is_space(text.at[*at]) && text.at[*at] != '>' : text.at[*at] != quote))
        ++*at;
    *value = slice_part(text, start, *at);
    if (quote != '\0' && *at < text.len) ++*at;
    return true;
}

bool tag_scan_attribute(const struct tag_found *tag, struct slice name, struct arena *arena, struct slice *out) {
    struct slice found, value;
    *out = (struct slice){NULL, 0};
    for (size_t at = 0; next_attribute(tag->attributes, &at, &found, &value);)
        if (slice_equal_nocase(found, name)) return slice_is_absent(value) || undo(arena, value, out);
    return true;
}
