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
        wipe(&session->refresh);
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
                                .token = buf_new(SECRET_BYTES),
                                .refresh = buf_new(SECRET_BYTES)};
    return fetch->sessions = session;
}

static bool write_question(struct fetch *fetch, struct session *session, struct fault *fault) {
    if (session->refreshing) return true; /* its token says all */
    session->body = buf_new(SECRET_BYTES * 2);
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

#define CREATE "createSession"

/* …createSession -> …refreshSession */
static bool refresh_address(struct fetch *fetch, const struct session *session, struct slice *out) {
    struct slice stem = slice_part(session->url, 0, session->url.len - strlen(CREATE));
    char *address = arena_printf(fetch->arena, "%.*srefreshSession", SLICE_ARGS(stem));
    if (address == NULL) return false;
    *out = slice_from(address);
    return true;
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
    struct slice address = session->url;
    if (session->refreshing && !refresh_address(fetch, session, &address)) {
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
    if (!added || !hop_set(fetch, login, address) || !host_queue(fetch, login))
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

static bool take_tokens(struct session *session, const struct job *job) {
    struct fault fault = {0};
    AUTO(jtree_free)
    struct jtree *answer = jtree_read(buf_slice(&job->transfer->body), &fault);
    const struct jnode *root = answer == NULL ? NULL : jtree_root(answer);
    struct slice token = jtree_get_text(root, "accessJwt");
    buf_clear(&session->token);
    buf_clear(&session->refresh);
    buf_add(&session->token, token);
    buf_add(&session->refresh, jtree_get_text(root, "refreshJwt"));
    explicit_bzero(job->transfer->body.at, job->transfer->body.len);
    return job->transfer->status == 200 && !slice_is_empty(token) && !session->token.failed;
}

/* A session that cannot be refreshed is opened with the password; those that wait for it stay parked. */
static bool with_password(struct fetch *fetch, struct session *session) {
    struct job *waiting = job_pop(&session->parked);
    bool was_refreshing = session->refreshing;
    session->refreshing = false;
    buf_clear(&session->refresh);
    if (waiting == NULL) return false;
    job_push_front(&session->parked, waiting);
    if (was_refreshing) ask(fetch, session, waiting);
    return was_refreshing;
}

void login_done(struct fetch *fetch, struct job *job) {
    struct session *session = job->session;
    wipe(&session->body);
    bool answered = job->state == RESPONSE_ANSWERED && job->transfer != NULL;
    bool opened = answered && take_tokens(session, job);
    if (!opened && with_password(fetch, session)) return;
    session->refreshing = false;
    if (!answered) {
        fail(fetch, session, job->state, arena_printf(fetch->arena, "login: %s", job->reason));
        return;
    }
    if (!opened) {
        fail(fetch, session, RESPONSE_REFUSED,
             arena_printf(fetch->arena,
                          "login: %.*s did not accept the name '%.*s' with the secret '%.*s' (status %ld): make a new "
                          "app password there, and put it in the secrets file",
                          SLICE_ARGS(job->parts.host), SLICE_ARGS(session->user), SLICE_ARGS(session->secret),
                          job->transfer->status));
        return;
    }
    session->state = SESSION_OPEN;
    struct job *parked;
    while ((parked = job_pop(&session->parked)) != NULL)
        if (!host_queue(fetch, parked)) job_finish(fetch, parked, RESPONSE_FAILED, "out of memory");
}

bool login_again(struct fetch *fetch, struct job *job, const struct response *seen) {
    if (job->kind != JOB_ASKED || slice_is_empty(job->request.login_url) || job->logged_in_again) return false;
    struct slice body = buf_slice(&job->transfer->body);
    bool ended =
        seen->status == 401 || (seen->status == 400 && slice_find(body, SLICE("ExpiredToken"), 0) != SLICE_NOT_FOUND);
    struct session *session = ended ? session_of(fetch, &job->request) : NULL;
    if (session == NULL) return false;
    job->logged_in_again = true;
    if (session->state == SESSION_OPEN) {
        session->state = SESSION_NEW;
        session->refreshing = session->refresh.len > 0 && slice_ends(session->url, SLICE(CREATE));
    }
    hop_release(fetch, job);
    if (!host_queue(fetch, job)) job_finish(fetch, job, RESPONSE_FAILED, "out of memory");
    return true;
}

bool login_bearer(struct fetch *fetch, const struct job *job, struct buf *out, struct fault *fault) {
    if (job->kind == JOB_LOGIN && job->session->refreshing) {
        buf_add(out, buf_slice(&job->session->refresh));
        return buf_check(out, "the token", fault);
    }
    if (job->kind != JOB_ASKED || slice_is_empty(job->request.secret)) return true;
    if (!guard_same_origin(&job->first, &job->parts)) return true;
    if (slice_is_empty(job->request.login_url)) return read_secret(fetch, job->request.secret, out, fault);
    struct session *session = session_of(fetch, &job->request);
    if (session == NULL) return fault_memory(fault);
    buf_add(out, buf_slice(&session->token));
    return buf_check(out, "the token", fault);
}
