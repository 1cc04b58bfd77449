#include "fetch/fetch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/when.h"
#include "server/bad_server.h"

#define NOW_S 1790000000
#define ARENA_BYTES ((size_t)64 * 1024 * 1024)

struct world {
    struct bad_server server;
    struct arena *arena;
};

static bool give_secret(void *with, struct slice name, struct buf *out, struct fault *fault) {
    (void)with;
    if (slice_equal(name, SLICE("token"))) buf_add_text(out, "s3cret-canary");
    else if (slice_equal(name, SLICE("password"))) buf_add_text(out, "open sesame");
    else if (slice_equal(name, SLICE("bad"))) buf_add_text(out, "two\r\nlines");
    else return fault_set(fault, FAULT_CONFIG, "no secret is called '%.*s'", SLICE_ARGS(name));
    return true;
}

static struct fetch_options usual(void) {
    return (struct fetch_options){.user_agent = SLICE("discern/0.1 (+mailto:it@school.example)"),
                                  .now_s = NOW_S,
                                  .connect_ms = 2000,
                                  .total_ms = 4000,
                                  .slow_s = 1,
                                  .slow_bytes_s = 500,
                                  .secret = give_secret};
}

static struct request to(struct world *world, const char *path) {
    const char *url = arena_printf(world->arena, "http://127.0.0.1:%u%s", world->server.port, path);
    assert_non_null(url);
    return (struct request){.url = slice_from(url), .allow_host = SLICE("127.0.0.1")};
}

static struct response ask_with(struct world *world, const struct fetch_options *options, struct request request) {
    struct fault fault = {0};
    struct response response = {0};
    AUTO(fetch_free)
    struct fetch *fetch = NULL;
    uint64_t id = 0;
    bool left = false;
    assert_true(fetch_new(options, &fetch, &fault));
    assert_true(fetch_add(fetch, &request, 7, &fault));
    assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
    assert_true(left);
    assert_int_equal(id, 7);
    assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
    assert_false(left);
    return response;
}

static struct response ask(struct world *world, struct request request) {
    struct fetch_options options = usual();
    return ask_with(world, &options, request);
}

static struct response get(struct world *world, const char *path) {
    return ask(world, to(world, path));
}

static void assert_says(struct response response, enum response_state state, const char *words) {
    bool said = words[0] == '\0' || slice_find(response.reason, slice_from(words), 0) != SLICE_NOT_FOUND;
    if (response.state != state || !said)
        fail_msg("state %d, status %d, reason '%.*s' (wanted '%s')", response.state, response.status,
                 SLICE_ARGS(response.reason), words);
}

static bool body_has(struct response response, const char *words) {
    return slice_find(response.body, slice_from(words), 0) != SLICE_NOT_FOUND;
}

static void an_ordinary_answer_comes_whole(void **state) {
    struct response response = get(*state, "/plain?text=hello&type=text/x-feed&header=X-One:%201");
    assert_int_equal(response.state, RESPONSE_ANSWERED);
    assert_int_equal(response.status, 200);
    assert_true(slice_equal(response.body, SLICE("hello")));
    assert_true(slice_equal(response.content_type, SLICE("text/x-feed")));
    assert_true(slice_equal(response_header(&response, "x-one"), SLICE("1")));
    assert_int_equal(response.wire_bytes, 5);
    assert_true(response.date_s > 1700000000);
    assert_false(response.moved_for_good);
    assert_true(slice_ends(response.final_url, SLICE("header=X-One:%201")));
}

static void an_error_status_is_an_answer(void **state) {
    static const int statuses[] = {204, 400, 401, 403, 404, 410, 418, 500, 502};
    for (size_t i = 0; i < COUNT_OF(statuses); i++) {
        struct response response =
            get(*state, arena_printf(((struct world *)*state)->arena, "/status/%d", statuses[i]));
        assert_int_equal(response.state, RESPONSE_ANSWERED);
        assert_int_equal(response.status, statuses[i]);
    }
}

