/* Addresses that lead inwards, in every spelling, asked directly and through a redirect: none may reach the canary that
 * listens on all of them. Runs only in a network that leads nowhere. */
#include "fetch/fetch.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "server/bad_server.h"
#include "server/sealed.h"

#define PUBLIC4 "93.184.216.34"
#define PUBLIC6 "2606:2800:220:1::1"

static const char hosts[] = "127.0.0.1 localhost\n10.0.0.1 inner.example.org\n" PUBLIC4 " outer.example.org\n"
                            "10.0.0.1 both.example.org\n" PUBLIC4 " both.example.org\n127.0.0.1 loop.example.org\n"
                            "::1 loop6.example.org\n169.254.169.254 metadata.example.org\n";

static const char *const addresses[] = {"10.0.0.1",    "172.16.0.1", "192.168.1.1",    "169.254.169.254",
                                        "100.64.0.1",  "198.18.0.1", "192.0.2.1",      "203.0.113.1",
                                        "192.0.0.1",   "fd00::1",    "64:ff9b::a00:1", "2002:a00:1::1",
                                        "2001:db8::1", "fec0::1",    "3fff::1",        "100::1",
                                        "2001::1",     PUBLIC4,      PUBLIC6};

/* Every one of them reaches the canary when nothing stands in between. */
static const char *const vectors[] = {
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://127.9.9.9/",
    "http://0/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://10.0.0.1/",
    "http://0xa.1/",
    "http://167772161/",
    "http://012.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xa9fea9fe/",
    "http://2852039166/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://100.64.0.1/",
    "http://198.18.0.1/",
    "http://192.0.2.1/",
    "http://203.0.113.1/",
    "http://192.0.0.1/",
    "http://[fd00::1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::1]/",
    "http://[2001:db8::1]/",
    "http://[fec0::1]/",
    "http://[3fff::1]/",
    "http://[100::1]/",
    "http://[2001::1]/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://inner.example.org/",
    "http://INNER.example.org./",
    "http://loop.example.org/",
    "http://loop6.example.org/",
    "http://metadata.example.org/",
    "http://user:pass@10.0.0.1/",
    "http://outer.example.org@10.0.0.1/",
    "http://10.0.0.1#outer.example.org/",
    "http://10.0.0.1?outer.example.org/",
    "http://10.0.0.1\\@outer.example.org/",
    "http:10.0.0.1/",
    "http:/10.0.0.1/",
    "http:///10.0.0.1/",
    "http://\xE2\x91\xA0\xE2\x91\xA1\xE2\x91\xA6.\xE2\x93\xAA.\xE2\x93\xAA.\xE2\x91\xA0/",
    "http://\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1/",
    "http://127\xE3\x80\x82"
    "0\xE3\x80\x82"
    "0\xE3\x80\x82"
    "1/",
    "http://127%2e0%2e0%2e1/",
    "http://%31%32%37.0.0.1/",
    "http://10.0.0.1:80/",
    "http://10.0.0.1:080/",
    "HTTP://10.0.0.1/",
    "//10.0.0.1/",
    "/\\10.0.0.1/",
    "\\\\10.0.0.1/",
    "http://10.0.0.1:8080/",
    "file:///etc/hostname",
    "gopher://10.0.0.1:80/_GET%20/",
    "dict://10.0.0.1:80/x",
    "ftp://10.0.0.1/",
    "scp://10.0.0.1/x",
    "http+unix://%2Frun%2Fx/",
    "javascript:alert(1)",
    "data:text/plain,x"};

struct world {
    bool sealed;
    struct bad_server canary, canary6, gate;
    struct arena *arena;
};

static struct response ask(struct world *world, struct slice url, const char *allow, enum request_purpose purpose) {
    struct fetch_options options = {.user_agent = SLICE("discern/0.1 (+mailto:it@school.example)"),
                                    .now_s = 1790000000,
                                    .connect_ms = 2000,
                                    .total_ms = 3000};
    struct request request = {.url = url, .allow_host = slice_from(allow), .purpose = purpose};
    struct fault fault = {0};
    struct response response = {0};
    AUTO(fetch_free)
    struct fetch *fetch = NULL;
    uint64_t id = 0;
    bool left = false;
    assert_true(fetch_new(&options, &fetch, &fault));
    assert_true(fetch_add(fetch, &request, 1, &fault));
    assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
    return response;
}

