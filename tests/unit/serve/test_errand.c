#include "serve/errand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Waits for the end of that errand, without limit: the errand has one. */
static enum errand_state end_of(struct errands *errands, const char *name, struct slice *out) {
    enum errand_state state;
    while ((state = errand_look(errands, slice_from(name), out)) == ERRAND_UNDER_WAY) (void)usleep(1000);
    return state;
}

static bool say(void *user, struct buf *out) {
    buf_add_text(out, user);
    return true;
}

static bool say_much(void *user, struct buf *out) {
    (void)user;
    for (int i = 0; i < 300000; i++) buf_add_text(out, "0123456789");
    return true;
}

static bool wait_for_ever(void *user, struct buf *out) {
    (void)user;
    (void)out;
    while (pause() < 0) continue;
    return true;
}

static bool give_up(void *user, struct buf *out) {
    (void)user;
    buf_add_text(out, "half of it");
    return false;
}

static bool die(void *user, struct buf *out) {
    (void)user;
    (void)out;
    (void)raise(SIGKILL);
    return true;
}

/* Every descriptor above standard error that is open, but for the folder's own. */
static bool list_files(void *user, struct buf *out) {
    (void)user;
    DIR *folder = opendir("/proc/self/fd");
    if (folder == NULL) return false;
    for (struct dirent *one = readdir(folder); one != NULL; one = readdir(folder)) {
        long long number;
        if (slice_to_int64(slice_from(one->d_name), &number) && number > 2 && number != dirfd(folder))
            buf_printf(out, "%lld ", number);
    }
    return closedir(folder) == 0;
}

static void what_it_wrote_is_fetched_by_its_name_as_often_as_wanted(void **state) {
    (void)state;
    AUTO(errands_free)
    struct errands *errands = errands_new();
    struct fault fault = {0};
    struct slice out = {0};
    char one[TOKEN_TEXT_BYTES], two[TOKEN_TEXT_BYTES], text[] = "first", other[] = "second";
    assert_non_null(errands);
    assert_true(errand_start(errands, say, text, one, &fault));
    assert_true(errand_start(errands, say, other, two, &fault));
    assert_string_not_equal(one, two);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(end_of(errands, one, &out), ERRAND_DONE);
        assert_true(slice_equal(out, SLICE("first")));
    }
    assert_int_equal(end_of(errands, two, &out), ERRAND_DONE);
    assert_true(slice_equal(out, SLICE("second")));
    assert_true(errands_ended(errands));
    assert_false(errands_ended(errands));
}

static void much_comes_whole(void **state) {
    (void)state;
    AUTO(errands_free)
    struct errands *errands = errands_new();
    struct fault fault = {0};
    struct slice out = {0};
    char name[TOKEN_TEXT_BYTES];
    assert_true(errand_start(errands, say_much, NULL, name, &fault));
    assert_int_equal(end_of(errands, name, &out), ERRAND_DONE);
    assert_int_equal(out.len, 3000000);
    assert_true(slice_ends(out, SLICE("0123456789")));
}

static void no_more_than_two_are_under_way_and_they_end_with_the_server(void **state) {
    (void)state;
    struct errands *errands = errands_new();
    struct fault fault = {0};
    struct slice out = {0};
    char name[TOKEN_TEXT_BYTES] = "", third[TOKEN_TEXT_BYTES];
    for (int i = 0; i < ERRANDS_AT_ONCE; i++) assert_true(errand_start(errands, wait_for_ever, NULL, name, &fault));
    assert_false(errands_have_room(errands));
    assert_false(errand_start(errands, wait_for_ever, NULL, third, &fault));
    assert_int_equal(fault.kind, FAULT_BUSY);
    assert_int_equal(errand_look(errands, slice_from(name), &out), ERRAND_UNDER_WAY);
    assert_false(errands_ended(errands));
    errands_free(&errands);
    assert_null(errands);
}

static void one_that_fails_or_dies_is_lost(void **state) {
    (void)state;
    AUTO(errands_free)
    struct errands *errands = errands_new();
    struct fault fault = {0};
    struct slice out = {0};
    char name[TOKEN_TEXT_BYTES];
    assert_true(errand_start(errands, give_up, NULL, name, &fault));
    assert_int_equal(end_of(errands, name, &out), ERRAND_LOST);
    assert_true(errand_start(errands, die, NULL, name, &fault));
    assert_int_equal(end_of(errands, name, &out), ERRAND_LOST);
    assert_int_equal(errand_look(errands, SLICE("0123456789abcdef0123456789abcdef"), &out), ERRAND_UNKNOWN);
    assert_int_equal(errand_look(errands, SLICE(""), &out), ERRAND_UNKNOWN);
}

static void the_oldest_that_ended_makes_room(void **state) {
    (void)state;
    AUTO(errands_free)
    struct errands *errands = errands_new();
    struct fault fault = {0};
    struct slice out = {0};
    char first[TOKEN_TEXT_BYTES], name[TOKEN_TEXT_BYTES], text[] = "x";
    assert_true(errand_start(errands, say, text, first, &fault));
    assert_int_equal(end_of(errands, first, &out), ERRAND_DONE);
    for (int i = 1; i < ERRANDS_KEPT; i++) {
        assert_true(errand_start(errands, say, text, name, &fault));
        assert_int_equal(end_of(errands, name, &out), ERRAND_DONE);
    }
    assert_int_equal(errand_look(errands, slice_from(first), &out), ERRAND_DONE);
    assert_true(errand_start(errands, say, text, name, &fault));
    assert_int_equal(errand_look(errands, slice_from(first), &out), ERRAND_UNKNOWN);
}

static void it_holds_none_of_the_servers_files(void **state) {
    (void)state;
    AUTO(errands_free)
    struct errands *errands = errands_new();
    struct fault fault = {0};
    struct slice out = {0};
    char name[TOKEN_TEXT_BYTES];
    int ours = open("/dev/null", O_RDONLY);
    assert_true(ours >= 0);
    assert_true(errand_start(errands, list_files, NULL, name, &fault));
    assert_int_equal(end_of(errands, name, &out), ERRAND_DONE);
    assert_true(slice_equal(out, SLICE("3 ")));
    (void)close(ours);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_wrote_is_fetched_by_its_name_as_often_as_wanted),
        cmocka_unit_test(much_comes_whole),
        cmocka_unit_test(no_more_than_two_are_under_way_and_they_end_with_the_server),
        cmocka_unit_test(one_that_fails_or_dies_is_lost),
        cmocka_unit_test(the_oldest_that_ended_makes_room),
        cmocka_unit_test(it_holds_none_of_the_servers_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
