/* mastodon: an account's or a hashtag's statuses at any server that speaks Mastodon's REST API v1
 * (docs.joinmastodon.org: methods/accounts, methods/timelines, entities/Status; RFC 8288 for the Link header). Walks
 * forward by min_id: since_id would give the newest page and leave a gap. */
#include "source/answer.h"
#include "source/kind.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "parse/html_text.h"

struct mastodon_values {
    struct slice account, hashtag, server;
    bool replies;
};

#define AT(field) offsetof(struct mastodon_values, field)
static const struct option options[] = {
    {"account", OPTION_WORD, AT(account), 0, 0, NULL, NULL, "statuses of this account: @name@server"},
    {"hashtag", OPTION_WORD, AT(hashtag), 0, 0, NULL, NULL, "statuses with this hashtag, as `server` sees them"},
    {"server", OPTION_URL, AT(server), 0, 0, NULL, NULL, "the server to ask; an account's own when not given"},
    {"replies", OPTION_YES_NO, AT(replies), 0, 0, NULL, "no", "whether replies to other people are read too"},
};
#undef AT

#define PAGE_STATUSES 40
#define FIRST_STATUSES 120 /* how far the first walk goes back */

/* ---- ask ---- */

/* Cursor: id = the account's id at the server; min = newest status taken; next = the address of the next page, as the
 * server gave it: newer ones, but older ones while `begun`, the statuses of the first walk so far, stands there. */
struct place_in_time {
    struct slice id, min, next, begun;
};

static bool read_cursor(struct slice cursor, struct arena *arena, struct place_in_time *out) {
    return cursor_get(cursor, "id", arena, &out->id) && cursor_get(cursor, "min", arena, &out->min) &&
           cursor_get(cursor, "next", arena, &out->next) && cursor_get(cursor, "begun", arena, &out->begun);
}

/* "@name@server" -> name and https://server. */
static bool server_and_name(const struct mastodon_values *values, struct arena *arena, struct slice *server,
                            struct slice *name, struct fault *fault) {
    struct slice account = values->account;
    if (slice_starts(account, SLICE("@"))) account = slice_part(account, 1, account.len);
    size_t at = slice_find_byte(account, '@', 0);
    *name = slice_part(account, 0, at);
    *server = values->server;
    if (slice_is_empty(*server) && at != SLICE_NOT_FOUND) {
        char *url = arena_printf(arena, "https://%.*s", SLICE_ARGS(slice_part(account, at + 1, account.len)));
        if (url == NULL) return fault_memory(fault);
        *server = slice_from(url);
    }
    if (slice_ends(*server, SLICE("/"))) server->len--;
    if (slice_is_empty(*server))
        return fault_set(fault, FAULT_CONFIG, "give the account as @name@server, or a `server`");
    return true;
}

static char *first_address(const struct mastodon_values *values, struct place_in_time at, struct slice server,
                           struct slice name, struct arena *arena) {
    struct slice tag = values->hashtag;
    if (slice_starts(tag, SLICE("#"))) tag = slice_part(tag, 1, tag.len);
    bool lookup = slice_is_empty(tag) && slice_is_empty(at.id);
    char *min = answer_parameter(arena, "&min_id", at.min);
    char *word = answer_query(arena, lookup ? name : slice_is_empty(tag) ? at.id : tag);
    if (min == NULL || word == NULL) return NULL;
    if (lookup) return arena_printf(arena, "%.*s/api/v1/accounts/lookup?acct=%s", SLICE_ARGS(server), word);
    char *path = slice_is_empty(tag) ? arena_printf(arena, "accounts/%s/statuses", word)
                                     : arena_printf(arena, "timelines/tag/%s", word);
    if (path == NULL) return NULL;
    return arena_printf(arena, "%.*s/api/v1/%s?limit=%d%s", SLICE_ARGS(server), path, PAGE_STATUSES, min);
}

