#include "jail/jail.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"

/* What a document may make its reader do. The first byte says which. */
static bool worker(void *user, struct slice input, struct buf *out, struct fault *fault) {
    volatile unsigned spin = 1;
    (void)user;
    switch (input.len == 0 ? ' ' : input.at[0]) {
        case 'l':
            while (spin != 0) {}
            return true;
        case 's': (void)syscall(SYS_futex, &spin, FUTEX_WAIT, 1, NULL, NULL, 0); return true;
        case 'c': __builtin_trap();
        case 'f': return fault_set(fault, FAULT_INPUT, "line 3: not what it should be");
        case 'b': return fault_set(fault, FAULT_BUSY, "not prepared");
        case 'o': buf_printf(out, "%d", open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0); return true;
        case 'n': buf_printf(out, "%d", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0); return true;
        case 'p': buf_printf(out, "%d", fork() >= 0); return true;
        case 'm':
            for (size_t i = 0; i < 1024; i++) {
                char *block = mem_new(1, (size_t)4 * 1024 * 1024);
                if (block == NULL) return fault_memory(fault);
                block[i] = 1;
            }
            return true;
        case 'w':
            for (size_t i = 0; i < 3000; i++) buf_add_text(out, "too much");
            return true;
        default: buf_add(out, input); return true;
    }
}

static struct jail *new_jail(jail_worker *run) {
    struct fault fault = {0};
    struct jail *jail =
        jail_new(run, NULL, (struct jail_limits){.cpu_s = 1, .wall_s = 2, .answer_bytes = 8192}, &fault);
    assert_non_null(jail);
    return jail;
}

static void expect(struct jail *jail, const char *input, const char *wanted) {
    AUTO(buf_free)
    struct buf out = buf_new((size_t)64 * 1024);
    struct fault fault = {0};
    assert_true(jail_call(jail, slice_from(input), &out, &fault));
    assert_string_equal(buf_text(&out), wanted);
}

