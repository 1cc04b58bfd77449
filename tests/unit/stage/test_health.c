#include "stage/health.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/when.h"
#include "stage/answered.h"
#include "stage/contents.h"

#define NOW ((int64_t)1795590000)

struct world {
    struct arena *arena;
    struct source source;
    struct source_state state;
    struct contents contents;
    struct slice words;
};

/* A source that answers every day and had something new yesterday. */
static struct world *well(void **state) {
    struct world *world = *state;
    arena_reset(world->arena);
    world->source = (struct source){.name = SLICE("blog"), .every_s = 3600};
    source_state_init(&world->state, SLICE("blog"));
    world->state.last_success_s = NOW;
    world->state.last_new_item_s = NOW - DAY_S;
    world->state.mean_gap_s = DAY_S;
    world->state.answers = 30;
    world->state.items_new = 40;
    world->contents = (struct contents){.looked = 20};
    return world;
}

static enum health health(struct world *world) {
    struct health_facts facts = {
        .source = &world->source, .state = &world->state, .alarm_after = 3, .now_s = NOW, .contents = &world->contents};
    enum health found;
    assert_true(health_of(&facts, world->arena, &found, &world->words));
    return found;
}

static void a_source_that_answers_in_its_rhythm_is_well(void **state) {
    struct world *world = well(state);
    assert_int_equal(health(world), HEALTH_GOOD);
    assert_true(slice_is_absent(world->words));
    assert_false(health_is_ill(HEALTH_PAUSED));
}

static void quiet_is_beyond_its_own_rhythm(void **state) {
    struct world *world = well(state);
    world->state.last_new_item_s = NOW - 15 * (int64_t)DAY_S;
    assert_int_equal(health(world), HEALTH_QUIET);
    world->state.mean_gap_s = 7 * (int64_t)DAY_S; /* one that writes once a week may be silent for four */
    assert_int_equal(health(world), HEALTH_GOOD);
    world->state.last_new_item_s = NOW - 29 * (int64_t)DAY_S;
    assert_int_equal(health(world), HEALTH_QUIET);
    assert_true(slice_find(world->words, SLICE("29 days"), 0) != SLICE_NOT_FOUND);
}

static void two_failures_are_no_illness_and_three_are(void **state) {
    struct world *world = well(state);
    world->state.last_reason = SLICE("it was too slow");
    world->state.failures = 2;
    assert_int_equal(health(world), HEALTH_GOOD);
    world->state.failures = 3;
    assert_int_equal(health(world), HEALTH_FAILING);
    assert_true(slice_find(world->words, SLICE("too slow"), 0) != SLICE_NOT_FOUND);
}

static void what_it_gives_counts_when_most_of_it_is_so(void **state) {
    struct world *world = well(state);
    world->contents.adverts = 15;
    assert_int_equal(health(world), HEALTH_GOOD);
    world->contents.adverts = 16;
    assert_int_equal(health(world), HEALTH_ADVERTS);
    world->contents.earlier = 18;
    world->contents.sister = SLICE("other");
    assert_int_equal(health(world), HEALTH_SISTER);
    assert_true(slice_find(world->words, SLICE("'other'"), 0) != SLICE_NOT_FOUND);
    world->contents.empty = 20;
    assert_int_equal(health(world), HEALTH_EMPTY);
    world->contents = (struct contents){.looked = 4, .empty = 4}; /* too few to tell */
    assert_int_equal(health(world), HEALTH_GOOD);
}

static void placeholders_are_told_from_short_posts(void **state) {
    (void)state;
    struct item soon = {.title = SLICE("Post 12"), .text = SLICE("Coming soon!")};
    struct item film = {.title = SLICE("Retrieval practice in three minutes"), .url = SLICE("https://v.example/1")};
    struct item nothing = {.title = SLICE("Post")};
    struct slice phrase = SLICE("coming soon");
    const struct slice_list phrases = {&phrase, 1, 1}, none = {NULL, 0, 0};
    struct item picture = {.title = SLICE("Post"), .image = SLICE("https://v.example/1.png")};
    assert_true(contents_is_placeholder(&phrases, &soon));
    assert_true(contents_is_placeholder(&phrases, &nothing));
    assert_false(contents_is_placeholder(&phrases, &film));
    assert_false(contents_is_placeholder(&phrases, &picture));
    assert_false(contents_is_placeholder(&none, &soon));
}

