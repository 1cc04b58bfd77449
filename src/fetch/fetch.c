#include "fetch/fetch.h"

#include <string.h>
#include <time.h>

#include "base/late.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/when.h"
#include "fetch/engine.h"
#include "fetch/freshness.h"

#define IN_FLIGHT_MOST 512u
/* A stop of a host that is shorter is waited for; a longer one is left to the next run. */
#define PATIENCE_MS 10000
#define POLL_MOST_MS 1000

static int64_t clock_ms(void) {
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void set_defaults(struct fetch_options *options) {
    if (options->in_flight == 0) options->in_flight = 50;
    if (options->in_flight_host == 0) options->in_flight_host = FETCH_HOST_MOST;
    if (options->connect_ms == 0) options->connect_ms = 10000;
    if (options->total_ms == 0) options->total_ms = 60000;
    if (options->slow_bytes_s == 0) options->slow_bytes_s = 100;
    if (options->slow_s == 0) options->slow_s = 15;
}

static bool options_hold(const struct fetch_options *options, struct fault *fault) {
    struct slice agent = options->user_agent;
    for (size_t i = 0; i < agent.len; i++)
        if ((unsigned char)agent.at[i] < ' ' || agent.at[i] == 0x7f)
            return fault_set(fault, FAULT_USAGE, "the user agent must be one line");
    if (agent.len == 0) return fault_set(fault, FAULT_USAGE, "a user agent is needed");
    if (options->in_flight > IN_FLIGHT_MOST || options->in_flight_host > FETCH_HOST_MOST)
        return fault_set(fault, FAULT_USAGE, "at most %u requests at a time, %u to one host", IN_FLIGHT_MOST,
                         FETCH_HOST_MOST);
    if (options->run_ms < 0 || options->calm_ms < 0 || options->spacing_ms < 0)
        return fault_set(fault, FAULT_USAGE, "times must not be negative");
    return true;
}

static bool prepare(struct fetch *fetch) {
    size_t slots = fetch->options.in_flight;
    fetch->multi = curl_multi_init();
    fetch->arena = arena_new(LIMIT_ARENA_BYTES);
    fetch->transfers = mem_new(slots, sizeof *fetch->transfers);
    fetch->idle = mem_new(slots, sizeof(struct transfer *));
    if (fetch->multi == NULL || fetch->arena == NULL || fetch->transfers == NULL || fetch->idle == NULL) return false;
    (void)curl_multi_setopt(fetch->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
    (void)curl_multi_setopt(fetch->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)fetch->options.in_flight_host);
    (void)curl_multi_setopt(fetch->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)slots);
    (void)curl_multi_setopt(fetch->multi, CURLMOPT_MAXCONNECTS, (long)slots);
    fetch->born_ms = clock_ms();
    fetch->ready_end = &fetch->ready;
    struct slice agent = fetch->options.user_agent;
    size_t len = 0;
    while (len < agent.len && agent.at[len] != '/' && agent.at[len] != ' ') len++;
    fetch->agent = slice_part(agent, 0, len);
    return true;
}

bool fetch_new(const struct fetch_options *options, struct fetch **out, struct fault *fault) {
    if (!options_hold(options, fault)) return false;
    AUTO(fetch_free)
    struct fetch *fetch = mem_new(1, sizeof *fetch);
    if (fetch == NULL) return fault_memory(fault);
    if (!late_open(LATE_CURL, fault)) return false;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return fault_memory(fault);
    fetch->options = *options;
    set_defaults(&fetch->options);
    if (!prepare(fetch)) return fault_memory(fault);
    *out = fetch;
    fetch = NULL;
    return true;
}

void fetch_free(struct fetch **at) {
    struct fetch *fetch = *at;
    if (fetch == NULL) return;
    for (size_t i = 0; i < fetch->made; i++) {
        /* Harmless for one that is not under way. */
        if (fetch->transfers[i].easy != NULL) (void)curl_multi_remove_handle(fetch->multi, fetch->transfers[i].easy);
        transfer_free(&fetch->transfers[i]);
    }
    login_free(fetch->sessions);
    if (fetch->multi != NULL) (void)curl_multi_cleanup(fetch->multi);
    mem_free(fetch->transfers);
    mem_free((void *)fetch->idle);
    arena_free(&fetch->arena);
    mem_free(fetch);
    curl_global_cleanup();
    *at = NULL;
}

