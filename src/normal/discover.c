#include "normal/discover.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/url.h"
#include "normal/canon_rules.h"
#include "normal/discover_add.h"

#define NAME_BYTES 40u

/* ---- proposals ---- */

static bool same_options(const struct proposal *a, const struct proposal *b) {
    if (!slice_equal(a->kind, b->kind) || a->option_count != b->option_count) return false;
    for (size_t i = 0; i < a->option_count; i++)
        if (!slice_equal(a->options[i].name, b->options[i].name) ||
            !slice_equal_nocase(a->options[i].value, b->options[i].value))
            return false;
    return true;
}

/* "x-ann", "school-example-blog": a-z 0-9 -, neither long nor empty. */
static bool make_name(struct arena *arena, const struct proposal *proposal, struct slice *out) {
    struct slice text = proposal->option_count > 0 ? proposal->options[0].value : proposal->url;
    AUTO(buf_free)
    struct buf name = buf_new(NAME_BYTES);
    size_t scheme = slice_find(text, SLICE("://"), 0);
    if (scheme != SLICE_NOT_FOUND) text = slice_part(text, scheme + 3, text.len);
    if (slice_starts(text, SLICE("www."))) text = slice_part(text, 4, text.len);
    if (!slice_equal(proposal->kind, SLICE("feed"))) {
        buf_add(&name, proposal->kind);
        buf_add_char(&name, '-');
    }
    for (size_t i = 0; i < text.len && name.len < NAME_BYTES - 1; i++) {
        char c = text.at[i] >= 'A' && text.at[i] <= 'Z' ? (char)(text.at[i] + 32) : text.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) buf_add_char(&name, c);
        else if (name.len > 0 && name.at[name.len - 1] != '-') buf_add_char(&name, '-');
    }
    while (name.len > 0 && name.at[name.len - 1] == '-') buf_cut(&name, name.len - 1);
    return !name.failed && arena_copy(arena, name.len == 0 ? SLICE("source") : buf_slice(&name), out);
}

bool discover_add(struct arena *arena, struct proposal_list *list, const struct proposal *proposal) {
    if (list->count >= PROPOSALS_MOST) return true;
    for (size_t i = 0; i < list->count; i++)
        if (same_options(&list->at[i], proposal)) return true;
    struct proposal *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    struct proposal *kept = &more[list->count];
    *kept = *proposal;
    if (!arena_copy(arena, proposal->url, &kept->url) || !arena_copy(arena, proposal->title, &kept->title))
        return false;
    for (size_t i = 0; i < kept->option_count; i++)
        if (!arena_copy(arena, proposal->options[i].value, &kept->options[i].value)) return false;
    if (!make_name(arena, kept, &kept->name)) return false;
    list->count++;
    return true;
}

bool discover_add_feed(struct arena *arena, struct proposal_list *list, struct slice url, struct slice title,
                       enum discover_trust trust) {
    struct proposal proposal = {.kind = SLICE("feed"),
                                .options = {{SLICE("url"), url}},
                                .option_count = 1,
                                .url = url,
                                .title = title,
                                .trust = trust};
    return discover_add(arena, list, &proposal);
}

bool discover_looks_like_feed(struct slice url) {
    static const char *const endings[] = {".rss",  ".atom",     ".rdf",
                                          ".xml",  "/feed",     "/rss",
                                          "/atom", "feed.json", "/feeds/posts/default"};
    struct slice path = slice_part(url, 0, slice_find_byte(url, '?', 0));
    while (path.len > 0 && path.at[path.len - 1] == '/') path.len--;
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (slice_ends_nocase(path, slice_from(endings[i]))) return true;
    return slice_find_nocase(url, SLICE("feed=rss"), 0) != SLICE_NOT_FOUND ||
           slice_find_nocase(url, SLICE("feeds/videos.xml"), 0) != SLICE_NOT_FOUND;
}

/* ---- addresses that say it all ---- */

/* {part} in an option or address is what the pattern kept; {host} is the host as typed. */
struct known_place {
    const char *pattern, *kind;
    struct {
        const char *name, *value;
    } options[2];
    enum discover_trust trust;
    bool look; /* the page may say more */
};

