#include "parse/address.h"

#include <string.h>

#include "base/limits.h"
#include "base/run.h"
#include "base/url.h"

/* Bytes that may stand in a URL as they are (RFC 3986), so that it needs no second look. */
static bool is_plain(unsigned char c) {
    static const bool no[128] = {['"'] = true, ['<'] = true, ['>'] = true, ['\\'] = true, ['^'] = true,
                                 ['`'] = true, ['{'] = true, ['|'] = true, ['}'] = true};
    return c > ' ' && c < 0x7f && !no[c];
}

/* The host ends here; it has to be in lower case already. */
static size_t host_end(struct slice s, size_t start) {
    size_t i = start;
    while (i < s.len && ((s.at[i] >= 'a' && s.at[i] <= 'z') || (s.at[i] >= '0' && s.at[i] <= '9') || s.at[i] == '.' ||
                         s.at[i] == '-'))
        i++;
    return i;
}

/* Nothing in it would be escaped, and no segment begins with a dot. */
static bool is_clean_path(struct slice path) {
    size_t i = 0;
    /* One more byte than a block, for what follows its last '/'. */
    for (; path.len - i > RUN_BLOCK_BYTES; i += RUN_BLOCK_BYTES) {
        run_block block = run_load(path.at + i), next = run_load(path.at + i + 1);
        run_block marks = run_is(block, '"') | run_is(block, '<') | run_is(block, '>') | run_is(block, '\\') |
                          run_is(block, '^') | run_is(block, '`') | run_is(block, '{') | run_is(block, '|') |
                          run_is(block, '}');
        run_block dots = run_is(block, '/') & run_is(next, '.');
        if (run_any(run_is_below(block, '!') | (run_block)(block >= run_each(0x7F)) | marks | dots)) return false;
    }
    for (; i < path.len; i++) {
        if (!is_plain((unsigned char)path.at[i])) return false;
        if (path.at[i] == '/' && i + 1 < path.len && path.at[i + 1] == '.') return false;
    }
    return true;
}

/* Most addresses are absolute, clean and without dot segments: resolving would give them back as they are. */
static bool is_finished(struct slice s) {
    size_t start = slice_starts(s, SLICE("https://")) ? 8 : slice_starts(s, SLICE("http://")) ? 7 : 0;
    if (start == 0 || s.len > LIMIT_URL_BYTES) return false;
    size_t end = host_end(s, start);
    if (end == start || (end < s.len && s.at[end] != '/')) return false;
    return is_clean_path(slice_part(s, end, s.len));
}

static bool is_mail(struct slice s) {
    for (size_t i = 0; i < s.len; i++)
        if (!is_plain((unsigned char)s.at[i])) return false;
    return s.len <= LIMIT_URL_BYTES && slice_find_byte(s, '@', 0) != SLICE_NOT_FOUND;
}

bool address_resolve(struct arena *arena, struct slice base, struct slice reference, struct slice *out) {
    reference = slice_trim(reference);
    if (is_finished(reference)) return arena_copy(arena, reference, out);
    if (reference.at == NULL) return false;
    if (slice_starts_nocase(reference, SLICE("mailto:")))
        return is_mail(reference) && arena_copy(arena, reference, out);
    struct slice url;
    if (!url_resolve(arena, base, reference, &url) || !url_is_web(url)) return false;
    *out = url;
    return true;
}

struct slice address_base(struct arena *arena, struct slice outer, struct slice reference) {
    struct slice inner;
    if (slice_is_empty(slice_trim(reference)) || !address_resolve(arena, outer, reference, &inner)) return outer;
    return inner;
}