/* ---- moves ---- */

static void answer(struct world *world, const char *url, bool moved) {
    struct response response = {.status = 200,
                                .final_url = slice_from(url),
                                .moved_for_good = moved,
                                .expires_s = WHEN_ABSENT,
                                .retry_at_s = WHEN_ABSENT};
    answered_unchanged(&world->state, &world->source, &response, NOW);
}

static void fail_with(struct world *world, int status) {
    struct response response = {.status = status, .expires_s = WHEN_ABSENT, .retry_at_s = WHEN_ABSENT};
    answered_badly(&world->state, &world->source, &response, SLICE("no"), NOW);
}

static void a_move_is_believed_when_it_held(void **state) {
    struct world *world = well(state);
    for (int i = 1; i < ANSWERED_MOVES_BELIEVED; i++) answer(world, "https://new.example/", true);
    assert_false(answered_is_moved(&world->state));
    answer(world, "https://old.example/", false); /* it was not for good: counting starts anew */
    for (int i = 0; i < ANSWERED_MOVES_BELIEVED; i++) answer(world, "https://new.example/", true);
    assert_true(answered_is_moved(&world->state));
    answer(world, "https://new.example/", false); /* asked there, no redirect is seen any more */
    assert_true(answered_is_moved(&world->state));
    assert_int_equal(health(world), HEALTH_MOVED);
}

static void a_move_is_forgotten_when_the_new_place_fails(void **state) {
    struct world *world = well(state);
    for (int i = 0; i < ANSWERED_MOVES_BELIEVED; i++) answer(world, "https://new.example/", true);
    fail_with(world, 500);
    assert_true(answered_is_moved(&world->state));
    fail_with(world, 410); /* gone there: the old place is asked before anything is said */
    assert_false(answered_is_moved(&world->state));
    assert_true(world->state.retired_s == WHEN_ABSENT);
    fail_with(world, 410);
    assert_true(world->state.retired_s == NOW);
    assert_int_equal(health(world), HEALTH_GONE);
}

static void what_was_not_asked_has_not_failed(void **state) {
    struct world *world = well(state);
    struct response response = {.retry_at_s = NOW + 7200, .expires_s = WHEN_ABSENT};
    answered_not(&world->state, &response);
    assert_int_equal(world->state.failures, 0);
    assert_true(world->state.next_due_s == NOW + 7200);
}

static void unchanged_is_not_believed_for_ever(void **state) {
    struct world *world = well(state);
    assert_false(answered_may_compare(&world->state, NOW)); /* never read whole */
    world->state.last_whole_s = NOW - 8 * (int64_t)DAY_S;
    assert_true(answered_may_compare(&world->state, NOW));
    world->state.last_whole_s = NOW - 8 * (int64_t)DAY_S - 1;
    assert_false(answered_may_compare(&world->state, NOW));
}

static int start(void **state) {
    static struct world world;
    world.arena = arena_new((size_t)1024 * 1024);
    *state = &world;
    return world.arena == NULL ? -1 : 0;
}

static int stop(void **state) {
    struct world *world = *state;
    arena_free(&world->arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_that_answers_in_its_rhythm_is_well),
        cmocka_unit_test(quiet_is_beyond_its_own_rhythm),
        cmocka_unit_test(two_failures_are_no_illness_and_three_are),
        cmocka_unit_test(what_it_gives_counts_when_most_of_it_is_so),
        cmocka_unit_test(placeholders_are_told_from_short_posts),
        cmocka_unit_test(a_move_is_believed_when_it_held),
        cmocka_unit_test(a_move_is_forgotten_when_the_new_place_fails),
        cmocka_unit_test(what_was_not_asked_has_not_failed),
        cmocka_unit_test(unchanged_is_not_believed_for_ever),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
