#include "normal/item.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"

#define NOW_S 1790000000

struct world {
    struct arena *arena;
    struct canon_rules *rules;
    struct canon_memo *memo; /* made with the first item */
};

static const struct source source = {.name = {"src", 3}, .site = {"https://www.school.example/", 27}};

static struct item fresh(void) {
    struct item item = {0};
    item_init(&item);
    item.id = SLICE("1");
    item.title = SLICE("A title");
    return item;
}

static void normalise(struct world *world, struct item *item) {
    struct fault fault = {0};
    if (world->memo == NULL) world->memo = canon_memo_new(world->rules, world->arena);
    assert_non_null(world->memo);
    if (!normal_item(item, &source, world->memo, NOW_S, world->arena, &fault)) fail_msg("%s", fault.text);
}

static void words_are_repaired_composed_and_trimmed(void **state) {
    struct item item = fresh();
    item.title = SLICE("  cafe\xCC\x81 \x01ok\xFF ");
    item.text = SLICE(" \n\t ");
    item.summary = SLICE("plain");
    normalise(*state, &item);
    assert_true(slice_equal(item.title, SLICE("caf\xC3\xA9 ok\xEF\xBF\xBD")));
    assert_true(slice_is_absent(item.text));
    assert_false(item.cut);
}

/* What is left as it is without asking the library would be left so by it, alone and in company. */
static void every_character_is_composed_as_the_library_does(void **state) {
    (void)state;
    static const uint32_t ranges[][2] = {{0x80, 0x3FF}, {0x2000, 0x2FFF}, {0xF900, 0xFFFC}, {0x1F000, 0x1FBFF}};
    struct problems problems = {0};
    for (size_t r = 0; r < COUNT_OF(ranges); r++) {
        AUTO(arena_free)
        struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
        problems.arena = arena;
        struct world world = {arena, canon_rules_read(SLICE("urls.conf"), canon_rules_shipped(), &problems, arena),
                              NULL};
        for (uint32_t point = ranges[r][0]; point <= ranges[r][1]; point++) {
            char text[16] = "e", *wanted = NULL;
            size_t len = 1 + utf8_encode(point, text + 1);
            text[len++] = 'x';
            struct item item = fresh();
            item.title = slice_of(text, len);
            assert_true(utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len,
                                     (utf8proc_uint8_t **)&wanted, UTF8PROC_STABLE | UTF8PROC_COMPOSE) > 0);
            normalise(&world, &item);
            if (!slice_equal(item.title, slice_from(wanted))) fail_msg("U+%04X", point);
            free(wanted);
        }
    }
}

static void controls_are_found_wherever_they_stand(void **state) {
    for (size_t len = 3; len < 30; len++) {
        for (size_t at = 2; at < len; at++) {
            char text[32], wanted[32];
            struct item item = fresh();
            memset(text, '.', sizeof text);
            memset(wanted, '.', sizeof wanted);
            text[at] = at % 2 == 0 ? 0x1F : 0x01;
            text[0] = (char)0xC3, text[1] = (char)0xA9;
            memcpy(wanted, text, at);
            memcpy(wanted + at, text + at + 1, len - at - 1);
            item.title = slice_of(text, len);
            normalise(*state, &item);
            assert_true(slice_equal(item.title, slice_trim(slice_of(wanted, len - 1))));
        }
    }
}

static void a_long_field_is_cut_at_a_character_and_said_so(void **state) {
    struct world *world = *state;
    struct item item = fresh();
    char *text = arena_alloc(world->arena, LIMIT_FIELD_BYTES + 10, 1);
    assert_non_null(text);
    memset(text, 'a', LIMIT_FIELD_BYTES + 9);
    text[LIMIT_FIELD_BYTES - 1] = (char)0xC3, text[LIMIT_FIELD_BYTES] = (char)0xA9;
    item.text = slice_from(text);
    normalise(world, &item);
    assert_int_equal(item.text.len, LIMIT_FIELD_BYTES - 1);
    assert_true(item.cut);
}

static void dates_that_cannot_be_are_not_said(void **state) {
    static const int64_t bad[] = {-1, NOW_S + DAY_S + 1, INT64_MAX, INT64_MIN + 1};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct item item = fresh();
        item.published_s = bad[i];
        item.updated_s = NOW_S + DAY_S;
        normalise(*state, &item);
        assert_true(item.published_s == WHEN_ABSENT);
        assert_int_equal(item.updated_s, NOW_S + DAY_S);
    }
}

static void links_lose_trackers_doubles_and_what_may_not_be_a_link(void **state) {
    static const struct {
        const char *url, *expanded;
    } given[] = {{"https://www.example.org/a?utm_source=chatgpt.com", NULL},
                 {"http://example.org/a/", NULL},
                 {"javascript:alert(1)", NULL},
                 {"data:text/html,x", NULL},
                 {"https://t.co/x", "https://example.org/b?fbclid=1"},
                 {"https://bit.ly/y", "https://example.org/b"},
                 {"mailto:head@school.example", NULL},
                 {"https://bad host/", NULL},
                 {"/relative", NULL}};
    struct world *world = *state;
    struct item item = fresh();
    for (size_t i = 0; i < COUNT_OF(given); i++)
        assert_true(link_list_add(
            world->arena, &item.links,
            (struct link){.url = slice_from(given[i].url), .expanded = slice_from(given[i].expanded), .length = -1}));
    normalise(world, &item);
    assert_true(slice_equal(item.links.at[0].url, SLICE("https://www.example.org/a")));
    assert_true(slice_equal(item.links.at[1].url, SLICE("https://t.co/x")));
    assert_true(slice_equal(item.links.at[1].expanded, SLICE("https://example.org/b")));
    assert_true(slice_equal(item.links.at[2].url, SLICE("mailto:head@school.example")));
    assert_true(slice_equal(item.chatbot, SLICE("chatgpt.com")));
}

