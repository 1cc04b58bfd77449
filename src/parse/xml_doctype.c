#include "parse/xml_doctype.h"

#include <string.h>

#define ENTITY_TEXT_BYTES 256u

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_space(struct slice s, size_t at) {
    while (at < s.len && is_space(s.at[at])) at++;
    return at;
}

static size_t word_end(struct slice s, size_t at) {
    while (at < s.len && !is_space(s.at[at]) && strchr("\"'<>[]&%", s.at[at]) == NULL) at++;
    return at;
}

/* <!ENTITY name "text"> and nothing more daring: no parameter entity, no SYSTEM, no markup, no entity inside. */
static void remember(struct slice declaration, struct xml_entities *entities) {
    size_t at = skip_space(declaration, 0);
    if (entities->count == XML_OWN_ENTITIES) return;
    size_t end = word_end(declaration, at);
    struct slice name = slice_part(declaration, at, end);
    at = skip_space(declaration, end);
    if (name.len == 0 || at >= declaration.len || (declaration.at[at] != '"' && declaration.at[at] != '\'')) return;
    size_t close = slice_find_byte(declaration, declaration.at[at], at + 1);
    if (close == SLICE_NOT_FOUND || skip_space(declaration, close + 1) != declaration.len) return;
    struct slice text = slice_part(declaration, at + 1, close);
    if (text.len > ENTITY_TEXT_BYTES || slice_find_byte(text, '<', 0) != SLICE_NOT_FOUND ||
        slice_find_byte(text, '&', 0) != SLICE_NOT_FOUND || slice_find_byte(text, '%', 0) != SLICE_NOT_FOUND)
        return;
    entities->at[entities->count].name = name;
    entities->at[entities->count++].text = text;
}

/* Behind the '>' that ends a declaration inside, quotes respected. */
static size_t declaration_end(struct slice s, size_t at) {
    while (at < s.len && s.at[at] != '>') {
        if (s.at[at] == '"' || s.at[at] == '\'') {
            size_t close = slice_find_byte(s, s.at[at], at + 1);
            if (close == SLICE_NOT_FOUND) return s.len;
            at = close;
        }
        at++;
    }
    return at < s.len ? at + 1 : s.len;
}

static size_t inner(struct slice s, size_t at, struct xml_entities *entities) {
    struct slice rest = slice_part(s, at, at + 9);
    if (slice_starts(rest, SLICE("<!--"))) {
        size_t end = slice_find(s, SLICE("-->"), at + 4);
        return end == SLICE_NOT_FOUND ? s.len : end + 3;
    }
    size_t end = declaration_end(s, at);
    if (slice_starts(rest, SLICE("<!ENTITY")) && end > at + 9) remember(slice_part(s, at + 8, end - 1), entities);
    return end;
}

size_t xml_doctype_skip(struct slice text, size_t at, struct xml_entities *entities) {
    bool subset = false;
    at += 9;
    while (at < text.len) {
        char c = text.at[at];
        if (subset && c == '<') {
            at = inner(text, at, entities);
            continue;
        }
        if (!subset && (c == '"' || c == '\'')) {
            size_t close = slice_find_byte(text, c, at + 1);
            at = close == SLICE_NOT_FOUND ? text.len : close + 1;
            continue;
        }
        if (c == '[') subset = true;
        if (c == ']') subset = false;
        at++;
        if (!subset && c == '>') return at;
    }
    return text.len;
}

struct slice xml_doctype_entity(const struct xml_entities *entities, struct slice name) {
    for (size_t i = 0; i < entities->count; i++)
        if (slice_equal(entities->at[i].name, name)) return entities->at[i].text;
    return (struct slice){NULL, 0};
}
