#include "serve/server.h"

#include <argon2.h>
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/hash.h"
#include "base/late.h"
#include "base/limits.h"
#include "base/mem.h"

#define PASSWORD_TRIES_A_MINUTE 10

struct client {
    int socket; /* -1 = free */
    int64_t since_s;
    uint64_t turn; /* of its last sign of life: the smallest waits longest */
    bool cut;
    bool held; /* it waits for us, not we for it */
};

/* So many may come at once, and so many a second in the long run. */
struct bucket {
    double left;
    int64_t filled_ms;
};

struct server {
    struct serve_options options;
    struct MHD_Daemon *daemon;
    unsigned port;
    struct token_box box;
    struct client clients[SERVE_CONNECTIONS];
    char accepted[HASH_HEX_BYTES]; /* fingerprint of the Authorization header that was right last */
    int64_t tries_minute;
    unsigned tries;
    uint64_t turn;
    struct bucket requests, forms;
    struct MHD_Connection *waiting[SERVE_WAITING]; /* suspended; NULL = free */
};

/* One request while its body arrives. */
struct conversation {
    struct buf body;
    bool too_large;
    int64_t waits_since_ms; /* 0 = it does not */
};

static int64_t monotonic_ms(void) {
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 : 0;
}

static int64_t monotonic_s(void) {
    return monotonic_ms() / 1000;
}

static bool bucket_take(struct bucket *bucket, double most, double a_second) {
    int64_t now_ms = monotonic_ms();
    bucket->left += (double)(now_ms - bucket->filled_ms) / 1000 * a_second;
    bucket->filled_ms = now_ms;
    if (bucket->left > most) bucket->left = most;
    if (bucket->left < 1) return false;
    bucket->left -= 1;
    return true;
}

/* ---- who waits ---- */

static int socket_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

/* Nobody who is held is slow or silent. */
static void mark_held(struct server *server, struct MHD_Connection *connection, bool held) {
    int socket = socket_of(connection);
    for (size_t i = 0; i < SERVE_CONNECTIONS && socket >= 0; i++) {
        if (server->clients[i].socket != socket) continue;
        server->clients[i].held = held;
        server->clients[i].since_s = monotonic_s();
    }
}

static struct MHD_Connection **free_place(struct server *server) {
    for (size_t i = 0; i < SERVE_WAITING; i++)
        if (server->waiting[i] == NULL) return &server->waiting[i];
    return NULL;
}

static bool may_wait(struct server *server, const struct conversation *talk) {
    bool long_enough =
        talk->waits_since_ms != 0 && monotonic_ms() - talk->waits_since_ms > (int64_t)SERVE_WAIT_S * 1000;
    return !long_enough && free_place(server) != NULL;
}

static enum MHD_Result hold(struct server *server, struct MHD_Connection *connection, struct conversation *talk) {
    struct MHD_Connection **place = free_place(server);
    if (place == NULL) return MHD_NO;
    if (talk->waits_since_ms == 0) talk->waits_since_ms = monotonic_ms();
    *place = connection;
    mark_held(server, connection, true);
    MHD_suspend_connection(connection);
    return MHD_YES;
}

/* They ask the handler again; who must wait on is held anew. */
static void let_go(struct server *server) {
    for (size_t i = 0; i < SERVE_WAITING; i++) {
        struct MHD_Connection *connection = server->waiting[i];
        if (connection == NULL) continue;
        server->waiting[i] = NULL;
        mark_held(server, connection, false);
        MHD_resume_connection(connection);
    }
}

/* ---- answers ---- */

/* A page names its own style sheet by its hash; anything else may have nothing at all. */
#define POLICY_BYTES 400
static void add_policy(struct MHD_Response *response, const struct web_answer *answer) {
    struct buf text = buf_new(POLICY_BYTES);
    bool own = answer != NULL && answer->policy.len > 0;
    buf_add(&text, own ? answer->policy : SLICE("default-src 'none'; base-uri 'none'; form-action 'none'"));
    buf_add_text(&text, "; frame-ancestors 'none'");
    (void)MHD_add_response_header(response, "Content-Security-Policy",
                                  buf_failed(&text) ? "default-src 'none'" : buf_text(&text));
    buf_free(&text);
}

static void add_headers(struct MHD_Response *response, const char *content_type) {
    static const char *const fixed[][2] = {
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cache-Control", "no-store"},
    };
    for (size_t i = 0; i < COUNT_OF(fixed); i++) (void)MHD_add_response_header(response, fixed[i][0], fixed[i][1]);
    (void)MHD_add_response_header(response, "Content-Type", content_type);
}

