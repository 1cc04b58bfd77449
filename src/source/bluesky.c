/* bluesky: posts of an account, a list, a custom feed or a search, by XRPC. Formats: the app.bsky.feed.* and
 * app.bsky.richtext.facet lexicons (github bluesky-social/atproto, lexicons/app/bsky). */
#include "source/answer.h"
#include "source/kind.h"

#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "base/when.h"

struct bluesky_values {
    struct slice account, list, feed, search, server, login;
    bool replies;
};

#define AT(field) offsetof(struct bluesky_values, field)
static const struct option options[] = {
    {"account", OPTION_WORD, AT(account), 0, 0, NULL, NULL, "posts of this account: a handle or a did"},
    {"list", OPTION_WORD, AT(list), 0, 0, NULL, NULL, "posts of a list: its at:// address"},
    {"feed", OPTION_WORD, AT(feed), 0, 0, NULL, NULL, "posts of a custom feed: its at:// address"},
    {"search", OPTION_TEXT, AT(search), 0, 0, NULL, NULL, "posts with these words; needs `login` and a secret"},
    {"login", OPTION_WORD, AT(login), 0, 0, NULL, NULL, "handle to log in with; the secret is its app password"},
    {"server", OPTION_URL, AT(server), 0, 0, NULL, NULL, "another server than the public one"},
    {"replies", OPTION_YES_NO, AT(replies), 0, 0, NULL, "no", "whether replies to other people are read too"},
};
#undef AT

#define PUBLIC_SERVER "https://public.api.bsky.app"
#define LOGIN_SERVER "https://bsky.social"
#define PAGE_POSTS 100
#define FIRST_POSTS 200 /* how far the first walk goes back */
#define STILL_POSTS 25u

/* ---- ask ---- */

/* Cursor: page = the server's cursor of the next page; top = newest instant seen in this walk; seen = newest instant of
 * the walk before, where this one may stop; did = who the followed handle turned out to be: an account that is renamed
 * stays itself; begun = posts of the first walk so far. */
struct place_in_time {
    struct slice page, top, seen, did, begun;
};

static bool read_cursor(struct slice cursor, struct arena *arena, struct place_in_time *out) {
    return cursor_get(cursor, "page", arena, &out->page) && cursor_get(cursor, "top", arena, &out->top) &&
           cursor_get(cursor, "seen", arena, &out->seen) && cursor_get(cursor, "did", arena, &out->did) &&
           cursor_get(cursor, "begun", arena, &out->begun);
}

/* The handle without its "@". */
static struct slice handle_of(const struct bluesky_values *values) {
    struct slice account = values->account;
    return slice_starts(account, SLICE("@")) ? slice_part(account, 1, account.len) : account;
}

static char *method_and_query(const struct bluesky_values *values, struct slice did, struct arena *arena) {
    if (!slice_is_empty(values->list)) return answer_parameter(arena, "getListFeed?list", values->list);
    if (!slice_is_empty(values->feed)) return answer_parameter(arena, "getFeed?feed", values->feed);
    if (!slice_is_empty(values->search)) return answer_parameter(arena, "searchPosts?sort=latest&q", values->search);
    struct slice account = slice_is_empty(did) ? handle_of(values) : did;
    const char *method = values->replies ? "getAuthorFeed?filter=posts_with_replies&actor"
                                         : "getAuthorFeed?filter=posts_and_author_threads&actor";
    return answer_parameter(arena, method, account);
}

static bool one_way(const struct bluesky_values *values, struct fault *fault) {
    int ways = !slice_is_empty(values->account) + !slice_is_empty(values->list) + !slice_is_empty(values->feed) +
               !slice_is_empty(values->search);
    if (ways != 1) return fault_set(fault, FAULT_CONFIG, "give exactly one of account, list, feed and search");
    if (!slice_is_empty(values->search) && slice_is_empty(values->login))
        return fault_set(fault, FAULT_CONFIG, "Bluesky's search needs an account: give `login HANDLE` and a secret");
    return true;
}

