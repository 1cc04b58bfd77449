#include "normal/canonical.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "normal/canon_rules.h"
#include "normal/spelling.h"

/* Wrappers in wrappers, and rules that lead to others: a form that has not settled after so many rounds is taken. */
#define ROUNDS_MOST 8

/* One address being made canonical. */
struct making {
    const struct canon_rules *rules;
    struct arena *arena;
    struct url url;
    struct slice chatbot;
    bool malformed; /* what failed was the address, not memory */
};

static bool in_list(const struct slice_list *list, struct slice word) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal_nocase(list->at[i], word)) return true;
    return false;
}

static struct slice without_www(struct slice host) {
    bool inner = slice_starts(host, SLICE("www.")) && slice_find_byte(host, '.', 4) != SLICE_NOT_FOUND;
    return inner ? slice_part(host, 4, host.len) : host;
}

/* "example.org": labels, a dot, and an end that begins with a letter. */
static bool is_site(struct slice value) {
    size_t dots = 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = (char)(value.at[i] | 0x20);
        dots += value.at[i] == '.';
        bool fits =
            (c >= 'a' && c <= 'z') || (value.at[i] >= '0' && value.at[i] <= '9') || strchr("-.", value.at[i]) != NULL;
        if (!fits) return false;
    }
    if (dots == 0 || value.at[0] == '.') return false;
    size_t last = value.len;
    while (value.at[last - 1] != '.') last--;
    return value.len - last >= 2 && (value.at[last] | 0x20) >= 'a';
}

static bool param_matches(const struct param_rule_list *list, struct slice host, struct slice name,
                          struct slice value) {
    for (size_t i = 0; i < list->count; i++) {
        const struct param_rule *rule = &list->at[i];
        if (!slice_is_absent(rule->host) && !pattern_host(rule->host, host)) continue;
        if (!pattern_glob(rule->name, name)) continue;
        if (slice_is_absent(rule->value)) return true;
        if (slice_equal(rule->value, SLICE("<site>")) ? is_site(value) : pattern_glob(rule->value, value)) return true;
    }
    return false;
}

static const struct page_rule *find_rule(const struct page_rule_list *list, const struct url *url,
                                         struct captures *captures) {
    struct slice host = without_www(url->host);
    for (size_t i = 0; i < list->count; i++)
        if (pattern_url(&list->at[i].pattern, host, url->path, url->query, captures)) return &list->at[i];
    return NULL;
}

/* Takes parameters off the query: all but `only` (NULL: those that the drop rules name). False: out of memory. */
static bool filter_query(struct making *making, const struct slice_list *only) {
    struct slice host = without_www(making->url.host), rest = making->url.query;
    if (slice_is_absent(rest)) return true;
    char *out = arena_alloc(making->arena, rest.len + 1, 1);
    size_t len = 0;
    if (out == NULL) return false;
    while (!slice_is_absent(rest)) {
        struct slice whole = slice_next(&rest, '&'), value = whole;
        struct slice name = slice_next(&value, '=');
        if (whole.len == 0) continue;
        bool dropped = only != NULL ? !in_list(only, name)
                                    : param_matches(&making->rules->drop, host, name, value) &&
                                          !param_matches(&making->rules->keep, host, name, value);
        if (slice_equal_nocase(name, SLICE("utm_source")) && in_list(&making->rules->chatbots, value))
            making->chatbot = value;
        if (dropped) continue;
        if (len > 0) out[len++] = '&';
        memcpy(out + len, whole.at, whole.len);
        len += whole.len;
    }
    making->url.query = len == 0 ? (struct slice){NULL, 0} : slice_of(out, len);
    return true;
}

/* Parameters of a path's last part: "/page;jsessionid=…". */
static void filter_path(struct making *making) {
    struct slice path = making->url.path;
    size_t at = slice_find_byte(path, ';', 0);
    if (at == SLICE_NOT_FOUND || slice_find_byte(path, '/', at) != SLICE_NOT_FOUND) return;
    struct slice value = slice_part(path, at + 1, path.len);
    struct slice name = slice_next(&value, '=');
    if (param_matches(&making->rules->drop, making->url.host, name, value)) making->url.path = slice_part(path, 0, at);
}

