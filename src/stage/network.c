#include "stage/network.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/jtree.h"
#include "base/jwrite.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/when.h"
#include "config/secret.h"
#include "fetch/fetch.h"

#define AGENT_BYTES 300
#define TOKEN_BYTES ((size_t)8 * 1024)
#define SESSION_NAME "session:"
#define SESSION_BODY_BYTES ((size_t)4 * 1024)
/* Nothing new is started so shortly before the deadline. */
#define CALM_MS 5000

/* A session that was opened in this run; its token is in memory only. */
struct session {
    struct slice name; /* "session:URL USER" */
    struct buf token;
    struct fault failed; /* why it could not be opened */
};

/* A local file that waits to be read. */
struct local {
    const struct request *request;
    size_t number;
};

struct network {
    const struct house *house;
    struct arena *arena;
    struct secrets *secrets;
    struct fetch *fetch;
    struct session *sessions;
    size_t session_count, session_capacity;
    struct local *files;
    size_t file_count, file_capacity, file_next;
    /* Requests that were answered before they went out: no session could be had. */
    struct {
        size_t number;
        struct slice reason;
    } * refused;
    size_t refused_count, refused_capacity, refused_next;
};

static struct session *find_session(struct network *network, struct slice name) {
    for (size_t i = 0; i < network->session_count; i++)
        if (slice_equal(network->sessions[i].name, name)) return &network->sessions[i];
    return NULL;
}

/* fetch/'s question for the value of a key. */
static bool give_secret(void *with, struct slice name, struct buf *out, struct fault *fault) {
    struct network *network = with;
    const struct session *session = find_session(network, name);
    if (session == NULL) return secrets_get(network->secrets, name, out, fault);
    buf_add(out, buf_slice(&session->token));
    return buf_check(out, "the session's token", fault);
}

static bool open_fetch(struct network *network, struct fault *fault) {
    const struct config *config = &network->house->config;
    const struct network_options *options = &config->network;
    char *agent = arena_printf(network->arena, "discern/%s (+%.*s)", DISCERN_VERSION, SLICE_ARGS(config->contact));
    if (agent == NULL) return fault_memory(fault);
    struct fetch_options fetch = {
        .user_agent = slice_from(agent),
        .proxy = options->proxy,
        .now_s = network->house->options.now_s,
        .run_ms = options->deadline_s * 1000,
        .calm_ms = CALM_MS,
        .in_flight = (unsigned)options->in_flight,
        .in_flight_host = (unsigned)options->in_flight_per_host,
        .connect_ms = options->connect_timeout_s * 1000,
        .total_ms = options->total_timeout_s * 1000,
        .seed = hash_fnv64(config->contact, (uint64_t)network->house->options.now_s + 1),
        .secret = give_secret,
        .secret_with = network,
    };
    return fetch_new(&fetch, &network->fetch, fault);
}

struct network *network_new(const struct house *house, struct fault *fault) {
    AUTO(network_free)
    struct network *network = mem_new(1, sizeof *network);
    if (network == NULL || (network->arena = arena_new(LIMIT_ARENA_BYTES)) == NULL) {
        fault_memory(fault);
        return NULL;
    }
    network->house = house;
    network->secrets = secrets_new(house->config.secrets_file, fault);
    if (network->secrets == NULL || !open_fetch(network, fault)) return NULL;
    struct network *made = network;
    network = NULL;
    return made;
}

void network_free(struct network **network) {
    if (*network == NULL) return;
    struct network *old = *network;
    fetch_free(&old->fetch);
    for (size_t i = 0; i < old->session_count; i++) {
        if (old->sessions[i].token.at != NULL) explicit_bzero(old->sessions[i].token.at, old->sessions[i].token.cap);
        buf_free(&old->sessions[i].token);
    }
    secrets_free(&old->secrets);
    arena_free(&old->arena);
    mem_free(old);
    *network = NULL;
}

/* ---- sessions: com.atproto.server.createSession ---- */

static bool session_body(struct network *network, const struct request *request, struct buf *body,
                         struct fault *fault) {
    AUTO(buf_free)
    struct buf password = buf_new(TOKEN_BYTES);
    if (!secrets_get(network->secrets, request->secret, &password, fault)) return false;
    struct jwrite json = jwrite_to(body);
    jwrite_object(&json);
    jwrite_member(&json, "identifier", request->login_user);
    jwrite_member(&json, "password", buf_slice(&password));
    jwrite_end_object(&json);
    explicit_bzero(password.at, password.cap);
    return buf_check(body, "the log-in", fault);
}

static bool take_token(const struct response *response, struct session *session, struct fault *fault) {
    if (response->state != RESPONSE_ANSWERED)
        return fault_set(fault, FAULT_REMOTE, "logging in: %.*s", SLICE_ARGS(response->reason));
    if (response->status != 200)
        return fault_set(fault, FAULT_REFUSED,
                         "logging in was refused (status %d): make a new app password and put it in the secrets file",
                         response->status);
    AUTO(jtree_free)
    struct jtree *doc = jtree_read(response->body, fault);
    if (doc == NULL) return fault_context(fault, "the answer to logging in");
    struct slice token = jtree_get_text(jtree_root(doc), "accessJwt");
    if (slice_is_empty(token)) return fault_set(fault, FAULT_INPUT, "the answer to logging in holds no token");
    buf_add(&session->token, token);
    return buf_check(&session->token, "the session's token", fault);
}

