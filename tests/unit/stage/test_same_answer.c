#include "stage/same_answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "source/kind.h"

static struct slice sum_of(const struct house *house, const struct source *source, const struct response *response,
                           struct arena *arena) {
    struct slice sum = {NULL, 0};
    struct fault fault = {0};
    assert_true(same_answer_sum(house, source, response, arena, &sum, &fault));
    return sum;
}

static void the_sum_tells_what_changes_the_reading(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    const struct house house = {.url_rules_sum = 1}, other_house = {.url_rules_sum = 2};
    const struct source source = {.name = SLICE("a"), .schema = &source_feed.schema};
    const struct response response = {.status = 200, .body = SLICE("<rss/>"), .final_url = SLICE("http://a.example/")};
    struct slice sum = sum_of(&house, &source, &response, arena);
    assert_true(slice_equal(sum, sum_of(&house, &source, &response, arena)));
    assert_false(slice_equal(sum, sum_of(&other_house, &source, &response, arena)));

    struct response others[] = {response, response, response, response};
    others[0].body = SLICE("<rss />");
    others[1].final_url = SLICE("http://b.example/");
    others[2].content_type = SLICE("text/xml; charset=latin1");
    others[3].status = 203;
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_false(slice_equal(sum, sum_of(&house, &source, &others[i], arena)));

    struct header headers[] = {{SLICE("content-location"), SLICE("/x")}};
    struct response with = response;
    with.headers = (struct header_list){headers, 1, 1};
    assert_false(slice_equal(sum, sum_of(&house, &source, &with, arena)));
}

static void what_was_read_by_other_rules_or_another_program_does_not_hold(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    const struct house house = {.url_rules_sum = 1}, other_house = {.url_rules_sum = 2};
    struct source source = {.name = SLICE("a"), .schema = &source_feed.schema};
    const struct response response = {.status = 200, .body = SLICE("<rss/>"), .final_url = SLICE("http://a.example/")};
    struct source_state kept = {.body_hash = sum_of(&house, &source, &response, arena)};
    assert_true(same_answer_holds(&house, &source, &kept));
    assert_false(same_answer_holds(&other_house, &source, &kept));

    struct slice words[] = {SLICE("maths")};
    source.need_words = (struct slice_list){words, 1, 1};
    assert_false(same_answer_holds(&house, &source, &kept));
    source.need_words = (struct slice_list){NULL, 0, 0};
    source.site = SLICE("https://a.example/");
    assert_false(same_answer_holds(&house, &source, &kept));
    source.site = (struct slice){NULL, 0};
    assert_true(same_answer_holds(&house, &source, &kept));

    /* By a program of another version the first part is another, and never was there one it is absent. */
    char text[128];
    memcpy(text, kept.body_hash.at, kept.body_hash.len);
    text[3] = text[3] == '0' ? '1' : '0';
    struct source_state older = {.body_hash = slice_of(text, kept.body_hash.len)}, none = {0};
    assert_false(same_answer_holds(&house, &source, &older));
    assert_false(same_answer_holds(&house, &source, &none));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sum_tells_what_changes_the_reading),
        cmocka_unit_test(what_was_read_by_other_rules_or_another_program_does_not_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