static enum fault_kind refuse(struct jail *jail, const char *input) {
    AUTO(buf_free)
    struct buf out = buf_new((size_t)64 * 1024);
    struct fault fault = {0};
    buf_add_text(&out, "before");
    assert_false(jail_call(jail, slice_from(input), &out, &fault));
    assert_string_equal(buf_text(&out), "before");
    assert_true(fault.text[0] != '\0');
    return fault.kind;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void one_child_serves_many_documents(void **state) {
    (void)state;
    AUTO(jail_free)
    struct jail *jail = new_jail(worker);
    expect(jail, "", "");
    for (int i = 0; i < 200; i++) expect(jail, "a document", "a document");
}

/* ---- beside other threads ---- */

static pthread_mutex_t common = PTHREAD_MUTEX_INITIALIZER;

/* What any library does for itself: the memory's lock, the loader's, the resolver's. */
static bool locking_worker(void *user, struct slice input, struct buf *out, struct fault *fault) {
    (void)pthread_mutex_lock(&common);
    bool done = worker(user, input, out, fault);
    (void)pthread_mutex_unlock(&common);
    return done;
}

static void *hold(void *ready) {
    (void)pthread_mutex_lock(&common);
    (void)pthread_barrier_wait(ready);
    (void)pthread_barrier_wait(ready);
    (void)pthread_mutex_unlock(&common);
    return NULL;
}

/* Each new child starts while another thread of this process holds the lock, which that thread never gives back there.
 */
static void a_child_has_no_lock_of_another_thread(void **state) {
    (void)state;
    AUTO(jail_free)
    struct jail *jail = new_jail(locking_worker);
    struct fault fault = {0};
    pthread_barrier_t ready;
    pthread_t other;
    assert_true(jail_stand_by(jail, &fault));
    assert_int_equal(pthread_barrier_init(&ready, NULL, 2), 0);
    assert_int_equal(pthread_create(&other, NULL, hold, &ready), 0);
    (void)pthread_barrier_wait(&ready);
    expect(jail, "a", "a");
    assert_int_equal(refuse(jail, "c"), FAULT_INPUT);
    expect(jail, "a", "a");
    (void)pthread_barrier_wait(&ready);
    (void)pthread_join(other, NULL);
    (void)pthread_barrier_destroy(&ready);
}

static void a_kept_jail_has_the_same_limits(void **state) {
    (void)state;
    AUTO(jail_free)
    struct jail *jail = new_jail(worker);
    struct fault fault = {0};
    assert_true(jail_stand_by(jail, &fault));
    assert_true(jail_stand_by(jail, &fault)); /* once is enough */
    assert_int_equal(refuse(jail, "loop"), FAULT_LIMIT);
    assert_int_equal(refuse(jail, "sleep"), FAULT_LIMIT);
    assert_int_equal(refuse(jail, "c"), FAULT_INPUT);
    assert_int_equal(refuse(jail, "f"), FAULT_INPUT);
    expect(jail, "open", "0");
    expect(jail, "net", "0");
    for (int i = 0; i < 200; i++) expect(jail, "a document", "a document");
}

static void what_kills_the_child_costs_one_document(void **state) {
    (void)state;
    AUTO(jail_free)
    struct jail *jail = new_jail(worker);
    expect(jail, "a", "a");
    assert_int_equal(refuse(jail, "c"), FAULT_INPUT);
    expect(jail, "a", "a");
    assert_int_equal(refuse(jail, "f"), FAULT_INPUT);
    expect(jail, "a", "a");
    assert_int_equal(refuse(jail, "w"), FAULT_LIMIT);
    expect(jail, "a", "a");
}

/* The caller does something else between the halves; what the child does meanwhile, or dies of, is told at the end. */
static void a_call_in_two_halves_is_the_same_call(void **state) {
    (void)state;
    AUTO(jail_free)
    struct jail *jail = new_jail(worker);
    struct fault fault = {0};
    static const struct {
        const char *input;
        enum fault_kind kind;
    } calls[] = {{"a", FAULT_NONE},  {"c", FAULT_INPUT}, {"x", FAULT_NONE}, {"loop", FAULT_LIMIT},
                 {"f", FAULT_INPUT}, {"b", FAULT_BUSY},  {"y", FAULT_NONE}};
    for (size_t i = 0; i < COUNT_OF(calls); i++) {
        AUTO(buf_free)
        struct buf out = buf_new(1024);
        fault_clear(&fault);
        /* In two parts, which the child sees as one. */
        struct slice whole = slice_from(calls[i].input);
        assert_true(jail_begin(jail, slice_part(whole, 0, i % 2), slice_part(whole, i % 2, whole.len), &fault));
        assert_int_equal(jail_end(jail, &out, &fault), calls[i].kind == FAULT_NONE);
        assert_int_equal(fault.kind, calls[i].kind);
        if (calls[i].kind == FAULT_NONE) assert_string_equal(buf_text(&out), calls[i].input);
        else assert_int_equal(out.len, 0);
    }
}

static void a_loop_ends_with_its_processor_time(void **state) {
    (void)state;
    AUTO(jail_free)
    struct jail *jail = new_jail(worker);
    double start = seconds();
    assert_int_equal(refuse(jail, "loop"), FAULT_LIMIT);
    assert_true(seconds() - start < 10);
    expect(jail, "a", "a");
}

static void a_child_that_sleeps_ends_with_the_wall_clock(void **state) {
    (void)state;
    AUTO(jail_free)
    struct jail *jail = new_jail(worker);
    double start = seconds();
    assert_int_equal(refuse(jail, "sleep"), FAULT_LIMIT);
    assert_true(seconds() - start < 10);
}

static void memory_has_a_ceiling(void **state) {
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip();
#endif
    AUTO(jail_free)
    struct jail *jail = new_jail(worker);
    assert_int_equal(refuse(jail, "memory"), FAULT_LIMIT);
    expect(jail, "a", "a");
}

static void no_file_socket_or_process_can_be_had(void **state) {
    (void)state;
    AUTO(jail_free)
    struct jail *jail = new_jail(worker);
    struct jail_protections held = jail_probe();
    assert_true(held.child);
    if (!held.seccomp && held.landlock == 0 && !held.limits) skip();
    expect(jail, "open", "0");
    if (!held.seccomp) skip();
    expect(jail, "net", "0");
    expect(jail, "process", "0");
}

static void prepare(void *user, struct slice input) {
    *(char *)user = input.len > 1 ? input.at[1] : ' ';
}

/* Answers only inputs that it was prepared for. */
static bool particular(void *user, struct slice input, struct buf *out, struct fault *fault) {
    if (input.len < 2 || *(const char *)user != input.at[1]) return fault_set(fault, FAULT_BUSY, "not prepared");
    buf_add(out, input);
    return true;
}

static void a_child_that_lacks_something_is_replaced_by_a_prepared_one(void **state) {
    (void)state;
    char ready = ' ';
    struct fault fault = {0};
    AUTO(jail_free)
    struct jail *jail = jail_new(particular, &ready, (struct jail_limits){0}, &fault);
    assert_non_null(jail);
    jail_set_prepare(jail, prepare);
    expect(jail, "1a", "1a");
    expect(jail, "2b", "2b");
    expect(jail, "3a", "3a");
    assert_int_equal(refuse(jail, "x"), FAULT_BUSY);
    assert_int_equal(ready, ' '); /* the child's memory is its own */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_child_serves_many_documents),
        cmocka_unit_test(a_child_has_no_lock_of_another_thread),
        cmocka_unit_test(a_kept_jail_has_the_same_limits),
        cmocka_unit_test(what_kills_the_child_costs_one_document),
        cmocka_unit_test(a_call_in_two_halves_is_the_same_call),
        cmocka_unit_test(a_loop_ends_with_its_processor_time),
        cmocka_unit_test(a_child_that_sleeps_ends_with_the_wall_clock),
        cmocka_unit_test(memory_has_a_ceiling),
        cmocka_unit_test(no_file_socket_or_process_can_be_had),
        cmocka_unit_test(a_child_that_lacks_something_is_replaced_by_a_prepared_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
