/* TLS and HTTP/2, against servers with certificates that hold and with ones that do not. Names lead to loopback in a
 * network of the test's own. */
#include "fetch/transfer.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "server/bad_server.h"
#include "server/sealed.h"

#define NAME "secure.example.org"

struct world {
    bool ready;
    char dir[64];
    struct arena *arena;
};

static const char *in_dir(struct world *world, const char *file, const char *end) {
    const char *path = arena_printf(world->arena, "%s/%s%s", world->dir, file, end);
    assert_non_null(path);
    return path;
}

static struct world *ready(void **state) {
    struct world *world = *state;
    if (!world->ready) skip();
    return world;
}

static struct fetch *engine(struct world *world, bool own_authority) {
    const struct fetch_options options = {.user_agent = SLICE("discern/0.1 (+mailto:it@school.example)"),
                                          .now_s = 1790000000,
                                          .ca_file = slice_from(own_authority ? in_dir(world, "ca", ".pem") : NULL),
                                          .total_ms = 5000};
    struct fault fault = {0};
    struct fetch *fetch = NULL;
    assert_true(fetch_new(&options, &fetch, &fault));
    return fetch;
}

static struct response ask(struct world *world, struct fetch *fetch, unsigned port, const char *path) {
    struct request request = {.url = slice_from(arena_printf(world->arena, "https://" NAME ":%u%s", port, path)),
                              .allow_host = SLICE(NAME)};
    struct fault fault = {0};
    struct response response = {0};
    uint64_t id = 0;
    bool left = false;
    assert_true(fetch_add(fetch, &request, 1, &fault));
    assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
    return response;
}

static struct response ask_certificate(struct world *world, const char *cert, const char *most) {
    struct bad_server server;
    const char *words[] = {"--tls",      in_dir(world, cert, ".pem"), in_dir(world, cert, ".key"),
                           "--tls-most", most == NULL ? "1.3" : most, NULL};
    assert_int_equal(bad_server_start(&server, words), 0);
    AUTO(fetch_free)
    struct fetch *fetch = engine(world, true);
    struct response response = ask(world, fetch, server.port, "/plain?text=hello");
    bad_server_stop(&server);
    return response;
}

static void a_certificate_that_holds_is_taken(void **state) {
    struct response response = ask_certificate(ready(state), "good", NULL);
    if (response.state != RESPONSE_ANSWERED) fail_msg("%.*s", SLICE_ARGS(response.reason));
    assert_true(slice_equal(response.body, SLICE("hello")));
    assert_int_equal(ask_certificate(ready(state), "good", "1.2").state, RESPONSE_ANSWERED);
}

static void a_certificate_that_does_not_hold_is_told_in_words(void **state) {
    static const struct {
        const char *cert, *words;
    } cases[] = {{"wrong", "belongs to another name"},
                 {"expired", "has expired"},
                 {"self", "signed by nobody but itself"},
                 {"stranger", "not signed by an authority that this machine knows"}};
    struct world *world = ready(state);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct response response = ask_certificate(world, cases[i].cert, NULL);
        if (response.state != RESPONSE_FAILED ||
            slice_find(response.reason, slice_from(cases[i].words), 0) == SLICE_NOT_FOUND)
            fail_msg("%s: state %d, %.*s", cases[i].cert, response.state, SLICE_ARGS(response.reason));
    }
}

static void old_tls_is_refused(void **state) {
    struct response response = ask_certificate(ready(state), "good", "1.1");
    assert_int_equal(response.state, RESPONSE_FAILED);
    assert_true(slice_find(response.reason, SLICE("TLS 1.2 or later"), 0) != SLICE_NOT_FOUND);
}

static void the_systems_authorities_do_not_know_ours(void **state) {
    struct world *world = ready(state);
    const char *words[] = {"--tls", in_dir(world, "good", ".pem"), in_dir(world, "good", ".key"), NULL};
    struct bad_server server;
    assert_int_equal(bad_server_start(&server, words), 0);
    AUTO(fetch_free)
    struct fetch *fetch = engine(world, false);
    assert_int_equal(ask(world, fetch, server.port, "/plain").state, RESPONSE_FAILED);
    bad_server_stop(&server);
}

/* ---- HTTP/2, spoken by a real nginx ---- */

static bool start_nginx(struct world *world, const char *conf) {
    const char *path = in_dir(world, "nginx", ".conf");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(conf, file);
    (void)fclose(file);
    if (system("command -v nginx > /dev/null || test -x /usr/sbin/nginx") != 0) return false;
    const char *line = arena_printf(world->arena, "PATH=$PATH:/usr/sbin nginx -c %s -e %s 2> %s", path,
                                    in_dir(world, "error", ".log"), in_dir(world, "start", ".log"));
    return system(line) == 0;
}

static void http_2_is_spoken_where_it_is_offered_on_one_connection(void **state) {
    struct world *world = ready(state);
    const char *conf = arena_printf(
        world->arena,
        "pid %s/nginx.pid; worker_processes 1; user root; error_log %s/error.log;\nevents {}\nhttp {\n access_log "
        "off;\n"
        " client_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f; uwsgi_temp_path %s/u; "
        "scgi_temp_path %s/s;\n"
        " server { listen 127.0.0.1:8443 ssl http2; ssl_certificate %s/good.pem; ssl_certificate_key %s/good.key;\n"
        "  location / { return 200 \"$server_protocol $connection\"; } } }\n",
        world->dir, world->dir, world->dir, world->dir, world->dir, world->dir, world->dir, world->dir, world->dir);
    if (!start_nginx(world, conf)) skip();
    AUTO(fetch_free)
    struct fetch *fetch = engine(world, true);
    struct response first = ask(world, fetch, 8443, "/1");
    assert_true(slice_starts(first.body, SLICE("HTTP/2")));
    struct fault fault = {0};
    struct request request = {.url = SLICE("https://" NAME ":8443/2"), .allow_host = SLICE(NAME)};
    for (uint64_t i = 0; i < 6; i++) assert_true(fetch_add(fetch, &request, i, &fault));
    for (int i = 0; i < 6; i++) {
        struct response response = {0};
        uint64_t id = 0;
        bool left = false;
        assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
        assert_true(slice_equal(response.body, first.body)); /* the number of the connection is in it */
    }
    assert_int_equal(system(arena_printf(world->arena, "kill $(cat %s)", in_dir(world, "nginx", ".pid"))), 0);
}

static int start(void **state) {
    static struct world world = {.dir = "/tmp/discern-tls-XXXXXX"};
    *state = &world;
    world.arena = arena_new((size_t)16 * 1024 * 1024);
    if (world.arena == NULL || mkdtemp(world.dir) == NULL) return -1;
    world.ready = sealed_enter("127.0.0.1 localhost " NAME "\n") && system("command -v openssl > /dev/null") == 0;
    if (!world.ready) return 0;
    const char *line = arena_printf(world.arena, "bash tests/server/certs.sh %s " NAME, world.dir);
    return system(line);
}

static int stop(void **state) {
    struct world *world = *state;
    int status = system(arena_printf(world->arena, "rm -rf %s", world->dir));
    arena_free(&world->arena);
    return status;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_certificate_that_holds_is_taken),
        cmocka_unit_test(a_certificate_that_does_not_hold_is_told_in_words),
        cmocka_unit_test(old_tls_is_refused),
        cmocka_unit_test(the_systems_authorities_do_not_know_ours),
        cmocka_unit_test(http_2_is_spoken_where_it_is_offered_on_one_connection),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
