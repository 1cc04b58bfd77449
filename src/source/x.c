/* x: a user's timeline, a recent search or a list of X, by API v2 with an app's bearer token (docs.x.com:
 * users/:id/tweets, tweets/search/recent, lists/:id/tweets, users/by/username). Posts are paid one by one: nothing is
 * asked for that is not used, and a user's id is kept for 30 days. Rate headers are x-rate-limit-*; the reset is read
 * against the server's own Date. */
#include "source/answer.h"
#include "source/kind.h"
#include "source/x_post.h"

#include <string.h>

#include "base/limits.h"
#include "base/when.h"

struct x_values {
    struct slice user, search, list, server;
    int vocabulary; /* enum vocabulary */
    bool replies;
    int64_t page_posts;
};

enum vocabulary { TWEETS, POSTS };
static const char *const vocabularies[] = {"tweets", "posts", NULL};

#define AT(field) offsetof(struct x_values, field)
static const struct option options[] = {
    {"user", OPTION_WORD, AT(user), 0, 0, NULL, NULL, "posts of this account: its handle"},
    {"search", OPTION_TEXT, AT(search), 0, 0, NULL, NULL,
     "posts of the last seven days that match (X's search syntax)"},
    {"list", OPTION_WORD, AT(list), 0, 0, NULL, NULL, "posts of the members of a list: its number"},
    {"replies", OPTION_YES_NO, AT(replies), 0, 0, NULL, "no",
     "whether replies to other people are read (and paid) too"},
    {"page", OPTION_INT, AT(page_posts), 5, 100, NULL, "100", "posts asked for at once"},
    {"vocabulary", OPTION_CHOICE, AT(vocabulary), 0, 0, vocabularies, "tweets", "names that X's API expects"},
    {"server", OPTION_URL, AT(server), 0, 0, NULL, NULL, "another address than api.x.com"},
};
#undef AT

#define SERVER "https://api.x.com"
#define USER_KEPT_S (30 * (int64_t)DAY_S)
#define QUERY_BYTES 512

/* Cursor: id, id_until = the user's number and until when it is kept; since = newest post of the walk before; top =
 * newest of this walk; page = the server's token; words = the vocabulary that the server turned out to want. */
struct place_in_time {
    struct slice id, id_until, since, top, page, words;
};

static bool read_cursor(struct slice cursor, struct arena *arena, struct place_in_time *out) {
    return cursor_get(cursor, "id", arena, &out->id) && cursor_get(cursor, "id_until", arena, &out->id_until) &&
           cursor_get(cursor, "since", arena, &out->since) && cursor_get(cursor, "top", arena, &out->top) &&
           cursor_get(cursor, "page", arena, &out->page) && cursor_get(cursor, "words", arena, &out->words);
}

static bool write_cursor(const struct place_in_time *at, struct arena *arena, struct slice *out) {
    struct cursor_part parts[] = {{"id", at->id},   {"id_until", at->id_until}, {"since", at->since},
                                  {"top", at->top}, {"page", at->page},         {"words", at->words}};
    return cursor_write(parts, COUNT_OF(parts), arena, out);
}

static enum vocabulary words_of(const struct x_values *values, const struct place_in_time *at) {
    if (slice_equal(at->words, SLICE("posts"))) return POSTS;
    if (slice_equal(at->words, SLICE("tweets"))) return TWEETS;
    return values->vocabulary == POSTS ? POSTS : TWEETS;
}

/* ---- ask ---- */

static const char *fields(enum vocabulary words) {
    return words == POSTS ? "post.fields=created_at,lang,public_metrics,entities,referenced_posts,note_post,"
                            "conversation_id,in_reply_to_user_id,author_id,edit_history_post_ids,article,username"
                          : "tweet.fields=created_at,lang,public_metrics,entities,referenced_tweets,note_tweet,"
                            "conversation_id,in_reply_to_user_id,author_id,edit_history_tweet_ids,article";
}