static void every_coding_is_undone(void **state) {
    static const char *const codings[] = {"gzip", "deflate", "raw-deflate", "br", "zstd"};
    struct world *world = *state;
    struct response plain = get(world, "/plain?size=300000");
    for (size_t i = 0; i < COUNT_OF(codings); i++) {
        struct response packed = get(world, arena_printf(world->arena, "/coded?size=300000&coding=%s", codings[i]));
        assert_int_equal(packed.state, RESPONSE_ANSWERED);
        assert_true(slice_equal(packed.body, plain.body));
    }
    struct response twice = get(world, "/coded?size=300000&coding=gzip&twice=1");
    assert_true(slice_equal(twice.body, plain.body));
    struct response junk = get(world, "/coded?size=300000&coding=gzip&junk=1");
    assert_true(slice_equal(junk.body, plain.body));
    assert_true(slice_equal(get(world, "/encoding?name=UTF-8&text=x").body, SLICE("x")));
    assert_true(slice_equal(get(world, "/coded?size=0").body, SLICE("")));
}

static void a_packed_answer_that_is_cut_is_a_failure(void **state) {
    static const char *const codings[] = {"gzip", "deflate", "br", "zstd"};
    struct world *world = *state;
    for (size_t i = 0; i < COUNT_OF(codings); i++)
        for (int cut = 1; cut < 30; cut += 9) {
            const char *path = arena_printf(world->arena, "/coded?size=50000&coding=%s&cut=%d", codings[i], cut);
            assert_says(get(world, path), RESPONSE_FAILED, "broke off before its end");
        }
}

static void what_is_not_what_its_coding_says_is_a_failure(void **state) {
    assert_says(get(*state, "/unpacked"), RESPONSE_FAILED, "packed in a way that cannot be undone");
    assert_says(get(*state, "/encoding?name=compress"), RESPONSE_FAILED, "cannot be undone");
    assert_says(get(*state, "/encoding?name=gzip,gzip"), RESPONSE_FAILED, "cannot be undone");
}

static void a_bomb_is_stopped_early(void **state) {
    /* The server needs its time to make one, on a busy machine. */
    struct fetch_options patient = usual();
    patient.total_ms = 60000;
    patient.slow_s = 60;
    assert_says(ask_with(*state, &patient, to(*state, "/bomb?mib=100")), RESPONSE_FAILED, "compression bomb");
    assert_says(ask_with(*state, &patient, to(*state, "/bomb?mib=100&coding=zstd")), RESPONSE_FAILED,
                "compression bomb");
}

static void size_is_counted_decoded_whatever_the_headers_say(void **state) {
    struct world *world = *state;
    static const char *const paths[] = {"/plain?size=100001", "/chunked?endless=1", "/coded?size=100001",
                                        "/coded?size=100001&coding=br", "/chunked?size=100001"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        struct request request = to(world, paths[i]);
        request.max_bytes = 100000;
        assert_says(ask(world, request), RESPONSE_FAILED, "larger than 100000 bytes");
    }
    struct request request = to(world, "/coded?size=100000");
    request.max_bytes = 100000;
    assert_int_equal(ask(world, request).body.len, 100000);
}

static void an_answer_that_breaks_off_is_never_half_an_answer(void **state) {
    assert_says(get(*state, "/cut?size=1000&sent=500"), RESPONSE_FAILED, "broke off before its announced end");
    assert_says(get(*state, "/chunked?size=5000&cut=1"), RESPONSE_FAILED, "broke off");
    assert_says(get(*state, "/liar?size=100&say=500"), RESPONSE_FAILED, "too slow");
    assert_says(get(*state, "/close"), RESPONSE_FAILED, "closed the connection without an answer");
    assert_says(get(*state, "/garbage"), RESPONSE_FAILED, "no web server");
    struct response chunked = get(*state, "/chunked?size=5000");
    assert_int_equal(chunked.body.len, 5000);
}

static void a_slow_server_is_given_up(void **state) {
    struct fetch_options options = usual();
    assert_says(get(*state, "/drip?bytes=1000&ms=50"), RESPONSE_FAILED, "too slow");
    options.slow_s = 30;
    options.total_ms = 300;
    assert_says(ask_with(*state, &options, to(*state, "/stall")), RESPONSE_FAILED, "too slow");
}

