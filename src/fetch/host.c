#include "fetch/engine.h"

#include "base/hash.h"

#define ROBOTS_WIRE_BYTES ((size_t)2 * 1024 * 1024)

void job_push(struct job_list *list, struct job *job) {
    job->next = NULL;
    if (list->last == NULL) list->first = job;
    else list->last->next = job;
    list->last = job;
}

void job_push_front(struct job_list *list, struct job *job) {
    job->next = list->first;
    if (list->last == NULL) list->last = job;
    list->first = job;
}

struct job *job_pop(struct job_list *list) {
    struct job *job = list->first;
    if (job == NULL) return NULL;
    list->first = job->next;
    if (list->first == NULL) list->last = NULL;
    job->next = NULL;
    return job;
}

static struct host **slot_of(struct host **table, size_t size, struct slice name) {
    size_t at = (size_t)hash_fnv64(name, 0) & (size - 1);
    while (table[at] != NULL && !slice_equal(table[at]->name, name)) at = (at + 1) & (size - 1);
    return &table[at];
}

static bool widen(struct fetch *fetch) {
    size_t size = fetch->table_size == 0 ? 64 : fetch->table_size * 2;
    struct host **table = arena_alloc(fetch->arena, size, sizeof(struct host *));
    if (table == NULL) return false;
    for (struct host *host = fetch->all; host != NULL; host = host->next_all) *slot_of(table, size, host->name) = host;
    fetch->table = table;
    fetch->table_size = size;
    return true;
}

struct host *host_of(struct fetch *fetch, struct slice name) {
    if (fetch->host_count * 2 >= fetch->table_size && !widen(fetch)) return NULL;
    struct host **slot = slot_of(fetch->table, fetch->table_size, name);
    if (*slot != NULL) return *slot;
    struct host *host = arena_alloc(fetch->arena, 1, sizeof *host);
    if (host == NULL || !arena_copy(fetch->arena, name, &host->name)) return NULL;
    host->next_all = fetch->all;
    fetch->all = *slot = host;
    fetch->host_count++;
    return host;
}

bool host_queue(struct fetch *fetch, struct job *job) {
    struct host *host = host_of(fetch, job->parts.host);
    if (host == NULL) return false;
    job->host = host;
    if (guard_allows_loopback(job)) host->local = true;
    /* A chain that has begun, and what others wait for, goes first. */
    if (job->hops > 0 || job->kind != JOB_ASKED) job_push_front(&host->queue, job);
    else job_push(&host->queue, job);
    if (!host->listed) {
        host->listed = true;
        host->next_ready = NULL;
        *fetch->ready_end = host;
        fetch->ready_end = &host->next_ready;
    }
    return true;
}

struct origin *host_origin(struct fetch *fetch, struct job *job) {
    unsigned port = guard_port(&job->parts);
    for (struct origin *origin = job->host->origins; origin != NULL; origin = origin->next)
        if (origin->port == port && slice_equal(origin->scheme, job->parts.scheme)) return origin;
    struct origin *origin = arena_alloc(fetch->arena, 1, sizeof *origin);
    if (origin == NULL) return NULL;
    origin->scheme = job->parts.scheme;
    origin->port = port;
    origin->next = job->host->origins;
    return job->host->origins = origin;
}

struct pace_rules host_rules(const struct fetch *fetch, const struct job *job) {
    struct pace_rules rules = {.at_once = fetch->options.in_flight_host, .seed = fetch->options.seed};
    rules.seed ^= hash_fnv64(job->host->name, 0);
    if (job->host->local || job->hops > 0 || job->kind != JOB_ASKED) return rules;
    rules.spacing_ms = fetch->options.spacing_ms;
    for (struct origin *origin = job->host->origins; origin != NULL; origin = origin->next)
        if (origin->robots.delay_ms > rules.spacing_ms && job->request.purpose == REQUEST_ARTICLE)
            rules.spacing_ms = origin->robots.delay_ms;
    return rules;
}

bool robots_ask(struct fetch *fetch, struct job *job, struct origin *origin) {
    job_push(&origin->parked, job);
    if (origin->state == ORIGIN_ASKING) return true;
    struct job *ask = arena_alloc(fetch->arena, 1, sizeof *ask);
    const char *url = arena_printf(fetch->arena, "%.*s://%.*s:%u/robots.txt", SLICE_ARGS(job->parts.scheme),
                                   SLICE_ARGS(job->parts.host), origin->port);
    if (ask == NULL || url == NULL) return false;
    ask->kind = JOB_ROBOTS;
    ask->origin = origin;
    ask->request.purpose = REQUEST_FEED;
    ask->request.accept = SLICE("text/plain");
    ask->request.allow_host = job->request.allow_host;
    ask->request.max_bytes = ROBOTS_WIRE_BYTES;
    origin->state = ORIGIN_ASKING;
    return hop_set(fetch, ask, slice_from(url)) && host_queue(fetch, ask);
}

/* RFC 9309 2.3.1: no such file = everything allowed; a server that cannot answer = nothing, for now. */
static void settle(struct fetch *fetch, struct job *job, struct origin *origin) {
    long status = job->transfer == NULL ? 0 : job->transfer->status;
    bool whole = job->transfer != NULL && job->state == RESPONSE_ANSWERED;
    origin->state = ORIGIN_UNREACHABLE;
    if (whole && status >= 200 && status < 300) {
        bool read = robots_read(buf_slice(&job->transfer->body), fetch->agent, fetch->arena, &origin->robots);
        if (read) origin->state = ORIGIN_KNOWN;
    } else if (whole && status < 500) {
        origin->state = ORIGIN_KNOWN;
    }
}

void robots_done(struct fetch *fetch, struct job *job) {
    struct origin *origin = job->origin;
    settle(fetch, job, origin);
    struct job *parked;
    while ((parked = job_pop(&origin->parked)) != NULL)
        if (!host_queue(fetch, parked)) job_finish(fetch, parked, RESPONSE_FAILED, "out of memory");
}
