#include "classify/score_labels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/jtree.h"

static const char rules[] = "group g Group\ntopic a Alpha\n  parent g\n  phrase alpha\n  yes alpha\n  no beta\n"
                            "topic b Beta\n  parent g\n  phrase beta\n  yes beta\n  no alpha\n";

struct desk {
    struct arena *arena;
    struct ruleset set;
    struct score *score;
    struct buf out;
};

static int set_up(void **state) {
    static struct desk desk;
    struct fault fault = {0};
    desk = (struct desk){.arena = arena_new((size_t)16 * 1024 * 1024), .out = buf_new(65536)};
    struct problems problems = {.arena = desk.arena};
    const struct rules_file file = {.name = SLICE("x.rules"), .text = slice_from(rules)};
    assert_true(ruleset_read(&file, 1, desk.arena, &desk.set, &problems, &fault));
    assert_int_equal(problems.errors, 0);
    desk.score = score_new(&desk.set, &fault);
    assert_non_null(desk.score);
    *state = &desk;
    return 0;
}

static int tear_down(void **state) {
    struct desk *desk = *state;
    score_free(&desk->score);
    ruleset_free(&desk->set);
    arena_free(&desk->arena);
    buf_free(&desk->out);
    return 0;
}

static void add(struct desk *desk, int meant, int given, const char *topic) {
    struct slice labelled = SLICE("a|b");
    struct topic_score said = {.id = slice_from(topic)};
    const struct label label = {.topics = {.at = &labelled, .count = 1}, .level = meant, .idea = true};
    const struct verdict verdict = {.topics = {.at = &said, .count = 1}, .level = given, .is_idea = given == meant};
    const struct document document = {.id = SLICE("d"), .text = SLICE("Some words.")};
    assert_true(score_add(desk->score, &document, &label, &verdict));
}

static const struct jnode *figures(struct desk *desk, struct jtree **tree) {
    struct fault fault = {0};
    buf_clear(&desk->out);
    score_write(desk->score, SCORE_JSON, &desk->out);
    *tree = jtree_read(slice_trim(buf_slice(&desk->out)), &fault);
    assert_non_null(*tree);
    return jtree_root(*tree);
}

static void either_of_two_ids_finds_a_label_and_a_stranger_counts_against(void **state) {
    struct desk *desk = *state;
    AUTO(jtree_free)
    struct jtree *tree = NULL;
    add(desk, 0, 0, "a");
    add(desk, 0, 0, "b");
    add(desk, 0, 0, "c");
    const struct jnode *root = figures(desk, &tree);
    assert_int_equal(jtree_int(jtree_path(root, "topics.right"), -1), 2);
    assert_int_equal(jtree_int(jtree_path(root, "topics.too_much"), -1), 1);
    assert_int_equal(jtree_int(jtree_path(root, "topics.missed"), -1), 1);
}

static void a_distance_of_levels_counts_by_its_square(void **state) {
    struct desk *desk = *state;
    AUTO(jtree_free)
    struct jtree *tree = NULL;
    for (int level = 0; level < 5; level++) add(desk, level, level, "a");
    assert_true(jtree_real(jtree_path(figures(desk, &tree), "level.kappa"), 0) == 1.0);
    jtree_free(&tree);
    add(desk, 0, 1, "a");
    double near = jtree_real(jtree_path(figures(desk, &tree), "level.kappa"), 0);
    jtree_free(&tree);
    add(desk, 0, 4, "a");
    double far = jtree_real(jtree_path(figures(desk, &tree), "level.kappa"), 0);
    assert_true(near > 0.9 && near < 1 && far < near - 0.2);
    assert_int_equal(jtree_int(jtree_path(jtree_root(tree), "idea.missed"), -1), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(either_of_two_ids_finds_a_label_and_a_stranger_counts_against, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_distance_of_levels_counts_by_its_square, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