/* Authors are asked for (and paid) only where the source does not know them, and the posts do not carry them. */
static const char *authors(const struct x_values *values, enum vocabulary words) {
    if (!slice_is_empty(values->user) || words == POSTS) return "";
    return "&expansions=author_id&user.fields=username,name";
}

static bool is_handle(struct slice name) {
    if (name.len < 1 || name.len > 15) return false;
    for (size_t i = 0; i < name.len; i++)
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", name.at[i]) == NULL) return false;
    return true;
}

static struct slice handle_of(const struct x_values *values) {
    struct slice name = values->user;
    return slice_starts(name, SLICE("@")) ? slice_part(name, 1, name.len) : name;
}

static bool holds(const struct x_values *values, struct fault *fault) {
    int ways = !slice_is_empty(values->user) + !slice_is_empty(values->search) + !slice_is_empty(values->list);
    long long ignored;
    if (ways != 1) return fault_set(fault, FAULT_CONFIG, "give exactly one of user, search and list");
    if (!slice_is_empty(values->user) && !is_handle(handle_of(values)))
        return fault_set(fault, FAULT_CONFIG, "'%.*s' is no handle of X (letters, digits and _, 15 at most)",
                         SLICE_ARGS(values->user));
    if (values->search.len > QUERY_BYTES)
        return fault_set(fault, FAULT_CONFIG, "the search is longer than X's %d characters", QUERY_BYTES);
    if (!slice_is_empty(values->list) && !slice_to_int64(values->list, &ignored))
        return fault_set(fault, FAULT_CONFIG, "a list is named by its number, as in x.com/i/lists/NUMBER");
    return true;
}

static bool id_is_known(const struct place_in_time *at, int64_t now_s) {
    long long until = 0;
    return !slice_is_empty(at->id) && slice_to_int64(at->id_until, &until) && until > now_s;
}

static char *address(const struct x_values *values, const struct place_in_time *at, int64_t now_s,
                     struct arena *arena) {
    enum vocabulary words = words_of(values, at);
    struct slice server = slice_is_empty(values->server) ? SLICE(SERVER) : values->server;
    if (slice_ends(server, SLICE("/"))) server.len--;
    bool search = !slice_is_empty(values->search), list = !slice_is_empty(values->list);
    char *since = answer_parameter(arena, "&since_id", list ? SLICE("") : at->since);
    char *page = answer_parameter(arena, search ? "&next_token" : "&pagination_token", at->page);
    char *query = answer_parameter(arena, "&query", values->search);
    if (since == NULL || page == NULL || query == NULL) return NULL;
    long long most = (long long)values->page_posts;
    if (search)
        return arena_printf(arena, "%.*s/2/tweets/search/recent?max_results=%lld&%s%s%s%s%s", SLICE_ARGS(server),
                            most < 10 ? 10 : most, fields(words), authors(values, words), query, since, page);
    if (list)
        return arena_printf(arena, "%.*s/2/lists/%.*s/tweets?max_results=%lld&%s%s%s", SLICE_ARGS(server),
                            SLICE_ARGS(values->list), most, fields(words), authors(values, words), page);
    if (!id_is_known(at, now_s))
        return arena_printf(arena, "%.*s/2/users/by/username/%.*s", SLICE_ARGS(server), SLICE_ARGS(handle_of(values)));
    return arena_printf(arena, "%.*s/2/users/%.*s/tweets?max_results=%lld&%s%s%s%s", SLICE_ARGS(server),
                        SLICE_ARGS(at->id), most, fields(words), values->replies ? "" : "&exclude=replies", since,
                        page);
}