static bool ask(const struct source *source, struct slice cursor, int64_t now_s, struct arena *arena,
                struct request *out, struct fault *fault) {
    (void)now_s;
    const struct mastodon_values *values = source->values;
    struct place_in_time at = {0};
    struct slice server = {0}, name = {0};
    if (slice_is_empty(values->account) == slice_is_empty(values->hashtag))
        return fault_set(fault, FAULT_CONFIG, "give exactly one of account and hashtag");
    if (!server_and_name(values, arena, &server, &name, fault)) return false;
    if (!read_cursor(cursor, arena, &at)) return fault_memory(fault);
    char *url = first_address(values, at, server, name, arena);
    if (url == NULL) return fault_memory(fault);
    *out = (struct request){.purpose = REQUEST_API,
                            .url = slice_from(url),
                            .accept = SLICE("application/json"),
                            .secret = source->secret};
    /* A page address is the server's word: it is followed on the server's own host only. */
    if (!slice_is_empty(at.next) && slice_equal(url_host(arena, at.next), url_host(arena, server))) out->url = at.next;
    return true;
}

static bool is_number(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    return text.len > 0;
}

/* https://HOST/@NAME/ID, https://HOST/users/NAME/statuses/ID. What only looks like it is no status of that server. */
static bool one(const struct source *source, const struct post_address *post, struct arena *arena, struct request *out,
                bool *mine, struct fault *fault) {
    (void)source;
    struct url parts;
    *mine = false;
    if (!url_parse(arena, post->url, &parts) || slice_is_empty(parts.host)) return true;
    struct slice rest = slice_part(parts.path, 1, parts.path.len), id = {NULL, 0};
    struct slice first = slice_next(&rest, '/');
    if (slice_starts(first, SLICE("@"))) id = slice_next(&rest, '/');
    else if (slice_equal(first, SLICE("users"))) {
        (void)slice_next(&rest, '/');
        if (slice_equal(slice_next(&rest, '/'), SLICE("statuses"))) id = slice_next(&rest, '/');
    }
    if (!is_number(id) || !slice_is_empty(rest)) return true;
    char port[16] = "";
    if (parts.port != 0) (void)snprintf(port, sizeof port, ":%u", parts.port);
    char *address = arena_printf(arena, "%.*s://%.*s%s/api/v1/statuses/%.*s", SLICE_ARGS(parts.scheme),
                                 SLICE_ARGS(parts.host), port, SLICE_ARGS(id));
    if (address == NULL) return fault_memory(fault);
    *out = (struct request){.purpose = REQUEST_API, .url = slice_from(address), .accept = SLICE("application/json")};
    *mine = true;
    return true;
}

/* A status is asked for where it was written: there it is gone first. */
static bool still(const struct source *source, const struct post_names *posts, size_t count, struct arena *arena,
                  struct request *out, size_t *covered, struct fault *fault) {
    bool mine = false;
    struct post_address first = {.url = count > 0 ? posts[0].url : SLICE("")};
    if (count > 0 && !one(source, &first, arena, out, &mine, fault)) return false;
    *covered = mine;
    return true;
}

/* ---- take ---- */

static bool is_chatter(struct slice html, struct slice href) {
    /* A link whose class is "mention" or "hashtag" leads to a person or a tag, not to an article. */
    for (size_t at = 0; (at = slice_find(html, href, at)) != SLICE_NOT_FOUND; at += href.len) {
        size_t open = at;
        while (open > 0 && html.at[open] != '<') open--;
        struct slice tag = slice_part(html, open, slice_find_byte(html, '>', at));
        if (slice_find(tag, SLICE("mention"), 0) != SLICE_NOT_FOUND ||
            slice_find(tag, SLICE("hashtag"), 0) != SLICE_NOT_FOUND)
            return true;
    }
    return false;
}

static bool take_content(struct arena *arena, const struct jnode *status, struct item *item) {
    struct slice html = jtree_get_text(status, "content");
    struct html_text read = {0};
    if (!html_text_read(arena, html, jtree_get_text(status, "url"), &read)) return false;
    item->text = read.text;
    item->cut = read.cut;
    for (size_t i = 0; i < read.links.count; i++) {
        struct link link = read.links.at[i];
        if (!is_chatter(html, link.url)) (void)link_list_add(arena, &item->links, link);
    }
    return true;
}