static bool ask(const struct source *source, struct slice cursor, int64_t now_s, struct arena *arena,
                struct request *out, struct fault *fault) {
    (void)now_s;
    const struct bluesky_values *values = source->values;
    struct place_in_time at = {0};
    if (!one_way(values, fault)) return false;
    if (!read_cursor(cursor, arena, &at)) return fault_memory(fault);
    bool logs_in = !slice_is_empty(values->login);
    struct slice server = values->server;
    if (slice_is_empty(server)) server = logs_in ? SLICE(LOGIN_SERVER) : SLICE(PUBLIC_SERVER);
    if (slice_ends(server, SLICE("/"))) server.len--;
    char *query = method_and_query(values, at.did, arena);
    char *page = answer_parameter(arena, "&cursor", at.page);
    if (query == NULL || page == NULL) return fault_memory(fault);
    char *url =
        arena_printf(arena, "%.*s/xrpc/app.bsky.feed.%s&limit=%d%s", SLICE_ARGS(server), query, PAGE_POSTS, page);
    if (url == NULL) return fault_memory(fault);
    *out = (struct request){.purpose = REQUEST_API,
                            .url = slice_from(url),
                            .accept = SLICE("application/json"),
                            .secret = source->secret};
    if (!logs_in) return true;
    char *login = arena_printf(arena, "%.*s/xrpc/com.atproto.server.createSession", SLICE_ARGS(server));
    if (login == NULL) return fault_memory(fault);
    out->login_url = slice_from(login);
    out->login_user = values->login;
    return true;
}

/* https://bsky.app/profile/ACCOUNT/post/KEY */
static bool one(const struct source *source, const struct post_address *post, struct arena *arena, struct request *out,
                bool *mine, struct fault *fault) {
    struct url parts;
    *mine = false;
    if (!url_parse(arena, post->url, &parts) || !slice_equal(parts.host, SLICE("bsky.app"))) return true;
    struct slice rest = slice_part(parts.path, 1, parts.path.len);
    struct slice profile = slice_next(&rest, '/'), account = slice_next(&rest, '/'), word = slice_next(&rest, '/'),
                 key = slice_next(&rest, '/');
    if (!slice_equal(profile, SLICE("profile")) || !slice_equal(word, SLICE("post")) || slice_is_empty(account) ||
        slice_is_empty(key))
        return true;
    const struct bluesky_values *values = source == NULL ? NULL : source->values;
    struct slice server = values == NULL || slice_is_empty(values->server) ? SLICE(PUBLIC_SERVER) : values->server;
    if (slice_ends(server, SLICE("/"))) server.len--;
    char *uri = arena_printf(arena, "at://%.*s/app.bsky.feed.post/%.*s", SLICE_ARGS(account), SLICE_ARGS(key));
    char *query = uri == NULL ? NULL : answer_parameter(arena, "getPosts?uris", slice_from(uri));
    char *address = query == NULL ? NULL : arena_printf(arena, "%.*s/xrpc/app.bsky.feed.%s", SLICE_ARGS(server), query);
    if (address == NULL) return fault_memory(fault);
    *out = (struct request){.purpose = REQUEST_API, .url = slice_from(address), .accept = SLICE("application/json")};
    *mine = true;
    return true;
}

/* app.bsky.feed.getPosts takes 25 addresses at most. */
static bool still(const struct source *source, const struct post_names *posts, size_t count, struct arena *arena,
                  struct request *out, size_t *covered, struct fault *fault) {
    const struct bluesky_values *values = source->values;
    struct slice server = slice_is_empty(values->server) ? SLICE(PUBLIC_SERVER) : values->server;
    if (slice_ends(server, SLICE("/"))) server.len--;
    char *url = arena_printf(arena, "%.*s/xrpc/app.bsky.feed.getPosts", SLICE_ARGS(server));
    for (*covered = 0; url != NULL && *covered < count && *covered < STILL_POSTS; ++*covered) {
        char *uri = answer_parameter(arena, *covered == 0 ? "?uris" : "&uris", posts[*covered].id);
        url = uri == NULL ? NULL : arena_printf(arena, "%s%s", url, uri);
    }
    if (url == NULL) return fault_memory(fault);
    *out = (struct request){.purpose = REQUEST_API, .url = slice_from(url), .accept = SLICE("application/json")};
    return true;
}

/* ---- take ---- */

/* at://did/app.bsky.feed.post/key -> https://bsky.app/profile/did/post/key; absent for any other record. */
static bool post_url(struct arena *arena, struct slice uri, struct slice *out) {
    *out = (struct slice){NULL, 0};
    if (!slice_starts(uri, SLICE("at://"))) return true;
    struct slice rest = slice_part(uri, 5, uri.len);
    struct slice did = slice_next(&rest, '/'), collection = slice_next(&rest, '/');
    if (!slice_equal(collection, SLICE("app.bsky.feed.post")) || slice_is_empty(rest)) return true;
    char *url = arena_printf(arena, "https://bsky.app/profile/%.*s/post/%.*s", SLICE_ARGS(did), SLICE_ARGS(rest));
    if (url == NULL) return false;
    *out = slice_from(url);
    return true;
}