static enum MHD_Result send_bytes(struct MHD_Connection *connection, int status, struct slice body,
                                  const struct web_answer *answer) {
    const char *type = answer == NULL                 ? "text/plain; charset=utf-8"
                       : answer->content_type == NULL ? "text/html; charset=utf-8"
                                                      : answer->content_type;
    /* The library takes no const, but copies. */
    void *bytes = NULL;
    memcpy(&bytes, &body.at, sizeof bytes);
    struct MHD_Response *response = MHD_create_response_from_buffer(body.len, bytes, MHD_RESPMEM_MUST_COPY);
    if (response == NULL) return MHD_NO;
    add_headers(response, type);
    add_policy(response, answer);
    if (status == 429) (void)MHD_add_response_header(response, "Retry-After", "10");
    if (status == 401) (void)MHD_add_response_header(response, "WWW-Authenticate", "Basic realm=\"discern\"");
    if (answer != NULL && answer->location.len > 0)
        (void)MHD_add_response_header(response, "Location", answer->location.at);
    char disposition[200];
    if (answer != NULL && answer->download_name != NULL) {
        struct buf text = buf_new(sizeof disposition - 1);
        buf_printf(&text, "attachment; filename=\"%s\"", answer->download_name);
        (void)MHD_add_response_header(response, "Content-Disposition", buf_text(&text));
        buf_free(&text);
    }
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, int status, const char *why) {
    return send_bytes(connection, status, slice_from(why), NULL);
}

/* ---- checks ---- */

static struct slice header(struct MHD_Connection *connection, const char *name) {
    return slice_from(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

/* Argon2 is slow on purpose, so a right password is remembered by its fingerprint, and wrong ones are counted. */
static bool password_is_right(struct server *server, struct MHD_Connection *connection) {
    if (slice_is_empty(server->options.password_hash)) return true;
    char *password = NULL, fingerprint[HASH_HEX_BYTES];
    struct fault ignored = {0};
    struct slice authorization = header(connection, "Authorization");
    if (slice_is_empty(authorization) || !hash_sha256_hex(authorization, fingerprint, &ignored)) return false;
    if (server->accepted[0] != '\0' && memcmp(fingerprint, server->accepted, HASH_HEX_BYTES) == 0) return true;
    int64_t minute = monotonic_s() / 60;
    if (minute != server->tries_minute) server->tries = 0;
    server->tries_minute = minute;
    if (++server->tries > PASSWORD_TRIES_A_MINUTE) return false;
    char *user = MHD_basic_auth_get_username_password(connection, &password);
    bool right =
        password != NULL && argon2id_verify(server->options.password_hash.at, password, strlen(password)) == ARGON2_OK;
    MHD_free(user);
    MHD_free(password);
    if (right) memcpy(server->accepted, fingerprint, HASH_HEX_BYTES);
    return right;
}

static enum MHD_Result answer_request(struct server *server, struct MHD_Connection *connection,
                                      struct web_request *request, struct conversation *talk, struct arena *arena) {
    request->waited = !may_wait(server, talk);
    AUTO(buf_free)
    struct buf body = buf_new(SERVE_PAGE_BYTES);
    struct web_answer answer = {.status = 200};
    bool done = server->options.handler(server->options.user, request, &server->box, arena, &body, &answer);
    if (done && answer.not_yet) return hold(server, connection, talk);
    if (!done || buf_failed(&body)) return refuse(connection, 500, "That did not work. Nothing was changed.\n");
    return send_bytes(connection, answer.status, buf_slice(&body), &answer);
}

/* The token is taken out of the form: the handler has no business with it. */
static bool spend_token(struct server *server, struct pair_list *form) {
    bool good = token_spend(&server->box, pairs_get(form, "token"));
    size_t kept = 0;
    for (size_t i = 0; i < form->count; i++)
        if (!slice_equal(form->at[i].name, SLICE("token"))) form->at[kept++] = form->at[i];
    form->count = kept;
    return good;
}

static enum MHD_Result handle_post(struct server *server, struct MHD_Connection *connection,
                                   struct web_request *request, struct conversation *talk, struct arena *arena) {
    struct slice type = header(connection, "Content-Type");
    if (!origin_is_ours(header(connection, "Origin"), header(connection, "Referer"), server->options.name,
                        server->port))
        return refuse(connection, 403, "This form was sent from another site.\n");
    if (!bucket_take(&server->forms, SERVE_FORMS_AT_ONCE, SERVE_FORMS_A_SECOND))
        return refuse(connection, 429, "Too many forms at once. Wait a little and send it again.\n");
    if (talk->too_large || buf_failed(&talk->body)) return refuse(connection, 413, "That is too long.\n");
    if (!slice_starts_nocase(type, SLICE("application/x-www-form-urlencoded")))
        return refuse(connection, 415, "Only forms are taken here.\n");
    if (!pairs_read(arena, buf_slice(&talk->body), &request->form)) return refuse(connection, 400, "Not a form.\n");
    if (!spend_token(server, &request->form))
        return refuse(connection, 403,
                      "This form was sent already, or is too old. Go back, load the page again and send it "
                      "once more.\n");
    return answer_request(server, connection, request, talk, arena);
}

struct query_reading {
    struct arena *arena;
    struct pair_list *query;
    bool holds;
};

static enum MHD_Result add_query(void *to, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    struct query_reading *reading = to;
    struct slice text = value == NULL ? SLICE("") : slice_from(value);
    reading->holds = pairs_add(reading->arena, slice_from(name), text, reading->query);
    return reading->holds ? MHD_YES : MHD_NO;
}

static enum MHD_Result handle(struct server *server, struct MHD_Connection *connection, const char *path,
                              const char *method, struct conversation *talk) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct web_request *request = arena == NULL ? NULL : arena_alloc(arena, 1, sizeof *request);
    if (request == NULL) return MHD_NO;
    bool post = strcmp(method, "POST") == 0, get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    if (!post && !get) return refuse(connection, 405, "Only pages and forms are served here.\n");
    if (!path_read(arena, slice_from(path), &request->path)) return refuse(connection, 404, "There is no such page.\n");
    struct query_reading reading = {arena, &request->query, true};
    (void)MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_query, &reading);
    if (!reading.holds) return refuse(connection, 400, "That address holds too much.\n");
    request->method = post ? WEB_POST : WEB_GET;
    if (post) return handle_post(server, connection, request, talk, arena);
    return answer_request(server, connection, request, talk, arena);
}

