#include "source/x_ask.h"

#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "source/answer.h"
#include "source/x_people.h"
#include "source/x_post.h"

#define SERVER "https://api.x.com"
#define QUERY_BYTES 512
#define STILL_POSTS 100u
#define SEARCH_REACH_S (7 * (int64_t)DAY_S - 3600)

bool x_cursor_read(struct slice cursor, struct arena *arena, struct x_place *out) {
    return cursor_get(cursor, "id", arena, &out->id) && cursor_get(cursor, "id_until", arena, &out->id_until) &&
           cursor_get(cursor, "since", arena, &out->since) && cursor_get(cursor, "top", arena, &out->top) &&
           cursor_get(cursor, "page", arena, &out->page) && cursor_get(cursor, "words", arena, &out->words) &&
           cursor_get(cursor, "people", arena, &out->people) &&
           cursor_get(cursor, "people_until", arena, &out->people_until) &&
           cursor_get(cursor, "wanted", arena, &out->wanted) && cursor_get(cursor, "paid", arena, &out->paid) &&
           cursor_get(cursor, "begun", arena, &out->begun);
}

bool x_cursor_write(const struct x_place *at, struct arena *arena, struct slice *out) {
    struct cursor_part parts[] = {{"id", at->id},         {"id_until", at->id_until},
                                  {"since", at->since},   {"top", at->top},
                                  {"page", at->page},     {"words", at->words},
                                  {"people", at->people}, {"people_until", at->people_until},
                                  {"wanted", at->wanted}, {"paid", at->paid},
                                  {"begun", at->begun}};
    return cursor_write(parts, COUNT_OF(parts), arena, out);
}

enum x_vocabulary x_words(const struct x_values *values, const struct x_place *at) {
    if (slice_starts(at->words, SLICE("posts"))) return X_POSTS;
    if (slice_starts(at->words, SLICE("tweets"))) return X_TWEETS;
    return values->vocabulary == X_POSTS ? X_POSTS : X_TWEETS;
}

/* ---- a page ---- */

static const char *fields(enum x_vocabulary words) {
    return words == X_POSTS ? "post.fields=created_at,lang,public_metrics,entities,referenced_posts,note_post,"
                              "conversation_id,in_reply_to_user_id,author_id,edit_history_post_ids,article,username"
                            : "tweet.fields=created_at,lang,public_metrics,entities,referenced_tweets,note_tweet,"
                              "conversation_id,in_reply_to_user_id,author_id,edit_history_tweet_ids,article";
}

/* What is reposted and quoted comes along, where it is wanted. Authors do not: x_people.h. */
static const char *expansions(const struct x_values *values, enum x_vocabulary words) {
    if (!values->originals) return "";
    return words == X_POSTS ? "&expansions=referenced_posts" : "&expansions=referenced_tweets.id";
}

static bool is_handle(struct slice name) {
    if (name.len < 1 || name.len > 15) return false;
    for (size_t i = 0; i < name.len; i++)
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", name.at[i]) == NULL) return false;
    return true;
}

struct slice x_handle(const struct x_values *values) {
    struct slice name = values->user;
    return slice_starts(name, SLICE("@")) ? slice_part(name, 1, name.len) : name;
}

static bool holds(const struct x_values *values, struct fault *fault) {
    int ways = !slice_is_empty(values->user) + !slice_is_empty(values->search) + !slice_is_empty(values->list);
    long long ignored;
    if (ways != 1) return fault_set(fault, FAULT_CONFIG, "give exactly one of user, search and list");
    if (!slice_is_empty(values->user) && !is_handle(x_handle(values)))
        return fault_set(fault, FAULT_CONFIG, "'%.*s' is no handle of X (letters, digits and _, 15 at most)",
                         SLICE_ARGS(values->user));
    if (values->search.len > QUERY_BYTES)
        return fault_set(fault, FAULT_CONFIG, "the search is longer than X's %d characters", QUERY_BYTES);
    if (!slice_is_empty(values->list) && !slice_to_int64(values->list, &ignored))
        return fault_set(fault, FAULT_CONFIG, "a list is named by its number, as in x.com/i/lists/NUMBER");
    return true;
}

static bool id_is_known(const struct x_place *at, int64_t now_s) {
    long long until = 0;
    return !slice_is_empty(at->id) && slice_to_int64(at->id_until, &until) && until > now_s;
}

static struct slice server_of(const struct x_values *values) {
    struct slice server = slice_is_empty(values->server) ? SLICE(SERVER) : values->server;
    if (slice_ends(server, SLICE("/"))) server.len--;
    return server;
}

/* The search reaches back seven days, and refuses an older post as a bound. */
static struct slice bound_of(const struct x_values *values, const struct x_place *at, int64_t now_s) {
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

static char *page_address(const struct x_values *values, const struct x_place *at, int64_t now_s, struct arena *arena) {
    enum x_vocabulary words = x_words(values, at);
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
static char *address(const struct x_values *values, const struct x_place *at, int64_t now_s, struct arena *arena,
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
    return arena_printf(arena, "%.*s/2/users/by/username/%.*s", SLICE_ARGS(server), SLICE_ARGS(x_handle(values)));
}

bool x_shrink(struct request *request, unsigned results, struct arena *arena) {
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

bool x_ask(const struct source *source, struct slice cursor, int64_t now_s, struct arena *arena, struct request *out,
           struct fault *fault) {
    const struct x_values *values = source->values;
    struct x_place at = {0};
    if (!holds(values, fault)) return false;
    if (slice_is_empty(source->secret))
        return fault_set(fault, FAULT_CONFIG,
                         "X needs a key: give `secret NAME`, and put the bearer token under that name");
    if (!x_cursor_read(cursor, arena, &at)) return fault_memory(fault);
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

/* ---- single posts ---- */

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
bool x_one(const struct source *source, const struct post_address *post, struct arena *arena, struct request *out,
           bool *mine, struct fault *fault) {
    static const struct x_values plain = {.originals = true};
    const struct x_values *values = source != NULL && source->values != NULL ? source->values : &plain;
    struct slice id = post_number(post->url, arena);
    struct x_place at = {0};
    *mine = !slice_is_empty(id);
    if (!*mine) return true;
    if (!x_cursor_read(post->cursor, arena, &at)) return fault_memory(fault);
    enum x_vocabulary words = x_words(values, &at);
    const char *shared = words == X_POSTS ? ",referenced_posts" : ",referenced_tweets.id";
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
bool x_still(const struct source *source, const struct post_names *posts, size_t count, struct arena *arena,
             struct request *out, size_t *covered, struct fault *fault) {
    const struct x_values *values = source->values;
    struct slice ids = {NULL, 0};
    for (*covered = 0; *covered < count && *covered < STILL_POSTS; ++*covered)
        if (!x_people_want(arena, posts[*covered].id, &ids)) return fault_memory(fault);
    char *query = answer_parameter(arena, "?ids", ids);
    char *url = query == NULL ? NULL
                              : arena_printf(arena, "%.*s/2/tweets%s&%s", SLICE_ARGS(server_of(values)), query,
                                             fields(values->vocabulary == X_POSTS ? X_POSTS : X_TWEETS));
    if (url == NULL) return fault_memory(fault);
    *out =
        (struct request){.purpose = REQUEST_API,
                         .tag = {.results = (unsigned)*covered, .results_least = (unsigned)*covered, .posts_each = 1},
                         .url = slice_from(url),
                         .accept = SLICE("application/json"),
                         .secret = source->secret};
    return true;
}
