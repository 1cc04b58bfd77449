#include "curate/story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "curate/likeness.h"
#include "unit/curate/world.h"

#define LONG_POST                                                                                                      \
    "we put three retrieval questions on the board before the register and it settles the class in a minute"

static struct world world;

static int fresh_world(void **state) {
    (void)state;
    world = (struct world){.arena = arena_new(64u * 1024 * 1024)};
    return world.arena == NULL;
}

static int end_world(void **state) {
    (void)state;
    arena_free(&world.arena);
    return 0;
}

static struct story_list build(void) {
    struct story_list stories;
    struct fault fault = {0};
    assert_true(story_build(&world.candidates, world.arena, &stories, &fault));
    return stories;
}

static void posts_that_lead_to_one_page_are_one_story(void **state) {
    (void)state;
    world_post(&world, "anna", "Read this on feedback", 3, "feedback", WORLD_START)->key = SLICE("https://a.example/x");
    world_post(&world, "ben", "Not sure about that one", 3, "feedback", WORLD_START)->key =
        SLICE("https://a.example/x");
    world_post(&world, "cleo", "Something else", 3, "feedback", WORLD_START)->key = SLICE("https://a.example/y");
    struct story_list stories = build();
    assert_int_equal(stories.count, 2);
    assert_int_equal(stories.at[0].member_count + stories.at[1].member_count, 3);
}

static void nearly_the_same_words_are_one_story_and_others_are_not(void **state) {
    (void)state;
    world_post(&world, "anna", LONG_POST, 1, "retrieval", WORLD_START);
    world_post(&world, "ben", "RT: " LONG_POST "! @anna https://x.example/1", 1, "retrieval", WORLD_START + 60);
    world_post(&world, "cleo", "we put three mini whiteboards on every table before the register and nobody minds", 1,
               "cfu", WORLD_START);
    struct story_list stories = build();
    assert_int_equal(stories.count, 2);
}

static void the_same_words_over_different_pages_are_two_stories(void **state) {
    (void)state;
    world_post(&world, "anna", LONG_POST, 1, "retrieval", WORLD_START)->key = SLICE("https://a.example/1");
    world_post(&world, "ben", LONG_POST, 1, "retrieval", WORLD_START)->key = SLICE("https://a.example/2");
    assert_int_equal(build().count, 2);
}

static void short_posts_are_joined_only_word_for_word(void **state) {
    (void)state;
    world_post(&world, "anna", "Mini whiteboards, every lesson.", 1, "cfu", WORLD_START);
    world_post(&world, "ben", "mini whiteboards every lesson", 1, "cfu", WORLD_START);
    world_post(&world, "cleo", "mini whiteboards every Friday", 1, "cfu", WORLD_START);
    world_post(&world, "dora", "This!", 1, "cfu", WORLD_START);
    world_post(&world, "emil", "This!", 1, "cfu", WORLD_START);
    assert_int_equal(build().count, 4);
}

static void an_article_copied_with_small_changes_is_one_story(void **state) {
    (void)state;
    char text[2][3000];
    size_t used[2] = {0};
    for (int i = 0; i < 300; i++)
        for (int copy = 0; copy < 2; copy++)
            used[copy] += (size_t)snprintf(text[copy] + used[copy], 3000 - used[copy], "w%d ",
                                           copy == 1 && i == 150 ? 9999 : i * 7919 % 1009);
    for (int copy = 0; copy < 2; copy++) {
        struct candidate *post = world_post(&world, copy == 0 ? "anna" : "ben", "x", 3, "feedback", WORLD_START);
        struct article *article = world_new(&world, sizeof *article);
        article_init(article);
        article->text = slice_from(text[copy]);
        post->article = article;
        post->key = copy == 0 ? SLICE("https://a.example/1") : SLICE("https://b.example/2");
    }
    assert_int_equal(build().count, 1);
}