static bool take_card(struct arena *arena, const struct jnode *card, struct item *item) {
    struct slice url = jtree_get_text(card, "url");
    if (!url_is_web(url)) return true;
    struct slice image = jtree_get_text(card, "image");
    if (url_is_web(image) && !arena_copy(arena, image, &item->image)) return false;
    struct link link = {.length = -1};
    if (!arena_copy(arena, url, &link.url) || !answer_copy(arena, card, "title", &link.title)) return false;
    for (size_t i = 0; i < item->links.count; i++)
        if (slice_equal(item->links.at[i].url, url)) {
            item->links.at[i].title = link.title;
            return true;
        }
    (void)link_list_add(arena, &item->links, link);
    return true;
}

static bool take_tags(struct arena *arena, const struct jnode *tags, struct item *item) {
    for (size_t i = 0; i < jtree_count(tags) && i < LIMIT_ITEM_LIST; i++) {
        struct tag tag = {0};
        if (!answer_copy(arena, jtree_at(tags, i), "name", &tag.term)) return false;
        if (!slice_is_absent(tag.term)) (void)tag_list_add(arena, &item->tags, tag);
    }
    return true;
}

static bool take_account(struct arena *arena, const struct jnode *account, struct item *item) {
    struct person person = {0};
    if (!answer_copy(arena, account, "display_name", &person.name) ||
        !answer_copy(arena, account, "acct", &person.handle) || !answer_copy(arena, account, "url", &person.url))
        return false;
    item->unlisted = jtree_is_true(jtree_get(account, "noindex"));
    return person_list_add(arena, &item->authors, person);
}

/* The address of the post before, where the server's own ids make it: https://…/statuses/ID. Else its bare id. */
static bool thread_of(struct arena *arena, const struct jnode *status, struct slice parent, struct slice *out) {
    struct slice uri = jtree_get_text(status, "uri"), id = jtree_get_text(status, "id");
    bool ends = slice_ends(uri, id) && uri.len > id.len && !slice_is_empty(id) && uri.at[uri.len - id.len - 1] == '/';
    if (!ends) return arena_copy(arena, parent, out);
    char *address =
        arena_printf(arena, "%.*s%.*s", SLICE_ARGS(slice_part(uri, 0, uri.len - id.len)), SLICE_ARGS(parent));
    if (address == NULL) return false;
    *out = slice_from(address);
    return true;
}

static bool take_refs(struct arena *arena, const struct jnode *status, struct item *item) {
    char scratch[32];
    struct slice parent = jtree_text_or_number(jtree_get(status, "in_reply_to_id"), scratch);
    const struct jnode *quoted = jtree_path(status, "quote.quoted_status");
    if (quoted == NULL) quoted = jtree_get(status, "quote");
    struct slice quote = jtree_get_text(quoted, "uri");
    if (!slice_is_empty(quote)) {
        item->kind = ITEM_QUOTE;
        if (!arena_copy(arena, quote, &item->refs.quotes)) return false;
    }
    if (slice_is_empty(parent)) return true;
    item->kind = ITEM_REPLY;
    struct slice to = jtree_get_text(status, "in_reply_to_account_id");
    bool own = slice_equal(to, jtree_text(jtree_path(status, "account.id"))) && !slice_is_empty(to);
    if (!arena_copy(arena, parent, &item->refs.in_reply_to)) return false;
    return !own || thread_of(arena, status, parent, &item->thread);
}

static bool take_own(struct arena *arena, const struct jnode *status, struct item *item) {
    item->kind = ITEM_POST;
    item->updated_s = answer_instant(status, "edited_at");
    item->counts = (struct counts){.likes = jtree_int(jtree_get(status, "favourites_count"), -1),
                                   .reposts = jtree_int(jtree_get(status, "reblogs_count"), -1),
                                   .replies = jtree_int(jtree_get(status, "replies_count"), -1),
                                   .quotes = jtree_int(jtree_get(status, "quotes_count"), -1)};
    if (!answer_copy(arena, status, "language", &item->lang)) return false;
    return answer_copy(arena, status, "spoiler_text", &item->warning) && take_content(arena, status, item) &&
           take_card(arena, jtree_get(status, "card"), item) && take_tags(arena, jtree_get(status, "tags"), item) &&
           take_refs(arena, status, item);
}

static bool take_reblog(struct arena *arena, const struct jnode *original, struct item *item) {
    item->kind = ITEM_REPOST;
    return answer_copy(arena, original, "uri", &item->refs.reposts) &&
           answer_copy(arena, original, "url", &item->url) && take_content(arena, original, item);
}