static void headers_have_ceilings(void **state) {
    assert_says(get(*state, "/headers?count=500&size=5"), RESPONSE_FAILED, "too many or too large headers");
    assert_says(get(*state, "/headers?count=100&size=900"), RESPONSE_FAILED, "too many or too large headers");
    assert_int_equal(get(*state, "/headers?count=100&size=100").state, RESPONSE_ANSWERED);
    struct response early = get(*state, "/early");
    assert_true(slice_equal(early.etag, SLICE("\"late\"")));
}

static void redirects_are_followed_and_counted(void **state) {
    struct world *world = *state;
    struct response response = get(world, "/hops/5");
    assert_int_equal(response.state, RESPONSE_ANSWERED);
    assert_true(slice_ends(response.final_url, SLICE("/plain")));
    assert_false(response.moved_for_good);
    assert_says(get(world, "/hops/6"), RESPONSE_FAILED, "redirects more than 5 times");
    assert_says(get(world, "/loop"), RESPONSE_FAILED, "redirects more than 5 times");
    assert_true(get(world, "/hops/3?status=308").moved_for_good);
    assert_false(get(world, "/redirect?status=301&to=%2Fredirect%3Fstatus%3D302").moved_for_good);
    assert_int_equal(get(world, "/redirect?status=300").status, 300);
}

static void each_hop_meets_the_guards(void **state) {
    static const struct {
        const char *to, *words;
    } cases[] = {{"file:///etc/passwd", "only addresses that begin with"},
                 {"gopher://127.0.0.1/", "only addresses that begin with"},
                 {"http://10.0.0.1/", "not a public address"},
                 {"http://169.254.169.254/latest", "not a public address"},
                 {"http://[::ffff:127.0.0.1]/", "not a public address"},
                 {"http://0x7f.2/", "not a public address"},
                 {"http://2130706434/", "not a public address"},
                 {"//127.0.0.2/", "not a public address"},
                 {"http://user@127.0.0.1/", "name or password"},
                 {"http://localhost/", "this machine"},
                 {"http://router.local/", "this machine or this network"},
                 {"http://198.51.101.1:25/", "port 25"},
                 {"http://", "no address"}};
    struct world *world = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct response response = get(world, arena_printf(world->arena, "/redirect?to=%s", cases[i].to));
        if (response.state != RESPONSE_REFUSED && i + 1 < COUNT_OF(cases)) fail_msg("%s was not refused", cases[i].to);
        if (slice_find(response.reason, slice_from(cases[i].words), 0) == SLICE_NOT_FOUND)
            fail_msg("%s: '%.*s'", cases[i].to, SLICE_ARGS(response.reason));
    }
}

static void loopback_is_asked_only_where_the_source_allows_it(void **state) {
    struct world *world = *state;
    struct request request = to(world, "/plain");
    request.allow_host = (struct slice){NULL, 0};
    assert_says(ask(world, request), RESPONSE_REFUSED, "not a public address");
    request.allow_host = SLICE("127.0.0.2");
    assert_says(ask(world, request), RESPONSE_REFUSED, "not a public address");
    request.url = slice_from(arena_printf(world->arena, "http://localhost:%u/plain", world->server.port));
    assert_says(ask(world, request), RESPONSE_REFUSED, "this machine");
    request.allow_host = SLICE("localhost");
    assert_int_equal(ask(world, request).state, RESPONSE_ANSWERED);
}

/* The socket's guard does not look at a kept connection: the one before each request does. */
static void a_kept_connection_does_not_pass_the_guard_on(void **state) {
    struct world *world = *state;
    struct fetch_options options = usual();
    struct fault fault = {0};
    struct response response = {0};
    uint64_t id = 0;
    bool left = false;
    AUTO(fetch_free)
    struct fetch *fetch = NULL;
    assert_true(fetch_new(&options, &fetch, &fault));
    struct request request = to(world, "/plain");
    assert_true(fetch_add(fetch, &request, 1, &fault));
    assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
    assert_int_equal(response.state, RESPONSE_ANSWERED);
    request.allow_host = SLICE("elsewhere.example");
    assert_true(fetch_add(fetch, &request, 2, &fault));
    assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
    assert_int_equal(response.state, RESPONSE_REFUSED);
}

