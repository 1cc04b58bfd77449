/* engine: what the files of the fetch engine share. Internal to fetch/.
 *     fetch.c   the public calls, the loop
 *     host.c    hosts, their queues, origins and their robots.txt
 *     guard.c   what may be asked at all
 *     hop.c     from the end of one hop to the next one, or to an answer
 *     login.c   sessions for requests whose secret is a password
 *     transfer.c one hop over libcurl */
#ifndef DISCERN_FETCH_ENGINE_H
#define DISCERN_FETCH_ENGINE_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/url.h"
#include "fetch/fetch.h"
#include "fetch/pace.h"
#include "fetch/robots.h"
#include "fetch/transfer.h"
#include "model/exchange.h"

enum job_kind { JOB_ASKED, JOB_ROBOTS, JOB_LOGIN };

/* One request on its way. In the engine's arena, like all of the below. */
struct job {
    struct job *next; /* in the one list that holds it */
    uint64_t id;
    enum job_kind kind;
    struct request request; /* a copy */
    struct url first;       /* where it began: secrets go nowhere else */
    const char *url;        /* of this hop */
    struct url parts;
    struct host *host;
    unsigned hops;
    bool all_permanent, validators_sent, logged_in_again;
    struct transfer *transfer; /* while under way, and with its answer until that is handed over */
    struct session *session;   /* JOB_LOGIN */
    struct origin *origin;     /* JOB_ROBOTS */
    enum response_state state;
    const char *reason;
    int64_t retry_at_s;
};
struct job_list {
    struct job *first, *last;
};

enum origin_state { ORIGIN_UNKNOWN, ORIGIN_ASKING, ORIGIN_KNOWN, ORIGIN_UNREACHABLE };

/* Scheme, host and port: what one robots.txt speaks for. */
struct origin {
    struct origin *next;
    struct slice scheme;
    unsigned port;
    enum origin_state state;
    struct robots robots;
    struct job_list parked; /* wait for robots.txt */
};

struct host {
    struct host *next_ready, *next_all;
    struct slice name;
    struct pace pace;
    bool listed; /* stands in the ready list */
    bool local;  /* an allowed loopback host: no spacing, no stops of the whole host */
    struct job_list queue;
    struct origin *origins;
};

enum session_state { SESSION_NEW, SESSION_ASKING, SESSION_OPEN, SESSION_FAILED };

struct session {
    struct session *next;
    struct slice url, user, secret;
    enum session_state state;
    struct buf body;    /* owned: the question, wiped once answered */
    struct buf token;   /* owned, wiped at the end */
    struct buf refresh; /* owned: opens the session once more without the password; wiped at the end */
    bool refreshing;
    const char *reason;
    enum response_state failure;
    struct job_list parked;
};

struct fetch {
    struct fetch_options options;
    struct arena *arena;
    CURLM *multi;
    struct transfer *transfers; /* owned, options.in_flight of them */
    struct transfer **idle;     /* owned: a stack of those that are free */
    size_t made, idle_count;
    int64_t born_ms;
    size_t waiting; /* asked and not handed back */
    struct host **table, *all, *ready, **ready_end;
    size_t table_size, host_count;
    struct session *sessions;
    struct job_list done;
    int64_t wake_ms;    /* when a host may be asked again */
    struct slice agent; /* product token for robots.txt */
};

void job_push(struct job_list *list, struct job *job);
void job_push_front(struct job_list *list, struct job *job);
struct job *job_pop(struct job_list *list);

/* ---- host.c ---- */
/* The host called `name`, made when new. NULL: out of memory. */
struct host *host_of(struct fetch *fetch, struct slice name);
/* Queues the job at the host of its hop. False: out of memory. */
MUST_USE bool host_queue(struct fetch *fetch, struct job *job);
/* The origin of the job's hop; NULL: out of memory. */
struct origin *host_origin(struct fetch *fetch, struct job *job);
struct pace_rules host_rules(const struct fetch *fetch, const struct job *job);
/* Asks for robots.txt of the origin, and parks the job there. False: out of memory. */
MUST_USE bool robots_ask(struct fetch *fetch, struct job *job, struct origin *origin);
/* The robots job is finished: settles its origin and sends on those that wait. */
void robots_done(struct fetch *fetch, struct job *job);

/* ---- guard.c ---- */
/* NULL when the hop may be asked, else one line saying why not. */
const char *guard_hop(struct fetch *fetch, const struct job *job);
bool guard_allows_loopback(const struct job *job);
bool guard_same_origin(const struct url *a, const struct url *b);
unsigned guard_port(const struct url *url);

/* ---- hop.c ---- */
/* Points the job at `url` (absolute, in the engine's arena). False: no address that can be asked, or no memory. */
MUST_USE bool hop_set(struct fetch *fetch, struct job *job, struct slice url);
/* Starts the transfer. False: out of memory. */
MUST_USE bool hop_start(struct fetch *fetch, struct job *job, int64_t now_ms);
/* The transfer has ended: the next hop is queued, or the job is finished. */
void hop_ended(struct fetch *fetch, struct job *job, CURLcode code, int64_t now_ms);
/* The job has its answer; `format` NULL = no reason. Sends it to whoever asked. */
void job_finish(struct fetch *fetch, struct job *job, enum response_state state, const char *format, ...)
    PRINTF_LIKE(4, 5);
void hop_release(struct fetch *fetch, struct job *job);

/* ---- login.c ---- */
/* True when the job's session is open, or it needs none. Else the job was parked (or finished, when the login failed).
 */
bool login_ready(struct fetch *fetch, struct job *job);
void login_done(struct fetch *fetch, struct job *job);
void login_free(struct session *session);
/* The answer says that the session has ended (401, or 400 with ExpiredToken): once for each job, the job is queued
 * again behind a new session, and true. Else nothing is done. */
bool login_again(struct fetch *fetch, struct job *job, const struct response *seen);
/* The bearer token for this hop, appended to `out`; nothing when none is due. False with a fault. */
MUST_USE bool login_bearer(struct fetch *fetch, const struct job *job, struct buf *out, struct fault *fault);

#endif
