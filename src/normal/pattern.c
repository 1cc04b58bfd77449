#include "normal/canon_rules.h"

#include "base/url.h"

#define PATH_SEGMENTS 48

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Backtracks to the last star only. */
bool pattern_glob(struct slice pattern, struct slice text) {
    size_t p = 0, t = 0, star = SLICE_NOT_FOUND, resume = 0;
    while (t < text.len || p < pattern.len) {
        if (p < pattern.len && pattern.at[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.len && t < text.len && lower(pattern.at[p]) == lower(text.at[t])) {
            p++;
            t++;
        } else if (star != SLICE_NOT_FOUND && resume < text.len) {
            p = star + 1;
            t = ++resume;
        } else return false;
    }
    return true;
}

/* Most sites differ in their last letters already. */
static bool ends_differ(struct slice site, struct slice host) {
    for (size_t i = 1; i <= site.len && i <= host.len && i <= 8; i++) {
        char wanted = site.at[site.len - i];
        if (wanted == '*') return false;
        if (lower(wanted) != lower(host.at[host.len - i])) return true;
    }
    return false;
}

bool pattern_host(struct slice site, struct slice host) {
    if (ends_differ(site, host)) return false;
    if (slice_find_byte(site, '*', 0) == SLICE_NOT_FOUND) return url_host_within(host, site);
    for (size_t from = 0; from < host.len;) {
        if (pattern_glob(site, slice_part(host, from, host.len))) return true;
        size_t dot = slice_find_byte(host, '.', from);
        from = dot == SLICE_NOT_FOUND ? host.len : dot + 1;
    }
    return false;
}

struct slice pattern_param(struct slice query, struct slice name) {
    while (!slice_is_absent(query)) {
        struct slice value = slice_next(&query, '&');
        struct slice key = slice_next(&value, '=');
        if (slice_equal_nocase(key, name)) return slice_is_absent(value) ? SLICE("") : value;
    }
    return (struct slice){NULL, 0};
}

static bool is_digits(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    return text.len > 0;
}

static bool match_segment(struct slice pattern, struct slice segment, struct captures *captures) {
    size_t open = slice_find_byte(pattern, '{', 0), close = slice_find_byte(pattern, '}', 0);
    if (open == SLICE_NOT_FOUND || close == SLICE_NOT_FOUND) return pattern_glob(pattern, segment);
    struct slice before = slice_part(pattern, 0, open), after = slice_part(pattern, close + 1, pattern.len);
    struct slice kind = slice_part(pattern, open + 1, close);
    struct slice name = slice_next(&kind, ':');
    if (segment.len <= before.len + after.len || !slice_starts(segment, before) || !slice_ends(segment, after))
        return false;
    struct slice value = slice_part(segment, before.len, segment.len - after.len);
    if (!slice_is_empty(kind) && !is_digits(value)) return false;
    if (captures == NULL || captures->count == CAPTURES_MOST) return true;
    captures->name[captures->count] = name;
    captures->value[captures->count++] = value;
    return true;
}

/* `**` tries every length; a pattern holds at most two of them (pattern_read), so this stays quadratic. */
static bool match_path(const struct slice *pattern, size_t count, const struct slice *path, size_t left,
                       struct captures *captures) {
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(pattern[i], SLICE("**"))) {
            struct captures kept = *captures;
            for (size_t skip = i; skip <= left; skip++) {
                if (match_path(pattern + i + 1, count - i - 1, path + skip, left - skip, captures)) return true;
                *captures = kept;
            }
            return false;
        }
        if (i >= left || !match_segment(pattern[i], path[i], captures)) return false;
    }
    return count == left;
}

static size_t split(struct slice path, struct slice segments[PATH_SEGMENTS]) {
    size_t count = 0;
    if (path.len > 0 && path.at[0] == '/') path = slice_part(path, 1, path.len);
    if (path.len > 0 && path.at[path.len - 1] == '/') path.len--;
    while (!slice_is_empty(path) && count < PATH_SEGMENTS) segments[count++] = slice_next(&path, '/');
    return count;
}

static bool match_page(const struct url_pattern *pattern, struct slice path, struct slice query,
                       struct captures *captures) {
    struct slice segments[PATH_SEGMENTS];
    struct captures own = {0};
    if (!match_path(pattern->segments, pattern->count, segments, split(path, segments), &own)) return false;
    if (!slice_is_absent(pattern->query_name)) {
        struct slice value = pattern_param(query, pattern->query_name);
        if (slice_is_empty(value) || own.count == CAPTURES_MOST) return false;
        own.name[own.count] = pattern->query_capture;
        own.value[own.count++] = value;
    }
    if (captures != NULL) *captures = own;
    return true;
}

/* Nearly all patterns are of other hosts: they cost no more than a look at it. */
bool pattern_url(const struct url_pattern *pattern, struct slice host, struct slice path, struct slice query,
                 struct captures *captures) {
    return pattern_host(pattern->host, host) && match_page(pattern, path, query, captures);
}

static bool braces_hold(struct slice text) {
    size_t open = slice_find_byte(text, '{', 0), close = slice_find_byte(text, '}', 0);
    if (open == SLICE_NOT_FOUND && close == SLICE_NOT_FOUND) return true;
    if (open == SLICE_NOT_FOUND || close == SLICE_NOT_FOUND || close < open + 2) return false;
    struct slice kind = slice_part(text, open + 1, close);
    struct slice name = slice_next(&kind, ':');
    return name.len > 0 && (slice_is_absent(kind) || slice_equal(kind, SLICE("digits"))) &&
           slice_find_byte(text, '{', open + 1) == SLICE_NOT_FOUND;
}

static const char *read_query(struct slice query, struct url_pattern *out) {
    struct slice value = query;
    out->query_name = slice_next(&value, '=');
    if (out->query_name.len == 0 || value.len < 3 || value.at[0] != '{' || value.at[value.len - 1] != '}')
        return "what follows '?' must be NAME={part}";
    out->query_capture = slice_part(value, 1, value.len - 1);
    return NULL;
}

const char *pattern_read(struct slice text, struct url_pattern *out) {
    *out = (struct url_pattern){0};
    size_t question = slice_find_byte(text, '?', 0), doubles = 0;
    struct slice path = slice_part(text, 0, question);
    if (slice_find(text, SLICE("://"), 0) != SLICE_NOT_FOUND) return "it is written without https://";
    out->host = slice_next(&path, '/');
    if (out->host.len == 0) return "it must begin with a site such as example.org";
    while (!slice_is_empty(path)) {
        struct slice segment = slice_next(&path, '/');
        if (segment.len == 0) return "an empty part between two slashes";
        if (out->count == PATTERN_SEGMENTS) return "it has too many parts (at most 8)";
        if (!braces_hold(segment)) return "a part may hold one {name} or {name:digits}";
        doubles += slice_equal(segment, SLICE("**"));
        out->segments[out->count++] = segment;
    }
    if (doubles > 2) return "'**' may stand at most twice";
    return question == SLICE_NOT_FOUND ? NULL : read_query(slice_part(text, question + 1, text.len), out);
}
