/* x: a user's timeline, a recent search or a list of X, or one post, by API v2 with an app's bearer token (docs.x.com:
 * users/:id/tweets, tweets/search/recent, lists/:id/tweets, users/by/username, tweets/:id). Posts are paid one by one:
 * nothing is asked for that is not used, and a user's id is kept for 30 days. Rate headers are x-rate-limit-*; the
 * reset is read against the server's own Date. */
#include "source/answer.h"
#include "source/kind.h"
#include "source/x_people.h"
#include "source/x_post.h"

#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"

struct x_values {
    struct slice user, search, list, server;
    int vocabulary; /* enum vocabulary */
    bool replies, originals;
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
    {"originals", OPTION_YES_NO, AT(originals), 0, 0, NULL, "yes",
     "whether the posts that are reposted and quoted are read (and paid) too"},
    {"page", OPTION_INT, AT(page_posts), 5, 100, NULL, "100", "posts asked for at once"},
    {"vocabulary", OPTION_CHOICE, AT(vocabulary), 0, 0, vocabularies, "tweets", "names that X's API expects"},
    {"server", OPTION_URL, AT(server), 0, 0, NULL, NULL, "another address than api.x.com"},
};
#undef AT

#define SERVER "https://api.x.com"
#define USER_KEPT_S (30 * (int64_t)DAY_S)
#define QUERY_BYTES 512
#define FIRST_POSTS 100 /* how far the first walk goes back */
#define STILL_POSTS 100u

#define SEARCH_REACH_S (7 * (int64_t)DAY_S - 3600)

/* Cursor: id, id_until = the user's number and until when it is kept; since = newest post of the walk before; top =
 * newest of this walk; page = the server's token; words = the vocabulary that the server turned out to want, with "?"
 * until it took it; people, people_until = the authors known by now (x_people.h); wanted = those that must be asked for
 * before the page can be read; begun = posts of the first walk so far; paid = how many posts of that page were charged
 * already: the same day they cost nothing again. */
struct place_in_time {
    struct slice id, id_until, since, top, page, words, people, people_until, wanted, paid, begun;
};

static bool read_cursor(struct slice cursor, struct arena *arena, struct place_in_time *out) {
    return cursor_get(cursor, "id", arena, &out->id) && cursor_get(cursor, "id_until", arena, &out->id_until) &&
           cursor_get(cursor, "since", arena, &out->since) && cursor_get(cursor, "top", arena, &out->top) &&
           cursor_get(cursor, "page", arena, &out->page) && cursor_get(cursor, "words", arena, &out->words) &&
           cursor_get(cursor, "people", arena, &out->people) &&
           cursor_get(cursor, "people_until", arena, &out->people_until) &&
           cursor_get(cursor, "wanted", arena, &out->wanted) && cursor_get(cursor, "paid", arena, &out->paid) &&
           cursor_get(cursor, "begun", arena, &out->begun);
}

static bool write_cursor(const struct place_in_time *at, struct arena *arena, struct slice *out) {
    struct cursor_part parts[] = {{"id", at->id},         {"id_until", at->id_until},
                                  {"since", at->since},   {"top", at->top},
                                  {"page", at->page},     {"words", at->words},
                                  {"people", at->people}, {"people_until", at->people_until},
                                  {"wanted", at->wanted}, {"paid", at->paid},
                                  {"begun", at->begun}};
    return cursor_write(parts, COUNT_OF(parts), arena, out);
}

static enum vocabulary words_of(const struct x_values *values, const struct place_in_time *at) {
    if (slice_starts(at->words, SLICE("posts"))) return POSTS;
    if (slice_starts(at->words, SLICE("tweets"))) return TWEETS;
    return values->vocabulary == POSTS ? POSTS : TWEETS;
}

/* ---- ask ---- */