static void the_front_page_is_no_items_own_page(void **state) {
    struct item item = fresh();
    item.url = SLICE("http://school.example/?utm_source=rss");
    normalise(*state, &item);
    assert_true(slice_is_absent(item.url));
    item.url = SLICE("http://school.example/news/1");
    normalise(*state, &item);
    assert_true(slice_equal(item.url, SLICE("http://school.example/news/1")));
}

static void a_missing_id_is_made_and_stays_the_same(void **state) {
    struct item one = fresh(), two = fresh(), three = fresh();
    one.id = two.id = three.id = (struct slice){NULL, 0};
    one.url = two.url = SLICE("https://example.org/x");
    one.published_s = 5000;
    two.published_s = 900000; /* a date that moves makes no other item of it */
    three.url = SLICE("https://example.org/y");
    normalise(*state, &one);
    normalise(*state, &two);
    normalise(*state, &three);
    assert_int_equal(one.id.len, 64);
    assert_true(slice_equal(one.id, two.id));
    assert_false(slice_equal(one.id, three.id));
    struct item wordless = fresh();
    wordless.id = wordless.title = (struct slice){NULL, 0};
    wordless.text = SLICE("Exit tickets.");
    normalise(*state, &wordless);
    assert_int_equal(wordless.id.len, 64);
}

static void an_item_with_nothing_in_it_is_a_fault(void **state) {
    struct world *world = *state;
    struct item item = {0};
    struct fault fault = {0};
    item_init(&item);
    item.id = SLICE("1");
    item.title = SLICE(" \x02 ");
    assert_false(normal_item(&item, &source, canon_memo_new(world->rules, world->arena), NOW_S, world->arena, &fault));
    assert_int_equal(fault.kind, FAULT_INPUT);
}

static void an_items_name_outlives_its_id(void **state) {
    struct world *world = *state;
    struct fault fault = {0};
    struct slice a, b, c;
    struct item item = fresh();
    item.url = SLICE("http://example.org/x?utm_source=a");
    assert_true(normal_item_name(&item, world->rules, world->arena, &a, &fault));
    item.id = SLICE("another");
    item.url = SLICE("https://www.example.org/x");
    assert_true(normal_item_name(&item, world->rules, world->arena, &b, &fault));
    item.url = (struct slice){NULL, 0};
    assert_true(normal_item_name(&item, world->rules, world->arena, &c, &fault));
    assert_true(slice_equal(a, b));
    assert_false(slice_equal(a, c));
    assert_true(normal_ids_churn(6, 5));
    assert_false(normal_ids_churn(5, 5));
    assert_false(normal_ids_churn(0, 0));
}

static void the_role_of_a_link_is_told(void **state) {
    static const struct {
        const char *url;
        enum link_role role;
    } cases[] = {{"https://twitter.com/a/status/123?s=20", LINK_STATUS},
                 {"https://bsky.app/profile/a.example/post/3k", LINK_STATUS},
                 {"https://mastodon.example/@ann/1122", LINK_STATUS},
                 {"https://mastodon.example/users/ann/statuses/1122", LINK_STATUS},
                 {"https://pbs.twimg.com/media/x", LINK_MEDIA},
                 {"https://example.org/photo.JPG?w=3", LINK_MEDIA},
                 {"mailto:a@example.org", LINK_OTHER},
                 {"tel:1", LINK_OTHER},
                 {"https://example.org/study.pdf", LINK_PAGE},
                 {"https://mastodon.example/@ann", LINK_PAGE},
                 {"https://medium.com/@ann/a-title-1", LINK_PAGE}};
    struct world *world = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (link_role(world->rules, slice_from(cases[i].url), world->arena) != cases[i].role)
            fail_msg("%s", cases[i].url);
}

static int start(void **state) {
    static struct world world;
    world.arena = arena_new((size_t)64 * 1024 * 1024);
    struct problems problems = {.arena = world.arena};
    world.rules = canon_rules_read(SLICE("urls.conf"), canon_rules_shipped(), &problems, world.arena);
    *state = &world;
    return world.rules == NULL ? -1 : 0;
}

static int stop(void **state) {
    arena_free(&((struct world *)*state)->arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_repaired_composed_and_trimmed),
        cmocka_unit_test(every_character_is_composed_as_the_library_does),
        cmocka_unit_test(controls_are_found_wherever_they_stand),
        cmocka_unit_test(a_long_field_is_cut_at_a_character_and_said_so),
        cmocka_unit_test(dates_that_cannot_be_are_not_said),
        cmocka_unit_test(links_lose_trackers_doubles_and_what_may_not_be_a_link),
        cmocka_unit_test(the_front_page_is_no_items_own_page),
        cmocka_unit_test(a_missing_id_is_made_and_stays_the_same),
        cmocka_unit_test(an_item_with_nothing_in_it_is_a_fault),
        cmocka_unit_test(an_items_name_outlives_its_id),
        cmocka_unit_test(the_role_of_a_link_is_told),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