/* ---- libmicrohttpd's side ---- */

static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *path, const char *method,
                                  const char *version, const char *data, size_t *size, void **state) {
    (void)version;
    struct server *server = user;
    struct conversation *talk = *state;
    if (talk == NULL) {
        if (!host_is_ours(header(connection, "Host"), server->options.name, server->port))
            return refuse(connection, 421, "This server does not go by that name.\n");
        if (!bucket_take(&server->requests, SERVE_REQUESTS_AT_ONCE, SERVE_REQUESTS_A_SECOND))
            return refuse(connection, 429, "Too much at once. Wait a little.\n");
        if (!password_is_right(server, connection)) return refuse(connection, 401, "A password is needed.\n");
        *state = talk = mem_new(1, sizeof *talk);
        if (talk == NULL) return MHD_NO;
        talk->body = buf_new(SERVE_BODY_BYTES);
        long long announced = 0;
        talk->too_large =
            slice_to_int64(header(connection, "Content-Length"), &announced) && announced > (long long)SERVE_BODY_BYTES;
        return talk->too_large ? refuse(connection, 413, "That is too long.\n") : MHD_YES;
    }
    if (*size > 0) {
        buf_add(&talk->body, slice_of(data, *size));
        if (buf_failed(&talk->body)) return MHD_NO;
        *size = 0;
        return MHD_YES;
    }
    return handle(server, connection, path, method, talk);
}

static void on_done(void *user, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code) {
    (void)code;
    struct server *server = user;
    struct conversation *talk = *state;
    int socket = socket_of(connection);
    for (size_t i = 0; socket >= 0 && i < SERVE_CONNECTIONS; i++)
        if (server->clients[i].socket == socket) {
            server->clients[i].since_s = monotonic_s();
            server->clients[i].turn = ++server->turn;
        }
    if (talk == NULL) return;
    buf_free(&talk->body);
    mem_free(talk);
    *state = NULL;
}

/* A crowd that only holds connections must not keep anybody out: when few places are left, whoever was silent longest
 * goes. */
static void make_room(struct server *server) {
    struct client *oldest = NULL;
    size_t used = 0;
    for (size_t i = 0; i < SERVE_CONNECTIONS; i++) {
        struct client *client = &server->clients[i];
        if (client->socket < 0 || client->cut) continue;
        used++;
        if (client->held) continue;
        if (oldest == NULL || client->turn < oldest->turn) oldest = client;
    }
    if (used <= SERVE_CONNECTIONS - SERVE_SPARE || oldest == NULL) return;
    oldest->cut = true;
    (void)shutdown(oldest->socket, SHUT_RDWR);
}

