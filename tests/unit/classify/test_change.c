#include "classify/change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "stage/rules_load.h"

static struct arena *arena;
static struct ruleset shipped;
static struct buf written;

static struct ruleset read_rules_in(struct arena *room, struct slice text) {
    struct fault fault = {0};
    struct ruleset set = {0};
    struct problems problems = {.arena = room};
    struct rules_file *file = arena_alloc(room, 1, sizeof *file);
    assert_non_null(file);
    *file = (struct rules_file){.name = SLICE("t.rules")};
    assert_true(arena_copy(room, text, &file->text));
    assert_true(ruleset_read(file, 1, room, &set, &problems, &fault));
    assert_true(ruleset_identify(&set, room, &fault));
    assert_int_equal(problems.errors, 0);
    return set;
}

static struct ruleset read_rules(struct slice text) {
    return read_rules_in(arena, text);
}

static int load(void **state) {
    (void)state;
    struct fault fault = {0};
    arena = arena_new(LIMIT_ARENA_BYTES);
    struct problems problems = {.arena = arena};
    const char *root = getenv("DISCERN_ROOT");
    char *folder = arena_printf(arena, "%s/config/rules", root == NULL ? "." : root);
    assert_true(rules_load(folder, arena, &shipped, &problems, &fault));
    assert_int_equal(problems.errors, 0);
    written = buf_new((size_t)16 * 1024 * 1024);
    ruleset_write(&shipped, &written);
    return 0;
}

static int unload(void **state) {
    (void)state;
    ruleset_free(&shipped);
    buf_free(&written);
    arena_free(&arena);
    return 0;
}

/* The shipped rules with `from` replaced by `to`, once. */
static struct ruleset edited(const char *from, const char *to) {
    struct buf text = buf_new((size_t)16 * 1024 * 1024);
    struct slice all = buf_slice(&written);
    size_t at = slice_find(all, slice_from(from), 0);
    assert_true(at != SLICE_NOT_FOUND);
    buf_add(&text, slice_part(all, 0, at));
    buf_add_text(&text, to);
    buf_add(&text, slice_part(all, at + strlen(from), all.len));
    struct ruleset set = read_rules(buf_slice(&text));
    buf_free(&text);
    return set;
}

static bool touches(struct rules_change *change, const char *text) {
    struct fault fault = {0};
    bool does;
    const struct document document = {.id = SLICE("d"), .text = slice_from(text)};
    assert_true(rules_change_touches(change, &document, arena, &does, &fault));
    return does;
}

static void rules_written_as_one_file_are_the_same_rules(void **state) {
    (void)state;
    struct ruleset again = read_rules(buf_slice(&written));
    assert_string_equal(again.id, shipped.id);
    ruleset_free(&again);
}

static void what_did_not_change_touches_nothing(void **state) {
    (void)state;
    struct fault fault = {0};
    struct rules_change change;
    struct ruleset again = read_rules(buf_slice(&written));
    assert_true(rules_change_find(&shipped, &again, arena, &change, &fault));
    assert_int_equal(change.added + change.removed + change.changed, 0);
    assert_false(touches(&change, "Retrieval practice in my class: spaced quizzes, research shows."));
    rules_change_free(&change);
    ruleset_free(&again);
}

static void a_new_phrase_touches_the_texts_of_its_rule_alone(void **state) {
    (void)state;
    struct fault fault = {0};
    struct rules_change change;
    struct ruleset other =
        edited("topic retrieval-practice", "topic zebra Zebras\n  parent memory\n  strong zebra zigzag\n"
                                           "  yes A zebra zigzag.\n  no A zebra.\n"
                                           "topic retrieval-practice");
    assert_true(rules_change_find(&shipped, &other, arena, &change, &fault));
    assert_int_equal(change.added, 1);
    assert_int_equal(change.removed + change.changed, 0);
    assert_false(change.everything);
    assert_true(touches(&change, "We learnt by zebra-zigzag today."));
    assert_false(touches(&change, "We learnt by retrieval practice today."));
    rules_change_free(&change);
    /* The other way round it is taken away. */
    assert_true(rules_change_find(&other, &shipped, arena, &change, &fault));
    assert_int_equal(change.removed, 1);
    assert_true(touches(&change, "#ZebraZigzag"));
    rules_change_free(&change);
    ruleset_free(&other);
}

static void numbers_negations_and_words_made_one_touch_everything(void **state) {
    (void)state;
    struct fault fault = {0};
    struct rules_change change;
    const char *before = "group g G\ntopic a A\n  parent g\n  phrase practice tent\n  yes practice tent\n  no a\n"
                         "settings topics\n  needs 1\n";
    const char *numbers = "group g G\ntopic a A\n  parent g\n  phrase practice tent\n  yes practice tent\n  no a\n"
                          "settings topics\n  needs 2\n";
    struct ruleset one = read_rules(slice_from(before)), two = read_rules(slice_from(numbers));
    assert_true(rules_change_find(&one, &two, arena, &change, &fault));
    assert_true(change.everything);
    assert_true(touches(&change, "nothing at all"));
    rules_change_free(&change);
    ruleset_free(&two);
    /* "practise" gives "practice" a form that it did not have: a rule that nobody changed meets more. */
    two = read_rules(
        slice_from("group g G\ntopic a A\n  parent g\n  phrase practice tent\n  yes practice tent\n  no a\n"
                   "settings topics\n  needs 1\n"
                   "topic b B\n  parent g\n  phrase practises tent pole\n  yes practises tent pole\n  no a\n"));
    assert_true(rules_change_find(&one, &two, arena, &change, &fault));
    assert_int_equal(change.added, 1);
    assert_true(change.everything);
    rules_change_free(&change);
    ruleset_free(&one);
    ruleset_free(&two);
}