static bool ask(const struct source *source, struct slice cursor, int64_t now_s, struct arena *arena,
                struct request *out, struct fault *fault) {
    const struct x_values *values = source->values;
    struct place_in_time at = {0};
    if (!holds(values, fault)) return false;
    if (slice_is_empty(source->secret))
        return fault_set(fault, FAULT_CONFIG,
                         "X needs a key: give `secret NAME`, and put the bearer token under that name");
    if (!read_cursor(cursor, arena, &at)) return fault_memory(fault);
    char *url = address(values, &at, now_s, arena);
    if (url == NULL) return fault_memory(fault);
    *out = (struct request){.purpose = REQUEST_API,
                            .url = slice_from(url),
                            .accept = SLICE("application/json"),
                            .secret = source->secret};
    return true;
}

/* ---- take ---- */

/* X names the parameter that it does not know: the other vocabulary is worth one try. */
static bool wants_other_words(const struct response *response, const struct place_in_time *at) {
    if (response->status != 400 || !slice_is_empty(at->words)) return false;
    return slice_find(response->body, SLICE("tweet.fields"), 0) != SLICE_NOT_FOUND ||
           slice_find(response->body, SLICE("post.fields"), 0) != SLICE_NOT_FOUND;
}

static bool retry_with_other_words(const struct x_values *values, struct place_in_time *at, struct arena *arena,
                                   struct page *page) {
    at->words = words_of(values, at) == TWEETS ? SLICE("posts") : SLICE("tweets");
    page->more = true;
    return write_cursor(at, arena, &page->cursor);
}

static bool take_user(const struct jnode *user, struct place_in_time *at, int64_t now_s, struct arena *arena,
                      struct page *page, struct fault *fault) {
    char scratch[32];
    struct slice id = jtree_text_or_number(jtree_get(user, "id"), scratch);
    char *until = arena_printf(arena, "%lld", (long long)(now_s + USER_KEPT_S));
    if (slice_is_empty(id))
        return fault_set(fault, FAULT_REFUSED, "X knows no account of this name: check its spelling");
    if (until == NULL || !arena_copy(arena, id, &at->id)) return fault_memory(fault);
    at->id_until = slice_from(until);
    page->billed_users = 1;
    page->more = true;
    return write_cursor(at, arena, &page->cursor) || fault_memory(fault);
}

static bool is_newer(struct slice a, struct slice b) {
    return a.len != b.len ? a.len > b.len : slice_compare(a, b) > 0;
}

struct walk {
    struct slice newest;
    bool reached; /* a post of the walk before: lists have no since_id */
};

static bool take_posts(const struct x_values *values, const struct jnode *root, const struct place_in_time *at,
                       struct arena *arena, struct page *page, struct walk *walk) {
    const struct jnode *data = jtree_get(root, "data"), *includes = jtree_get(root, "includes");
    const struct jnode *posts = jtree_get(includes, "posts");
    struct x_includes beside = {jtree_get(includes, "users"), posts != NULL ? posts : jtree_get(includes, "tweets")};
    size_t count = jtree_is_array(data) ? jtree_count(data) : data != NULL ? 1 : 0;
    for (size_t i = 0; i < count && page->items.count < LIMIT_FEED_ITEMS; i++) {
        const struct jnode *post = jtree_is_array(data) ? jtree_at(data, i) : data;
        bool skip = false;
        struct item *item = answer_add_item(arena, page);
        if (item == NULL || !x_post_take_v2(arena, post, &beside, handle_of(values), item, &skip)) return false;
        if (skip) {
            page->items.count--;
            page->skipped++;
            continue;
        }
        if (is_newer(item->id, walk->newest)) walk->newest = item->id;
        if (!slice_is_empty(at->since) && !is_newer(item->id, at->since)) walk->reached = true;
        bool to_others = item->kind == ITEM_REPLY && slice_is_absent(item->thread);
        if (to_others && !values->replies) page->items.count--;
    }
    page->billed_posts = count;
    page->billed_users = jtree_count(beside.users);
    return true;
}

