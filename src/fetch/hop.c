#include "fetch/engine.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"
#include "fetch/freshness.h"

#define REASON_BYTES 400
#define SECRET_BYTES ((size_t)8 * 1024)

bool hop_set(struct fetch *fetch, struct job *job, struct slice url) {
    size_t hash = slice_find_byte(url, '#', 0);
    const char *text = arena_text(fetch->arena, slice_trim(slice_part(url, 0, hash)));
    if (text == NULL || !url_parse(fetch->arena, slice_from(text), &job->parts)) return false;
    job->url = text;
    if (job->hops == 0) job->first = job->parts;
    return true;
}

void hop_release(struct fetch *fetch, struct job *job) {
    if (job->transfer == NULL) return;
    transfer_end(job->transfer);
    fetch->idle[fetch->idle_count++] = job->transfer;
    job->transfer = NULL;
}

void job_finish(struct fetch *fetch, struct job *job, enum response_state state, const char *format, ...) {
    job->state = state;
    job->reason = NULL;
    if (format != NULL) {
        char text[REASON_BYTES];
        va_list args;
        va_start(args, format);
        int written = vsnprintf(text, sizeof text, format, args);
        va_end(args);
        job->reason = written < 0 ? NULL : arena_printf(fetch->arena, "%s", text);
        if (job->reason == NULL) job->reason = "out of memory";
    }
    if (job->kind == JOB_ASKED) {
        job_push(&fetch->done, job);
        return;
    }
    if (job->kind == JOB_ROBOTS) robots_done(fetch, job);
    else login_done(fetch, job);
    hop_release(fetch, job);
}

static bool sends_validators(const struct job *job) {
    struct slice from = job->request.validators_url;
    return slice_equal(slice_from(job->url), slice_is_empty(from) ? job->request.url : from);
}

static int64_t left_ms(const struct fetch *fetch, int64_t now_ms) {
    int64_t total_ms = fetch->options.total_ms;
    if (fetch->options.run_ms == 0) return total_ms;
    int64_t left = fetch->born_ms + fetch->options.run_ms - now_ms;
    return left < total_ms ? left : total_ms;
}

bool hop_start(struct fetch *fetch, struct job *job, int64_t now_ms) {
    const struct request *request = &job->request;
    struct fault fault = {0};
    struct buf bearer = buf_new(SECRET_BYTES);
    if (!login_bearer(fetch, job, &bearer, &fault)) {
        buf_free(&bearer);
        job_finish(fetch, job, fault.kind == FAULT_MEMORY ? RESPONSE_FAILED : RESPONSE_REFUSED, "%s", fault.text);
        return true;
    }
    struct transfer *transfer = fetch->idle[fetch->idle_count - 1];
    bool home = guard_same_origin(&job->first, &job->parts);
    job->validators_sent =
        sends_validators(job) && !slice_is_empty(request->etag.at ? request->etag : request->last_modified);
    struct hop hop = {.url = job->url,
                      .method = slice_is_empty(request->method) ? NULL : request->method.at,
                      .body = request->body,
                      .accept = slice_is_empty(request->accept) ? NULL : request->accept.at,
                      .bearer = bearer.len > 0 ? buf_text(&bearer) : NULL,
                      .headers = home ? &request->headers : NULL,
                      .max_bytes = request->max_bytes == 0 ? LIMIT_DOCUMENT_BYTES : request->max_bytes,
                      .allow_loopback = guard_allows_loopback(job),
                      .total_ms = left_ms(fetch, now_ms)};
    if (job->validators_sent) {
        hop.etag = request->etag;
        hop.last_modified = request->last_modified;
    }
    bool begun = transfer_begin(transfer, &fetch->options, &hop);
    if (bearer.at != NULL) explicit_bzero(bearer.at, bearer.cap);
    buf_free(&bearer);
    if (!begun || curl_multi_add_handle(fetch->multi, transfer->easy) != CURLM_OK) return false;
    fetch->idle_count--;
    transfer->owner = job;
    job->transfer = transfer;
    struct pace_rules rules = host_rules(fetch, job);
    pace_started(&job->host->pace, &rules, now_ms);
    return true;
}

static void note_pace(struct fetch *fetch, struct job *job, enum pace_event event, int64_t wait_s, int64_t now_ms) {
    struct pace_rules rules = host_rules(fetch, job);
    /* Whoever runs a server of his own may have many feeds on it: one that says "wait" speaks for itself alone. */
    if (job->host->local) event = PACE_ANSWERED;
    pace_ended(&job->host->pace, &rules, event, wait_s < 0 ? -1 : wait_s * 1000, now_ms);
}

