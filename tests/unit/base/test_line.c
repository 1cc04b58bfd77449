#include "base/line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct problems no_problems(struct arena *arena) {
    return (struct problems){.arena = arena};
}

static void a_hash_before_a_word_is_a_phrase_and_before_a_blank_a_comment(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct problems problems = no_problems(arena);
    struct line_reader reader =
        line_reader_new(SLICE("a.conf"),
                        SLICE("# comment\nphrase #RetrievalPractice # why\n## x\nphrase lesson #1 ideas\n#\n"),
                        &problems);
    struct line line;
    assert_true(line_next(&reader, &line));
    assert_true(slice_equal(line.rest, SLICE("#RetrievalPractice")));
    assert_int_equal(line.place.line, 2);
    assert_true(line_next(&reader, &line));
    assert_true(slice_equal(line.rest, SLICE("lesson #1 ideas")));
    assert_false(line_next(&reader, &line));
    assert_int_equal(problems.count, 0);
}

static void a_phrase_that_begins_with_a_hash_may_be_a_keyword_of_its_own(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct problems problems = no_problems(arena);
    struct line_reader reader = line_reader_new(SLICE("a"), SLICE("  #tag rest\r\n"), &problems);
    struct line line;
    assert_true(line_next(&reader, &line));
    assert_true(slice_equal(line.keyword, SLICE("#tag")));
    assert_true(slice_equal(line.rest, SLICE("rest")));
    assert_int_equal(line.place.column, 3);
    assert_int_equal(line.rest_column, 8);
}

static void bytes_that_are_not_text_are_told_and_the_next_line_goes_on(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct problems problems = no_problems(arena);
    struct line_reader reader = line_reader_new(SLICE("a"), SLICE("name \xFF\xFE\nname ok\n"), &problems);
    struct line line;
    assert_true(line_next(&reader, &line));
    assert_true(slice_equal(line.rest, SLICE("ok")));
    assert_int_equal(problems.errors, 1);
    assert_int_equal(problems.at[0].place.line, 1);
}

static void columns_count_characters_not_bytes(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct problems problems = no_problems(arena);
    struct line_reader reader = line_reader_new(SLICE("a"), SLICE("n\xC3\xA9 caf\xC3\xA9 wrong"), &problems);
    struct line line;
    assert_true(line_next(&reader, &line));
    assert_int_equal(line.rest_column, 4);
    struct slice rest = line.rest;
    (void)line_word(&rest);
    struct place place = line_place_of(&line, rest);
    assert_int_equal(place.column, 9);
    assert_int_equal(place.width, 5);
}

static void a_problem_shows_file_line_column_caret_and_hint(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct problems problems = no_problems(arena);
    struct line_reader reader = line_reader_new(SLICE("sources.conf"), SLICE("  adress https://x.example/"), &problems);
    struct line line;
    assert_true(line_next(&reader, &line));
    problem_add(&problems, PROBLEM_ERROR, line.place, "did you mean 'address'?", "unknown keyword '%s'", "adress");
    AUTO(buf_free)
    struct buf out = buf_new(1000);
    problem_describe(&problems.at[0], &out);
    assert_string_equal(buf_text(&out), "sources.conf:1:3: unknown keyword 'adress'\n"
                                        "      adress https://x.example/\n"
                                        "      ^~~~~~\n"
                                        "    did you mean 'address'?\n");
}

static void the_nearest_word_is_found_and_a_far_one_is_not(void **state) {
    (void)state;
    static const char *const known[] = {"address", "title", "kind"};
    assert_string_equal(problem_nearest(SLICE("adress"), known, 3), "address");
    assert_null(problem_nearest(SLICE("zebra"), known, 3));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hash_before_a_word_is_a_phrase_and_before_a_blank_a_comment),
        cmocka_unit_test(a_phrase_that_begins_with_a_hash_may_be_a_keyword_of_its_own),
        cmocka_unit_test(bytes_that_are_not_text_are_told_and_the_next_line_goes_on),
        cmocka_unit_test(columns_count_characters_not_bytes),
        cmocka_unit_test(a_problem_shows_file_line_column_caret_and_hint),
        cmocka_unit_test(the_nearest_word_is_found_and_a_far_one_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
