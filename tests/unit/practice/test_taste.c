#include "practice/taste.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct opinion said(enum opinion_kind kind, const char *topic, const char *source) {
    return (struct opinion){.kind = kind,
                            .item = SLICE("s/1"),
                            .topic = slice_from(topic),
                            .topic_label = slice_from(topic),
                            .source = slice_from(source),
                            .source_name = slice_from(source)};
}

static struct taste_list weigh(struct arena *arena, struct opinion *at, size_t count) {
    struct opinion_list opinions = {at, count, count};
    struct taste_list out;
    struct fault fault = {0};
    assert_true(taste_of_opinions(&opinions, arena, &out, &fault));
    return out;
}

static void marks_move_topic_and_source_and_say_so(void **state) {
    (void)state;
    struct arena *arena = arena_new(1u << 20);
    struct opinion at[] = {said(OPINION_USEFUL, "feedback", "one"), said(OPINION_NOT_FOR_US, "phones", "two")};
    struct taste_list out = weigh(arena, at, 2);
    assert_int_equal(out.count, 4);
    assert_true(out.at[0].points == 2 && out.at[1].points == -2 && out.at[2].points == 1 && out.at[3].points == -1);
    assert_true(slice_equal(out.at[0].words, SLICE("+2 points for every post on feedback: 1 said to be useful")));
    assert_true(slice_equal(out.at[3].words, SLICE("-1 point for every post by two: 1 said to be not for us")));
    arena_free(&arena);
}

static void many_marks_go_no_further_than_the_bounds_and_opposite_ones_cancel(void **state) {
    (void)state;
    struct arena *arena = arena_new(1u << 20);
    struct opinion many[50];
    for (int i = 0; i < 50; i++) many[i] = said(OPINION_USEFUL, "feedback", "one");
    struct taste_list out = weigh(arena, many, 50);
    assert_true(out.count == 2 && out.at[0].points == TASTE_TOPIC_MOST && out.at[1].points == TASTE_SOURCE_MOST);
    struct opinion both[] = {said(OPINION_USEFUL, "feedback", "one"), said(OPINION_NOT_FOR_US, "feedback", "one")};
    assert_int_equal(weigh(arena, both, 2).count, 0);
    assert_int_equal(weigh(arena, NULL, 0).count, 0);
    arena_free(&arena);
}

static void what_is_done_already_says_nothing_against_its_source(void **state) {
    (void)state;
    struct arena *arena = arena_new(1u << 20);
    struct opinion at[] = {said(OPINION_ALREADY_DO, "feedback", "one")};
    struct taste_list out = weigh(arena, at, 1);
    assert_true(out.count == 1 && out.at[0].of == TASTE_TOPIC && out.at[0].points == -2);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_move_topic_and_source_and_say_so),
        cmocka_unit_test(many_marks_go_no_further_than_the_bounds_and_opposite_ones_cancel),
        cmocka_unit_test(what_is_done_already_says_nothing_against_its_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