static const struct known_place places[] = {
    {"x.com/i/lists/{list:digits}", "x", {{"list", "{list}"}}, DISCOVER_SURE, false},
    {"x.com/search?q={words}", "x", {{"search", "{words}"}}, DISCOVER_SURE, false},
    {"x.com/{user}/status/**", "x", {{"user", "{user}"}}, DISCOVER_SURE, false},
    {"x.com/{user}", "x", {{"user", "{user}"}}, DISCOVER_SURE, false},
    {"x.com/{user}/{part}", "x", {{"user", "{user}"}}, DISCOVER_SURE, false},
    {"bsky.app/profile/{account}/feed/{key}",
     "bluesky",
     {{"feed", "at://{account}/app.bsky.feed.generator/{key}"}},
     DISCOVER_SURE,
     false},
    {"bsky.app/profile/{account}/lists/{key}",
     "bluesky",
     {{"list", "at://{account}/app.bsky.graph.list/{key}"}},
     DISCOVER_SURE,
     false},
    {"bsky.app/profile/{account}/**", "bluesky", {{"account", "{account}"}}, DISCOVER_SURE, false},
    {"youtube.com/channel/{id}/**",
     "feed",
     {{"url", "https://www.youtube.com/feeds/videos.xml?channel_id={id}"}},
     DISCOVER_SURE,
     false},
    {"youtube.com/playlist?list={id}",
     "feed",
     {{"url", "https://www.youtube.com/feeds/videos.xml?playlist_id={id}"}},
     DISCOVER_SURE,
     false},
    {"youtube.com/user/{id}/**",
     "feed",
     {{"url", "https://www.youtube.com/feeds/videos.xml?user={id}"}},
     DISCOVER_GUESSED,
     true},
    {"reddit.com/r/{name}/**", "feed", {{"url", "https://www.reddit.com/r/{name}/.rss"}}, DISCOVER_SURE, false},
    {"reddit.com/user/{name}/**", "feed", {{"url", "https://www.reddit.com/user/{name}/.rss"}}, DISCOVER_SURE, false},
    {"medium.com/@{user}/**", "feed", {{"url", "https://medium.com/feed/@{user}"}}, DISCOVER_SURE, false},
    {"medium.com/{name}/**", "feed", {{"url", "https://medium.com/feed/{name}"}}, DISCOVER_SURE, false},
    {"substack.com/@{user}/**", "feed", {{"url", "https://{user}.substack.com/feed"}}, DISCOVER_GUESSED, true},
    {"*.substack.com/**", "feed", {{"url", "https://{host}/feed"}}, DISCOVER_SURE, true},
    {"*.medium.com/**", "feed", {{"url", "https://{host}/feed"}}, DISCOVER_SURE, true},
    {"*.wordpress.com/**", "feed", {{"url", "https://{host}/feed/"}}, DISCOVER_SURE, true},
    {"*.blogspot.com/**", "feed", {{"url", "https://{host}/feeds/posts/default"}}, DISCOVER_SURE, true},
    {"*.blogspot.co.uk/**", "feed", {{"url", "https://{host}/feeds/posts/default"}}, DISCOVER_SURE, true},
    {"*.tumblr.com/**", "feed", {{"url", "https://{host}/rss"}}, DISCOVER_SURE, true},
    {"github.com/{owner}/{name}/releases",
     "feed",
     {{"url", "https://github.com/{owner}/{name}/releases.atom"}},
     DISCOVER_SURE,
     false},
    {"youtube.com/@{name}/**", NULL, {{NULL, NULL}}, DISCOVER_GUESSED, true},
    {"tiktok.com/@{name}/**", NULL, {{NULL, NULL}}, DISCOVER_GUESSED, true},
    {"threads.net/@{name}/**", NULL, {{NULL, NULL}}, DISCOVER_GUESSED, true},
    {"threads.com/@{name}/**", NULL, {{NULL, NULL}}, DISCOVER_GUESSED, true},
    {"*/@{user}/**", "mastodon", {{"account", "@{user}@{host}"}}, DISCOVER_LINKED, true},
    {"*/users/{user}/**", "mastodon", {{"account", "@{user}@{host}"}}, DISCOVER_GUESSED, true},
    {"*/tags/{tag}", "mastodon", {{"hashtag", "{tag}"}, {"server", "https://{host}"}}, DISCOVER_GUESSED, true},
};

