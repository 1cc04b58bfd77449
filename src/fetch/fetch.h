/* fetch: the only place where the program asks somebody else's server. One engine a run: requests go in, whole answers
 * come out in the order in which they finish. What is no failure of ours is a response, whatever the server did: see
 * enum response_state. A fault means that nothing could be said at all (memory, a wrong call).
 *
 * Kept here, on every way in and on every redirect: http and https only, usual ports, peers by an allow-list of global
 * unicast addresses at the socket and again before each request on a kept connection, TLS 1.2 or later and verified,
 * ceilings on header lines, wire and decoded bytes and on their ratio, no secret on a hop to another origin, at most
 * two requests at a time to one host, robots.txt for linked pages. Where a proxy is configured it hides the peer: then
 * only the proxy can keep the address guard (addresses written as numbers are still refused here). */
#ifndef DISCERN_FETCH_FETCH_H
#define DISCERN_FETCH_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/exchange.h"

struct fetch; /* owned by the caller; not shared between threads */

/* Appends the value of the secret called `name` to `out`. False with a fault that says what a person must do. */
typedef bool fetch_secret(void *with, struct slice name, struct buf *out, struct fault *fault);

/* Everything is borrowed until fetch_free. Zero means the value in brackets. */
struct fetch_options {
    struct slice user_agent; /* "discern/0.1 (+https://school.example; it@school.example)"; needed, one line */
    struct slice proxy;      /* absent = none; the environment is never asked */
    struct slice ca_file;    /* PEM file of certificate authorities; absent = the system's */
    int64_t now_s;           /* wall clock of the run: all instants in answers are reckoned from it */
    int64_t run_ms;          /* the engine's whole life; what is not done then is given up [0 = no end] */
    int64_t calm_ms;         /* nothing new is started so shortly before that end */
    unsigned in_flight;      /* requests at a time [50] */
    unsigned in_flight_host; /* requests at a time to one host, at most FETCH_HOST_MOST [2] */
    int64_t spacing_ms;      /* least time between starts towards one public host [0 = none] */
    int64_t connect_ms;      /* [10 s] */
    int64_t total_ms;        /* one hop, from connect to last byte [60 s] */
    int64_t slow_bytes_s;    /* below this speed … [100] */
    int64_t slow_s;          /* … for so long: given up [15 s] */
    const unsigned *ports;   /* allowed ports, ends in 0; NULL = 80, 443, 8080, 8443 */
    uint64_t seed;           /* of the jitter */
    fetch_secret *secret;    /* NULL = there are no secrets */
    void *secret_with;
};

#define FETCH_HOST_MOST 2u

/* Faults: USAGE (options that do not hold), MEMORY. */
MUST_USE bool fetch_new(const struct fetch_options *options, struct fetch **out, struct fault *fault);
/* Gives up what is under way; *fetch becomes NULL. For AUTO. */
void fetch_free(struct fetch **fetch);

/* Takes a copy of the request and queues it; `id` comes back with its answer. Nothing is sent before fetch_next. */
MUST_USE bool fetch_add(struct fetch *fetch, const struct request *request, uint64_t id, struct fault *fault);
/* Waits until one request is finished: *id and *out are its own, everything in *out in arena, *left is true. When no
 * request is left, *left is false and nothing else is set. More requests may be added between calls. Faults: MEMORY. */
MUST_USE bool fetch_next(struct fetch *fetch, uint64_t *id, struct response *out, bool *left, struct arena *arena,
                         struct fault *fault);
/* Does what can be done without waiting; *ready: fetch_next would give an answer at once. Faults: MEMORY. */
MUST_USE bool fetch_is_ready(struct fetch *fetch, bool *ready, struct fault *fault);
/* Requests added and not yet handed back. */
size_t fetch_waiting(const struct fetch *fetch);
/* Milliseconds since fetch_new. */
int64_t fetch_life_ms(const struct fetch *fetch);

/* Reads a local file that the configuration names, as a response (status 200, final_url absent): ordinary files only,
 * at most `max_bytes` (0 = LIMIT_DOCUMENT_BYTES), never through the network code. etag stands for size and time of
 * change: equal to the last one = unchanged. What is wrong with the file is a response too (RESPONSE_FAILED and its
 * reason). Faults: MEMORY. */
MUST_USE bool fetch_file(const char *path, size_t max_bytes, struct arena *arena, struct response *out,
                         struct fault *fault);

#endif
