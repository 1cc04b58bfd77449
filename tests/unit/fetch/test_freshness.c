#include "fetch/freshness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/when.h"

#define NOW_S 1000000

static struct response read_headers(int status, const char *const (*pairs)[2], size_t count) {
    static struct header headers[4];
    for (size_t i = 0; i < count; i++) headers[i] = (struct header){slice_from(pairs[i][0]), slice_from(pairs[i][1])};
    struct response response = {.status = status, .headers = {headers, count, count}};
    freshness_read(&response, NOW_S);
    return response;
}

static struct response one(const char *name, const char *value) {
    const char *const pairs[1][2] = {{name, value}};
    return read_headers(200, pairs, 1);
}

static void the_three_date_forms_of_http_are_read(void **state) {
    (void)state;
    assert_int_equal(http_date(SLICE("Sun, 06 Nov 1994 08:49:37 GMT")), 784111777);
    assert_int_equal(http_date(SLICE("Sunday, 06-Nov-94 08:49:37 GMT")), 784111777);
    assert_int_equal(http_date(SLICE("Sun Nov  6 08:49:37 1994")), 784111777);
    static const char *const none[] = {"", "0", "-1", "soon", "never ever, really", "99999999999999"};
    for (size_t i = 0; i < COUNT_OF(none); i++) assert_true(http_date(slice_from(none[i])) == WHEN_ABSENT);
}

static void max_age_counts_from_now_less_the_age(void **state) {
    (void)state;
    static const char *const aged[2][2] = {{"cache-control", "public, Max-Age=\"600\""}, {"age", "100"}};
    assert_int_equal(read_headers(200, aged, 2).expires_s, NOW_S + 500);
    assert_int_equal(one("cache-control", "max-age=504576000").expires_s, NOW_S + LIMIT_RETRY_AFTER_S);
    assert_int_equal(one("cache-control", "max-age=999999999999999999999").expires_s, NOW_S + LIMIT_RETRY_AFTER_S);
    assert_int_equal(one("cache-control", "no-cache").expires_s, NOW_S);
    assert_int_equal(one("cache-control", "private, no-store").expires_s, NOW_S);
    assert_true(one("cache-control", "max-age=-5").expires_s == WHEN_ABSENT);
    assert_true(one("cache-control", "max-age").expires_s == WHEN_ABSENT);
    assert_true(one("x", "y").expires_s == WHEN_ABSENT);
}

static void expires_counts_from_the_servers_own_clock(void **state) {
    (void)state;
    static const char *const pairs[2][2] = {{"expires", "Sun, 06 Nov 1994 09:49:37 GMT"},
                                            {"date", "Sun, 06 Nov 1994 08:49:37 GMT"}};
    assert_int_equal(read_headers(200, pairs, 2).expires_s, NOW_S + 3600);
    assert_int_equal(one("expires", "0").expires_s, NOW_S);
}

static void a_rate_limits_reset_is_read_in_all_three_spellings(void **state) {
    (void)state;
    static const char *const x[2][2] = {{"x-rate-limit-reset", "784111877"}, {"date", "Sun, 06 Nov 1994 08:49:37 GMT"}};
    static const char *const mastodon[2][2] = {{"x-ratelimit-reset", "1994-11-06T08:51:17.000Z"},
                                               {"date", "Sun, 06 Nov 1994 08:49:37 GMT"}};
    static const char *const draft[1][2] = {{"ratelimit-reset", "100"}};
    assert_int_equal(read_headers(429, x, 2).retry_at_s, NOW_S + 103);
    assert_int_equal(read_headers(429, mastodon, 2).retry_at_s, NOW_S + 103);
    assert_int_equal(read_headers(429, draft, 1).retry_at_s, NOW_S + 103);
    assert_true(read_headers(200, draft, 1).retry_at_s == WHEN_ABSENT);
}

static void validators_that_could_not_be_sent_back_are_not_kept(void **state) {
    (void)state;
    assert_true(slice_equal(one("etag", "W/\"x\"").etag, SLICE("W/\"x\"")));
    assert_true(slice_is_absent(one("etag", "a\tb").etag));
    assert_true(slice_is_absent(one("etag", "").etag));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_date_forms_of_http_are_read),
        cmocka_unit_test(max_age_counts_from_now_less_the_age),
        cmocka_unit_test(expires_counts_from_the_servers_own_clock),
        cmocka_unit_test(a_rate_limits_reset_is_read_in_all_three_spellings),
        cmocka_unit_test(validators_that_could_not_be_sent_back_are_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