static void one_doi_links_two_stories_and_does_not_merge_them(void **state) {
    (void)state;
    static struct work work = {.id = {"10.5555/x", 9}, .state = WORK_FOUND};
    for (int i = 0; i < 2; i++) {
        struct candidate *post =
            world_post(&world, i == 0 ? "anna" : "ben", i == 0 ? LONG_POST : "quite other words about it", 3,
                       "retrieval", WORLD_START);
        post->works = (struct work_list){&work, 1, 1};
    }
    struct story_list stories = build();
    assert_int_equal(stories.count, 2);
    assert_int_equal(stories.at[0].same_study.count, 1);
    assert_true(slice_equal(stories.at[0].same_study.at[0], stories.at[1].code));
}

static void the_article_itself_leads_and_an_added_comment_is_kept_once(void **state) {
    (void)state;
    struct slice key = SLICE("https://a.example/x");
    const char *comment =
        "this worked for my year nine only after I cut it down to three minutes with boards out first";
    world_post(&world, "anna", comment, 3, "feedback", WORLD_START)->key = key;
    world_post(&world, "ben", comment, 3, "feedback", WORLD_START + 10)->key = key;
    world_post(&world, "cleo", "so true", 3, "feedback", WORLD_START + 10)->key = key;
    struct candidate *article = world_post(&world, "blog", "The article", 3, "feedback", WORLD_START + 500);
    article->key = key;
    world_item(article)->kind = ITEM_ARTICLE;
    struct story_list stories = build();
    assert_int_equal(stories.count, 1);
    const struct story *story = &stories.at[0];
    assert_true(slice_equal(story->lead->source, SLICE("blog")));
    assert_int_equal(story->sharers.count, 4);
    size_t comments = 0;
    for (size_t i = 0; i < 4; i++) comments += !slice_is_empty(story->sharers.at[i].comment);
    assert_int_equal(comments, 1);
}

static void ids_and_codes_stay_when_more_people_share_it(void **state) {
    (void)state;
    world_post(&world, "anna", LONG_POST, 1, "retrieval", WORLD_START)->key = SLICE("https://a.example/x");
    struct story_list before = build();
    world_post(&world, "aaron", "see this", 1, "retrieval", WORLD_START + 900)->key = SLICE("https://a.example/x");
    struct story_list after = build();
    assert_true(slice_equal(before.at[0].id, after.at[0].id));
    assert_true(slice_equal(before.at[0].code, after.at[0].code));
    assert_int_equal(before.at[0].code.len, 4);
}

static void five_thousand_copies_do_not_take_quadratic_time(void **state) {
    (void)state;
    for (int i = 0; i < 5000; i++) world_post(&world, "bot", LONG_POST, 0, "spam", WORLD_START);
    assert_int_equal(build().count, 1);
}

static void codes_are_unique_among_many_stories(void **state) {
    (void)state;
    for (int i = 0; i < 3000; i++) {
        char *text = arena_printf(world.arena, "post number %d about %d things and %d others", i, i * 31, i * 17);
        world_post(&world, "many", text, 0, "x", WORLD_START);
    }
    struct story_list stories = build();
    assert_int_equal(stories.count, 3000);
    for (size_t i = 0; i < stories.count; i++)
        for (size_t j = i + 1; j < stories.count; j++)
            assert_false(slice_equal(stories.at[i].code, stories.at[j].code));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh_world, end_world)
int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(posts_that_lead_to_one_page_are_one_story),
        TEST(nearly_the_same_words_are_one_story_and_others_are_not),
        TEST(the_same_words_over_different_pages_are_two_stories),
        TEST(short_posts_are_joined_only_word_for_word),
        TEST(an_article_copied_with_small_changes_is_one_story),
        TEST(one_doi_links_two_stories_and_does_not_merge_them),
        TEST(the_article_itself_leads_and_an_added_comment_is_kept_once),
        TEST(ids_and_codes_stay_when_more_people_share_it),
        TEST(five_thousand_copies_do_not_take_quadratic_time),
        TEST(codes_are_unique_among_many_stories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
