#include "render/safe_url.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/url.h"

static bool is_unsafe(unsigned char c) {
    return c <= ' ' || c >= 0x7f || strchr("\"'<>`\\{}|^[]", c) != NULL;
}

static bool has_control(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7f) return true;
    return false;
}

/* Copies with everything that means something to any of the formats percent-encoded. */
static bool encode(struct arena *arena, struct slice prefix, struct slice text, struct slice *out) {
    AUTO(buf_free)
    struct buf encoded = buf_new((size_t)LIMIT_URL_BYTES * 3);
    buf_add(&encoded, prefix);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (is_unsafe(c)) buf_printf(&encoded, "%%%02X", c);
        else buf_add_char(&encoded, (char)c);
    }
    return !buf_failed(&encoded) && arena_copy(arena, buf_slice(&encoded), out);
}

static bool is_address(struct slice text) {
    size_t at = slice_find_byte(text, '@', 0);
    if (at == SLICE_NOT_FOUND || at == 0 || at + 1 == text.len || text.len > 254) return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c <= ' ' || c >= 0x7f || strchr("\"'<>`\\(),:;[]{}|^&?#%/", c) != NULL) return false;
    }
    return slice_find_byte(text, '@', at + 1) == SLICE_NOT_FOUND;
}

bool safe_url_mail(struct arena *arena, struct slice address, struct safe_url *out) {
    *out = (struct safe_url){{NULL, 0}};
    address = slice_trim(address);
    if (slice_starts_nocase(address, SLICE("mailto:"))) address = slice_part(address, 7, address.len);
    return is_address(address) && encode(arena, SLICE("mailto:"), address, &out->text);
}

/* An IPv6 host is the one place where brackets belong. */
static size_t host_end(struct slice text) {
    size_t start = slice_find(text, SLICE("//"), 0);
    if (start == SLICE_NOT_FOUND) return 0;
    if (start + 2 >= text.len || text.at[start + 2] != '[') return start + 2;
    size_t close = slice_find_byte(text, ']', start);
    return close == SLICE_NOT_FOUND ? 0 : close + 1;
}

bool safe_url_make(struct arena *arena, struct slice raw, struct safe_url *out) {
    *out = (struct safe_url){{NULL, 0}};
    raw = slice_trim(raw);
    if (raw.len == 0 || raw.len > LIMIT_URL_BYTES || has_control(raw)) return false;
    if (slice_starts_nocase(raw, SLICE("mailto:"))) return safe_url_mail(arena, raw, out);
    if (!slice_starts_nocase(raw, SLICE("http:")) && !slice_starts_nocase(raw, SLICE("https:"))) return false;
    struct url parts;
    struct slice whole;
    struct slice nowhere = {NULL, 0};
    if (!url_resolve(arena, nowhere, raw, &whole) || !url_is_web(whole) || !url_parse(arena, whole, &parts))
        return false;
    if (!slice_is_absent(parts.user) || slice_is_empty(parts.host)) return false;
    size_t cut = host_end(whole);
    if (cut == 0) return false;
    return encode(arena, slice_part(whole, 0, cut), slice_part(whole, cut, whole.len), &out->text);
}

bool safe_url_own(struct arena *arena, struct slice base, struct slice path, struct safe_url *out) {
    *out = (struct safe_url){{NULL, 0}};
    for (size_t i = 0; i < path.len; i++)
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./#", path.at[i]) == NULL)
            return false;
    if (slice_is_empty(base)) return arena_copy(arena, path, &out->text);
    struct safe_url safe;
    if (!safe_url_make(arena, base, &safe)) return false;
    bool slash = slice_ends(safe.text, SLICE("/"));
    char *joined = arena_printf(arena, "%.*s%s%.*s", SLICE_ARGS(safe.text), slash ? "" : "/", SLICE_ARGS(path));
    out->text = slice_from(joined);
    return joined != NULL;
}