/* Pages of X itself, not of a person. */
static bool is_x_page(struct slice user) {
    static const char *const pages[] = {"home",  "explore",  "search",        "i",        "hashtag", "intent",  "share",
                                        "login", "settings", "notifications", "messages", "tos",     "privacy", "about",
                                        "jobs",  "compose",  "signup",        "download"};
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        if (slice_equal_nocase(user, slice_from(pages[i]))) return true;
    return false;
}

static struct slice fill(struct arena *arena, const char *text, const struct captures *captures, struct slice host) {
    AUTO(buf_free)
    struct buf out = buf_new(LIMIT_URL_BYTES);
    struct slice rest = slice_from(text), made = {0};
    while (rest.len > 0) {
        size_t open = slice_find_byte(rest, '{', 0), close = slice_find_byte(rest, '}', 0);
        buf_add(&out, slice_part(rest, 0, open));
        if (open == SLICE_NOT_FOUND || close == SLICE_NOT_FOUND) break;
        struct slice name = slice_part(rest, open + 1, close);
        if (slice_equal(name, SLICE("host"))) buf_add(&out, host);
        for (size_t i = 0; i < captures->count; i++)
            if (slice_equal(captures->name[i], name)) buf_add(&out, captures->value[i]);
        rest = slice_part(rest, close + 1, rest.len);
    }
    if (out.failed || !arena_copy(arena, buf_slice(&out), &made)) return (struct slice){NULL, 0};
    return made;
}

static struct slice place_host(struct slice host) {
    static const char *const x_hosts[] = {"twitter.com", "nitter.net", "xcancel.com", "fxtwitter.com", "vxtwitter.com"};
    static const char *const prefixes[] = {"www.", "m.", "mobile.", "old."};
    for (size_t i = 0; i < COUNT_OF(prefixes); i++) {
        struct slice rest = slice_part(host, strlen(prefixes[i]), host.len);
        if (slice_starts(host, slice_from(prefixes[i])) && slice_find_byte(rest, '.', 0) != SLICE_NOT_FOUND)
            host = rest;
    }
    for (size_t i = 0; i < COUNT_OF(x_hosts); i++)
        if (slice_equal(host, slice_from(x_hosts[i]))) return SLICE("x.com");
    return host;
}

static bool matches(const struct known_place *place, struct slice host, const struct url *url, struct captures *found) {
    struct url_pattern pattern;
    if (pattern_read(slice_from(place->pattern), &pattern) != NULL) return false;
    /* "*.substack.com" is a publication, "substack.com" is not. */
    bool deeper = !slice_starts(pattern.host, SLICE("*.")) || host.len > pattern.host.len - 2;
    bool exact = slice_find_byte(pattern.host, '*', 0) != SLICE_NOT_FOUND || slice_equal(pattern.host, host);
    if (!deeper || !exact || !pattern_url(&pattern, host, url->path, url->query, found)) return false;
    bool x = slice_equal(pattern.host, SLICE("x.com")) && slice_equal(found->name[0], SLICE("user"));
    return !x || !is_x_page(found->value[0]);
}

/* "@ann@far.example@near.example": seen at another server, which adds its own name. */
static struct slice own_handle(struct slice value) {
    size_t second = slice_find_byte(value, '@', 1);
    size_t third = second == SLICE_NOT_FOUND ? second : slice_find_byte(value, '@', second + 1);
    return slice_starts(value, SLICE("@")) ? slice_part(value, 0, third) : value;
}

static bool add_place(struct arena *arena, const struct known_place *place, struct slice typed, struct slice host,
                      const struct captures *found, struct proposal_list *out) {
    struct proposal proposal = {.kind = slice_from(place->kind), .url = typed, .trust = place->trust};
    if (place->kind == NULL) return true;
    for (size_t i = 0; i < COUNT_OF(place->options) && place->options[i].name != NULL; i++) {
        struct slice value = fill(arena, place->options[i].value, found, host);
        if (slice_is_absent(value)) return false;
        if (!url_is_web(value) && !url_decode(arena, value, &value)) return false;
        proposal.options[proposal.option_count++] =
            (struct proposal_option){slice_from(place->options[i].name), own_handle(value)};
    }
    if (slice_equal(proposal.kind, SLICE("feed"))) proposal.url = proposal.options[0].value;
    return discover_add(arena, out, &proposal);
}

