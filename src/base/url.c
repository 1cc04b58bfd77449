#include "base/url.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/run.h"
#include "base/url_host.h"

/* An absolute URL in its pieces, as written but for its host and the dots of its path. */
struct pieces {
    struct slice scheme, user, password, host, port, path, query, fragment;
};

/* Control bytes and blanks have no place in a URL. A backslash is a slash to some and a letter to others. */
static bool is_clean(struct slice text) {
    size_t i = 0;
    for (; text.len - i >= RUN_BLOCK_BYTES; i += RUN_BLOCK_BYTES) {
        run_block block = run_load(text.at + i);
        if (run_any(run_is_below(block, '!') | run_is(block, 0x7f) | run_is(block, '\\'))) return false;
    }
    for (; i < text.len; i++)
        if ((unsigned char)text.at[i] <= ' ' || text.at[i] == 0x7f || text.at[i] == '\\') return false;
    return text.len > 0 && text.len <= LIMIT_URL_BYTES;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of the scheme that `text` begins with, its colon not counted; 0 = it has none. */
static size_t scheme_length(struct slice text) {
    size_t len = 0;
    while (len < text.len && (is_letter(text.at[len]) || (len > 0 && ((text.at[len] >= '0' && text.at[len] <= '9') ||
                                                                      strchr("+-.", text.at[len]) != NULL))))
        len++;
    return len < text.len && text.at[len] == ':' ? len : 0;
}

/* Cuts off what follows the first `mark`; absent where nothing does. */
static struct slice cut_after(struct slice *text, char mark) {
    size_t at = slice_find_byte(*text, mark, 0);
    if (at == SLICE_NOT_FOUND) return (struct slice){NULL, 0};
    struct slice after = slice_part(*text, at + 1, text->len);
    *text = slice_part(*text, 0, at);
    return after.len > 0 ? after : (struct slice){NULL, 0};
}

static struct slice lower_copy(struct arena *arena, struct slice s) {
    char *at = arena_text(arena, s);
    if (at == NULL) return (struct slice){NULL, 0};
    for (size_t i = 0; i < s.len; i++)
        if (at[i] >= 'A' && at[i] <= 'Z') at[i] = (char)(at[i] + 32);
    return slice_of(at, s.len);
}

static bool is_port(struct slice port) {
    for (size_t i = 0; i < port.len; i++)
        if (port.at[i] < '0' || port.at[i] > '9') return false;
    long long number = 0;
    return slice_is_empty(port) || (slice_to_int64(port, &number) && number < 65536);
}

/* user:password@host:port. A second '@' or ':' outside brackets is part of a host then, and no host has one. */
static bool read_authority(struct arena *arena, struct slice authority, struct pieces *out) {
    size_t at_sign = slice_find_byte(authority, '@', 0);
    if (at_sign != SLICE_NOT_FOUND) {
        out->user = slice_part(authority, 0, at_sign);
        out->password = cut_after(&out->user, ':');
        authority = slice_part(authority, at_sign + 1, authority.len);
    }
    size_t bracket = slice_find_byte(authority, ']', 0);
    size_t colon = slice_find_byte(authority, ':', bracket == SLICE_NOT_FOUND ? 0 : bracket);
    if (colon != SLICE_NOT_FOUND) {
        out->port = slice_part(authority, colon + 1, authority.len);
        while (out->port.len > 1 && out->port.at[0] == '0') out->port = slice_part(out->port, 1, out->port.len);
        authority = slice_part(authority, 0, colon);
    }
    return is_port(out->port) && url_host_read(arena, authority, &out->host);
}

/* RFC 3986, 5.2.4: "." and ".." name no segments. `path` begins with '/'. */
static bool without_dots(struct arena *arena, struct slice path, struct slice *out) {
    *out = path;
    if (slice_find(path, SLICE("/."), 0) == SLICE_NOT_FOUND) return true;
    char *to = arena_alloc(arena, path.len + 1, 1);
    if (to == NULL) return false;
    size_t len = 0;
    for (size_t at = 0, end = 0; at < path.len; at = end) {
        end = slice_find_byte(path, '/', at + 1);
        if (end == SLICE_NOT_FOUND) end = path.len;
        struct slice segment = slice_part(path, at + 1, end);
        bool up = slice_equal(segment, SLICE("..")), dots = up || slice_equal(segment, SLICE("."));
        if (up)
            while (len > 0 && to[--len] != '/') {}
        if (!dots) memcpy(to + len, path.at + at, end - at);
        if (!dots) len += end - at;
        else if (end == path.len) to[len++] = '/';
    }
    *out = slice_of(to, len);
    return true;
}

/* Browsers forgive one slash or three after the scheme, and so do pages that are written for them. A file has no host
 * behind its slashes. */
static bool read_pieces(struct arena *arena, struct slice text, struct pieces *out) {
    size_t scheme = scheme_length(text), slashes = 0;
    if (scheme == 0 || !is_clean(text)) return false;
    *out = (struct pieces){.scheme = lower_copy(arena, slice_part(text, 0, scheme)), .host = SLICE("")};
    struct slice rest = slice_part(text, scheme + 1, text.len);
    while (slashes < rest.len && rest.at[slashes] == '/') slashes++;
    bool file = slice_equal(out->scheme, SLICE("file"));
    if (out->scheme.at == NULL || slashes < 1 || slashes > 3 || (file && slashes == 2)) return false;
    rest = slice_part(rest, file ? slashes - 1 : slashes, rest.len);
    out->fragment = cut_after(&rest, '#');
    out->query = cut_after(&rest, '?');
    size_t path = slice_find_byte(rest, '/', 0);
    out->path = path == SLICE_NOT_FOUND ? SLICE("/") : slice_part(rest, path, rest.len);
    return (file || read_authority(arena, slice_part(rest, 0, path), out)) &&
           without_dots(arena, out->path, &out->path);
}

/* What is kept stands on its own: nothing of it points into `text`. */
static bool keep(struct arena *arena, struct slice part, struct slice *out) {
    if (slice_is_absent(part)) return true;
    return arena_copy(arena, part, out);
}

bool url_parse(struct arena *arena, struct slice text, struct url *out) {
    struct pieces pieces;
    struct url url = {0};
    long long port = 0;
    if (!read_pieces(arena, slice_trim(text), &pieces)) return false;
    url.scheme = pieces.scheme;
    url.host = lower_copy(arena, pieces.host);
    if (url.host.at == NULL || !keep(arena, pieces.user, &url.user) || !keep(arena, pieces.path, &url.path) ||
        !keep(arena, pieces.query, &url.query) || !keep(arena, pieces.fragment, &url.fragment))
        return false;
    if (slice_to_int64(pieces.port, &port)) url.port = (unsigned)port;
    *out = url;
    return true;
}

/* Percent-encodes what may not stand raw in a URL (blanks inside, non-ASCII, quotes and brackets of markup). */
static bool encode(struct arena *arena, struct slice text, struct slice *to) {
    static const char digits[] = "0123456789ABCDEF";
    if (text.len > LIMIT_URL_BYTES) return false;
    char *out = arena_alloc(arena, text.len * 3 + 1, 1);
    if (out == NULL) return false;
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
    *to = slice_of(out, len);
    return true;
}

/* RFC 3986, 5.2.2, of a reference without scheme and authority: what it says stands in the place of the base's. */
static bool merge(struct arena *arena, struct slice reference, struct pieces *whole) {
    whole->fragment = cut_after(&reference, '#');
    bool asks = slice_find_byte(reference, '?', 0) != SLICE_NOT_FOUND;
    struct slice query = cut_after(&reference, '?');
    if (asks || reference.len > 0) whole->query = query;
    if (reference.len == 0) return true;
    struct slice folder = whole->path;
    while (folder.len > 0 && (folder.at[folder.len - 1] != '/' || reference.at[0] == '/')) folder.len--;
    char *path = arena_printf(arena, "%.*s%.*s", SLICE_ARGS(folder), SLICE_ARGS(reference));
    return path != NULL && without_dots(arena, slice_from(path), &whole->path);
}

static void add_part(struct buf *out, const char *mark, struct slice part) {
    if (slice_is_absent(part)) return;
    buf_add_text(out, mark);
    buf_add(out, part);
}

/* RFC 3986, 5.3. */
static bool write_pieces(struct arena *arena, const struct pieces *pieces, struct slice *out) {
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_URL_BYTES);
    add_part(&text, "", pieces->scheme);
    add_part(&text, "://", pieces->user);
    add_part(&text, ":", pieces->password);
    add_part(&text, slice_is_absent(pieces->user) ? "://" : "@", pieces->host);
    if (pieces->port.len > 0) add_part(&text, ":", pieces->port);
    add_part(&text, "", pieces->path);
    add_part(&text, "?", pieces->query);
    add_part(&text, "#", pieces->fragment);
    return !buf_failed(&text) && arena_copy(arena, buf_slice(&text), out);
}

