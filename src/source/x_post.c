#include "source/x_post.h"

#include <string.h>

#include "base/when.h"
#include "source/answer.h"
#include "source/x_people.h"
#include "source/x_text.h"

#define SNOWFLAKE_EPOCH_MS 1288834974657LL
#define FIRST_SNOWFLAKE 29700859247LL

static const struct jnode *either(const struct jnode *node, const char *now, const char *before) {
    const struct jnode *found = jtree_get(node, now);
    return found != NULL ? found : jtree_get(node, before);
}

int64_t x_post_instant(struct slice id) {
    long long number;
    if (!slice_to_int64(id, &number) || number < FIRST_SNOWFLAKE) return WHEN_ABSENT;
    return ((number >> 22) + SNOWFLAKE_EPOCH_MS) / 1000;
}

int64_t x_post_v1_date(struct slice text) {
    /* Day Mon DD HH:MM:SS +0000 YYYY */
    if (text.len != 30) return WHEN_ABSENT;
    struct civil civil = {0};
    for (int month = 1; month <= 12; month++)
        if (slice_starts(slice_from(when_month_name(month)), slice_part(text, 4, 7))) civil.month = month;
    long long day, hour, minute, second, year;
    if (!slice_to_int64(slice_part(text, 8, 10), &day) || !slice_to_int64(slice_part(text, 11, 13), &hour) ||
        !slice_to_int64(slice_part(text, 14, 16), &minute) || !slice_to_int64(slice_part(text, 17, 19), &second) ||
        !slice_to_int64(slice_part(text, 26, 30), &year))
        return WHEN_ABSENT;
    civil.day = (int)day, civil.hour = (int)hour, civil.minute = (int)minute, civil.second = (int)second;
    civil.year = (int)year;
    return when_civil_holds(civil) ? when_from_civil(civil) : WHEN_ABSENT;
}

bool x_post_is_v1(const struct jnode *post) {
    return jtree_get(post, "full_text") != NULL || jtree_get(post, "id_str") != NULL ||
           jtree_get(post, "retweeted_status") != NULL;
}

static bool set_url(struct arena *arena, struct slice id, struct slice *out) {
    char *url = arena_printf(arena, "https://x.com/i/status/%.*s", SLICE_ARGS(id));
    if (url == NULL) return false;
    *out = slice_from(url);
    return true;
}

static bool is_number(struct slice id) {
    long long ignored;
    return id.len > 0 && id.len <= 19 && slice_to_int64(id, &ignored);
}

static bool add_author(struct arena *arena, struct item *item, struct slice handle, struct slice name) {
    struct person person = {0};
    if (slice_is_empty(handle) && slice_is_empty(name)) return true;
    if (!arena_copy(arena, name, &person.name) || !arena_copy(arena, handle, &person.handle)) return false;
    if (!slice_is_empty(handle)) {
        char *url = arena_printf(arena, "https://x.com/%.*s", SLICE_ARGS(handle));
        if (url == NULL) return false;
        person.url = slice_from(url);
    }
    return person_list_add(arena, &item->authors, person);
}

static const struct jnode *find_by_id(const struct jnode *list, struct slice id) {
    char scratch[32];
    for (size_t i = 0; i < jtree_count(list); i++) {
        const struct jnode *one = jtree_at(list, i);
        if (slice_equal(jtree_text_or_number(jtree_get(one, "id"), scratch), id)) return one;
    }
    return NULL;
}

static bool take_author_v2(struct arena *arena, const struct jnode *post, const struct x_includes *includes,
                           struct slice handle, struct item *item) {
    char scratch[32];
    const struct jnode *user = jtree_get(post, "author"); /* flattened by twarc2 */
    struct slice id = jtree_text_or_number(jtree_get(post, "author_id"), scratch);
    if (user == NULL && includes != NULL && !slice_is_empty(id)) user = find_by_id(includes->users, id);
    struct slice name = jtree_get_text(user, "name"), own = jtree_get_text(user, "username");
    if (slice_is_empty(own)) own = jtree_get_text(post, "username");
    if (slice_is_empty(own)) own = jtree_get_text(post, "author_handle");
    return add_author(arena, item, slice_is_empty(own) ? handle : own, name);
}

/* Whether the reference says "reposted"; *original is what was, where it is at hand. */
static bool ref_is_repost(const struct jnode *ref, const struct x_includes *includes, const struct jnode **original) {
    char scratch[32];
    struct slice type = jtree_get_text(ref, "type"), id = jtree_text_or_number(jtree_get(ref, "id"), scratch);
    if (!slice_equal(type, SLICE("retweeted")) && !slice_equal(type, SLICE("reposted"))) return false;
    *original = jtree_get(ref, "text") != NULL ? ref : NULL;
    if (*original == NULL && includes != NULL) *original = find_by_id(includes->posts, id);
    return true;
}

