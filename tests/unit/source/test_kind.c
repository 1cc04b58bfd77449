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
    assert_true(kind->one(NULL, slice_from(url), arena, &request, &mine, &fault));
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
        cmocka_unit_test(a_single_status_is_read_like_a_list_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
