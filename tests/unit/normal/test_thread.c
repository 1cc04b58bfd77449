#include "normal/thread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct item post(const char *id, const char *thread, const char *text, int64_t when_s) {
    struct item item;
    item_init(&item);
    item.id = slice_from(id);
    item.thread = slice_from(thread);
    item.text = slice_from(text);
    item.published_s = when_s;
    return item;
}

static void parts_join_in_the_order_they_were_written_whatever_the_page_s_order(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct item at[] = {post("3", "1", "third", 30), post("9", NULL, "alone", 5), post("2", "1", "second", 20),
                        post("1", NULL, "first", 10)};
    struct item_list items = {at, 4, 4};
    assert_true(thread_join_page(arena, &items));
    assert_int_equal(items.count, 2);
    assert_true(slice_equal(items.at[1].text, SLICE("first\n\nsecond\n\nthird")));
    assert_int_equal(items.at[1].updated_s, 30);
}

static void a_chain_that_names_only_the_post_before_finds_its_beginning(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct item at[] = {post("https://m.example/statuses/3", "2", "c", 3),
                        post("https://m.example/statuses/2", "1", "b", 2),
                        post("https://m.example/statuses/1", NULL, "a", 1)};
    struct item_list items = {at, 3, 3};
    assert_true(thread_join_page(arena, &items));
    assert_int_equal(items.count, 1);
    assert_true(slice_equal(items.at[0].text, SLICE("a\n\nb\n\nc")));
}

static void a_part_whose_beginning_is_elsewhere_stays_and_a_circle_does_no_harm(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct item at[] = {post("5", "4", "later", 5), post("a", "b", "x", 1), post("b", "a", "y", 2)};
    struct item_list items = {at, 3, 3};
    assert_true(thread_join_page(arena, &items));
    assert_int_equal(items.count, 3);
}

static void joining_twice_adds_nothing(void **state) {
    (void)state;
    AUTO(arena_free)
    struct arena *arena = arena_new(100000);
    struct item root = post("1", NULL, "first", 1), part = post("2", "1", "second", 2);
    assert_true(thread_join(arena, &root, &part));
    assert_true(thread_join(arena, &root, &part));
    assert_true(slice_equal(root.text, SLICE("first\n\nsecond")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_join_in_the_order_they_were_written_whatever_the_page_s_order),
        cmocka_unit_test(a_chain_that_names_only_the_post_before_finds_its_beginning),
        cmocka_unit_test(a_part_whose_beginning_is_elsewhere_stays_and_a_circle_does_no_harm),
        cmocka_unit_test(joining_twice_adds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