/* ---- what a person typed ---- */

static bool is_handle(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (strchr("/:?# \t", text.at[i]) != NULL) return false;
    return text.len > 0;
}

/* "@ann@school.example" and "ann@school.example"; *out is untouched when it is none. */
static bool split_handle(struct slice typed, struct slice *user, struct slice *host) {
    if (slice_starts(typed, SLICE("@"))) typed = slice_part(typed, 1, typed.len);
    size_t at = slice_find_byte(typed, '@', 0);
    if (!is_handle(typed) || at == SLICE_NOT_FOUND || at == 0) return false;
    struct slice rest = slice_part(typed, at + 1, typed.len);
    if (slice_find_byte(rest, '.', 0) == SLICE_NOT_FOUND || slice_find_byte(rest, '@', 0) != SLICE_NOT_FOUND)
        return false;
    *user = slice_part(typed, 0, at);
    *host = rest;
    return true;
}

static bool add_handle(struct arena *arena, struct slice user, struct slice host, struct proposal_list *out) {
    char *account = arena_printf(arena, "@%.*s@%.*s", SLICE_ARGS(user), SLICE_ARGS(host));
    char *page = arena_printf(arena, "https://%.*s/@%.*s", SLICE_ARGS(host), SLICE_ARGS(user));
    if (account == NULL || page == NULL) return false;
    struct proposal proposal = {.kind = SLICE("mastodon"),
                                .options = {{SLICE("account"), slice_from(account)}},
                                .option_count = 1,
                                .url = slice_from(page),
                                .trust = DISCOVER_SURE};
    return discover_add(arena, out, &proposal);
}

/* With a scheme, as people leave it out. Absent when that makes no address. */
static struct slice complete(struct arena *arena, struct slice typed, struct url *url) {
    static const char *const schemes[] = {"feed://", "feed:", "rss://"};
    for (size_t i = 0; i < COUNT_OF(schemes); i++)
        if (slice_starts_nocase(typed, slice_from(schemes[i])))
            typed = slice_part(typed, strlen(schemes[i]), typed.len);
    const char *whole = slice_find(typed, SLICE("://"), 0) == SLICE_NOT_FOUND
                            ? arena_printf(arena, "https://%.*s", SLICE_ARGS(typed))
                            : arena_text(arena, typed);
    struct slice address = {0};
    if (whole == NULL || !url_resolve(arena, address, slice_from(whole), &address)) return (struct slice){NULL, 0};
    bool holds = url_is_web(address) && url_parse(arena, address, url) &&
                 (slice_find_byte(url->host, '.', 0) != SLICE_NOT_FOUND || slice_equal(url->host, SLICE("localhost")) ||
                  url->host.at[0] == '[');
    return holds ? address : (struct slice){NULL, 0};
}

static bool discover_places(struct slice address, const struct url *url, struct arena *arena, struct proposal_list *out,
                            bool *look) {
    struct slice host = place_host(url->host);
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct captures found = {0};
        if (!matches(&places[i], host, url, &found)) continue;
        *look = places[i].look;
        return add_place(arena, &places[i], address, host, &found, out);
    }
    return true;
}

bool discover_address(struct slice typed, struct arena *arena, struct proposal_list *out, struct slice *page,
                      struct fault *fault) {
    struct proposal_list made = {0};
    struct slice user, host, absent = {NULL, 0};
    struct url url = {0};
    bool look = true, done = true;
    typed = slice_trim(typed);
    if (split_handle(typed, &user, &host)) {
        if (!add_handle(arena, user, host, &made)) return fault_memory(fault);
        *out = made;
        *page = absent;
        return true;
    }
    struct slice address = complete(arena, typed, &url);
    if (slice_is_absent(address))
        return fault_set(fault, FAULT_INPUT,
                         "'%.*s' is no address: type one such as https://school.example/blog or @name@server",
                         SLICE_ARGS(slice_part(typed, 0, 100)));
    if (discover_looks_like_feed(address)) done = discover_add_feed(arena, &made, address, absent, DISCOVER_LINKED);
    else done = discover_places(address, &url, arena, &made, &look);
    if (!done) return fault_memory(fault);
    *out = made;
    *page = look ? address : absent;
    return true;
}
