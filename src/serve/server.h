/* server: a small web server for one school's own machine, by libmicrohttpd, around one handler. It checks who asks
 * (Host, Origin, one-time tokens, a password where it is not only loopback), bounds what they may send (size, time,
 * number), and sets the headers that keep a page harmless. The handler sees only requests that passed. One thread. */
#ifndef DISCERN_SERVE_SERVER_H
#define DISCERN_SERVE_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "serve/request.h"
#include "serve/token.h"

struct web_answer {
    int status;                /* 200, 303, 404 … */
    const char *content_type;  /* static; "text/html; charset=utf-8" when NULL */
    struct slice location;     /* for 303: a path of ours, in arena */
    const char *download_name; /* static; offered as a file when not NULL */
    bool not_yet;              /* nothing is sent: the same is asked again when something changed, or with `waited` */
    struct slice policy;       /* content policy, in arena; absent = nothing may load at all */
};

/* Answers one request into `body` and *answer (status 200 at the start). `box` issues the tokens of its forms: each
 * form needs a hidden field "token". Everything lives in `arena` for this request. False: the server answers 500. */
typedef bool serve_handler(void *user, const struct web_request *request, struct token_box *box, struct arena *arena,
                           struct buf *body, struct web_answer *answer);

struct serve_options {
    struct slice address;       /* "127.0.0.1" or "::1"; another address only with a password */
    unsigned port;              /* 0 = any free one */
    struct slice name;          /* another host name that it goes by, absent = none */
    struct slice password_hash; /* Argon2id, encoded ($argon2id$…); absent = no password (loopback only) */
    serve_handler *handler;
    void *user;
    bool (*stop)(void *user); /* asked several times a second; true ends the server */
    /* Asked several times a second: whether what was answered with "not yet" may be answered now. NULL = never. */
    bool (*changed)(void *user);
};

#define SERVE_BODY_BYTES ((size_t)16 * 1024) /* of a form */
#define SERVE_PAGE_BYTES ((size_t)8 * 1024 * 1024)
#define SERVE_CONNECTIONS 256
#define SERVE_SPARE 32 /* places kept free: the silent ones go first */
/* A person with a browser stays far below; a program that hammers does not. */
#define SERVE_REQUESTS_AT_ONCE 1000
#define SERVE_REQUESTS_A_SECOND 200
#define SERVE_FORMS_AT_ONCE 60
#define SERVE_FORMS_A_SECOND 2
#define SERVE_REQUEST_S 10 /* from the first byte to the last of a request */
#define SERVE_WAIT_S 10    /* so long a request waits at most for what is not there yet */
#define SERVE_WAITING 16u  /* so many wait at a time; who comes then has waited already */

struct server;

/* Starts listening. FAULT_REFUSED when another address than loopback is asked for without a password, FAULT_STORE when
 * the address cannot be had. Owned by the caller. */
MUST_USE struct server *server_start(const struct serve_options *options, struct fault *fault);
/* The port it listens on. */
unsigned server_port(const struct server *server);
/* Serves until options.stop says so. */
void server_run(struct server *server);
void server_free(struct server **server);

#endif