static bool copy_request(struct arena *arena, const struct request *from, struct request *to) {
    *to = *from;
    struct slice *texts[] = {&to->url,    &to->file,          &to->method,         &to->body,
                             &to->accept, &to->secret,        &to->login_url,      &to->login_user,
                             &to->etag,   &to->last_modified, &to->validators_url, &to->allow_host};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (!arena_copy(arena, *texts[i], texts[i])) return false;
    to->headers = (struct header_list){0};
    for (size_t i = 0; i < from->headers.count; i++) {
        struct header *more = arena_grow(arena, to->headers.at, to->headers.count, &to->headers.capacity, sizeof *more);
        if (more == NULL) return false;
        to->headers.at = more;
        struct header *kept = &more[to->headers.count++];
        if (!arena_copy(arena, from->headers.at[i].name, &kept->name) ||
            !arena_copy(arena, from->headers.at[i].value, &kept->value))
            return false;
    }
    return true;
}

bool fetch_add(struct fetch *fetch, const struct request *request, uint64_t id, struct fault *fault) {
    struct job *job = arena_alloc(fetch->arena, 1, sizeof *job);
    if (job == NULL || !copy_request(fetch->arena, request, &job->request)) return fault_memory(fault);
    job->id = id;
    job->retry_at_s = WHEN_ABSENT;
    fetch->waiting++;
    if (!slice_is_absent(job->request.file)) job_push(&fetch->done, job);
    else if (!hop_set(fetch, job, job->request.url))
        job_finish(fetch, job, RESPONSE_REFUSED, "'%.*s' is no web address", SLICE_ARGS(job->request.url));
    else if (!host_queue(fetch, job)) return fault_memory(fault);
    return true;
}

size_t fetch_waiting(const struct fetch *fetch) {
    return fetch->waiting;
}

int64_t fetch_life_ms(const struct fetch *fetch) {
    return clock_ms() - fetch->born_ms;
}

/* ---- what may start ---- */

static bool has_idle(struct fetch *fetch) {
    if (fetch->idle_count > 0) return true;
    if (fetch->made == fetch->options.in_flight) return false;
    struct fault fault = {0};
    struct transfer *transfer = &fetch->transfers[fetch->made++];
    if (!transfer_new(transfer, &fault)) return false;
    fetch->idle[fetch->idle_count++] = transfer;
    return true;
}

/* True when robots.txt lets the job go on; else it was parked or finished. */
static bool robots_ready(struct fetch *fetch, struct job *job) {
    if (job->kind != JOB_ASKED || job->request.purpose != REQUEST_ARTICLE) return true;
    if (job->request.forwards && job->hops == 0) return true;
    struct origin *origin = host_origin(fetch, job);
    if (origin == NULL) {
        job_finish(fetch, job, RESPONSE_FAILED, "out of memory");
        return false;
    }
    if (origin->state == ORIGIN_UNREACHABLE) {
        job_finish(fetch, job, RESPONSE_FAILED, "%.*s: its robots.txt could not be had, so its pages are not asked",
                   SLICE_ARGS(job->parts.host));
        return false;
    }
    if (origin->state != ORIGIN_KNOWN) {
        if (!robots_ask(fetch, job, origin)) origin->state = ORIGIN_UNREACHABLE;
        return false;
    }
    const char *path = arena_printf(fetch->arena, "%.*s%s%.*s", SLICE_ARGS(job->parts.path),
                                    slice_is_absent(job->parts.query) ? "" : "?", SLICE_ARGS(job->parts.query));
    if (path != NULL && robots_allows(&origin->robots, slice_from(path))) return true;
    job_finish(fetch, job, RESPONSE_REFUSED, "%.*s: its robots.txt asks programs not to read this page",
               SLICE_ARGS(job->parts.host));
    return false;
}