static struct slice did_of(struct slice uri) {
    if (!slice_starts(uri, SLICE("at://"))) return (struct slice){NULL, 0};
    struct slice rest = slice_part(uri, 5, uri.len);
    return slice_next(&rest, '/');
}

static bool is_border(struct slice text, long long at) {
    if (at < 0 || (size_t)at > text.len) return false;
    return (size_t)at == text.len || ((unsigned char)text.at[at] & 0xC0) != 0x80;
}

static bool add_link(struct arena *arena, struct item *item, struct slice url, struct slice title) {
    if (!url_is_web(url)) return true;
    for (size_t i = 0; i < item->links.count; i++)
        if (slice_equal(item->links.at[i].url, url)) return true;
    struct link link = {.length = -1};
    if (!arena_copy(arena, url, &link.url) || !arena_copy(arena, title, &link.title)) return false;
    (void)link_list_add(arena, &item->links, link); /* past the ceiling there is nothing to add, and no harm */
    return true;
}

/* Facets point into the text by UTF-8 byte offsets; a link's words are cut short for show, its uri is whole. */
static bool take_facets(struct arena *arena, const struct jnode *record, struct item *item) {
    const struct jnode *facets = jtree_get(record, "facets");
    for (size_t i = 0; i < jtree_count(facets) && i < LIMIT_ITEM_LIST; i++) {
        const struct jnode *facet = jtree_at(facets, i), *features = jtree_get(facet, "features");
        long long start = jtree_int(jtree_path(facet, "index.byteStart"), -1);
        long long end = jtree_int(jtree_path(facet, "index.byteEnd"), -1);
        bool holds = start <= end && is_border(item->text, start) && is_border(item->text, end);
        struct slice words = {NULL, 0};
        if (holds) words = slice_part(item->text, (size_t)start, (size_t)end);
        for (size_t j = 0; j < jtree_count(features) && j < 10; j++) {
            const struct jnode *feature = jtree_at(features, j);
            struct slice type = jtree_get_text(feature, "$type");
            if (slice_ends(type, SLICE("#link")) && !add_link(arena, item, jtree_get_text(feature, "uri"), words))
                return false;
            struct tag tag = {0};
            if (!slice_ends(type, SLICE("#tag"))) continue;
            if (!answer_copy(arena, feature, "tag", &tag.term)) return false;
            if (!slice_is_absent(tag.term)) (void)tag_list_add(arena, &item->tags, tag);
        }
    }
    return true;
}

/* The embed as viewed (with thumbnails) or, failing that, as recorded; recordWithMedia holds both a quote and a card.
 */
static bool take_embed(struct arena *arena, const struct jnode *post, struct item *item) {
    const struct jnode *embed = jtree_get(post, "embed");
    if (embed == NULL) embed = jtree_path(post, "record.embed");
    const struct jnode *external = jtree_get(embed, "external");
    if (external == NULL) external = jtree_path(embed, "media.external");
    if (external != NULL) {
        if (!add_link(arena, item, jtree_get_text(external, "uri"), jtree_get_text(external, "title"))) return false;
        struct slice thumb = jtree_get_text(external, "thumb");
        if (url_is_web(thumb) && !arena_copy(arena, thumb, &item->image)) return false;
    }
    const struct jnode *quoted = jtree_get(embed, "record");
    if (jtree_get(quoted, "record") != NULL) quoted = jtree_get(quoted, "record");
    struct slice uri = jtree_get_text(quoted, "uri");
    if (slice_find(uri, SLICE("/app.bsky.feed.post/"), 0) == SLICE_NOT_FOUND) return true;
    item->kind = ITEM_QUOTE;
    return arena_copy(arena, uri, &item->refs.quotes);
}

static bool has_label(const struct jnode *labels, const char *wanted) {
    for (size_t i = 0; i < jtree_count(labels) && i < 50; i++)
        if (slice_equal(jtree_get_text(jtree_at(labels, i), "val"), slice_from(wanted))) return true;
    return false;
}

static bool take_author(struct arena *arena, const struct jnode *author, struct item *item) {
    struct person person = {0};
    if (!answer_copy(arena, author, "displayName", &person.name) ||
        !answer_copy(arena, author, "handle", &person.handle))
        return false;
    struct slice did = jtree_get_text(author, "did");
    if (!slice_is_empty(did)) {
        /* A handle may change and be taken by somebody else; the did stays with the person. */
        char *url = arena_printf(arena, "https://bsky.app/profile/%.*s", SLICE_ARGS(did));
        if (url == NULL) return false;
        person.url = slice_from(url);
    }
    item->unlisted = has_label(jtree_get(author, "labels"), "!no-unauthenticated");
    return slice_is_absent(person.url) || person_list_add(arena, &item->authors, person);
}