static void validators_go_only_where_they_came_from(void **state) {
    struct world *world = *state;
    struct request request = to(world, "/validators?etag=W/%22a,b%22&modified=Tue,%2001%20Sep%202026%2006:00:00%20GMT");
    struct response first = ask(world, request);
    assert_int_equal(first.state, RESPONSE_ANSWERED);
    assert_true(slice_equal(first.etag, SLICE("W/\"a,b\"")));
    assert_true(slice_equal(first.last_modified, SLICE("Tue, 01 Sep 2026 06:00:00 GMT")));
    request.etag = first.etag;
    request.last_modified = first.last_modified;
    struct response second = ask(world, request);
    assert_int_equal(second.state, RESPONSE_UNCHANGED);
    assert_int_equal(second.body.len, 0);
    assert_true(slice_equal(second.etag, first.etag));
    request.validators_url = SLICE("http://127.0.0.1/elsewhere");
    assert_int_equal(ask(world, request).state, RESPONSE_ANSWERED);
    request.validators_url = request.url;
    request.url = slice_from(arena_printf(world->arena, "http://127.0.0.1:%u/redirect?to=%.*s", world->server.port, 27,
                                          "/validators?etag=W/%2522a,b%2522"));
    assert_int_equal(ask(world, request).state, RESPONSE_ANSWERED);
}

static void a_304_that_says_nothing_keeps_what_was_sent(void **state) {
    struct request request = to(*state, "/validators?etag=abc&bare=1");
    request.etag = SLICE("abc");
    struct response response = ask(*state, request);
    assert_int_equal(response.state, RESPONSE_UNCHANGED);
    assert_true(slice_equal(response.etag, SLICE("abc")));
    assert_says(get(*state, "/validators?always=1"), RESPONSE_FAILED, "nothing was asked to compare");
}

static void retry_after_is_obeyed_within_reason(void **state) {
    static const struct {
        const char *after;
        int64_t wait_s;
    } cases[] = {{"120", 120},
                 {"0", 0},
                 {"1.9", 1},
                 {"99999999999999999999999", LIMIT_RETRY_AFTER_S},
                 {"Fri,%2031%20Dec%202999%2023:59:59%20GMT", LIMIT_RETRY_AFTER_S},
                 {"Sun,%2006%20Nov%201994%2008:49:37%20GMT", 0}};
    struct world *world = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct response response = get(world, arena_printf(world->arena, "/retry?after=%s", cases[i].after));
        assert_int_equal(response.state, RESPONSE_WAIT);
        assert_int_equal(response.retry_at_s, NOW_S + cases[i].wait_s);
    }
    static const char *const nonsense[] = {"-5", "NaN", "soon", "1e9", ""};
    for (size_t i = 0; i < COUNT_OF(nonsense); i++) {
        struct response response = get(world, arena_printf(world->arena, "/retry?status=503&after=%s", nonsense[i]));
        assert_int_equal(response.state, RESPONSE_WAIT);
        assert_true(response.retry_at_s >= NOW_S + 400 && response.retry_at_s <= NOW_S + 800);
    }
    assert_int_equal(get(world, "/status/429?header=x-rate-limit-reset:1").retry_at_s, NOW_S + 4);
}

static void a_bot_check_is_said_to_be_one(void **state) {
    assert_says(get(*state, "/challenge"), RESPONSE_REFUSED, "bot check");
}