static void on_connection(void *user, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode code) {
    (void)state;
    struct server *server = user;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info == NULL) return;
    bool started = code == MHD_CONNECTION_NOTIFY_STARTED;
    int wanted = started ? -1 : info->connect_fd;
    if (started) make_room(server);
    for (size_t i = 0; i < SERVE_CONNECTIONS; i++) {
        if (server->clients[i].socket != wanted) continue;
        server->clients[i] =
            (struct client){started ? info->connect_fd : -1, monotonic_s(), ++server->turn, false, false};
        return;
    }
}

/* A client that drips its request byte by byte stays under any idle limit: what takes too long in all is cut. */
static void cut_slow_clients(struct server *server) {
    int64_t now = monotonic_s();
    for (size_t i = 0; i < SERVE_CONNECTIONS; i++) {
        struct client *client = &server->clients[i];
        if (client->socket < 0 || client->held || now - client->since_s <= SERVE_REQUEST_S) continue;
        (void)shutdown(client->socket, SHUT_RDWR);
    }
}

static bool is_loopback(const struct sockaddr_storage *address) {
    if (address->ss_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
    const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)address;
    return ntohl(four->sin_addr.s_addr) >> 24 == 127;
}

static bool read_address(const struct serve_options *options, struct sockaddr_storage *out) {
    char text[64];
    if (options->address.len >= sizeof text) return false;
    memcpy(text, options->address.at, options->address.len);
    text[options->address.len] = '\0';
    *out = (struct sockaddr_storage){0};
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)out;
    struct sockaddr_in *four = (struct sockaddr_in *)(void *)out;
    if (inet_pton(AF_INET6, text, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)options->port);
        return true;
    }
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)options->port);
    return inet_pton(AF_INET, text, &four->sin_addr) == 1;
}

static bool listen_on(struct server *server, const struct sockaddr_storage *address, struct fault *fault) {
    if (!late_open(LATE_MICROHTTPD, fault)) return false;
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (address->ss_family == AF_INET6 ? MHD_USE_IPv6 : 0);
    server->daemon =
        MHD_start_daemon(flags, 0, NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR,
                         (const struct sockaddr *)(const void *)address, MHD_OPTION_CONNECTION_LIMIT,
                         (unsigned)SERVE_CONNECTIONS, MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)SERVE_CONNECTIONS,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SERVE_REQUEST_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                         (size_t)32 * 1024, MHD_OPTION_NOTIFY_COMPLETED, on_done, server, MHD_OPTION_NOTIFY_CONNECTION,
                         on_connection, server, MHD_OPTION_END);
    if (server->daemon == NULL)
        return fault_set(fault, FAULT_STORE, "cannot listen on %.*s port %u: is another server there?",
                         SLICE_ARGS(server->options.address), server->options.port);
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info == NULL ? server->options.port : info->port;
    return true;
}

struct server *server_start(const struct serve_options *options, struct fault *fault) {
    struct sockaddr_storage address;
    if (!read_address(options, &address)) {
        fault_set(fault, FAULT_USAGE, "'%.*s' is no address to listen on", SLICE_ARGS(options->address));
        return NULL;
    }
    if (!is_loopback(&address) && slice_is_empty(options->password_hash)) {
        fault_set(fault, FAULT_REFUSED, "%.*s can be reached from other machines: give a password file",
                  SLICE_ARGS(options->address));
        return NULL;
    }
    struct server *server = mem_new(1, sizeof *server);
    if (server == NULL) {
        fault_memory(fault);
        return NULL;
    }
    server->options = *options;
    server->requests = (struct bucket){SERVE_REQUESTS_AT_ONCE, monotonic_ms()};
    server->forms = (struct bucket){SERVE_FORMS_AT_ONCE, monotonic_ms()};
    for (size_t i = 0; i < SERVE_CONNECTIONS; i++) server->clients[i].socket = -1;
    if (!listen_on(server, &address, fault)) server_free(&server);
    return server;
}

unsigned server_port(const struct server *server) {
    return server->port;
}

void server_run(struct server *server) {
    int64_t swept = monotonic_s();
    while (server->options.stop == NULL || !server->options.stop(server->options.user)) {
        if (MHD_run_wait(server->daemon, 200) != MHD_YES) break;
        bool changed = server->options.changed != NULL && server->options.changed(server->options.user);
        bool second = monotonic_s() != swept;
        if (changed || second) let_go(server);
        if (!second) continue;
        swept = monotonic_s();
        cut_slow_clients(server);
    }
}

void server_free(struct server **server) {
    if (*server == NULL) return;
    let_go(*server);
    if ((*server)->daemon != NULL) MHD_stop_daemon((*server)->daemon);
    mem_free(*server);
    *server = NULL;
}
