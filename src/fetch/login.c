#include "fetch/engine.h"

#include <string.h>

#include "base/jtree.h"
#include "base/jwrite.h"

#define LOGIN_BYTES ((size_t)64 * 1024)
#define SECRET_BYTES ((size_t)8 * 1024)

static void wipe(struct buf *buf) {
    if (buf->at != NULL) explicit_bzero(buf->at, buf->cap);
    buf_free(buf);
}

void login_free(struct session *session) {
    for (; session != NULL; session = session->next) {
        wipe(&session->body);
        wipe(&session->token);
    }
}

static bool read_secret(struct fetch *fetch, struct slice name, struct buf *out, struct fault *fault) {
    if (fetch->options.secret == NULL)
        return fault_set(fault, FAULT_CONFIG, "the secret '%.*s' is not known here", SLICE_ARGS(name));
    if (!fetch->options.secret(fetch->options.secret_with, name, out, fault)) return false;
    for (size_t i = 0; i < out->len; i++)
        if ((unsigned char)out->at[i] < ' ' || out->at[i] == 0x7f)
            return fault_set(fault, FAULT_CONFIG, "the secret '%.*s' holds characters that no token has",
                             SLICE_ARGS(name));
    if (out->len > 0) return buf_check(out, "the secret", fault);
    return fault_set(fault, FAULT_CONFIG, "the secret '%.*s' is empty", SLICE_ARGS(name));
}

static struct session *session_of(struct fetch *fetch, const struct request *request) {
    struct session *session = fetch->sessions;
    for (; session != NULL; session = session->next)
        if (slice_equal(session->url, request->login_url) && slice_equal(session->user, request->login_user) &&
            slice_equal(session->secret, request->secret))
            return session;
    session = arena_alloc(fetch->arena, 1, sizeof *session);
    if (session == NULL) return NULL;
    *session = (struct session){.next = fetch->sessions,
                                .url = request->login_url,
                                .user = request->login_user,
                                .secret = request->secret,
                                .body = buf_new(SECRET_BYTES * 2),
                                .token = buf_new(SECRET_BYTES)};
    return fetch->sessions = session;
}

static bool write_question(struct fetch *fetch, struct session *session, struct fault *fault) {
    struct buf password = buf_new(SECRET_BYTES);
    bool done = read_secret(fetch, session->secret, &password, fault);
    struct jwrite json = jwrite_to(&session->body);
    jwrite_object(&json);
    jwrite_member(&json, "identifier", session->user);
    jwrite_member(&json, "password", buf_slice(&password));
    jwrite_end_object(&json);
    wipe(&password);
    return done && buf_check(&session->body, "the login", fault);
}

static void fail(struct fetch *fetch, struct session *session, enum response_state state, const char *reason) {
    session->state = SESSION_FAILED;
    session->failure = state;
    session->reason = reason == NULL ? "out of memory" : reason;
    struct job *parked;
    while ((parked = job_pop(&session->parked)) != NULL) job_finish(fetch, parked, state, "%s", session->reason);
}

static void ask(struct fetch *fetch, struct session *session, const struct job *job) {
    struct fault fault = {0};
    struct job *login = arena_alloc(fetch->arena, 1, sizeof *login);
    session->state = SESSION_ASKING;
    if (!write_question(fetch, session, &fault)) {
        fail(fetch, session, RESPONSE_REFUSED, arena_printf(fetch->arena, "%s", fault.text));
        return;
    }
    if (login == NULL) {
        fail(fetch, session, RESPONSE_FAILED, NULL);
        return;
    }
    login->kind = JOB_LOGIN;
    login->session = session;
    login->request = (struct request){.purpose = REQUEST_API,
                                      .method = SLICE("POST"),
                                      .body = buf_slice(&session->body),
                                      .accept = SLICE("application/json"),
                                      .allow_host = job->request.allow_host,
                                      .max_bytes = LOGIN_BYTES};
    bool added = request_add_header(fetch->arena, &login->request, "Content-Type", SLICE("application/json"));
    if (!added || !hop_set(fetch, login, session->url) || !host_queue(fetch, login))
        fail(fetch, session, RESPONSE_REFUSED,
             arena_printf(fetch->arena, "the login address '%.*s' cannot be asked", SLICE_ARGS(session->url)));
}

bool login_ready(struct fetch *fetch, struct job *job) {
    if (job->kind != JOB_ASKED || slice_is_empty(job->request.login_url)) return true;
    struct session *session = session_of(fetch, &job->request);
    if (session != NULL && session->state == SESSION_OPEN) return true;
    if (session == NULL) {
        job_finish(fetch, job, RESPONSE_FAILED, "out of memory");
    } else if (session->state == SESSION_FAILED) {
        job_finish(fetch, job, session->failure, "%s", session->reason);
    } else {
        job_push(&session->parked, job);
        if (session->state == SESSION_NEW) ask(fetch, session, job);
    }
    return false;
}

void login_done(struct fetch *fetch, struct job *job) {
    struct session *session = job->session;
    wipe(&session->body);
    if (job->state != RESPONSE_ANSWERED || job->transfer == NULL) {
        fail(fetch, session, job->state, arena_printf(fetch->arena, "login: %s", job->reason));
        return;
    }
    struct fault fault = {0};
    AUTO(jtree_free)
    struct jtree *answer = jtree_read(buf_slice(&job->transfer->body), &fault);
    struct slice token = answer == NULL ? (struct slice){0} : jtree_get_text(jtree_root(answer), "accessJwt");
    buf_add(&session->token, token);
    explicit_bzero(job->transfer->body.at, job->transfer->body.len);
    if (job->transfer->status != 200 || slice_is_empty(token) || session->token.failed) {
        fail(fetch, session, RESPONSE_REFUSED,
             arena_printf(fetch->arena,
                          "login: %.*s did not accept the name '%.*s' with the secret '%.*s' (status %ld)",
                          SLICE_ARGS(job->parts.host), SLICE_ARGS(session->user), SLICE_ARGS(session->secret),
                          job->transfer->status));
        return;
    }
    session->state = SESSION_OPEN;
    struct job *parked;
    while ((parked = job_pop(&session->parked)) != NULL)
        if (!host_queue(fetch, parked)) job_finish(fetch, parked, RESPONSE_FAILED, "out of memory");
}

bool login_bearer(struct fetch *fetch, const struct job *job, struct buf *out, struct fault *fault) {
    if (job->kind != JOB_ASKED || slice_is_empty(job->request.secret)) return true;
    if (!guard_same_origin(&job->first, &job->parts)) return true;
    if (slice_is_empty(job->request.login_url)) return read_secret(fetch, job->request.secret, out, fault);
    struct session *session = session_of(fetch, &job->request);
    if (session == NULL) return fault_memory(fault);
    buf_add(out, buf_slice(&session->token));
    return buf_check(out, "the token", fault);
}