static void a_secret_goes_to_its_own_server_only(void **state) {
    struct world *world = *state;
    struct request request = to(world, "/echo");
    request.secret = SLICE("token");
    assert_true(request_add_header(world->arena, &request, "X-Extra", SLICE("1")));
    struct response response = ask(world, request);
    assert_true(body_has(response, "Bearer s3cret-canary") && body_has(response, "x-extra"));
    const char *other = arena_printf(world->arena, "/redirect?to=http://localhost:%u/echo", world->server.port);
    struct request away = to(world, other);
    away.secret = SLICE("token");
    assert_true(request_add_header(world->arena, &away, "X-Extra", SLICE("1")));
    assert_says(ask(world, away), RESPONSE_REFUSED, "");
    struct bad_server second;
    assert_int_equal(bad_server_start(&second, NULL), 0);
    away.url = slice_from(arena_printf(world->arena, "http://127.0.0.1:%u/redirect?to=http://127.0.0.1:%u/echo",
                                       world->server.port, second.port));
    response = ask(world, away);
    bad_server_stop(&second);
    assert_int_equal(response.state, RESPONSE_ANSWERED);
    assert_false(body_has(response, "canary") || body_has(response, "x-extra"));
    request.url = SLICE("http://198.51.101.1/");
    assert_says(ask(world, request), RESPONSE_REFUSED, "not encrypted");
    struct request broken = to(world, "/echo");
    broken.secret = SLICE("bad");
    assert_says(ask(world, broken), RESPONSE_REFUSED, "characters that no token has");
    broken.secret = SLICE("lost");
    assert_says(ask(world, broken), RESPONSE_REFUSED, "no secret is called 'lost'");
}

static void an_api_is_asked_by_https_and_never_redirected(void **state) {
    struct request request = to(*state, "/redirect");
    request.purpose = REQUEST_API;
    assert_says(ask(*state, request), RESPONSE_REFUSED, "redirect is not followed");
    request.url = SLICE("http://198.51.101.1/");
    assert_says(ask(*state, request), RESPONSE_REFUSED, "by https only");
}

static void a_session_is_opened_once_and_its_token_sent(void **state) {
    struct world *world = *state;
    struct fetch_options options = usual();
    struct fault fault = {0};
    AUTO(fetch_free)
    struct fetch *fetch = NULL;
    assert_true(fetch_new(&options, &fetch, &fault));
    struct request request = to(world, "/echo");
    request.purpose = REQUEST_API;
    request.secret = SLICE("password");
    request.login_url = to(world, "/session").url;
    request.login_user = SLICE("ann");
    (void)get(world, "/reset");
    for (uint64_t i = 0; i < 3; i++) assert_true(fetch_add(fetch, &request, i, &fault));
    uint64_t id = 0;
    bool left = true;
    for (int i = 0; i < 3; i++) {
        struct response response = {0};
        assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
        assert_true(left && body_has(response, "Bearer token-of-ann"));
        assert_false(body_has(response, "sesame"));
    }
    struct response stats = get(world, "/stats");
    assert_true(body_has(stats, "\"requests\": 4"));
    request.secret = SLICE("token");
    assert_says(ask(world, request), RESPONSE_REFUSED, "did not accept the name 'ann'");
}

static void one_host_is_never_asked_more_than_twice_at_a_time(void **state) {
    struct world there = {.arena = ((struct world *)*state)->arena}, *world = &there;
    assert_int_equal(bad_server_start(&there.server, NULL), 0);
    struct fetch_options options = usual();
    struct fault fault = {0};
    AUTO(fetch_free)
    struct fetch *fetch = NULL;
    assert_true(fetch_new(&options, &fetch, &fault));
    struct request request = to(world, "/delay?ms=20");
    for (uint64_t i = 0; i < 12; i++) assert_true(fetch_add(fetch, &request, i, &fault));
    assert_int_equal(fetch_waiting(fetch), 12);
    unsigned seen = 0;
    for (bool left = true; left;) {
        struct response response = {0};
        uint64_t id = 0;
        assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
        if (left) seen |= 1u << id;
        if (left) assert_int_equal(response.state, RESPONSE_ANSWERED);
    }
    assert_int_equal(seen, 0xfff);
    struct response stats = get(world, "/stats");
    if (!body_has(stats, "\"most_at_once\": 2") || !body_has(stats, "\"connections\": 3"))
        fail_msg("%.*s", 100, stats.body.at);
    fetch_free(&fetch);
    bad_server_stop(&there.server);
}

