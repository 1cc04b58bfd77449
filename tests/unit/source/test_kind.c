#include "source/kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Where the single post at `url` is asked for; NULL = it is no post of that network. */
static void assert_one(const struct source_kind *kind, const char *url, const char *wanted) {
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct request request = {0};
    struct fault fault = {0};
    bool mine = true;
    assert_non_null(arena);
    struct post_address post = {.url = slice_from(url)};
    assert_true(kind->one(NULL, &post, arena, &request, &mine, &fault));
    assert_int_equal(mine, wanted != NULL);
    if (wanted == NULL) return;
    assert_true(slice_equal(request.url, slice_from(wanted)));
    assert_int_equal(request.purpose, REQUEST_API);
}

static void a_post_of_bluesky_is_known_by_its_address(void **state) {
    (void)state;
    assert_one(&source_bluesky, "https://bsky.app/profile/okafor.example/post/3k7",
               "https://public.api.bsky.app/xrpc/app.bsky.feed.getPosts"
               "?uris=at%3A%2F%2Fokafor.example%2Fapp.bsky.feed.post%2F3k7");
    assert_one(&source_bluesky, "https://bsky.app/profile/okafor.example", NULL);
    assert_one(&source_bluesky, "https://bsky.app/profile//post/3k7", NULL);
    assert_one(&source_bluesky, "https://bsky.app/profile/okafor.example/post/", NULL);
    assert_one(&source_bluesky, "https://bsky.app.evil.example/profile/okafor.example/post/3k7", NULL);
    assert_one(&source_bluesky, "nonsense", NULL);
}

static void a_status_of_mastodon_is_known_by_its_address_at_any_server(void **state) {
    (void)state;
    assert_one(&source_mastodon, "https://s.example/@okafor/113", "https://s.example/api/v1/statuses/113");
    assert_one(&source_mastodon, "https://s.example/@wu@other.example/113", "https://s.example/api/v1/statuses/113");
    assert_one(&source_mastodon, "https://s.example/users/okafor/statuses/113",
               "https://s.example/api/v1/statuses/113");
    assert_one(&source_mastodon, "https://s.example:8443/@okafor/113", "https://s.example:8443/api/v1/statuses/113");
    assert_one(&source_mastodon, "https://m.example/@okafor/how-i-teach-1f2e3d", NULL);
    assert_one(&source_mastodon, "https://s.example/@okafor", NULL);
    assert_one(&source_mastodon, "https://s.example/@okafor/113/embed", NULL);
    assert_one(&source_mastodon, "https://s.example/users/okafor/113", NULL);
    assert_one(&source_mastodon, "https://s.example", NULL);
}

#define X_FIELDS                                                                                                       \
    "?tweet.fields=created_at,lang,public_metrics,entities,referenced_tweets,note_tweet,conversation_id,"              \
    "in_reply_to_user_id,author_id,edit_history_tweet_ids,article&user.fields=name,username&expansions=author_id,"     \
    "referenced_tweets.id"

static void a_post_of_x_is_known_by_its_address(void **state) {
    (void)state;
    assert_one(&source_x, "https://x.com/okafor/status/1860000000000000003",
               "https://api.x.com/2/tweets/1860000000000000003" X_FIELDS);
    assert_one(&source_x, "https://x.com/i/status/20", "https://api.x.com/2/tweets/20" X_FIELDS);
    assert_one(&source_x, "https://x.com/okafor", NULL);
    assert_one(&source_x, "https://x.com/okafor/status/", NULL);
    assert_one(&source_x, "https://x.com/okafor/status/12x", NULL);
    assert_one(&source_x, "https://x.com/okafor/status/99999999999999999999999", NULL);
    assert_one(&source_x, "https://x.com/okafor/status/12/photo/1", NULL);
    assert_one(&source_x, "https://x.com.evil.example/okafor/status/12", NULL);
    assert_one(&source_x, "https://evil.example/x.com/status/12", NULL);
}

static void a_post_of_x_is_asked_for_in_the_words_that_it_takes_and_with_its_price(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct request request = {0};
    struct fault fault = {0};
    bool mine = false;
    struct post_address post = {SLICE("https://x.com/i/status/20"), SLICE("{\"words\":\"posts?\"}")};
    assert_true(source_x.one(NULL, &post, arena, &request, &mine, &fault));
    assert_true(slice_find(request.url, SLICE("?post.fields="), 0) != SLICE_NOT_FOUND);
    assert_true(slice_ends(request.url, SLICE("author_id,referenced_posts")));
    assert_int_equal(request.tag.results, 1);
    assert_int_equal(request.tag.posts_each, 3);
    assert_int_equal(request.tag.users, 1);
    assert_true(slice_equal(request.secret, SLICE("x-token")));
}

static void a_single_status_is_read_like_a_list_of_one(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(1000000);
    struct fault fault = {0};
    struct page page;
    struct slice none = {NULL, 0};
    struct response response = {
        .state = RESPONSE_ANSWERED,
        .status = 200,
        .body =
            SLICE("{\"id\":\"113\",\"uri\":\"https://s.example/users/okafor/statuses/113\",\"url\":\"https://s.example/"
                  "@okafor/113\",\"created_at\":\"2026-11-20T08:00:00.000Z\",\"visibility\":\"public\",\"content\":"
                  "\"<p>Three questions.</p>\",\"account\":{\"acct\":\"okafor\",\"id\":\"1\"}}")};
    assert_true(source_mastodon.take(NULL, none, &response, 0, arena, &page, &fault));
    assert_int_equal(page.items.count, 1);
    assert_true(slice_equal(page.items.at[0].text, SLICE("Three questions.")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_post_of_bluesky_is_known_by_its_address),
        cmocka_unit_test(a_status_of_mastodon_is_known_by_its_address_at_any_server),
        cmocka_unit_test(a_post_of_x_is_known_by_its_address),
        cmocka_unit_test(a_post_of_x_is_asked_for_in_the_words_that_it_takes_and_with_its_price),
        cmocka_unit_test(a_single_status_is_read_like_a_list_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