/* Sets kind and refs, and finds the included original of a repost. */
static bool take_refs_v2(struct arena *arena, const struct jnode *post, const struct x_includes *includes,
                         struct item *item, const struct jnode **original) {
    char scratch[32];
    const struct jnode *refs = either(post, "referenced_posts", "referenced_tweets");
    for (size_t i = 0; i < jtree_count(refs) && i < 10; i++) {
        const struct jnode *ref = jtree_at(refs, i);
        struct slice type = jtree_get_text(ref, "type"), id = jtree_text_or_number(jtree_get(ref, "id"), scratch);
        if (!is_number(id)) continue;
        struct slice *into = NULL;
        if (ref_is_repost(ref, includes, original)) {
            into = &item->refs.reposts;
            item->kind = ITEM_REPOST;
        } else if (slice_equal(type, SLICE("quoted"))) {
            into = &item->refs.quotes;
            if (item->kind == ITEM_POST) item->kind = ITEM_QUOTE;
        } else if (slice_equal(type, SLICE("replied_to"))) {
            into = &item->refs.in_reply_to;
            if (item->kind == ITEM_POST) item->kind = ITEM_REPLY;
        }
        if (into != NULL && !arena_copy(arena, id, into)) return false;
    }
    return true;
}

/* A self-reply belongs to the thread that its author began; whether the author began it is known from the reply. */
static bool take_thread_v2(struct arena *arena, const struct jnode *post, struct item *item) {
    char scratch[32], other[32], third[32];
    struct slice conversation = jtree_text_or_number(jtree_get(post, "conversation_id"), scratch);
    struct slice author = jtree_text_or_number(jtree_get(post, "author_id"), other);
    struct slice to = jtree_text_or_number(jtree_get(post, "in_reply_to_user_id"), third);
    bool own = item->kind == ITEM_REPLY && !slice_is_empty(author) && slice_equal(author, to);
    if (!own || !is_number(conversation)) return true;
    return arena_copy(arena, conversation, &item->thread);
}

static struct counts metrics_v2(const struct jnode *post) {
    const struct jnode *metrics = jtree_get(post, "public_metrics");
    return (struct counts){.likes = jtree_int(jtree_get(metrics, "like_count"), -1),
                           .reposts = jtree_int(either(metrics, "repost_count", "retweet_count"), -1),
                           .replies = jtree_int(jtree_get(metrics, "reply_count"), -1),
                           .quotes = jtree_int(jtree_get(metrics, "quote_count"), -1)};
}

/* The first id of the chain of edits stays the same for all of them. */
static struct slice first_id(const struct jnode *post, char scratch[32]) {
    const struct jnode *chain = either(post, "edit_history_post_ids", "edit_history_tweet_ids");
    struct slice first = jtree_text(jtree_at(chain, 0));
    return is_number(first) ? first : jtree_text_or_number(jtree_get(post, "id"), scratch);
}

static bool take_words_v2(struct arena *arena, const struct jnode *post, struct item *item) {
    const struct jnode *note = either(post, "note_post", "note_tweet");
    const struct jnode *whole = slice_is_empty(jtree_get_text(note, "text")) ? post : note;
    const struct jnode *article = jtree_get(post, "article");
    struct slice title = jtree_get_text(article, "title");
    if (slice_is_empty(title)) title = jtree_get_text(post, "article_title");
    if (!slice_is_empty(title) && !arena_copy(arena, title, &item->title)) return false;
    const struct jnode *urls = jtree_path(whole, "entities.urls");
    if (jtree_count(urls) == 0) urls = jtree_path(post, "entities.urls");
    struct slice text = jtree_get_text(whole, "text");
    struct slice body = jtree_get_text(article, "plain_text");
    return x_text_take(arena, slice_is_empty(body) ? text : body, urls, item) &&
           x_text_take_tags(arena, jtree_path(whole, "entities.hashtags"), item);
}

bool x_post_take_v2(struct arena *arena, const struct jnode *post, const struct x_includes *includes,
                    struct slice handle, struct item *item, bool *skip) {
    char scratch[32];
    struct slice id = first_id(post, scratch);
    *skip = !is_number(id) || slice_is_absent(jtree_get_text(post, "text"));
    if (*skip) return true;
    const struct jnode *original = NULL;
    item->kind = ITEM_POST;
    item->published_s = answer_instant(post, "created_at");
    if (item->published_s == WHEN_ABSENT) item->published_s = x_post_instant(id);
    item->counts = metrics_v2(post);
    if (!arena_copy(arena, id, &item->id) || !set_url(arena, id, &item->url) ||
        !answer_copy(arena, post, "lang", &item->lang) || !take_refs_v2(arena, post, includes, item, &original) ||
        !take_thread_v2(arena, post, item) || !take_author_v2(arena, post, includes, handle, item))
        return false;
    /* A repost's own text is cut ("RT @…"): the original's words are whole. */
    return take_words_v2(arena, original != NULL ? original : post, item);
}

static const struct jnode *urls_v1(const struct jnode *post) {
    const struct jnode *extended = jtree_path(post, "extended_tweet.entities.urls");
    return extended != NULL ? extended : jtree_path(post, "entities.urls");
}

static struct slice text_v1(const struct jnode *post) {
    struct slice text = jtree_text(jtree_path(post, "extended_tweet.full_text"));
    if (slice_is_absent(text)) text = jtree_get_text(post, "full_text");
    return slice_is_absent(text) ? jtree_get_text(post, "text") : text;
}