static bool parse(struct making *making, struct slice text) {
    struct slice absolute = {0};
    /* Only what holds blanks and the like must be mended first: most addresses do not. */
    bool parsed = url_parse(making->arena, text, &making->url) ||
                  (url_resolve(making->arena, (struct slice){NULL, 0}, text, &absolute) &&
                   url_parse(making->arena, absolute, &making->url));
    struct url *url = &making->url;
    making->malformed = !parsed || slice_is_empty(url->host);
    /* Rules see one spelling, whatever was written. */
    return !making->malformed && spelling_host(making->arena, &url->host) && spelling_path(making->arena, &url->path) &&
           spelling_query(making->arena, &url->query);
}

/* What stands in the path behind the parts of the pattern. */
static struct slice path_rest(const struct url_pattern *pattern, struct slice path) {
    size_t at = 0;
    for (size_t i = 1; i < pattern->count && at != SLICE_NOT_FOUND; i++) at = slice_find_byte(path, '/', at + 1);
    return at == SLICE_NOT_FOUND ? (struct slice){NULL, 0} : slice_part(path, at + 1, path.len);
}

/* The address that this one only wraps; absent when it wraps none. False: out of memory. */
static bool inner_address(struct making *making, struct slice *out) {
    const struct page_rule_list *list = &making->rules->unwraps;
    struct slice host = without_www(making->url.host);
    *out = (struct slice){NULL, 0};
    for (size_t i = 0; i < list->count; i++) {
        const struct page_rule *rule = &list->at[i];
        struct slice inner = {0}, decoded = {0};
        if (!pattern_url(&rule->pattern, host, making->url.path, (struct slice){NULL, 0}, NULL)) continue;
        bool in_path = slice_is_absent(rule->words);
        if (in_path) inner = path_rest(&rule->pattern, making->url.path);
        else inner = pattern_param(making->url.query, rule->words);
        if (slice_is_empty(inner)) continue;
        if (!url_decode(making->arena, inner, &decoded)) return false;
        if (in_path && !url_is_web(decoded)) {
            const char *whole = arena_printf(making->arena, "https://%.*s", SLICE_ARGS(inner));
            if (whole == NULL) return false;
            decoded = slice_from(whole);
        }
        if (!url_is_web(decoded)) continue;
        *out = decoded;
        return true;
    }
    return true;
}

/* Trackers, wrappers, user info, default port, fragment and spelling: what is left is the address to open. */
static bool clean(struct making *making, struct slice text) {
    if (!parse(making, text)) return false;
    for (int round = 0; round < ROUNDS_MOST; round++) {
        struct slice inner;
        if (!inner_address(making, &inner)) return false;
        struct url outer = making->url;
        if (slice_is_absent(inner)) break;
        if (!parse(making, inner)) making->url = outer;
    }
    struct url *url = &making->url;
    url->user = (struct slice){NULL, 0};
    if (url->port == (slice_equal(url->scheme, SLICE("https")) ? 443u : 80u)) url->port = 0;
    /* A fragment that begins so is a page of its own, made by a script. */
    if (url->fragment.len < 2 || strchr("!/", url->fragment.at[0]) == NULL) url->fragment = (struct slice){NULL, 0};
    if (!filter_query(making, NULL)) return false;
    filter_path(making);
    return true;
}

static size_t put(char *out, size_t at, struct slice text) {
    if (text.len > 0) memcpy(out + at, text.at, text.len);
    return at + text.len;
}

static bool compose(struct making *making, struct slice *out) {
    const struct url *url = &making->url;
    char scratch[16] = "";
    const struct slice parts[] = {url->scheme,  SLICE("://"),
                                  url->host,    slice_from(spelling_port(url->port, scratch)),
                                  url->path,    slice_is_absent(url->query) ? SLICE("") : SLICE("?"),
                                  url->query,   slice_is_absent(url->fragment) ? SLICE("") : SLICE("#"),
                                  url->fragment};
    size_t len = 0, at = 0;
    for (size_t i = 0; i < COUNT_OF(parts); i++) len += parts[i].len;
    char *text = arena_alloc(making->arena, len + 1, 1);
    if (text == NULL) return false;
    for (size_t i = 0; i < COUNT_OF(parts); i++) at = put(text, at, parts[i]);
    text[at] = '\0';
    *out = slice_of(text, at);
    return true;
}

/* ---- the key ---- */