/* ---- the promise: what is not touched is judged as before ---- */

static bool same_list(const struct slice_list *a, const struct slice_list *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) same = slice_equal(a->at[i], b->at[i]);
    return same;
}

static bool same_verdict(const struct verdict *a, const struct verdict *b) {
    bool same = a->level == b->level && a->is_idea == b->is_idea && a->idea_score == b->idea_score &&
                a->hype == b->hype && a->promotion == b->promotion && a->check_first == b->check_first &&
                a->myth_stance == b->myth_stance && a->topics.count == b->topics.count &&
                a->signals.count == b->signals.count && same_list(&a->because, &b->because) &&
                same_list(&a->missing, &b->missing) && same_list(&a->notes, &b->notes) &&
                same_list(&a->myth_ids, &b->myth_ids) && same_list(&a->phases, &b->phases) &&
                same_list(&a->subjects, &b->subjects) && same_list(&a->check_reasons, &b->check_reasons);
    for (size_t i = 0; same && i < a->topics.count; i++)
        same = slice_equal(a->topics.at[i].id, b->topics.at[i].id) && a->topics.at[i].score == b->topics.at[i].score;
    for (size_t i = 0; same && i < a->signals.count; i++) same = slice_equal(a->signals.at[i].id, b->signals.at[i].id);
    return same;
}

/* All sentences of all examples are texts that some rule cares about. */
static size_t compare_all(struct rules_change *change) {
    struct fault fault = {0};
    size_t untouched = 0;
    struct arena *room = arena_new(LIMIT_ARENA_BYTES);
    for (size_t b = 0; b < shipped.block_count; b++)
        for (size_t i = 0; i < shipped.blocks[b].count; i++) {
            const struct rule_line *line = &shipped.blocks[b].lines[i];
            if (line->kind != LINE_YES && line->kind != LINE_NO) continue;
            const struct document document = {.id = SLICE("d"), .text = line->text};
            struct verdict before, after;
            bool does;
            arena_reset(room);
            assert_true(rules_change_touches(change, &document, room, &does, &fault));
            if (does) continue;
            untouched++;
            assert_true(judge_document(change->before, &document, JUDGE_VERDICT_ONLY, room, &before, &fault));
            assert_true(judge_document(change->after, &document, JUDGE_VERDICT_ONLY, room, &after, &fault));
            if (!same_verdict(&before, &after)) print_message("differs: %.*s\n", SLICE_ARGS(line->text));
            assert_true(same_verdict(&before, &after));
        }
    arena_free(&room);
    return untouched;
}

static void a_text_that_is_not_touched_is_judged_as_before(void **state) {
    (void)state;
    struct fault fault = {0};
    size_t untouched = 0;
    /* One rule after the other loses its lines: whatever it was, the texts without its words stay as they are. */
    for (size_t b = 0; b < shipped.block_count; b += 23) {
        if (shipped.blocks[b].kind == BLOCK_GROUP || shipped.blocks[b].kind == BLOCK_SETTINGS) continue;
        struct ruleset other = {0};
        struct buf text = buf_new((size_t)16 * 1024 * 1024);
        struct ruleset some = shipped;
        struct arena *room = arena_new(LIMIT_ARENA_BYTES);
        struct rule_block *blocks = arena_alloc(room, shipped.block_count, sizeof *blocks);
        assert_non_null(blocks);
        memcpy(blocks, shipped.blocks, shipped.block_count * sizeof *blocks);
        for (size_t i = b; i + 1 < shipped.block_count; i++) blocks[i] = blocks[i + 1];
        some.blocks = blocks;
        some.block_count--;
        ruleset_write(&some, &text);
        other = read_rules_in(room, buf_slice(&text));
        struct rules_change change;
        assert_true(rules_change_find(&shipped, &other, room, &change, &fault));
        assert_int_equal(change.removed, 1);
        untouched += compare_all(&change);
        rules_change_free(&change);
        ruleset_free(&other);
        buf_free(&text);
        arena_free(&room);
    }
    assert_true(untouched > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_written_as_one_file_are_the_same_rules),
        cmocka_unit_test(what_did_not_change_touches_nothing),
        cmocka_unit_test(a_new_phrase_touches_the_texts_of_its_rule_alone),
        cmocka_unit_test(numbers_negations_and_words_made_one_touch_everything),
        cmocka_unit_test(a_text_that_is_not_touched_is_judged_as_before),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