/* The id is the status's uri where there is one: it is the same at every server, so a status seen at two is one. */
static bool take_status(struct arena *arena, const struct jnode *status, struct item *item) {
    char scratch[32];
    struct slice uri = jtree_get_text(status, "uri");
    if (slice_is_empty(uri)) uri = jtree_text_or_number(jtree_get(status, "id"), scratch);
    item->published_s = answer_instant(status, "created_at");
    if (!arena_copy(arena, uri, &item->id) || !answer_copy(arena, status, "url", &item->url)) return false;
    if (!take_account(arena, jtree_get(status, "account"), item)) return false;
    const struct jnode *original = jtree_get(status, "reblog");
    return jtree_is_object(original) ? take_reblog(arena, original, item) : take_own(arena, status, item);
}

static bool is_for_all(const struct jnode *status) {
    struct slice visibility = jtree_get_text(status, "visibility");
    return slice_is_absent(visibility) || slice_equal(visibility, SLICE("public")) ||
           slice_equal(visibility, SLICE("unlisted"));
}

/* Whether the account's own threads only are wanted, and this answers somebody else. */
static bool is_unwanted_reply(const struct mastodon_values *values, const struct item *item) {
    return item->kind == ITEM_REPLY && slice_is_absent(item->thread) && !values->replies;
}

/* Ids are opaque, yet of one server they grow: longer is newer, then the greater text. */
static bool is_newer(struct slice a, struct slice b) {
    return a.len != b.len ? a.len > b.len : slice_compare(a, b) > 0;
}

/* Whether a link's parameters (RFC 8288) say rel=NAME, quoted or not. */
static bool is_relation(struct slice parameters, struct slice name) {
    while (!slice_is_absent(parameters)) {
        struct slice value = slice_trim(slice_next(&parameters, ';'));
        if (!slice_equal_nocase(slice_trim(slice_next(&value, '=')), SLICE("rel"))) continue;
        value = slice_trim(value);
        if (value.len > 1 && value.at[0] == '"') value = slice_part(value, 1, value.len - 1);
        return slice_equal_nocase(value, name);
    }
    return false;
}

/* Address of the link with that relation, borrowed; absent when there is none. */
static struct slice link_of(struct slice header, struct slice relation) {
    while (!slice_is_absent(header)) {
        struct slice part = slice_trim(slice_next(&header, ','));
        size_t close = slice_find_byte(part, '>', 0);
        if (!slice_starts(part, SLICE("<")) || close == SLICE_NOT_FOUND) continue;
        if (is_relation(slice_part(part, close + 1, part.len), relation)) return slice_part(part, 1, close);
    }
    return (struct slice){NULL, 0};
}

static bool write_cursor(struct place_in_time at, struct arena *arena, struct page *page) {
    struct cursor_part parts[] = {{"id", at.id}, {"min", at.min}, {"next", at.next}, {"begun", at.begun}};
    return cursor_write(parts, COUNT_OF(parts), arena, &page->cursor);
}

/* The first walk goes back from the newest page, as far as is sensible. */
static bool next_of_first_walk(struct place_in_time at, struct slice older, size_t count, struct arena *arena,
                               struct page *page) {
    long long begun = 0;
    if (!answer_count(arena, &at.begun, count, &begun)) return false;
    page->more = begun < FIRST_STATUSES && count > 0 && !slice_is_empty(older) && !slice_equal(older, at.next);
    at.next = page->more ? older : (struct slice){NULL, 0};
    if (!page->more) at.begun = (struct slice){NULL, 0};
    return write_cursor(at, arena, page);
}

static bool next_cursor(struct place_in_time at, const struct response *response, size_t count, struct slice newest,
                        struct arena *arena, struct page *page) {
    bool first_walk = slice_is_empty(at.min) || !slice_is_empty(at.begun);
    struct slice links = response_header(response, "link");
    struct slice newer = link_of(links, SLICE("prev"));
    bool moved = is_newer(newest, at.min);
    if (moved) at.min = newest;
    if (first_walk) return next_of_first_walk(at, link_of(links, SLICE("next")), count, arena, page);
    /* Forward there is another page only while there is something new. */
    page->more = moved && !slice_is_empty(newer) && !slice_equal(newer, at.next);
    at.next = page->more ? newer : (struct slice){NULL, 0};
    return write_cursor(at, arena, page);
}