static bool take_reply(struct arena *arena, const struct jnode *post, struct item *item) {
    struct slice parent = jtree_text(jtree_path(post, "record.reply.parent.uri"));
    struct slice root = jtree_text(jtree_path(post, "record.reply.root.uri"));
    if (slice_is_empty(parent)) return true;
    item->kind = ITEM_REPLY;
    if (!arena_copy(arena, parent, &item->refs.in_reply_to)) return false;
    struct slice own = jtree_text(jtree_path(post, "author.did"));
    bool own_thread = slice_equal(did_of(parent), own) && slice_equal(did_of(root), own);
    return !own_thread || arena_copy(arena, root, &item->thread);
}

static int64_t earlier(int64_t a, int64_t b) {
    if (a == WHEN_ABSENT) return b;
    return b == WHEN_ABSENT || a < b ? a : b;
}

static bool take_post(struct arena *arena, const struct jnode *post, struct item *item) {
    const struct jnode *record = jtree_get(post, "record");
    struct slice uri = jtree_get_text(post, "uri");
    item->kind = ITEM_POST;
    item->published_s = earlier(answer_instant(record, "createdAt"), answer_instant(post, "indexedAt"));
    item->counts =
        (struct counts){jtree_int(jtree_get(post, "likeCount"), -1), jtree_int(jtree_get(post, "repostCount"), -1),
                        jtree_int(jtree_get(post, "replyCount"), -1), jtree_int(jtree_get(post, "quoteCount"), -1)};
    struct slice lang = jtree_text(jtree_at(jtree_get(record, "langs"), 0));
    return arena_copy(arena, uri, &item->id) && post_url(arena, uri, &item->url) &&
           answer_copy(arena, record, "text", &item->text) && arena_copy(arena, lang, &item->lang) &&
           take_facets(arena, record, item) && take_author(arena, jtree_get(post, "author"), item) &&
           take_embed(arena, post, item) && take_reply(arena, post, item);
}

/* A repost is a share of the original by the account that is followed, never an item of its own words. */
static bool take_repost(struct arena *arena, const struct jnode *entry, struct item *item) {
    const struct jnode *reason = jtree_get(entry, "reason"), *post = jtree_get(entry, "post");
    struct slice uri = jtree_get_text(post, "uri");
    struct slice by = jtree_text(jtree_path(reason, "by.did"));
    char *id = arena_printf(arena, "repost:%.*s:%.*s", SLICE_ARGS(by), SLICE_ARGS(uri));
    if (id == NULL) return false;
    item->kind = ITEM_REPOST;
    item->id = slice_from(id);
    item->published_s = answer_instant(reason, "indexedAt");
    return post_url(arena, uri, &item->url) && arena_copy(arena, uri, &item->refs.reposts) &&
           answer_copy(arena, jtree_get(post, "record"), "text", &item->text) &&
           take_author(arena, jtree_get(reason, "by"), item);
}

static bool is_repost(const struct jnode *entry) {
    return slice_ends(jtree_text(jtree_path(entry, "reason.$type")), SLICE("#reasonRepost"));
}

static bool is_pin(const struct jnode *entry) {
    return slice_ends(jtree_text(jtree_path(entry, "reason.$type")), SLICE("#reasonPin"));
}

/* The instant by which the feed is in order: when it was posted or reposted there. */
static struct slice order_of(const struct jnode *entry, const struct jnode *post) {
    if (is_repost(entry)) return jtree_text(jtree_path(entry, "reason.indexedAt"));
    return jtree_get_text(post, "indexedAt");
}

/* RFC 3339 instants of one network compare as text as far as the seconds; the fractions differ in length. */
static bool is_older_or_same(struct slice a, struct slice b) {
    int64_t at, bt;
    return when_parse_rfc3339(a, &at) && when_parse_rfc3339(b, &bt) && at <= bt;
}

struct walk {
    struct slice newest; /* borrowed from the document */
    struct slice did;    /* of the followed account, as an entry names it; borrowed as well */
    bool reached;        /* something that was seen before */
};

static void learn_did(const struct bluesky_values *values, const struct jnode *person, struct walk *walk) {
    struct slice did = jtree_get_text(person, "did");
    bool followed = slice_equal_nocase(jtree_get_text(person, "handle"), handle_of(values));
    if (followed && slice_starts(did, SLICE("did:"))) walk->did = did;
}

