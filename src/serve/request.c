#include "serve/request.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/url.h"
#include "base/utf8.h"

#define VALUE_BYTES ((size_t)16 * 1024)

static bool mend(struct arena *arena, struct slice bytes, struct slice *out) {
    AUTO(buf_free)
    struct buf mended = buf_new(VALUE_BYTES);
    utf8_repair(bytes, &mended);
    return !buf_failed(&mended) && arena_copy(arena, buf_slice(&mended), out);
}

static bool decode(struct arena *arena, struct slice raw, struct slice *out) {
    char *plain = arena_text(arena, raw);
    if (plain == NULL) return false;
    for (size_t i = 0; i < raw.len; i++)
        if (plain[i] == '+') plain[i] = ' ';
    struct slice bytes;
    return url_decode(arena, slice_of(plain, raw.len), &bytes) && mend(arena, bytes, out);
}

bool pairs_add(struct arena *arena, struct slice name, struct slice value, struct pair_list *out) {
    if (out->count == REQUEST_PAIRS) return false;
    struct pair *pair = &out->at[out->count];
    if (!mend(arena, name, &pair->name) || !mend(arena, value, &pair->value)) return false;
    out->count++;
    return true;
}

bool pairs_read(struct arena *arena, struct slice text, struct pair_list *out) {
    out->count = 0;
    while (!slice_is_empty(text)) {
        struct slice value = slice_next(&text, '&');
        if (slice_is_empty(value)) continue;
        struct slice name = slice_next(&value, '=');
        if (out->count == REQUEST_PAIRS) return false;
        struct pair *pair = &out->at[out->count];
        if (!decode(arena, name, &pair->name) || !decode(arena, value, &pair->value)) return false;
        out->count++;
    }
    return true;
}

struct slice pairs_get(const struct pair_list *pairs, const char *name) {
    for (size_t i = 0; i < pairs->count; i++)
        if (slice_equal(pairs->at[i].name, slice_from(name))) return pairs->at[i].value;
    return (struct slice){NULL, 0};
}

static bool part_is_plain(struct slice part) {
    if (slice_is_empty(part) || part.at[0] == '.') return false;
    for (size_t i = 0; i < part.len; i++)
        if ((unsigned char)part.at[i] < ' ' || part.at[i] == 0x7f || part.at[i] == '\\') return false;
    return utf8_is_valid(part);
}

bool path_read(struct arena *arena, struct slice raw, struct slice *out) {
    struct slice path;
    if (!slice_starts(raw, SLICE("/")) || !url_decode(arena, raw, &path)) return false;
    struct slice rest = slice_part(path, 1, path.len);
    if (slice_ends(rest, SLICE("/"))) rest.len--;
    if (slice_is_empty(rest)) {
        *out = SLICE("/");
        return path.len <= 2 && slice_equal(path, SLICE("/"));
    }
    while (!slice_is_absent(rest))
        if (!part_is_plain(slice_next(&rest, '/'))) return false;
    *out = path;
    return true;
}

bool host_is_ours(struct slice host, struct slice name, unsigned port) {
    char text[300];
    const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        int written = snprintf(text, sizeof text, "%s:%u", names[i], port);
        if (written > 0 && slice_equal_nocase(host, slice_of(text, (size_t)written))) return true;
    }
    if (slice_is_empty(name) || name.len > 255) return false;
    int written = snprintf(text, sizeof text, "%.*s:%u", SLICE_ARGS(name), port);
    return written > 0 && slice_equal_nocase(host, slice_of(text, (size_t)written));
}

bool origin_is_ours(struct slice origin, struct slice referer, struct slice name, unsigned port) {
    struct slice claim = slice_is_absent(origin) ? referer : origin;
    if (!slice_starts_nocase(claim, SLICE("http://"))) return false;
    claim = slice_part(claim, 7, claim.len);
    return host_is_ours(slice_next(&claim, '/'), name, port);
}