/* Finishes the job when the run, or its host, has no time left for it. */
static bool is_given_up(struct fetch *fetch, struct job *job, int64_t now_ms) {
    const struct fetch_options *options = &fetch->options;
    const struct pace *pace = &job->host->pace;
    if (options->run_ms > 0 && now_ms >= fetch->born_ms + options->run_ms - options->calm_ms) {
        job_finish(fetch, job, RESPONSE_WAIT, "%.*s: not asked: the run's time was nearly over",
                   SLICE_ARGS(job->parts.host));
        return true;
    }
    if (pace->until_ms <= now_ms + PATIENCE_MS) return false;
    job->retry_at_s = options->now_s + (pace->until_ms - now_ms) / 1000;
    job_finish(fetch, job, RESPONSE_WAIT, "%.*s: not asked: earlier in this run it %s", SLICE_ARGS(job->parts.host),
               pace->failures > 0 ? "did not answer" : "asked to be left alone");
    return true;
}

/* Starts, parks or finishes what stands first in the host's queue. False: it must wait. */
static bool advance(struct fetch *fetch, struct host *host, int64_t now_ms) {
    struct job *job = host->queue.first;
    struct pace_rules rules = host_rules(fetch, job);
    int64_t at_ms = now_ms;
    const char *refusal = guard_hop(fetch, job);
    bool stopped = host->pace.until_ms > now_ms + PATIENCE_MS;
    if (refusal == NULL && !stopped && !pace_may_start(&host->pace, &rules, now_ms, &at_ms)) {
        if (at_ms < fetch->wake_ms) fetch->wake_ms = at_ms;
        return false;
    }
    (void)job_pop(&host->queue);
    if (refusal != NULL) job_finish(fetch, job, RESPONSE_REFUSED, "%.*s: %s", SLICE_ARGS(job->parts.host), refusal);
    else if (is_given_up(fetch, job, now_ms) || !login_ready(fetch, job) || !robots_ready(fetch, job)) return true;
    else if (!hop_start(fetch, job, now_ms)) job_finish(fetch, job, RESPONSE_FAILED, "out of memory");
    return true;
}

static void start_ready(struct fetch *fetch, int64_t now_ms) {
    fetch->wake_ms = INT64_MAX;
    for (struct host **link = &fetch->ready; *link != NULL && has_idle(fetch);) {
        struct host *host = *link;
        while (host->queue.first != NULL && has_idle(fetch) && advance(fetch, host, now_ms)) {}
        if (host->queue.first != NULL) {
            link = &host->next_ready;
            continue;
        }
        host->listed = false;
        *link = host->next_ready;
        if (fetch->ready_end == &host->next_ready) fetch->ready_end = link;
    }
}

/* ---- the loop ---- */

static bool collect(struct fetch *fetch) {
    bool any = false;
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(fetch->multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE) continue;
        struct transfer *transfer = NULL;
        CURLcode code = message->data.result;
        CURL *easy = message->easy_handle;
        (void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&transfer);
        (void)curl_multi_remove_handle(fetch->multi, easy);
        hop_ended(fetch, transfer->owner, code, clock_ms());
        any = true;
    }
    return any;
}

/* Lets the network work until something has ended, or may start. */
static bool drive(struct fetch *fetch, struct fault *fault) {
    int running = 0;
    CURLMcode code = curl_multi_perform(fetch->multi, &running);
    if (code != CURLM_OK) return fault_memory(fault);
    if (collect(fetch)) return true;
    /* Nothing under way and nothing to wait for: only memory can have kept a request from starting. */
    if (running == 0 && fetch->wake_ms == INT64_MAX) return fault_memory(fault);
    int64_t wait_ms = fetch->wake_ms == INT64_MAX ? POLL_MOST_MS : fetch->wake_ms - clock_ms();
    if (wait_ms > POLL_MOST_MS) wait_ms = POLL_MOST_MS;
    code = curl_multi_poll(fetch->multi, NULL, 0, wait_ms < 0 ? 0 : (int)wait_ms, NULL);
    return code == CURLM_OK || fault_memory(fault);
}

