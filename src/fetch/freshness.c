#include "fetch/freshness.h"

#include <curl/curl.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/when.h"

#define DATE_TEXT_BYTES 64
#define LONGEST_S ((int64_t)LIMIT_RETRY_AFTER_S)
/* Added to a rate limit's reset, which counts whole seconds. */
#define RESET_MARGIN_S 3

int64_t http_date(struct slice text) {
    char copy[DATE_TEXT_BYTES];
    text = slice_trim(text);
    /* "0" and "-1" are common, and mean no date at all. */
    if (text.len < 8 || text.len >= sizeof copy) return WHEN_ABSENT;
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    time_t value = curl_getdate(copy, NULL);
    return value == (time_t)-1 ? WHEN_ABSENT : (int64_t)value;
}

static int64_t clamped(int64_t wait_s, int64_t now_s) {
    if (wait_s < 0) wait_s = 0;
    return now_s + (wait_s > LONGEST_S ? LONGEST_S : wait_s);
}

/* A number of seconds; -1 when it is none. Digits alone, so no sign, no NaN, no exponent; too many are "very long". */
static int64_t seconds(struct slice text) {
    text = slice_trim(text);
    int64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '.' && i > 0) break;
        if (text.at[i] < '0' || text.at[i] > '9') return -1;
        value = value > INT32_MAX ? value : value * 10 + (text.at[i] - '0');
    }
    return text.len == 0 ? -1 : value;
}

static int64_t server_now(const struct response *response, int64_t now_s) {
    return response->date_s == WHEN_ABSENT ? now_s : response->date_s;
}

static int64_t retry_after(const struct response *response, int64_t now_s) {
    struct slice value = response_header(response, "retry-after");
    int64_t wait_s = seconds(value);
    if (wait_s >= 0) return clamped(wait_s, now_s);
    int64_t at_s = http_date(value);
    return at_s == WHEN_ABSENT ? WHEN_ABSENT : clamped(at_s - server_now(response, now_s), now_s);
}

/* x-rate-limit-reset and ratelimit-reset: seconds since 1970 (X, Bluesky) or from now (the draft standard);
 * x-ratelimit-reset: RFC 3339 (Mastodon). */
static int64_t rate_limit_reset(const struct response *response, int64_t now_s) {
    static const char *const names[] = {"x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct slice value = response_header(response, names[i]);
        int64_t at_s = seconds(value);
        if (at_s >= 0 && at_s < 10 * LONGEST_S) return clamped(at_s + RESET_MARGIN_S, now_s);
        if (at_s < 0 && !when_parse_rfc3339(slice_trim(value), &at_s)) continue;
        return clamped(at_s - server_now(response, now_s) + RESET_MARGIN_S, now_s);
    }
    return WHEN_ABSENT;
}

/* The last request that the server allows until its reset has just been made. */
static bool none_left(const struct response *response) {
    static const char *const names[] = {"x-rate-limit-remaining", "x-ratelimit-remaining", "ratelimit-remaining"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (seconds(response_header(response, names[i])) == 0) return true;
    return false;
}

/* The argument of a Cache-Control directive; absent when it is not there, empty when it has none. */
static struct slice directive(struct slice value, struct slice name) {
    while (!slice_is_absent(value)) {
        struct slice part = slice_trim(slice_next(&value, ','));
        struct slice word = slice_trim(slice_next(&part, '='));
        if (!slice_equal_nocase(word, name)) continue;
        part = slice_trim(part);
        if (part.len > 1 && part.at[0] == '"') part = slice_part(part, 1, part.len - 1);
        return slice_is_absent(part) ? SLICE("") : part;
    }
    return (struct slice){NULL, 0};
}

static int64_t expires(const struct response *response, int64_t now_s) {
    struct slice control = response_header(response, "cache-control");
    if (!slice_is_absent(directive(control, SLICE("no-cache"))) ||
        !slice_is_absent(directive(control, SLICE("no-store"))))
        return now_s;
    int64_t age_s = seconds(response_header(response, "age"));
    int64_t fresh_s = seconds(directive(control, SLICE("max-age")));
    if (fresh_s >= 0) return clamped(fresh_s - (age_s > 0 ? age_s : 0), now_s);
    struct slice value = response_header(response, "expires");
    if (slice_is_absent(value)) return WHEN_ABSENT;
    int64_t at_s = http_date(value);
    return at_s == WHEN_ABSENT ? now_s : clamped(at_s - server_now(response, now_s), now_s);
}

/* Validators are opaque, and go back byte for byte; what could not be a header's value is not kept. */
static struct slice validator(const struct response *response, const char *name) {
    struct slice value = response_header(response, name);
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.at[i] < ' ' || value.at[i] == 0x7f) return (struct slice){NULL, 0};
    return value.len > 1024 || value.len == 0 ? (struct slice){NULL, 0} : value;
}

void freshness_read(struct response *response, int64_t now_s) {
    response->date_s = http_date(response_header(response, "date"));
    response->expires_s = expires(response, now_s);
    response->retry_at_s = retry_after(response, now_s);
    if ((response->status == 429 || none_left(response)) && response->retry_at_s == WHEN_ABSENT)
        response->retry_at_s = rate_limit_reset(response, now_s);
    response->etag = validator(response, "etag");
    response->last_modified = validator(response, "last-modified");
}
