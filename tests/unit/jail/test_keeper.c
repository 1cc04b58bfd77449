#include "jail/keeper.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static void a_keeper_that_is_gone_is_said_to_be(void **state) {
    (void)state;
    const struct jail_task task = {0};
    struct keeper keeper;
    struct fault fault = {0};
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    assert_true(keeper_begin(&task, &keeper, &fault));
    assert_int_equal(kill(keeper.pid, SIGKILL), 0);
    assert_int_equal(keeper_start(&keeper, pair[1]), -1);
    assert_int_equal(errno, EPIPE);
    assert_int_equal(keeper_wait(&keeper, 1), 0);
    keeper_end(&keeper);
    keeper_end(&keeper);
    (void)close(pair[0]);
    (void)close(pair[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_keeper_that_is_gone_is_said_to_be)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