/* How often the canary was reached: asked through loopback, which this question alone may use. */
static bool is_unharmed(struct world *world) {
    struct response four = ask(world, SLICE("http://127.0.0.1:80/stats"), "127.0.0.1", REQUEST_FEED);
    struct response six = ask(world, SLICE("http://[::1]:80/stats"), "[::1]", REQUEST_FEED);
    assert_int_equal(four.status, 200);
    assert_int_equal(six.status, 200);
    return slice_find(four.body, SLICE("\"requests\": 0,"), 0) != SLICE_NOT_FOUND &&
           slice_find(six.body, SLICE("\"requests\": 0,"), 0) != SLICE_NOT_FOUND;
}

static void forget(struct world *world) {
    (void)ask(world, SLICE("http://127.0.0.1/reset"), "127.0.0.1", REQUEST_FEED);
    (void)ask(world, SLICE("http://[::1]/reset"), "[::1]", REQUEST_FEED);
    assert_true(is_unharmed(world));
}

static struct world *sealed(void **state) {
    struct world *world = *state;
    if (!world->sealed) skip();
    return world;
}

static void public_addresses_are_reached(void **state) {
    static const char *const public[] = {"http://" PUBLIC4 "/plain", "http://[" PUBLIC6 "]/plain",
                                         "http://outer.example.org/plain", "http://both.example.org/plain"};
    struct world *world = sealed(state);
    for (size_t i = 0; i < COUNT_OF(public); i++) {
        struct response response = ask(world, slice_from(public[i]), NULL, REQUEST_FEED);
        if (response.status != 200) fail_msg("%s: %.*s", public[i], SLICE_ARGS(response.reason));
    }
    assert_false(is_unharmed(world));
    forget(world);
}

/* The control: a client without guards goes where the vectors lead, so the canary does sing. */
static void without_guards_most_vectors_lead_inwards(void **state) {
    struct world *world = sealed(state);
    int reached = 0;
    if (system("curl --version > /dev/null 2>&1") != 0) skip();
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        char line[512];
        (void)snprintf(line, sizeof line, "curl -s -o /dev/null -m 2 --noproxy '*' --proto =http -- '%s'", vectors[i]);
        reached += system(line) == 0;
    }
    assert_true(reached > 40);
    assert_false(is_unharmed(world));
    forget(world);
}

static void no_spelling_leads_inwards(void **state) {
    struct world *world = sealed(state);
    for (int purpose = REQUEST_FEED; purpose <= REQUEST_API; purpose++)
        for (size_t i = 0; i < COUNT_OF(vectors); i++) {
            struct response response = ask(world, slice_from(vectors[i]), NULL, (enum request_purpose)purpose);
            if (response.status != 0 || !is_unharmed(world)) fail_msg("%s got through", vectors[i]);
        }
}

static void no_redirect_leads_inwards(void **state) {
    struct world *world = sealed(state);
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        AUTO(buf_free)
        struct buf url = buf_new(4096);
        buf_printf(&url, "http://127.0.0.9:%u/redirect?to=", world->gate.port);
        for (const char *c = vectors[i]; *c != '\0'; c++) buf_printf(&url, "%%%02X", (unsigned char)*c);
        struct response response = ask(world, buf_slice(&url), "127.0.0.9", REQUEST_FEED);
        /* What is no host at all stays at the gate, and is the gate's own 404. */
        bool at_gate = slice_find(response.final_url, SLICE("127.0.0.9"), 0) != SLICE_NOT_FOUND;
        if ((response.status == 200 || !at_gate) && response.status != 0) fail_msg("%s got through", vectors[i]);
        if (!is_unharmed(world)) fail_msg("%s reached the canary", vectors[i]);
    }
}