static bool copy_headers(const struct header_list *from, struct arena *arena, struct header_list *to) {
    if (from->count == 0) return true;
    to->at = arena_alloc(arena, from->count, sizeof *to->at);
    if (to->at == NULL) return false;
    to->capacity = from->count;
    for (; to->count < from->count; to->count++)
        if (!arena_copy(arena, from->at[to->count].name, &to->at[to->count].name) ||
            !arena_copy(arena, from->at[to->count].value, &to->at[to->count].value))
            return false;
    return true;
}

/* What the server said, with validators as they are to be sent next time (RFC 9110 15.4.5: a 304 may renew them). */
static bool copy_answer(struct fetch *fetch, const struct job *job, struct arena *arena, struct response *out) {
    const struct transfer *transfer = job->transfer;
    out->status = (int)transfer->status;
    out->wire_bytes = transfer->wire_bytes;
    out->moved_for_good = job->hops > 0 && job->all_permanent;
    if (!copy_headers(&transfer->headers, arena, &out->headers)) return false;
    freshness_read(out, fetch->options.now_s);
    out->content_type = response_header(out, "content-type");
    bool whole = job->state == RESPONSE_ANSWERED || job->state == RESPONSE_WAIT;
    if (whole && !arena_copy(arena, buf_slice(&transfer->body), &out->body)) return false;
    if (job->state != RESPONSE_UNCHANGED || !slice_is_absent(out->etag) || !slice_is_absent(out->last_modified))
        return true;
    return arena_copy(arena, job->request.etag, &out->etag) &&
           arena_copy(arena, job->request.last_modified, &out->last_modified);
}

static bool hand_over(struct fetch *fetch, struct job *job, struct response *out, struct arena *arena,
                      struct fault *fault) {
    if (!slice_is_absent(job->request.file)) {
        if (!fetch_file(job->request.file.at, job->request.max_bytes, arena, out, fault)) return false;
        if (out->state != RESPONSE_ANSWERED || !slice_equal(out->etag, job->request.etag)) return true;
        out->state = RESPONSE_UNCHANGED;
        out->body = (struct slice){NULL, 0};
        return true;
    }
    struct response answer = {.state = job->state,
                              .date_s = WHEN_ABSENT,
                              .expires_s = WHEN_ABSENT,
                              .retry_at_s = WHEN_ABSENT};
    bool done = arena_copy(arena, slice_from(job->url), &answer.final_url) &&
                arena_copy(arena, slice_from(job->reason), &answer.reason) &&
                (job->transfer == NULL || copy_answer(fetch, job, arena, &answer));
    if (job->retry_at_s != WHEN_ABSENT) answer.retry_at_s = job->retry_at_s;
    hop_release(fetch, job);
    if (!done) return fault_memory(fault);
    *out = answer;
    return true;
}

bool fetch_next(struct fetch *fetch, uint64_t *id, struct response *out, bool *left, struct arena *arena,
                struct fault *fault) {
    while (fetch->waiting > 0) {
        struct job *job = job_pop(&fetch->done);
        if (job != NULL) {
            fetch->waiting--;
            *id = job->id;
            *left = true;
            return hand_over(fetch, job, out, arena, fault);
        }
        start_ready(fetch, clock_ms());
        if (fetch->done.first == NULL && !drive(fetch, fault)) return false;
    }
    *left = false;
    return true;
}

bool fetch_is_ready(struct fetch *fetch, bool *ready, struct fault *fault) {
    int running = 0;
    if (fetch->done.first == NULL) {
        start_ready(fetch, clock_ms());
        if (curl_multi_perform(fetch->multi, &running) != CURLM_OK) return fault_memory(fault);
        (void)collect(fetch);
    }
    *ready = fetch->done.first != NULL;
    return true;
}