/* What a boost shares, as a status of its own. */
static bool take_original(struct arena *arena, const struct jnode *original, struct page *page) {
    if (!jtree_is_object(original) || !jtree_is_object(jtree_get(original, "account")) || !is_for_all(original))
        return true;
    struct item *item = answer_add_original(arena, page);
    return item != NULL && take_status(arena, original, item);
}

/* The answer of accounts/lookup: no statuses yet, but the id to ask for them. */
static bool take_lookup(const struct jnode *account, struct arena *arena, struct page *page, struct fault *fault) {
    char scratch[32];
    struct cursor_part id = {"id", jtree_text_or_number(jtree_get(account, "id"), scratch)};
    if (slice_is_empty(id.value)) return fault_set(fault, FAULT_INPUT, "Mastodon's answer names no account");
    page->more = true;
    return cursor_write(&id, 1, arena, &page->cursor) || fault_memory(fault);
}

static bool take_list(const struct mastodon_values *values, const struct jnode *list, struct arena *arena,
                      struct page *page, struct slice *newest) {
    bool alone = jtree_is_object(list);
    for (size_t i = 0; i < (alone ? 1 : jtree_count(list)) && page->items.count < LIMIT_FEED_ITEMS; i++) {
        const struct jnode *status = alone ? list : jtree_at(list, i);
        if (!jtree_is_object(status) || slice_is_empty(jtree_get_text(status, "id")) ||
            !jtree_is_object(jtree_get(status, "account"))) {
            page->skipped++;
            continue;
        }
        struct slice id = jtree_get_text(status, "id");
        if (is_newer(id, *newest)) *newest = id;
        if (!is_for_all(status)) continue;
        struct item *item = answer_add_item(arena, page);
        if (item == NULL || !take_status(arena, status, item)) return false;
        if (!take_original(arena, jtree_get(status, "reblog"), page)) return false;
        if (is_unwanted_reply(values, item)) page->items.count--;
    }
    return true;
}

static bool take(const struct source *source, struct slice cursor, const struct response *response, int64_t now_s,
                 struct arena *arena, struct page *out, struct fault *fault) {
    (void)now_s;
    static const struct mastodon_values all = {.replies = true};
    const struct mastodon_values *values = source != NULL && source->values != NULL ? source->values : &all;
    struct place_in_time at = {0};
    struct page page = {0};
    struct slice newest = {NULL, 0};
    feed_init(&page.feed);
    page.feed.kind = SLICE("mastodon");
    page.feed.format = SLICE("mastodon");
    page.feed.encoding = SLICE("utf-8");
    if (!read_cursor(cursor, arena, &at)) return fault_memory(fault);
    if (answer_is_stale_page(response, at.next)) {
        at.next = at.begun = (struct slice){NULL, 0};
        page.more = true;
        *out = page;
        return write_cursor(at, arena, out) || fault_memory(fault);
    }
    AUTO(jtree_free)
    struct jtree *doc = answer_read(response, "Mastodon", fault);
    if (doc == NULL) return false;
    const struct jnode *root = jtree_root(doc), *list = root;
    if (jtree_is_array(jtree_get(root, "statuses"))) list = jtree_get(root, "statuses");
    if (jtree_is_object(list) && !slice_is_absent(jtree_get_text(list, "acct")) && jtree_get(list, "content") == NULL) {
        if (!take_lookup(list, arena, &page, fault)) return false;
    } else if (!jtree_is_array(list) && jtree_get(list, "content") == NULL) {
        return fault_set(fault, FAULT_INPUT, "Mastodon's answer holds no list of statuses");
    } else if (!take_list(values, list, arena, &page, &newest) ||
               !next_cursor(at, response, jtree_is_array(list) ? jtree_count(list) : 0, newest, arena, &page)) {
        return fault_memory(fault);
    }
    *out = page;
    return true;
}

const struct source_kind source_mastodon = {
    .schema = {.name = "mastodon",
               .help = "an account or a hashtag at a Mastodon server",
               .options = options,
               .option_count = COUNT_OF(options),
               .values_bytes = sizeof(struct mastodon_values)},
    .ask = ask,
    .take = take,
    .one = one,
    .still = still,
    .gone_by_status = true,
};