static void an_allowed_host_may_be_loopback_and_nothing_else(void **state) {
    struct world *world = sealed(state);
    assert_int_equal(ask(world, SLICE("http://loop.example.org/stats"), "loop.example.org", REQUEST_FEED).status, 200);
    assert_int_equal(ask(world, SLICE("http://inner.example.org/"), "inner.example.org", REQUEST_FEED).status, 0);
    assert_int_equal(ask(world, SLICE("http://10.0.0.1/"), "10.0.0.1", REQUEST_FEED).status, 0);
    assert_int_equal(ask(world, SLICE("http://metadata.example.org/"), "metadata.example.org", REQUEST_API).status, 0);
    assert_true(is_unharmed(world));
}

/* A name whose address changes from question to question: it is the address that is dialled that counts. */
static void a_name_that_changes_its_address_leads_nowhere_else(void **state) {
    struct world *world = sealed(state);
    static const char *const names[] = {"turn.example.org=" PUBLIC4 ",10.0.0.1,127.0.0.1,169.254.169.254",
                                        "in.example.org=127.0.0.1", NULL};
    struct bad_server dns;
    char line[16];
    int reached = 0, refused = 0;
    assert_int_equal(bad_server_run(&dns, "tests/server/dns_stub.py", names, line, sizeof line), 0);
    for (int i = 0; i < 12; i++) {
        struct response response = ask(world, SLICE("http://turn.example.org/plain"), NULL, REQUEST_FEED);
        reached += response.status == 200;
        refused += response.state == RESPONSE_REFUSED;
    }
    /* Some questions get the public answer and some do not; none of the others gets further than the socket. */
    assert_in_range(reached, 1, 11);
    assert_int_equal(reached + refused, 12);
    assert_int_equal(ask(world, SLICE("http://in.example.org/"), NULL, REQUEST_FEED).state, RESPONSE_REFUSED);
    struct response canary = ask(world, SLICE("http://127.0.0.1:80/stats"), "127.0.0.1", REQUEST_FEED);
    assert_true(slice_find(canary.body, SLICE("\"at\": [\"" PUBLIC4 "\"]"), 0) != SLICE_NOT_FOUND);
    bad_server_stop(&dns);
    forget(world);
}

static int start(void **state) {
    static struct world world;
    *state = &world;
    world.arena = arena_new((size_t)256 * 1024 * 1024);
    world.sealed = sealed_enter(hosts);
    if (!world.sealed) return 0;
    (void)setlocale(LC_ALL, "C.UTF-8"); /* the locale in which libcurl reads digits of all scripts */
    for (size_t i = 0; i < COUNT_OF(addresses); i++) {
        char line[128];
        (void)snprintf(line, sizeof line, "ip addr add %s dev lo", addresses[i]);
        if (system(line) != 0) return -1;
    }
    if (setenv("BAD_SERVER_SEALED", "1", 1) != 0) return -1;
    static const char *const four[] = {"--bind", "0.0.0.0", "--port", "80", NULL};
    static const char *const six[] = {"--bind", "::", "--port", "80", NULL};
    static const char *const gate[] = {"--bind", "127.0.0.9", NULL};
    return bad_server_start(&world.canary, four) | bad_server_start(&world.canary6, six) |
           bad_server_start(&world.gate, gate);
}

static int stop(void **state) {
    struct world *world = *state;
    arena_free(&world->arena);
    if (!world->sealed) return 0;
    bad_server_stop(&world->canary);
    bad_server_stop(&world->canary6);
    bad_server_stop(&world->gate);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(public_addresses_are_reached),
        cmocka_unit_test(without_guards_most_vectors_lead_inwards),
        cmocka_unit_test(no_spelling_leads_inwards),
        cmocka_unit_test(no_redirect_leads_inwards),
        cmocka_unit_test(a_name_that_changes_its_address_leads_nowhere_else),
        cmocka_unit_test(an_allowed_host_may_be_loopback_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