/* Posts that the errors beside the data call gone. */
static bool take_gone(const struct jnode *root, struct arena *arena, struct page *page) {
    const struct jnode *errors = jtree_get(root, "errors");
    for (size_t i = 0; i < jtree_count(errors) && i < LIMIT_ITEM_LIST; i++) {
        const struct jnode *error = jtree_at(errors, i);
        struct slice type = jtree_get_text(error, "type"), id = {0};
        struct slice what = jtree_get_text(error, "resource_type");
        bool gone = slice_ends(type, SLICE("/resource-not-found")) &&
                    (slice_equal(what, SLICE("tweet")) || slice_equal(what, SLICE("post")));
        if (!gone) continue;
        if (!answer_copy(arena, error, "resource_id", &id)) return false;
        if (!slice_is_absent(id) && !slice_list_add_once(arena, &page->deleted, id)) break;
    }
    return true;
}

static bool next_cursor(struct place_in_time *at, const struct jnode *root, const struct walk *walk,
                        struct arena *arena, struct page *page) {
    struct slice next = jtree_text(jtree_path(root, "meta.next_token"));
    bool first_walk = slice_is_empty(at->since);
    if (is_newer(walk->newest, at->top)) at->top = walk->newest;
    page->more = !slice_is_empty(next) && !slice_equal(next, at->page) && !walk->reached && !first_walk;
    if (page->more) {
        at->page = next;
    } else {
        if (is_newer(at->top, at->since)) at->since = at->top;
        at->top = at->page = (struct slice){NULL, 0};
    }
    return write_cursor(at, arena, &page->cursor);
}

/* An answer of 200 that holds nothing but problems says that the account or list is gone or closed. */
static bool only_problems(const struct jnode *root, struct fault *fault) {
    const struct jnode *first = jtree_at(jtree_get(root, "errors"), 0);
    struct slice words = jtree_get_text(first, "detail");
    if (slice_is_empty(words)) words = jtree_get_text(root, "detail");
    if (slice_is_empty(words)) words = jtree_get_text(first, "message");
    if (jtree_get(root, "data") != NULL || jtree_get(root, "meta") != NULL || slice_is_empty(words)) return false;
    fault_set(fault, FAULT_REFUSED, "X does not give this out: %.*s", SLICE_ARGS(words));
    return true;
}

static bool take(const struct source *source, struct slice cursor, const struct response *response, int64_t now_s,
                 struct arena *arena, struct page *out, struct fault *fault) {
    static const struct x_values all = {.replies = true};
    const struct x_values *values = source != NULL && source->values != NULL ? source->values : &all;
    struct place_in_time at = {0};
    struct page page = {0};
    struct walk walk = {0};
    feed_init(&page.feed);
    page.feed.kind = SLICE("x");
    page.feed.format = SLICE("x2");
    page.feed.encoding = SLICE("utf-8");
    if (!read_cursor(cursor, arena, &at)) return fault_memory(fault);
    if (wants_other_words(response, &at)) {
        if (!retry_with_other_words(values, &at, arena, &page)) return fault_memory(fault);
        *out = page;
        return true;
    }
    AUTO(jtree_free)
    struct jtree *doc = answer_read(response, "X", fault);
    if (doc == NULL) return false;
    const struct jnode *root = jtree_root(doc), *data = jtree_get(root, "data");
    if (only_problems(root, fault)) return false;
    if (data == NULL && jtree_get(root, "meta") == NULL)
        return fault_set(fault, FAULT_INPUT, "X's answer holds neither posts nor a count of them");
    if (jtree_is_object(data) && jtree_get(data, "text") == NULL) {
        if (!take_user(data, &at, now_s, arena, &page, fault)) return false;
    } else if (!take_posts(values, root, &at, arena, &page, &walk) || !take_gone(root, arena, &page) ||
               !next_cursor(&at, root, &walk, arena, &page)) {
        return fault_memory(fault);
    }
    *out = page;
    return true;
}

const struct source_kind source_x = {
    .schema = {.name = "x",
               .help = "a user, a search or a list of X (Twitter); needs a paid key",
               .options = options,
               .option_count = COUNT_OF(options),
               .values_bytes = sizeof(struct x_values)},
    .ask = ask,
    .take = take,
};