/* An engine of its own, since the run's may have other requests under way. */
static bool log_in(struct network *network, const struct request *request, struct session *session,
                   struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(buf_free)
    struct buf body = buf_new(SESSION_BODY_BYTES);
    AUTO(fetch_free)
    struct fetch *fetch = NULL;
    struct fetch_options options = {.user_agent = SLICE("discern"), .now_s = network->house->options.now_s};
    struct response response;
    bool left;
    uint64_t id;
    options.proxy = network->house->config.network.proxy;
    if (arena == NULL) return fault_memory(fault);
    if (!session_body(network, request, &body, fault) || !fetch_new(&options, &fetch, fault)) return false;
    struct request post = {.purpose = REQUEST_API,
                           .url = request->login_url,
                           .method = SLICE("POST"),
                           .body = buf_slice(&body),
                           .accept = SLICE("application/json"),
                           .allow_host = request->allow_host};
    if (!request_add_header(arena, &post, "Content-Type", SLICE("application/json"))) return fault_memory(fault);
    bool done = fetch_add(fetch, &post, 0, fault) && fetch_next(fetch, &id, &response, &left, arena, fault);
    explicit_bzero(body.at, body.cap);
    return done && take_token(&response, session, fault);
}

static struct session *session_of(struct network *network, const struct request *request, struct fault *fault) {
    char *name = arena_printf(network->arena, SESSION_NAME "%.*s %.*s", SLICE_ARGS(request->login_url),
                              SLICE_ARGS(request->login_user));
    struct session *known = name == NULL ? NULL : find_session(network, slice_from(name));
    if (known != NULL) return known;
    struct session *more = name == NULL ? NULL
                                        : arena_grow(network->arena, network->sessions, network->session_count,
                                                     &network->session_capacity, sizeof *more);
    if (more == NULL) {
        fault_memory(fault);
        return NULL;
    }
    network->sessions = more;
    struct session *session = &more[network->session_count++];
    *session = (struct session){.name = slice_from(name), .token = buf_new(TOKEN_BYTES)};
    struct fault wrong = {0};
    if (!log_in(network, request, session, &wrong)) session->failed = wrong;
    return session;
}

/* ---- asking ---- */

static bool refuse(struct network *network, size_t number, const char *reason, struct fault *fault) {
    char *text = arena_text(network->arena, slice_from(reason));
    void *more = arena_grow(network->arena, network->refused, network->refused_count, &network->refused_capacity,
                            sizeof *network->refused);
    if (text == NULL || more == NULL) return fault_memory(fault);
    network->refused = more;
    network->refused[network->refused_count].number = number;
    network->refused[network->refused_count++].reason = slice_from(text);
    return true;
}

static bool add_file(struct network *network, const struct request *request, size_t number, struct fault *fault) {
    struct local *more =
        arena_grow(network->arena, network->files, network->file_count, &network->file_capacity, sizeof *more);
    if (more == NULL) return fault_memory(fault);
    network->files = more;
    network->files[network->file_count++] = (struct local){request, number};
    return true;
}

bool network_ask(struct network *network, const struct request *request, size_t number, struct fault *fault) {
    if (!slice_is_empty(request->file)) return add_file(network, request, number, fault);
    struct request ready = *request;
    if (!slice_is_empty(request->login_url)) {
        struct session *session = session_of(network, request, fault);
        if (session == NULL) return false;
        if (session->failed.kind != FAULT_NONE) return refuse(network, number, session->failed.text, fault);
        ready.secret = session->name;
    }
    return fetch_add(network->fetch, &ready, number, fault);
}

static bool next_file(struct network *network, struct arena *arena, size_t *number, struct response *out,
                      struct fault *fault) {
    struct local local = network->files[network->file_next++];
    char *path = arena_text(arena, local.request->file);
    if (path == NULL) return fault_memory(fault);
    *number = local.number;
    if (!fetch_file(path, local.request->max_bytes, arena, out, fault)) return false;
    if (out->state == RESPONSE_ANSWERED && !slice_is_empty(out->etag) && slice_equal(out->etag, local.request->etag))
        out->state = RESPONSE_UNCHANGED;
    return true;
}

bool network_next(struct network *network, struct arena *arena, size_t *number, struct response *out, bool *more,
                  struct fault *fault) {
    *more = true;
    if (network->refused_next < network->refused_count) {
        *number = network->refused[network->refused_next].number;
        *out = (struct response){.state = RESPONSE_REFUSED,
                                 .reason = network->refused[network->refused_next++].reason,
                                 .date_s = WHEN_ABSENT,
                                 .expires_s = WHEN_ABSENT,
                                 .retry_at_s = WHEN_ABSENT};
        return true;
    }
    if (network->file_next < network->file_count) return next_file(network, arena, number, out, fault);
    uint64_t id;
    if (!fetch_next(network->fetch, &id, out, more, arena, fault)) return false;
    if (*more) *number = (size_t)id;
    return true;
}

size_t network_waiting(const struct network *network) {
    return fetch_waiting(network->fetch) + (network->file_count - network->file_next) +
           (network->refused_count - network->refused_next);
}