static struct slice id_v1(const struct jnode *post, char scratch[32]) {
    struct slice id = jtree_get_text(post, "id_str");
    return slice_is_empty(id) ? jtree_text_or_number(jtree_get(post, "id"), scratch) : id;
}

/* Posts of an exported archive do not say who wrote them: its owner did. */
static bool is_to_self(const struct jnode *post, struct slice owner) {
    struct slice author = jtree_text(jtree_path(post, "user.id_str"));
    if (!slice_is_empty(author)) return slice_equal(author, jtree_get_text(post, "in_reply_to_user_id_str"));
    return !slice_is_empty(owner) && slice_equal_nocase(owner, jtree_get_text(post, "in_reply_to_screen_name"));
}

static bool take_refs_v1(struct arena *arena, const struct jnode *post, struct slice owner, struct item *item) {
    char scratch[32];
    const struct jnode *original = jtree_get(post, "retweeted_status");
    struct slice reposts = id_v1(original, scratch);
    if (is_number(reposts)) {
        item->kind = ITEM_REPOST;
        return arena_copy(arena, reposts, &item->refs.reposts);
    }
    struct slice to = jtree_get_text(post, "in_reply_to_status_id_str");
    struct slice quotes = jtree_get_text(post, "quoted_status_id_str");
    if (is_number(quotes)) {
        item->kind = ITEM_QUOTE;
        if (!arena_copy(arena, quotes, &item->refs.quotes)) return false;
    }
    if (!is_number(to)) return true;
    item->kind = ITEM_REPLY;
    bool own = is_to_self(post, owner);
    return arena_copy(arena, to, &item->refs.in_reply_to) && (!own || arena_copy(arena, to, &item->thread));
}

bool x_post_take_v1(struct arena *arena, const struct jnode *post, struct slice handle, struct item *item, bool *skip) {
    char scratch[32];
    struct slice id = id_v1(post, scratch);
    *skip = !is_number(id) || slice_is_absent(text_v1(post));
    if (*skip) return true;
    item->kind = ITEM_POST;
    item->published_s = x_post_v1_date(jtree_get_text(post, "created_at"));
    if (item->published_s == WHEN_ABSENT) item->published_s = answer_instant(post, "created_at");
    if (item->published_s == WHEN_ABSENT) item->published_s = x_post_instant(id);
    item->counts =
        (struct counts){jtree_int(jtree_get(post, "favorite_count"), -1),
                        jtree_int(jtree_get(post, "retweet_count"), -1), jtree_int(jtree_get(post, "reply_count"), -1),
                        jtree_int(jtree_get(post, "quote_count"), -1)};
    struct slice own = jtree_text(jtree_path(post, "user.screen_name"));
    if (!arena_copy(arena, id, &item->id) || !set_url(arena, id, &item->url) ||
        !answer_copy(arena, post, "lang", &item->lang) || !take_refs_v1(arena, post, handle, item) ||
        !add_author(arena, item, slice_is_empty(own) ? handle : own, jtree_text(jtree_path(post, "user.name"))))
        return false;
    const struct jnode *original = jtree_get(post, "retweeted_status");
    const struct jnode *whole = jtree_is_object(original) ? original : post;
    return x_text_take(arena, text_v1(whole), urls_v1(whole), item) &&
           x_text_take_tags(arena, jtree_path(whole, "entities.hashtags"), item);
}

const struct jnode *x_post_reposted(const struct jnode *post, const struct x_includes *includes) {
    const struct jnode *refs = either(post, "referenced_posts", "referenced_tweets");
    for (size_t i = 0; i < jtree_count(refs) && i < 10; i++) {
        const struct jnode *original = NULL;
        if (ref_is_repost(jtree_at(refs, i), includes, &original)) return original;
    }
    return NULL;
}

/* An original that cannot be read is left out. */
static void keep_unless(bool skip, struct page *page) {
    if (skip) page->originals.count--;
}

bool x_post_original_v2(struct arena *arena, const struct jnode *post, const struct x_includes *includes,
                        struct page *page) {
    char scratch[32];
    struct slice nobody = {NULL, 0};
    const struct jnode *original = x_post_reposted(post, includes);
    bool skip = true;
    if (original == NULL) return true;
    if (includes != NULL)
        x_people_find(includes->people, jtree_text_or_number(jtree_get(original, "author_id"), scratch), &nobody);
    struct item *item = answer_add_original(arena, page);
    if (item == NULL || !x_post_take_v2(arena, original, includes, nobody, item, &skip)) return false;
    keep_unless(skip, page);
    return true;
}

bool x_post_original_v1(struct arena *arena, const struct jnode *post, struct page *page) {
    struct slice nobody = {NULL, 0};
    const struct jnode *original = jtree_get(post, "retweeted_status");
    bool skip = true;
    if (!jtree_is_object(original)) return true;
    struct item *item = answer_add_original(arena, page);
    if (item == NULL || !x_post_take_v1(arena, original, nobody, item, &skip)) return false;
    keep_unless(skip, page);
    return true;
}
