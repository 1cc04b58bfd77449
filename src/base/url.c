#include "base/url.h"

#include <curl/curl.h>
#include <string.h>

#include "base/limits.h"

static void free_handle(CURLU **handle) {
    curl_url_cleanup(*handle);
}

/* Control bytes and blanks have no place in a URL: curl would quote some and refuse others. */
static bool is_clean(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] <= ' ' || text.at[i] == 0x7f || text.at[i] == '\\') return false;
    return text.len > 0 && text.len <= LIMIT_URL_BYTES;
}

static bool part(CURLU *handle, CURLUPart which, struct arena *arena, struct slice *out) {
    char *text = NULL;
    CURLUcode code = curl_url_get(handle, which, &text, 0);
    bool done = true;
    if (code == CURLUE_OK) done = arena_copy(arena, slice_from(text), out);
    else if (code == CURLUE_OUT_OF_MEMORY) done = false;
    curl_free(text);
    return done;
}

static void lower(struct slice s) {
    char *at = (char *)(void *)(size_t)s.at; /* our own copy in the arena */
    for (size_t i = 0; i < s.len; i++)
        if (at[i] >= 'A' && at[i] <= 'Z') at[i] = (char)(at[i] + 32);
}

bool url_parse(struct arena *arena, struct slice text, struct url *out) {
    text = slice_trim(text);
    char *copy = is_clean(text) ? arena_text(arena, text) : NULL;
    if (copy == NULL) return false;
    AUTO(free_handle)
    CURLU *handle = curl_url();
    if (handle == NULL || curl_url_set(handle, CURLUPART_URL, copy, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return false;
    struct url url = {0};
    struct slice port = {0};
    long long number = 0;
    if (!part(handle, CURLUPART_SCHEME, arena, &url.scheme) || !part(handle, CURLUPART_USER, arena, &url.user) ||
        !part(handle, CURLUPART_HOST, arena, &url.host) || !part(handle, CURLUPART_PORT, arena, &port) ||
        !part(handle, CURLUPART_PATH, arena, &url.path) || !part(handle, CURLUPART_QUERY, arena, &url.query) ||
        !part(handle, CURLUPART_FRAGMENT, arena, &url.fragment))
        return false;
    lower(url.scheme);
    lower(url.host);
    if (slice_to_int64(port, &number) && number > 0 && number < 65536) url.port = (unsigned)number;
    *out = url;
    return true;
}

/* Percent-encodes what may not stand raw in a URL (blanks inside, non-ASCII, quotes and brackets of markup). */
static char *encoded(struct arena *arena, struct slice text) {
    static const char digits[] = "0123456789ABCDEF";
    if (text.len > LIMIT_URL_BYTES) return NULL;
    char *out = arena_alloc(arena, text.len * 3 + 1, 1);
    if (out == NULL) return NULL;
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '\t' || c == '\n' || c == '\r') continue; /* WHATWG: dropped */
        if (c > ' ' && c < 0x7f && strchr("\"<>\\^`{|}", c) == NULL) {
            out[len++] = (char)c;
            continue;
        }
        out[len++] = '%';
        out[len++] = digits[c >> 4];
        out[len++] = digits[c & 15];
    }
    return out;
}

/* libcurl 7.88 resolves "#s" as a path of its own: RFC 3986 5.2.2 keeps all of the base but its fragment. */
static bool resolve_fragment(struct arena *arena, struct slice base, struct slice reference, struct slice *out) {
    struct slice whole = {0};
    if (!url_resolve(arena, base, SLICE(""), &whole)) return false;
    whole = slice_part(whole, 0, slice_find_byte(whole, '#', 0));
    char *ref = encoded(arena, reference);
    char *text = ref == NULL ? NULL : arena_printf(arena, "%.*s%s", SLICE_ARGS(whole), ref);
    if (text == NULL) return false;
    *out = slice_from(text);
    return out->len <= LIMIT_URL_BYTES;
}

bool url_resolve(struct arena *arena, struct slice base, struct slice reference, struct slice *out) {
    reference = slice_trim(reference);
    if (slice_starts(reference, SLICE("#")) && !slice_is_empty(base))
        return resolve_fragment(arena, base, reference, out);
    char *ref = encoded(arena, reference);
    char *ground = encoded(arena, slice_trim(base));
    if (ref == NULL || ground == NULL) return false;
    AUTO(free_handle)
    CURLU *handle = curl_url();
    if (handle == NULL) return false;
    if (ground[0] != '\0' && curl_url_set(handle, CURLUPART_URL, ground, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK &&
        slice_find_byte(reference, ':', 0) == SLICE_NOT_FOUND)
        return false;
    if (ref[0] != '\0' && curl_url_set(handle, CURLUPART_URL, ref, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) return false;
    char *text = NULL;
    if (curl_url_get(handle, CURLUPART_URL, &text, 0) != CURLUE_OK) return false;
    size_t len = strlen(text);
    bool done = len <= LIMIT_URL_BYTES && arena_copy(arena, slice_of(text, len), out);
    curl_free(text);
    return done;
}

bool url_is_web(struct slice text) {
    text = slice_trim(text);
    size_t start = slice_starts_nocase(text, SLICE("https://"))  ? 8
                   : slice_starts_nocase(text, SLICE("http://")) ? 7
                                                                 : 0;
    return start != 0 && text.len > start && is_clean(text) && strchr("/?#:@", text.at[start]) == NULL;
}

struct slice url_host(struct arena *arena, struct slice text) {
    struct url url;
    if (!url_parse(arena, text, &url)) return (struct slice){NULL, 0};
    return url.host;
}

bool url_host_within(struct slice host, struct slice domain) {
    if (domain.len == 0 || !slice_ends(host, domain)) return false;
    return host.len == domain.len || host.at[host.len - domain.len - 1] == '.';
}

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool url_decode(struct arena *arena, struct slice text, struct slice *out) {
    char *to = arena_alloc(arena, text.len + 1, 1);
    if (to == NULL) return false;
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        int high = text.len - i > 2 && text.at[i] == '%' ? hex(text.at[i + 1]) : -1;
        int low = high < 0 ? -1 : hex(text.at[i + 2]);
        if (low >= 0) {
            to[len++] = (char)(high * 16 + low);
            i += 2;
        } else to[len++] = text.at[i];
    }
    *out = slice_of(to, len);
    return true;
}