/* Whether a site's name is left when the prefix is gone, and not just "co.uk". */
static bool is_site_left(struct slice host) {
    static const char *const second_levels[] = {"co", "com", "org", "ac", "gov", "net", "edu", "sch", "nhs"};
    struct slice rest = host;
    struct slice first = slice_next(&rest, '.');
    if (slice_is_absent(rest)) return false;
    for (size_t i = 0; i < COUNT_OF(second_levels); i++)
        if (slice_equal(first, slice_from(second_levels[i])) && slice_find_byte(rest, '.', 0) == SLICE_NOT_FOUND)
            return false;
    return true;
}

/* `from` and `to` may each hold one '*' for the same part of the name. */
static bool rename_host(struct making *making, const struct same_rule *rule) {
    struct slice host = making->url.host;
    size_t star = slice_find_byte(rule->to, '*', 0);
    if (star == SLICE_NOT_FOUND) {
        making->url.host = rule->to;
        return true;
    }
    struct slice label = slice_part(host, 0, slice_find_byte(host, '.', 0));
    const char *text = arena_printf(making->arena, "%.*s%.*s%.*s", (int)star, rule->to.at, SLICE_ARGS(label),
                                    SLICE_ARGS(slice_part(rule->to, star + 1, rule->to.len)));
    if (text != NULL) making->url.host = slice_from(text);
    return text != NULL;
}

static bool fold_host(struct making *making) {
    struct url *url = &making->url;
    url->host = without_www(url->host);
    bool deep = url->path.len > 1 || !slice_is_absent(url->query);
    for (size_t i = 0; i < making->rules->mobiles.count; i++) {
        struct slice prefix = making->rules->mobiles.at[i];
        struct slice rest = slice_part(url->host, prefix.len, url->host.len);
        if (deep && slice_starts(url->host, prefix) && is_site_left(rest)) url->host = rest;
    }
    for (size_t i = 0; i < making->rules->sames.count; i++) {
        const struct same_rule *rule = &making->rules->sames.at[i];
        bool whole = slice_find_byte(rule->from, '*', 0) == SLICE_NOT_FOUND;
        if (whole ? slice_equal(rule->from, url->host) : pattern_glob(rule->from, url->host))
            return rename_host(making, rule);
    }
    return true;
}

/* The rule's address, with what its braces name filled in. */
static bool fill(struct making *making, struct slice words, const struct captures *captures, struct slice *out) {
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_URL_BYTES);
    buf_add_text(&text, "https://");
    if (slice_starts(words, SLICE("*/"))) {
        buf_add(&text, making->url.host);
        words = slice_part(words, 1, words.len);
    }
    while (words.len > 0) {
        size_t open = slice_find_byte(words, '{', 0), close = slice_find_byte(words, '}', 0);
        bool braces = open != SLICE_NOT_FOUND && close != SLICE_NOT_FOUND && close > open;
        buf_add(&text, slice_part(words, 0, braces ? open : words.len));
        if (!braces) break;
        for (size_t i = 0; i < captures->count; i++)
            if (slice_equal(captures->name[i], slice_part(words, open + 1, close))) buf_add(&text, captures->value[i]);
        words = slice_part(words, close + 1, words.len);
    }
    return !text.failed && arena_copy(making->arena, buf_slice(&text), out);
}

/* Last parts of the path that add nothing: "index.html", "amp" behind a page's own name, the slash. */
static void fold_ending(struct making *making) {
    struct slice path = making->url.path;
    for (int round = 0; round < 3; round++) {
        while (path.len > 1 && path.at[path.len - 1] == '/') path.len--;
        size_t from = path.len;
        while (from > 0 && path.at[from - 1] != '/') from--;
        struct slice last = slice_part(path, from, path.len);
        size_t before = from > 1 ? from - 1 : 0;
        while (before > 0 && path.at[before - 1] != '/') before--;
        struct slice parent = slice_part(path, before, from > 0 ? from - 1 : 0);
        /* "/guitars/amp" is a page, "/2026/a-long-title/amp" is the quick version of one. */
        bool title = slice_find_byte(parent, '-', 0) != SLICE_NOT_FOUND || slice_ends(parent, SLICE(".html"));
        bool amp = in_list(&making->rules->amp_endings, last) && title;
        if (!amp && !in_list(&making->rules->indexes, last)) break;
        path = slice_part(path, 0, from);
    }
    making->url.path = path;
}