static bool take_entry(const struct bluesky_values *values, struct place_in_time at, const struct jnode *entry,
                       struct arena *arena, struct page *page, struct walk *walk) {
    const struct jnode *post = jtree_get(entry, "post");
    if (post == NULL) post = entry; /* searchPosts gives posts bare */
    struct slice order = order_of(entry, post);
    if (slice_is_empty(jtree_get_text(post, "uri")) || !jtree_is_object(jtree_get(post, "record"))) {
        page->skipped++;
        return true;
    }
    if (!is_pin(entry)) {
        if (slice_is_absent(walk->newest) || is_older_or_same(walk->newest, order)) walk->newest = order;
        if (!slice_is_empty(at.seen) && is_older_or_same(order, at.seen)) walk->reached = true;
    }
    struct item *item = answer_add_item(arena, page);
    if (item == NULL) return false;
    if (is_repost(entry)) {
        learn_did(values, jtree_path(entry, "reason.by"), walk);
        struct item *original = take_repost(arena, entry, item) ? answer_add_original(arena, page) : NULL;
        return original != NULL && take_post(arena, post, original);
    }
    learn_did(values, jtree_get(post, "author"), walk);
    if (!take_post(arena, post, item)) return false;
    bool to_others = item->kind == ITEM_REPLY && slice_is_absent(item->thread);
    if (to_others && !values->replies) page->items.count--;
    return true;
}

static bool write_cursor(const struct place_in_time *at, struct arena *arena, struct page *page) {
    struct cursor_part parts[] = {
        {"page", at->page}, {"top", at->top}, {"seen", at->seen}, {"did", at->did}, {"begun", at->begun}};
    return cursor_write(parts, COUNT_OF(parts), arena, &page->cursor);
}

static bool next_cursor(struct place_in_time at, const struct jnode *root, const struct walk *walk, struct arena *arena,
                        struct page *page) {
    struct slice next = jtree_get_text(root, "cursor");
    long long begun = 0;
    if (!answer_count(arena, &at.begun, page->items.count, &begun)) return false;
    bool enough = slice_is_empty(at.seen) && begun >= FIRST_POSTS;
    bool same = slice_equal(next, at.page); /* a server that gives the same cursor for ever */
    page->more = !slice_is_empty(next) && !same && !walk->reached && !enough;
    if (slice_is_empty(at.top) || is_older_or_same(at.top, walk->newest)) at.top = walk->newest;
    if (slice_is_empty(at.top)) at.top = at.seen;
    if (slice_is_empty(at.did)) at.did = walk->did;
    at.page = next;
    if (page->more) return write_cursor(&at, arena, page);
    at.seen = at.top;
    at.page = at.top = at.begun = (struct slice){NULL, 0};
    return write_cursor(&at, arena, page);
}

static bool take(const struct source *source, struct slice cursor, const struct response *response, int64_t now_s,
                 struct arena *arena, struct page *out, struct fault *fault) {
    (void)now_s;
    struct place_in_time at = {0};
    struct page page = {0};
    struct walk walk = {0};
    feed_init(&page.feed);
    page.feed.kind = SLICE("bluesky");
    page.feed.format = SLICE("bluesky");
    page.feed.encoding = SLICE("utf-8");
    if (!read_cursor(cursor, arena, &at)) return fault_memory(fault);
    if (answer_is_stale_page(response, at.page)) {
        at.page = (struct slice){NULL, 0};
        page.more = true;
        *out = page;
        return write_cursor(&at, arena, out) || fault_memory(fault);
    }
    AUTO(jtree_free)
    struct jtree *doc = answer_read(response, "Bluesky", fault);
    if (doc == NULL) return false;
    const struct jnode *root = jtree_root(doc), *list = jtree_get(root, "feed");
    if (list == NULL) list = jtree_get(root, "posts");
    if (!jtree_is_array(list)) return fault_set(fault, FAULT_INPUT, "Bluesky's answer holds no list of posts");
    static const struct bluesky_values all = {.replies = true};
    const struct bluesky_values *values = source != NULL && source->values != NULL ? source->values : &all;
    for (size_t i = 0; i < jtree_count(list) && page.items.count < LIMIT_FEED_ITEMS; i++)
        if (!take_entry(values, at, jtree_at(list, i), arena, &page, &walk)) return fault_memory(fault);
    if (!next_cursor(at, root, &walk, arena, &page)) return fault_memory(fault);
    *out = page;
    return true;
}

const struct source_kind source_bluesky = {
    .schema = {.name = "bluesky",
               .help = "an account, a list, a custom feed or a search on Bluesky",
               .options = options,
               .option_count = COUNT_OF(options),
               .values_bytes = sizeof(struct bluesky_values)},
    .ask = ask,
    .take = take,
    .one = one,
    .still = still,
};