bool url_resolve(struct arena *arena, struct slice base, struct slice reference, struct slice *out) {
    struct slice ref, ground;
    struct pieces whole;
    if (!encode(arena, slice_trim(reference), &ref)) return false;
    if (scheme_length(ref) > 0) return read_pieces(arena, ref, &whole) && write_pieces(arena, &whole, out);
    if (!encode(arena, slice_trim(base), &ground) || !read_pieces(arena, ground, &whole)) return false;
    if (!slice_starts(ref, SLICE("//"))) return merge(arena, ref, &whole) && write_pieces(arena, &whole, out);
    char *text = arena_printf(arena, "%.*s:%.*s", SLICE_ARGS(whole.scheme), SLICE_ARGS(ref));
    return text != NULL && read_pieces(arena, slice_from(text), &whole) && write_pieces(arena, &whole, out);
}

bool url_is_web(struct slice text) {
    text = slice_trim(text);
    size_t start = slice_starts_nocase(text, SLICE("https://"))  ? 8
                   : slice_starts_nocase(text, SLICE("http://")) ? 7
                                                                 : 0;
    return start != 0 && text.len > start && is_clean(text) && strchr("/?#:@", text.at[start]) == NULL;
}

/* The host of an address that is written as most are: a scheme of the web, a name in small letters, and a path or
 * nothing. Absent where it is not; a number needs the long way, which knows its forms. */
static struct slice plain_host(struct slice text) {
    size_t start = slice_starts(text, SLICE("https://")) ? 8 : slice_starts(text, SLICE("http://")) ? 7 : 0, at = start;
    if (start == 0 || start >= text.len || text.at[start] < 'a' || text.at[start] > 'z') return (struct slice){NULL, 0};
    while (at < text.len && ((text.at[at] >= 'a' && text.at[at] <= 'z') || (text.at[at] >= '0' && text.at[at] <= '9') ||
                             text.at[at] == '.' || text.at[at] == '-'))
        at++;
    bool ends = at == text.len || text.at[at] == '/';
    return ends && at - start <= URL_HOST_BYTES && is_clean(text) ? slice_part(text, start, at)
                                                                  : (struct slice){NULL, 0};
}

struct slice url_host(struct arena *arena, struct slice text) {
    struct url url;
    struct slice host = plain_host(slice_trim(text));
    if (!slice_is_absent(host)) return arena_copy(arena, host, &host) ? host : (struct slice){NULL, 0};
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