static bool fold_page(struct making *making) {
    struct captures captures = {0};
    const struct page_rule *rule = find_rule(&making->rules->pages, &making->url, &captures);
    struct slice text;
    if (rule == NULL) return true;
    return fill(making, rule->words, &captures, &text) && parse(making, text);
}

static bool fold(struct making *making) {
    struct url *url = &making->url;
    if (url->port == 0) url->scheme = SLICE("https");
    if (!fold_host(making) || !fold_page(making)) return false;
    if (!spelling_blanks(making->arena, &url->query)) return false;
    const struct page_rule *only = find_rule(&making->rules->only, url, NULL);
    if (only != NULL && !filter_query(making, &only->names)) return false;
    for (size_t i = 0; i < making->rules->lower_paths.count; i++)
        if (pattern_host(making->rules->lower_paths.at[i], url->host) && !spelling_lower(making->arena, &url->path))
            return false;
    fold_ending(making);
    return true;
}

/* The key of the cleaned address in `making`, written as `text`. Rules may lead to others: the key is what no longer
 * changes, and so is its own key. */
static bool make_key(struct making *making, struct slice text, struct slice *out) {
    for (int round = 0; round < ROUNDS_MOST; round++) {
        struct slice next;
        if (!fold(making) || !compose(making, &next)) return false;
        if (slice_equal(next, text)) break;
        text = next;
        if (!clean(making, text)) return false;
    }
    *out = text;
    return true;
}

static bool other_scheme(struct slice text) {
    size_t colon = slice_find_byte(text, ':', 0);
    if (colon == SLICE_NOT_FOUND || colon == 0) return false;
    for (size_t i = 0; i < colon; i++) {
        char c = (char)(text.at[i] | 0x20);
        if (!(c >= 'a' && c <= 'z') && !(i > 0 && strchr("0123456789+-.", text.at[i]) != NULL)) return false;
    }
    struct slice scheme = slice_part(text, 0, colon);
    return !slice_equal_nocase(scheme, SLICE("http")) && !slice_equal_nocase(scheme, SLICE("https"));
}

static bool is_media(const struct canon_rules *rules, const struct url *url) {
    static const char *const endings[] = {".jpg", ".jpeg", ".png", ".gif",  ".webp", ".avif", ".svg", ".bmp",
                                          ".mp4", ".m4v",  ".mov", ".webm", ".mp3",  ".m4a",  ".ogg", ".wav"};
    for (size_t i = 0; i < rules->media.count; i++)
        if (pattern_host(rules->media.at[i], url->host)) return true;
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (slice_ends_nocase(url->path, slice_from(endings[i]))) return true;
    return false;
}

/* Of the address whose key was just made. */
static enum link_role role_of(const struct making *making) {
    if (find_rule(&making->rules->statuses, &making->url, NULL) != NULL) return LINK_STATUS;
    return is_media(making->rules, &making->url) ? LINK_MEDIA : LINK_PAGE;
}

bool canonical_url(const struct canon_rules *rules, struct slice url, struct arena *arena, struct canonical *out,
                   struct fault *fault) {
    struct making making = {.rules = rules, .arena = arena};
    struct canonical made = {0};
    url = slice_trim(url);
    if (url.len > LIMIT_URL_BYTES) return fault_set(fault, FAULT_INPUT, "the address is too long");
    if (other_scheme(url)) {
        if (!arena_copy(arena, url, &made.url)) return fault_memory(fault);
        made.key = made.url;
        made.role = LINK_OTHER;
        *out = made;
        return true;
    }
    if (!clean(&making, url) || !compose(&making, &made.url))
        return making.malformed
                   ? fault_set(fault, FAULT_INPUT, "'%.*s' is no web address", SLICE_ARGS(utf8_cut(url, 200)))
                   : fault_memory(fault);
    made.chatbot = making.chatbot;
    made.shortener = find_rule(&rules->shorteners, &making.url, NULL) != NULL;
    if (!make_key(&making, made.url, &made.key)) return fault_memory(fault);
    made.role = role_of(&making);
    *out = made;
    return true;
}

enum link_role link_role(const struct canon_rules *rules, struct slice url, struct arena *arena) {
    struct making making = {.rules = rules, .arena = arena};
    struct slice key;
    url = slice_trim(url);
    if (!url_is_web(url) || !clean(&making, url) || !make_key(&making, url, &key)) return LINK_OTHER;
    return role_of(&making);
}