static void no_answer(struct fetch *fetch, struct job *job, int64_t now_ms) {
    const struct transfer *transfer = job->transfer;
    bool remote = transfer->trouble == TROUBLE_NETWORK;
    note_pace(fetch, job, remote ? PACE_FAILED : PACE_ANSWERED, -1, now_ms);
    bool over = fetch->options.run_ms > 0 && now_ms >= fetch->born_ms + fetch->options.run_ms;
    AUTO(buf_free)
    struct buf words = buf_new(REASON_BYTES);
    if (over && transfer->code == CURLE_OPERATION_TIMEDOUT) buf_add_text(&words, "the run's time was over");
    else transfer_words(transfer, &words);
    enum response_state state = transfer->trouble == TROUBLE_PEER ? RESPONSE_REFUSED : RESPONSE_FAILED;
    job_finish(fetch, job, state, "%.*s: %s", SLICE_ARGS(job->parts.host), buf_text(&words));
}

static bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* The next hop of a chain; finishes the job when there is none. */
static void follow(struct fetch *fetch, struct job *job, int status, struct slice location) {
    struct slice next = {0}, from = job->parts.host;
    bool was_https = slice_equal(job->parts.scheme, SLICE("https"));
    bool posted = !slice_is_empty(job->request.method) && !slice_equal(job->request.method, SLICE("GET"));
    if (job->request.purpose == REQUEST_API || posted) {
        job_finish(fetch, job, RESPONSE_REFUSED, "%.*s: an API's redirect is not followed (to %.*s)", SLICE_ARGS(from),
                   SLICE_ARGS(utf8_cut(location, 100)));
        return;
    }
    if (job->hops >= LIMIT_REDIRECTS) {
        job_finish(fetch, job, RESPONSE_FAILED, "%.*s: it redirects more than %u times", SLICE_ARGS(from),
                   LIMIT_REDIRECTS);
        return;
    }
    if (!url_resolve(fetch->arena, slice_from(job->url), location, &next)) {
        job_finish(fetch, job, RESPONSE_FAILED, "%.*s: it redirects to something that is no address", SLICE_ARGS(from));
        return;
    }
    hop_release(fetch, job);
    job->hops++;
    if (!hop_set(fetch, job, next)) {
        job_finish(fetch, job, RESPONSE_REFUSED, "%.*s: it redirects to something that is no web address",
                   SLICE_ARGS(from));
        return;
    }
    bool weaker = was_https && !slice_equal(job->parts.scheme, SLICE("https"));
    job->all_permanent = (status == 301 || status == 308) && !weaker && (job->hops == 1 || job->all_permanent);
    if (!host_queue(fetch, job)) job_finish(fetch, job, RESPONSE_FAILED, "out of memory");
}

/* A whole answer that is no redirect. */
static void settle(struct fetch *fetch, struct job *job, const struct response *seen) {
    struct slice host = job->parts.host;
    int64_t wait_s = seen->retry_at_s == WHEN_ABSENT ? -1 : seen->retry_at_s - fetch->options.now_s;
    if (slice_equal(response_header(seen, "cf-mitigated"), SLICE("challenge"))) {
        job_finish(fetch, job, RESPONSE_REFUSED,
                   "%.*s: its bot check (Cloudflare) turned us away, and an honest reader cannot pass it: look for "
                   "another feed of the same author",
                   SLICE_ARGS(host));
    } else if (seen->status == 429 || seen->status == 503) {
        if (wait_s < 0) wait_s = pace_backoff_ms(1, PACE_WAIT_MS, PACE_WAIT_MS, fetch->options.seed) / 1000;
        job->retry_at_s = fetch->options.now_s + wait_s;
        job_finish(fetch, job, RESPONSE_WAIT, "%.*s: it asks to be left alone for %lld s (status %d)", SLICE_ARGS(host),
                   (long long)wait_s, seen->status);
    } else if (seen->status != 304) {
        job_finish(fetch, job, RESPONSE_ANSWERED, NULL);
    } else if (job->validators_sent) {
        job_finish(fetch, job, RESPONSE_UNCHANGED, NULL);
    } else {
        job_finish(fetch, job, RESPONSE_FAILED, "%.*s: it says 'unchanged' although nothing was asked to compare with",
                   SLICE_ARGS(host));
    }
}

void hop_ended(struct fetch *fetch, struct job *job, CURLcode code, int64_t now_ms) {
    transfer_done(job->transfer, code);
    job->transfer->owner = NULL;
    if (job->transfer->trouble != TROUBLE_NONE) {
        no_answer(fetch, job, now_ms);
        return;
    }
    struct response seen = {.status = (int)job->transfer->status, .headers = job->transfer->headers};
    freshness_read(&seen, fetch->options.now_s);
    bool wait = seen.status == 429 || seen.status == 503;
    int64_t wait_s = seen.retry_at_s == WHEN_ABSENT ? -1 : seen.retry_at_s - fetch->options.now_s;
    note_pace(fetch, job, wait ? PACE_WAIT : PACE_ANSWERED, wait_s, now_ms);
    struct slice location = response_header(&seen, "location");
    if (login_again(fetch, job, &seen)) return;
    if (is_redirect(seen.status) && !slice_is_empty(location)) follow(fetch, job, seen.status, location);
    else settle(fetch, job, &seen);
}
