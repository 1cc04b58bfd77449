#include "fetch/robots.h"

#include <string.h>

#include "base/limits.h"

/* Longest pattern kept, and steps spent on one question: a hostile file can cost no more. */
#define PATTERN_BYTES 1024u
#define STEPS_MOST 4000000u

static bool is_unreserved(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c) != NULL;
}

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Makes spellings comparable (RFC 9309 2.2.2): escapes of unreserved characters are undone, others upper case, bytes
 * outside ASCII escaped; in a path, where they are no wildcards, '*' and '$' are escaped too. NULL: out of memory. */
static char *comparable(struct arena *arena, struct slice text, const char *escape, size_t *len) {
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(arena, text.len * 3 + 1, 1);
    size_t at = 0;
    for (size_t i = 0; out != NULL && i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        int high = c == '%' && text.len - i > 2 ? hex(text.at[i + 1]) : -1;
        int low = high < 0 ? -1 : hex(text.at[i + 2]);
        if (low >= 0) {
            c = (unsigned char)(high * 16 + low);
            i += 2;
        }
        bool plain = low >= 0 ? c != 0 && is_unreserved(c) : c > ' ' && c < 0x7f && strchr(escape, c) == NULL;
        if (plain) {
            out[at++] = (char)c;
            continue;
        }
        out[at++] = '%';
        out[at++] = digits[c >> 4];
        out[at++] = digits[c & 15];
    }
    *len = at;
    return out;
}

static bool add_rule(struct arena *arena, struct robots *robots, struct slice pattern, bool allow) {
    if (robots->count >= ROBOTS_RULES_MOST || pattern.len == 0) return true;
    if (pattern.len > PATTERN_BYTES) pattern.len = PATTERN_BYTES;
    size_t len = 0;
    char *text = comparable(arena, pattern, "", &len);
    struct robots_rule *more =
        text == NULL ? NULL : arena_grow(arena, robots->rules, robots->count, &robots->capacity, sizeof *more);
    if (more == NULL) return false;
    robots->rules = more;
    more[robots->count++] = (struct robots_rule){slice_of(text, len), allow};
    return true;
}

static void set_delay(struct robots *robots, struct slice value) {
    double delay_s = 0;
    if (!slice_to_double(value, &delay_s) || !(delay_s > 0)) return;
    robots->delay_ms = delay_s * 1000 > ROBOTS_DELAY_MOST_MS ? ROBOTS_DELAY_MOST_MS : (int64_t)(delay_s * 1000);
}

/* The product token at the start of a User-agent line. */
static struct slice token(struct slice value) {
    size_t len = 0;
    while (len < value.len && (is_unreserved((unsigned char)value.at[len]) && value.at[len] != '.')) len++;
    return len == 0 && value.len > 0 && value.at[0] == '*' ? slice_part(value, 0, 1) : slice_part(value, 0, len);
}

/* What the lines read so far belong to. */
struct group {
    bool ours, everybody; /* named by the User-agent lines that opened it */
    bool rules;           /* a rule came: the next User-agent line opens another */
};

static bool read_line(struct slice line, struct slice agent, struct arena *arena, struct group *group,
                      struct robots *found, bool *named) {
    struct slice value = slice_part(line, 0, slice_find_byte(line, '#', 0));
    struct slice key = slice_trim(slice_next(&value, ':'));
    value = slice_trim(value);
    if (slice_equal_nocase(key, SLICE("user-agent"))) {
        if (group->rules) *group = (struct group){0};
        bool ours = slice_equal_nocase(token(value), agent);
        group->ours = group->ours || ours;
        group->everybody = group->everybody || slice_equal(token(value), SLICE("*"));
        *named = *named || ours;
        return true;
    }
    bool allow = slice_equal_nocase(key, SLICE("allow"));
    bool delay = slice_equal_nocase(key, SLICE("crawl-delay"));
    if (!allow && !delay && !slice_equal_nocase(key, SLICE("disallow"))) return true;
    group->rules = true;
    for (size_t i = 0; i < 2; i++) {
        if (!(i == 0 ? group->ours : group->everybody)) continue;
        if (delay) set_delay(&found[i], value);
        else if (!add_rule(arena, &found[i], value, allow)) return false;
    }
    return true;
}

bool robots_read(struct slice text, struct slice agent, struct arena *arena, struct robots *out) {
    struct robots found[2] = {0}; /* ours, everybody's */
    struct group group = {0};
    bool named = false;
    text = slice_part(text, slice_starts(text, SLICE("\xEF\xBB\xBF")) ? 3 : 0, ROBOTS_BYTES);
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.at[end] != '\n' && text.at[end] != '\r') end++;
        if (!read_line(slice_part(text, at, end), agent, arena, &group, found, &named)) return false;
        at = end + 1;
    }
    *out = named ? found[0] : found[1];
    return true;
}

/* Whether the pattern matches from the start of the path. '*' is any run, a '$' at the end is the end. Backtracks to
 * the last star only, so at most pattern × path steps. */
static bool matches(struct slice pattern, struct slice path, size_t *steps) {
    bool anchored = pattern.len > 0 && pattern.at[pattern.len - 1] == '$';
    if (anchored) pattern.len--;
    size_t p = 0, s = 0, star = SLICE_NOT_FOUND, resume = 0;
    while (*steps < STEPS_MOST) {
        ++*steps;
        if (p == pattern.len && (!anchored || s == path.len)) return true;
        if (p < pattern.len && pattern.at[p] == '*') {
            star = p++;
            resume = s;
        } else if (p < pattern.len && s < path.len && pattern.at[p] == path.at[s]) {
            p++;
            s++;
        } else if (star != SLICE_NOT_FOUND && resume < path.len) {
            p = star + 1;
            s = ++resume;
        } else return false;
    }
    return false;
}

bool robots_allows(const struct robots *robots, struct slice path) {
    if (slice_equal(path, SLICE("/robots.txt"))) return true;
    if (robots->deny_all) return false;
    if (robots->count == 0) return true;
    struct arena *arena = arena_new((size_t)LIMIT_URL_BYTES * 4);
    size_t len = 0, steps = 0, longest = 0;
    char *text = arena == NULL ? NULL : comparable(arena, path, "*$", &len);
    bool allowed = text != NULL;
    for (size_t i = 0; text != NULL && i < robots->count; i++) {
        const struct robots_rule *rule = &robots->rules[i];
        if (rule->pattern.len < longest || !matches(rule->pattern, slice_of(text, len), &steps)) continue;
        /* The longest pattern counts; of two as long, the one that allows. */
        allowed = rule->allow || (rule->pattern.len == longest && allowed && longest > 0);
        longest = rule->pattern.len;
    }
    arena_free(&arena);
    return allowed && steps < STEPS_MOST;
}
