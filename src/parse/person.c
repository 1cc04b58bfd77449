#include "parse/person.h"

#include <string.h>

#include "parse/html_text.h"

static bool is_address(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("._%+-'", c) != NULL;
}

static bool is_domain(char c) {
    return is_address(c) && strchr("_%+'", c) == NULL;
}

/* The first "local@host.tld" in the text: its bounds. */
static bool find_address(struct slice s, size_t *start, size_t *end) {
    for (size_t at = 0; (at = slice_find_byte(s, '@', at)) != SLICE_NOT_FOUND; at++) {
        *start = at;
        *end = at + 1;
        while (*start > 0 && s.at[*start - 1] != '\0' && is_address(s.at[*start - 1])) --*start;
        while (*end < s.len && s.at[*end] != '\0' && is_domain(s.at[*end])) ++*end;
        while (*end > at + 1 && s.at[*end - 1] == '.') --*end;
        if (*start < at && slice_find_byte(slice_part(s, at + 2, *end), '.', 0) != SLICE_NOT_FOUND) return true;
    }
    return false;
}

static bool is_wrapping(char c) {
    return strchr(" \t\n\"'<>()[],;:", c) != NULL && c != '\0';
}

/* Without the brackets and commas that held the address apart from the name. */
static struct slice unwrapped(struct slice s) {
    while (s.len > 0 && is_wrapping(s.at[0])) s = slice_part(s, 1, s.len);
    while (s.len > 0 && is_wrapping(s.at[s.len - 1])) {
        /* "Ann Example (Leeds)" keeps its bracket. */
        if (s.at[s.len - 1] == ')' && slice_find_byte(s, '(', 0) != SLICE_NOT_FOUND) break;
        s.len--;
    }
    return s;
}

bool person_read(struct arena *arena, struct slice text, struct person *out) {
    struct person person = {0};
    struct slice line;
    size_t start, end;
    if (!html_text_line(arena, text, &line)) return false;
    if (slice_is_empty(line)) line = slice_trim(text); /* "<me@example.org>" alone looks like a tag */
    if (!find_address(line, &start, &end) && find_address(text, &start, &end)) line = text;
    if (find_address(line, &start, &end)) {
        person.email = slice_part(line, start, end);
        struct slice before = slice_part(line, 0, start), after = slice_part(line, end, line.len);
        size_t mailto = slice_find_nocase(before, SLICE("mailto:"), 0);
        if (mailto != SLICE_NOT_FOUND) before = slice_part(before, 0, mailto);
        before = unwrapped(before);
        after = unwrapped(after);
        person.name = before.len > 0 ? before : after;
    } else {
        person.name = slice_trim(line);
    }
    if (person.name.len == 0) person.name = (struct slice){NULL, 0};
    if (!arena_copy(arena, person.name, &person.name) || !arena_copy(arena, person.email, &person.email)) return false;
    *out = person;
    return true;
}
