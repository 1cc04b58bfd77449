/* x: a user's timeline, a recent search or a list of X, or one post, by API v2 with an app's bearer token (docs.x.com:
 * users/:id/tweets, tweets/search/recent, lists/:id/tweets, users/by/username, tweets/:id). Posts are paid one by one:
 * nothing is asked for that is not used, and a user's id is kept for 30 days. Rate headers are x-rate-limit-*; the
 * reset is read against the server's own Date. */
#include "source/answer.h"
#include "source/kind.h"
#include "source/x_ask.h"
#include "source/x_people.h"
#include "source/x_post.h"

#include "base/limits.h"
#include "base/when.h"

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

#define USER_KEPT_S (30 * (int64_t)DAY_S)
#define FIRST_POSTS 100 /* how far the first walk goes back */

/* X names the parameter that it does not know: the other vocabulary is worth one try. */
static bool wants_other_words(const struct x_values *values, const struct response *response,
                              const struct x_place *at) {
    if (response->status != 400 || slice_ends(at->words, SLICE("?"))) return false;
    struct slice sent = x_words(values, at) == X_POSTS ? SLICE("post.fields") : SLICE("tweet.fields");
    return slice_find(response->body, sent, 0) != SLICE_NOT_FOUND;
}

static bool retry_with_other_words(const struct x_values *values, struct x_place *at, struct arena *arena,
                                   struct page *page) {
    at->words = x_words(values, at) == X_TWEETS ? SLICE("posts?") : SLICE("tweets?");
    page->more = true;
    return x_cursor_write(at, arena, &page->cursor);
}

/* As a cursor keeps it. NULL when out of memory. */
static char *kept_until(int64_t now_s, struct arena *arena) {
    long long until_s = now_s + USER_KEPT_S;
    return arena_printf(arena, "%lld", until_s);
}

static bool take_user(const struct jnode *user, struct x_place *at, int64_t now_s, struct arena *arena,
                      struct page *page, struct fault *fault) {
    char scratch[32];
    struct slice id = jtree_text_or_number(jtree_get(user, "id"), scratch);
    char *until = kept_until(now_s, arena);
    if (slice_is_empty(id))
        return fault_set(fault, FAULT_REFUSED, "X knows no account of this name: check its spelling");
    if (until == NULL || !arena_copy(arena, id, &at->id)) return fault_memory(fault);
    at->id_until = slice_from(until);
    page->billed_users = 1;
    page->more = true;
    return x_cursor_write(at, arena, &page->cursor) || fault_memory(fault);
}

static bool is_newer(struct slice a, struct slice b) {
    return a.len != b.len ? a.len > b.len : slice_compare(a, b) > 0;
}

struct walk {
    const struct x_place *at;
    const struct x_includes *beside;
    struct slice newest;
    bool reached; /* a post of the walk before: lists have no since_id */
};

/* ---- authors ---- */

static struct slice author_id(const struct jnode *post, char scratch[32]) {
    return jtree_text_or_number(jtree_get(post, "author_id"), scratch);
}

/* Notes whose handle is neither with the post nor known. */
static bool want_author(const struct jnode *post, const struct x_place *at, struct arena *arena, struct slice *wanted) {
    char scratch[32];
    struct slice id = author_id(post, scratch), known = {0};
    if (!slice_is_empty(jtree_get_text(post, "username"))) return true;
    x_people_find(at->people, id, &known);
    return !slice_is_absent(known) || x_people_want(arena, id, wanted);
}

static bool want_authors(const struct x_values *values, const struct jnode *data, const struct x_includes *beside,
                         struct x_place *at, struct arena *arena) {
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
static bool take_people(const struct jnode *users, struct x_place *at, int64_t now_s, struct arena *arena,
                        struct page *page) {
    long long until = 0;
    bool kept = slice_to_int64(at->people_until, &until) && until > now_s;
    char *later = kept_until(now_s, arena);
    if (later == NULL) return false;
    if (!kept) at->people_until = slice_from(later);
    struct slice before = kept ? at->people : (struct slice){NULL, 0};
    if (!x_people_learn(arena, before, users, at->wanted, &at->people)) return false;
    at->wanted = (struct slice){NULL, 0};
    page->billed_users = jtree_count(users);
    page->more = true;
    return x_cursor_write(at, arena, &page->cursor);
}

static struct slice known_handle(const struct x_values *values, const struct jnode *post, const struct x_place *at) {
    char scratch[32];
    struct slice handle = x_handle(values);
    if (slice_is_empty(values->user)) x_people_find(at->people, author_id(post, scratch), &handle);
    return handle;
}

static bool take_posts(const struct x_values *values, const struct jnode *data, struct arena *arena, struct page *page,
                       struct walk *walk) {
    const struct x_place *at = walk->at;
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
static void count_bill(const struct jnode *data, const struct x_includes *beside, const struct x_place *at,
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

static bool next_cursor(struct x_place *at, const struct jnode *root, const struct walk *walk, struct arena *arena,
                        struct page *page) {
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
    return x_cursor_write(at, arena, &page->cursor);
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
static bool take_page(const struct x_values *values, const struct jnode *root, struct x_place *at, struct arena *arena,
                      struct page *page) {
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
        return x_cursor_write(at, arena, &page->cursor);
    }
    return take_posts(values, data, arena, page, &walk) && take_gone(root, arena, page) &&
           next_cursor(at, root, &walk, arena, page);
}

static bool take_document(const struct x_values *values, const struct jnode *root, struct x_place *at, int64_t now_s,
                          struct arena *arena, struct page *page, struct fault *fault) {
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
    struct x_place at = {0};
    struct page page = {0};
    feed_init(&page.feed);
    page.feed.kind = SLICE("x");
    page.feed.format = SLICE("x2");
    page.feed.encoding = SLICE("utf-8");
    if (!x_cursor_read(cursor, arena, &at)) return fault_memory(fault);
    if (wants_other_words(values, response, &at)) {
        if (!retry_with_other_words(values, &at, arena, &page)) return fault_memory(fault);
        *out = page;
        return true;
    }
    if (answer_is_stale_page(response, at.page)) {
        at.page = (struct slice){NULL, 0};
        page.more = true;
        *out = page;
        return x_cursor_write(&at, arena, &out->cursor) || fault_memory(fault);
    }
    AUTO(jtree_free)
    struct jtree *doc = answer_read(response, "X", fault);
    if (slice_ends(at.words, SLICE("?"))) at.words.len--;
    if (doc == NULL || !take_document(values, jtree_root(doc), &at, now_s, arena, &page, fault)) return false;
    *out = page;
    return true;
}

const struct source_kind source_x = {
    .schema = {.name = "x",
               .help = "a user, a search or a list of X (Twitter); needs a paid key",
               .options = options,
               .option_count = COUNT_OF(options),
               .values_bytes = sizeof(struct x_values)},
    .ask = x_ask,
    .take = take,
    .one = x_one,
    .shrink = x_shrink,
    .still = x_still,
};