static const char *fields(enum vocabulary words) {
    return words == POSTS ? "post.fields=created_at,lang,public_metrics,entities,referenced_posts,note_post,"
                            "conversation_id,in_reply_to_user_id,author_id,edit_history_post_ids,article,username"
                          : "tweet.fields=created_at,lang,public_metrics,entities,referenced_tweets,note_tweet,"
                            "conversation_id,in_reply_to_user_id,author_id,edit_history_tweet_ids,article";
}

/* What is reposted and quoted comes along, where it is wanted. Authors do not: x_people.h. */
static const char *expansions(const struct x_values *values, enum vocabulary words) {
    if (!values->originals) return "";
    return words == POSTS ? "&expansions=referenced_posts" : "&expansions=referenced_tweets.id";
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

static struct slice server_of(const struct x_values *values) {
    struct slice server = slice_is_empty(values->server) ? SLICE(SERVER) : values->server;
    if (slice_ends(server, SLICE("/"))) server.len--;
    return server;
}

/* The search reaches back seven days, and refuses an older post as a bound. */
static struct slice bound_of(const struct x_values *values, const struct place_in_time *at, int64_t now_s) {
    bool too_old = !slice_is_empty(values->search) && x_post_instant(at->since) < now_s - SEARCH_REACH_S;
    return too_old || !slice_is_empty(values->list) ? (struct slice){NULL, 0} : at->since;
}

static unsigned least_of(const struct x_values *values) {
    return !slice_is_empty(values->search) ? 10 : !slice_is_empty(values->list) ? 1 : 5;
}

static struct price_tag page_tag(const struct x_values *values) {
    unsigned least = least_of(values), most = (unsigned)values->page_posts;
    unsigned referred = !values->originals ? 0 : values->replies || slice_is_empty(values->user) ? 2 : 1;
    return (
        struct price_tag){.results = most < least ? least : most, .results_least = least, .posts_each = 1 + referred};
}

static char *page_address(const struct x_values *values, const struct place_in_time *at, int64_t now_s,
                          struct arena *arena) {
    enum vocabulary words = words_of(values, at);
    struct slice server = server_of(values);
    bool search = !slice_is_empty(values->search), list = !slice_is_empty(values->list);
    char *since = answer_parameter(arena, "&since_id", bound_of(values, at, now_s));
    char *page = answer_parameter(arena, search ? "&next_token" : "&pagination_token", at->page);
    char *query = answer_parameter(arena, "&query", values->search);
    char *path = search ? arena_text(arena, SLICE("tweets/search/recent"))
                 : list ? arena_printf(arena, "lists/%.*s/tweets", SLICE_ARGS(values->list))
                        : arena_printf(arena, "users/%.*s/tweets", SLICE_ARGS(at->id));
    if (since == NULL || page == NULL || query == NULL || path == NULL) return NULL;
    bool exclude = !search && !list && !values->replies;
    return arena_printf(arena, "%.*s/2/%s?max_results=%u&%s%s%s%s%s%s", SLICE_ARGS(server), path,
                        page_tag(values).results, fields(words), expansions(values, words), query,
                        exclude ? "&exclude=replies" : "", since, page);
}

/* The next address, and what its answer may cost. */
static char *address(const struct x_values *values, const struct place_in_time *at, int64_t now_s, struct arena *arena,
                     struct price_tag *tag) {
    struct slice server = server_of(values);
    if (!slice_is_empty(at->wanted)) {
        *tag = (struct price_tag){.users = (unsigned)x_people_count(at->wanted)};
        char *ids = answer_parameter(arena, "?user.fields=username&ids", at->wanted);
        return ids == NULL ? NULL : arena_printf(arena, "%.*s/2/users%s", SLICE_ARGS(server), ids);
    }
    if (slice_is_empty(values->user) || id_is_known(at, now_s)) {
        *tag = page_tag(values);
        return page_address(values, at, now_s, arena);
    }
    *tag = (struct price_tag){.users = 1};
    return arena_printf(arena, "%.*s/2/users/by/username/%.*s", SLICE_ARGS(server), SLICE_ARGS(handle_of(values)));
}

static bool shrink(struct request *request, unsigned results, struct arena *arena) {
    struct slice key = SLICE("max_results=");
    size_t at = slice_find(request->url, key, 0);
    if (at == SLICE_NOT_FOUND) return true;
    size_t from = at + key.len, to = slice_find_byte(request->url, '&', from);
    char *url = arena_printf(arena, "%.*s%u%.*s", (int)from, request->url.at, results,
                             SLICE_ARGS(slice_part(request->url, to, request->url.len)));
    if (url == NULL) return false;
    request->url = slice_from(url);
    request->tag.results = results;
    return true;
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
    struct price_tag tag = {0};
    char *url = address(values, &at, now_s, arena, &tag);
    if (url == NULL) return fault_memory(fault);
    *out = (struct request){.purpose = REQUEST_API,
                            .tag = tag,
                            .url = slice_from(url),
                            .accept = SLICE("application/json"),
                            .secret = source->secret};
    return true;
}

/* ---- take ---- */

/* X names the parameter that it does not know: the other vocabulary is worth one try. */
static bool wants_other_words(const struct x_values *values, const struct response *response,
                              const struct place_in_time *at) {
    if (response->status != 400 || slice_ends(at->words, SLICE("?"))) return false;
    struct slice sent = words_of(values, at) == POSTS ? SLICE("post.fields") : SLICE("tweet.fields");
    return slice_find(response->body, sent, 0) != SLICE_NOT_FOUND;
}

static bool retry_with_other_words(const struct x_values *values, struct place_in_time *at, struct arena *arena,
                                   struct page *page) {
    at->words = words_of(values, at) == TWEETS ? SLICE("posts?") : SLICE("tweets?");
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
    const struct place_in_time *at;
    const struct x_includes *beside;
    struct slice newest;
    bool reached; /* a post of the walk before: lists have no since_id */
};

/* ---- authors ---- */

static struct slice author_id(const struct jnode *post, char scratch[32]) {
    return jtree_text_or_number(jtree_get(post, "author_id"), scratch);
}

/* Notes whose handle is neither with the post nor known. */
static bool want_author(const struct jnode *post, const struct place_in_time *at, struct arena *arena,
                        struct slice *wanted) {
    char scratch[32];
    struct slice id = author_id(post, scratch), known = {0};
    if (!slice_is_empty(jtree_get_text(post, "username"))) return true;
    x_people_find(at->people, id, &known);
    return !slice_is_absent(known) || x_people_want(arena, id, wanted);
}

static bool want_authors(const struct x_values *values, const struct jnode *data, const struct x_includes *beside,
                         struct place_in_time *at, struct arena *arena) {
    at->wanted = (struct slice){NULL, 0};
    if (jtree_count(beside->users) > 0) return true;
    for (size_t i = 0; i < jtree_count(data); i++) {
        const struct jnode *original = x_post_reposted(jtree_at(data, i), beside);
        bool own = slice_is_empty(values->user);
        if (own && !want_author(jtree_at(data, i), at, arena, &at->wanted)) return false;
        if (original != NULL && !want_author(original, at, arena, &at->wanted)) return false;
    }
    return true;
}

/* The answer to who they are. Then the same page is asked for again: it is charged once a day. */
static bool take_people(const struct jnode *users, struct place_in_time *at, int64_t now_s, struct arena *arena,
                        struct page *page) {
    long long until = 0;
    bool kept = slice_to_int64(at->people_until, &until) && until > now_s;
    char *later = arena_printf(arena, "%lld", (long long)(now_s + USER_KEPT_S));
    if (later == NULL) return false;
    if (!kept) at->people_until = slice_from(later);
    struct slice before = kept ? at->people : (struct slice){NULL, 0};
    if (!x_people_learn(arena, before, users, at->wanted, &at->people)) return false;
    at->wanted = (struct slice){NULL, 0};
    page->billed_users = jtree_count(users);
    page->more = true;
    return write_cursor(at, arena, &page->cursor);
}

static struct slice known_handle(const struct x_values *values, const struct jnode *post,
                                 const struct place_in_time *at) {
    char scratch[32];
    struct slice handle = handle_of(values);
    if (slice_is_empty(values->user)) x_people_find(at->people, author_id(post, scratch), &handle);
    return handle;
}

static bool take_posts(const struct x_values *values, const struct jnode *data, struct arena *arena, struct page *page,
                       struct walk *walk) {
    const struct place_in_time *at = walk->at;
    const struct x_includes *beside = walk->beside;

    size_t count = jtree_is_array(data) ? jtree_count(data) : data != NULL ? 1 : 0;
    for (size_t i = 0; i < count && page->items.count < LIMIT_FEED_ITEMS; i++) {
        const struct jnode *post = jtree_is_array(data) ? jtree_at(data, i) : data;
        bool skip = false;
        struct item *item = answer_add_item(arena, page);
        if (item == NULL || !x_post_take_v2(arena, post, beside, known_handle(values, post, at), item, &skip))
            return false;
        if (skip) {
            page->items.count--;
            page->skipped++;
            continue;
        }
        if (is_newer(item->id, walk->newest)) walk->newest = item->id;
        if (!slice_is_empty(at->since) && !is_newer(item->id, at->since)) walk->reached = true;
        bool to_others = item->kind == ITEM_REPLY && slice_is_absent(item->thread);
        if (to_others && !values->replies) page->items.count--;
        if (item->kind == ITEM_REPOST && !x_post_original_v2(arena, post, beside, page)) return false;
    }
    return true;
}

/* Charged is what came, but for what the same page brought before. */
static void count_bill(const struct jnode *data, const struct x_includes *beside, const struct place_in_time *at,
                       struct page *page) {
    size_t posts = (jtree_is_array(data) ? jtree_count(data) : data != NULL) + jtree_count(beside->posts);
    long long paid = 0;
    (void)slice_to_int64(at->paid, &paid);
    page->billed_posts = paid > 0 && (size_t)paid < posts ? posts - (size_t)paid : paid > 0 ? 0 : posts;
    page->billed_users = jtree_count(beside->users);
}

/* A problem that says that a post is no more. */
static bool is_gone(const struct jnode *problem) {
    struct slice what = jtree_get_text(problem, "resource_type");
    return slice_ends(jtree_get_text(problem, "type"), SLICE("/resource-not-found")) &&
           (slice_equal(what, SLICE("tweet")) || slice_equal(what, SLICE("post")));
}

/* Posts that the errors beside the data call gone. */
static bool take_gone(const struct jnode *root, struct arena *arena, struct page *page) {
    const struct jnode *errors = jtree_get(root, "errors");
    for (size_t i = 0; i < jtree_count(errors) && i < LIMIT_ITEM_LIST; i++) {
        struct slice id = {0};
        if (!is_gone(jtree_at(errors, i))) continue;
        if (!answer_copy(arena, jtree_at(errors, i), "resource_id", &id)) return false;
        if (!slice_is_absent(id) && !slice_list_add_once(arena, &page->deleted, id)) break;
    }
    return true;
}

static bool next_cursor(struct place_in_time *at, const struct jnode *root, const struct walk *walk,
                        struct arena *arena, struct page *page) {
    struct slice next = jtree_text(jtree_path(root, "meta.next_token"));
    long long begun = 0;
    if (!answer_count(arena, &at->begun, page->billed_posts, &begun)) return false;
    bool enough = slice_is_empty(at->since) && begun >= FIRST_POSTS;
    if (is_newer(walk->newest, at->top)) at->top = walk->newest;
    page->more = !slice_is_empty(next) && !slice_equal(next, at->page) && !walk->reached && !enough;
    if (page->more) {
        at->page = next;
    } else {
        if (is_newer(at->top, at->since)) at->since = at->top;
        at->top = at->page = at->begun = (struct slice){NULL, 0};
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
    if (is_gone(first)) return false; /* single posts that were asked for */
    fault_set(fault, FAULT_REFUSED, "X does not give this out: %.*s", SLICE_ARGS(words));
    return true;
}

/* Whether there is a source that can ask on, and not a mere document to read. */
static bool source_asks(const struct x_values *values) {
    return !slice_is_empty(values->user) || !slice_is_empty(values->search) || !slice_is_empty(values->list);
}

/* Some programs keep the list of posts alone. */
static const struct jnode *data_of(const struct jnode *root) {
    return jtree_is_array(root) ? root : jtree_get(root, "data");
}

/* A page of posts, or first the question who wrote them. */
static bool take_page(const struct x_values *values, const struct jnode *root, struct place_in_time *at,
                      struct arena *arena, struct page *page) {
    const struct jnode *data = data_of(root), *includes = jtree_get(root, "includes");
    const struct jnode *posts = jtree_get(includes, "posts");
    struct x_includes beside = {jtree_get(includes, "users"), posts != NULL ? posts : jtree_get(includes, "tweets"),
                                at->people};
    struct walk walk = {.at = at, .beside = &beside};
    count_bill(data, &beside, at, page);
    bool asked = !slice_is_empty(at->paid);
    at->paid = (struct slice){NULL, 0};
    if (source_asks(values) && !asked && !want_authors(values, data, &beside, at, arena)) return false;
    if (!slice_is_empty(at->wanted)) {
        char *paid = arena_printf(arena, "%zu", page->billed_posts);
        if (paid == NULL) return false;
        at->paid = slice_from(paid);
        page->more = true;
        return write_cursor(at, arena, &page->cursor);
    }
    return take_posts(values, data, arena, page, &walk) && take_gone(root, arena, page) &&
           next_cursor(at, root, &walk, arena, page);
}

static bool take_document(const struct x_values *values, const struct jnode *root, struct place_in_time *at,
                          int64_t now_s, struct arena *arena, struct page *page, struct fault *fault) {
    const struct jnode *data = data_of(root);
    if (!slice_is_empty(at->wanted)) return take_people(data, at, now_s, arena, page) || fault_memory(fault);
    if (only_problems(root, fault)) return false;
    bool errors = jtree_is_array(jtree_get(root, "errors"));
    if (data == NULL && jtree_get(root, "meta") == NULL && !errors)
        return fault_set(fault, FAULT_INPUT, "X's answer holds neither posts nor a count of them");
    if (jtree_is_object(data) && jtree_get(data, "text") == NULL) return take_user(data, at, now_s, arena, page, fault);
    return take_page(values, root, at, arena, page) || fault_memory(fault);
}

static bool take(const struct source *source, struct slice cursor, const struct response *response, int64_t now_s,
                 struct arena *arena, struct page *out, struct fault *fault) {
    static const struct x_values all = {.replies = true};
    const struct x_values *values = source != NULL && source->values != NULL ? source->values : &all;
    struct place_in_time at = {0};
    struct page page = {0};
    feed_init(&page.feed);
    page.feed.kind = SLICE("x");
    page.feed.format = SLICE("x2");
    page.feed.encoding = SLICE("utf-8");
    if (!read_cursor(cursor, arena, &at)) return fault_memory(fault);
    if (wants_other_words(values, response, &at)) {
        if (!retry_with_other_words(values, &at, arena, &page)) return fault_memory(fault);
        *out = page;
        return true;
    }
    if (answer_is_stale_page(response, at.page)) {
        at.page = (struct slice){NULL, 0};
        page.more = true;
        *out = page;
        return write_cursor(&at, arena, &out->cursor) || fault_memory(fault);
    }
    AUTO(jtree_free)
    struct jtree *doc = answer_read(response, "X", fault);
    if (slice_ends(at.words, SLICE("?"))) at.words.len--;
    if (doc == NULL || !take_document(values, jtree_root(doc), &at, now_s, arena, &page, fault)) return false;
    *out = page;
    return true;
}

/* ---- one post ---- */

/* x.com/NAME/status/ID, also with /i/ for the name; absent for anything else. */
static struct slice post_number(struct slice url, struct arena *arena) {
    struct url parts;
    struct slice none = {NULL, 0};
    long long ignored;
    if (!url_parse(arena, url, &parts)) return none;
    if (!slice_equal(parts.host, SLICE("x.com")) && !slice_equal(parts.host, SLICE("twitter.com"))) return none;
    struct slice rest = slice_part(parts.path, 1, parts.path.len), name = slice_next(&rest, '/'),
                 word = slice_next(&rest, '/'), id = slice_next(&rest, '/');
    bool holds = !slice_is_empty(name) && slice_equal(word, SLICE("status")) && slice_is_empty(rest);
    for (size_t i = 0; i < id.len; i++) holds = holds && id.at[i] >= '0' && id.at[i] <= '9';
    return holds && slice_to_int64(id, &ignored) ? id : none;
}

/* GET /2/tweets/:id. Who wrote it is asked along: any name may stand in a post's address. */
static bool one(const struct source *source, const struct post_address *post, struct arena *arena, struct request *out,
                bool *mine, struct fault *fault) {
    static const struct x_values plain = {.originals = true};
    const struct x_values *values = source != NULL && source->values != NULL ? source->values : &plain;
    struct slice id = post_number(post->url, arena);
    struct place_in_time at = {0};
    *mine = !slice_is_empty(id);
    if (!*mine) return true;
    if (!read_cursor(post->cursor, arena, &at)) return fault_memory(fault);
    enum vocabulary words = words_of(values, &at);
    const char *shared = words == POSTS ? ",referenced_posts" : ",referenced_tweets.id";
    char *url =
        arena_printf(arena, "%.*s/2/tweets/%.*s?%s&user.fields=name,username&expansions=author_id%s",
                     SLICE_ARGS(server_of(values)), SLICE_ARGS(id), fields(words), values->originals ? shared : "");
    if (url == NULL) return fault_memory(fault);
    /* A post may quote one and answer another. */
    unsigned most = values->originals ? 3 : 1;
    bool has_key = source != NULL && !slice_is_empty(source->secret);
    *out = (struct request){.purpose = REQUEST_API,
                            .tag = {.results = 1, .results_least = 1, .posts_each = most, .users = 1},
                            .url = slice_from(url),
                            .accept = SLICE("application/json"),
                            .secret = has_key ? source->secret : SLICE("x-token")};
    return true;
}

/* GET /2/tweets?ids= with a hundred ids at most. */
static bool still(const struct source *source, const struct post_names *posts, size_t count, struct arena *arena,
                  struct request *out, size_t *covered, struct fault *fault) {
    const struct x_values *values = source->values;
    struct slice ids = {NULL, 0};
    for (*covered = 0; *covered < count && *covered < STILL_POSTS; ++*covered)
        if (!x_people_want(arena, posts[*covered].id, &ids)) return fault_memory(fault);
    char *query = answer_parameter(arena, "?ids", ids);
    char *url = query == NULL ? NULL
                              : arena_printf(arena, "%.*s/2/tweets%s&%s", SLICE_ARGS(server_of(values)), query,
                                             fields(values->vocabulary == POSTS ? POSTS : TWEETS));
    if (url == NULL) return fault_memory(fault);
    *out =
        (struct request){.purpose = REQUEST_API,
                         .tag = {.results = (unsigned)*covered, .results_least = (unsigned)*covered, .posts_each = 1},
                         .url = slice_from(url),
                         .accept = SLICE("application/json"),
                         .secret = source->secret};
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
    .one = one,
    .shrink = shrink,
    .still = still,
};