static void the_run_ends_on_time_whatever_servers_do(void **state) {
    struct world *world = *state;
    struct fetch_options options = usual();
    options.run_ms = 500;
    options.calm_ms = 200;
    struct fault fault = {0};
    AUTO(fetch_free)
    struct fetch *fetch = NULL;
    assert_true(fetch_new(&options, &fetch, &fault));
    struct request request = to(world, "/stall");
    for (uint64_t i = 0; i < 4; i++) assert_true(fetch_add(fetch, &request, i, &fault));
    int failed = 0, waited = 0;
    struct timespec from, until;
    (void)clock_gettime(CLOCK_MONOTONIC, &from);
    for (bool left = true; left;) {
        struct response response = {0};
        uint64_t id = 0;
        assert_true(fetch_next(fetch, &id, &response, &left, world->arena, &fault));
        if (!left) break;
        failed += response.state == RESPONSE_FAILED;
        waited += response.state == RESPONSE_WAIT;
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    assert_int_equal(failed, 2);
    assert_int_equal(waited, 2);
    assert_true((until.tv_sec - from.tv_sec) * 1000 + (until.tv_nsec - from.tv_nsec) / 1000000 < 1500);
}

static void robots_txt_is_read_for_pages_and_not_for_feeds(void **state) {
    static const char *const script[] = {"--script", "tests/server/robots.json", NULL};
    struct world *world = *state;
    struct bad_server server;
    assert_int_equal(bad_server_start(&server, script), 0);
    struct world there = {server, world->arena};
    struct request request = to(&there, "/private/page");
    assert_int_equal(ask(world, request).status, 200);
    request.purpose = REQUEST_ARTICLE;
    assert_says(ask(world, request), RESPONSE_REFUSED, "robots.txt asks programs not to read this page");
    request.url = to(&there, "/open/page").url;
    assert_int_equal(ask(world, request).status, 200);
    request.url = to(&there, "/redirect?to=/private/page").url;
    assert_says(ask(world, request), RESPONSE_REFUSED, "robots.txt");
    /* A shortener's own robots.txt says nothing of the page behind it. */
    request.url = to(&there, "/private/short").url;
    assert_says(ask(world, request), RESPONSE_REFUSED, "robots.txt");
    request.forwards = true;
    assert_int_equal(ask(world, request).status, 200);
    request.url = to(&there, "/private/loop").url; /* but that of the page does */
    assert_says(ask(world, request), RESPONSE_REFUSED, "robots.txt");
    bad_server_stop(&server);
    request = to(world, "/plain");
    request.purpose = REQUEST_ARTICLE;
    assert_int_equal(ask(world, request).state, RESPONSE_ANSWERED); /* 404: everything is allowed */
}

static void pages_of_a_server_whose_robots_txt_fails_are_not_asked(void **state) {
    static const char *const script[] = {"--script", "tests/server/robots_broken.json", NULL};
    struct world *world = *state;
    struct bad_server server;
    assert_int_equal(bad_server_start(&server, script), 0);
    struct world there = {server, world->arena};
    struct request request = to(&there, "/plain");
    request.purpose = REQUEST_ARTICLE;
    assert_says(ask(world, request), RESPONSE_FAILED, "robots.txt could not be had");
    bad_server_stop(&server);
}

static void what_is_no_address_is_refused_without_a_fault(void **state) {
    static const char *const urls[] = {"", "no address", "ftp://example.org/x", "http://a b/", "x-y:z"};
    struct world *world = *state;
    for (size_t i = 0; i < COUNT_OF(urls); i++) {
        struct request request = {.url = slice_from(urls[i])};
        assert_int_equal(ask(world, request).state, RESPONSE_REFUSED);
    }
}

static void a_local_file_is_read_as_a_file(void **state) {
    struct world *world = *state;
    struct request request = {.file = SLICE("tests/server/robots.json")};
    struct response response = ask(world, request);
    assert_int_equal(response.state, RESPONSE_ANSWERED);
    assert_true(body_has(response, "private"));
    request.etag = response.etag;
    assert_int_equal(ask(world, request).state, RESPONSE_UNCHANGED);
    request.max_bytes = 10;
    assert_says(ask(world, request), RESPONSE_FAILED, "larger than 10 bytes");
    request.file = SLICE("/dev/zero");
    assert_says(ask(world, request), RESPONSE_FAILED, "not an ordinary file");
    request.file = SLICE("/nowhere/at/all");
    assert_says(ask(world, request), RESPONSE_FAILED, "cannot be read");
}

static void only_a_configured_proxy_is_used_and_inner_addresses_stay_refused(void **state) {
    struct world *world = *state;
    struct fetch_options options = usual();
    assert_int_equal(setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
    assert_int_equal(get(world, "/plain").state, RESPONSE_ANSWERED);
    assert_int_equal(unsetenv("http_proxy"), 0);
    options.proxy = slice_from(arena_printf(world->arena, "http://127.0.0.1:%u", world->server.port));
    struct request request = {.url = SLICE("http://outer.example.org/echo")};
    struct response response = ask_with(world, &options, request);
    assert_true(body_has(response, "outer.example.org"));
    request.url = SLICE("http://10.0.0.1/");
    assert_says(ask_with(world, &options, request), RESPONSE_REFUSED, "not a public address");
    request.url = SLICE("http://intranet.local/");
    assert_says(ask_with(world, &options, request), RESPONSE_REFUSED, "this network");
}

static void options_that_do_not_hold_are_a_fault(void **state) {
    (void)state;
    struct fault fault = {0};
    struct fetch *fetch = NULL;
    struct fetch_options options = usual();
    options.user_agent = SLICE("a\r\nb");
    assert_false(fetch_new(&options, &fetch, &fault));
    options = usual();
    options.in_flight_host = 3;
    assert_false(fetch_new(&options, &fetch, &fault));
    assert_int_equal(fault.kind, FAULT_USAGE);
    assert_null(fetch);
}

static int start(void **state) {
    static struct world world;
    world.arena = arena_new(ARENA_BYTES);
    *state = &world;
    return world.arena == NULL ? -1 : bad_server_start(&world.server, NULL);
}

static int stop(void **state) {
    struct world *world = *state;
    bad_server_stop(&world->server);
    arena_free(&world->arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ordinary_answer_comes_whole),
        cmocka_unit_test(an_error_status_is_an_answer),
        cmocka_unit_test(every_coding_is_undone),
        cmocka_unit_test(a_packed_answer_that_is_cut_is_a_failure),
        cmocka_unit_test(what_is_not_what_its_coding_says_is_a_failure),
        cmocka_unit_test(a_bomb_is_stopped_early),
        cmocka_unit_test(size_is_counted_decoded_whatever_the_headers_say),
        cmocka_unit_test(an_answer_that_breaks_off_is_never_half_an_answer),
        cmocka_unit_test(a_slow_server_is_given_up),
        cmocka_unit_test(headers_have_ceilings),
        cmocka_unit_test(redirects_are_followed_and_counted),
        cmocka_unit_test(each_hop_meets_the_guards),
        cmocka_unit_test(loopback_is_asked_only_where_the_source_allows_it),
        cmocka_unit_test(a_kept_connection_does_not_pass_the_guard_on),
        cmocka_unit_test(validators_go_only_where_they_came_from),
        cmocka_unit_test(a_304_that_says_nothing_keeps_what_was_sent),
        cmocka_unit_test(retry_after_is_obeyed_within_reason),
        cmocka_unit_test(a_bot_check_is_said_to_be_one),
        cmocka_unit_test(a_secret_goes_to_its_own_server_only),
        cmocka_unit_test(an_api_is_asked_by_https_and_never_redirected),
        cmocka_unit_test(a_session_is_opened_once_and_its_token_sent),
        cmocka_unit_test(one_host_is_never_asked_more_than_twice_at_a_time),
        cmocka_unit_test(the_run_ends_on_time_whatever_servers_do),
        cmocka_unit_test(robots_txt_is_read_for_pages_and_not_for_feeds),
        cmocka_unit_test(pages_of_a_server_whose_robots_txt_fails_are_not_asked),
        cmocka_unit_test(what_is_no_address_is_refused_without_a_fault),
        cmocka_unit_test(a_local_file_is_read_as_a_file),
        cmocka_unit_test(only_a_configured_proxy_is_used_and_inner_addresses_stay_refused),
        cmocka_unit_test(options_that_do_not_hold_are_a_fault),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
