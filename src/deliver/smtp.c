/* A mail server, by libcurl. Encryption is demanded unless the school says outright that there is none; a password
 * never travels without it, but to this machine itself. */
#include "deliver/target.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/late.h"
#include "base/url.h"

#define TIMEOUT_S 60
#define CONNECT_TIMEOUT_S 20
#define ARENA_BYTES ((size_t)64 * 1024)

struct upload {
    struct slice left;
};

static size_t give(char *to, size_t size, size_t count, void *from) {
    struct upload *upload = from;
    size_t len = size * count < upload->left.len ? size * count : upload->left.len;
    if (len > 0) memcpy(to, upload->left.at, len);
    upload->left = slice_part(upload->left, len, upload->left.len);
    return len;
}

static void easy_free(CURL **easy) {
    if (*easy != NULL) curl_easy_cleanup(*easy);
}

static void list_free(struct curl_slist **list) {
    curl_slist_free_all(*list);
}

static bool is_here(struct slice host) {
    return slice_equal(host, SLICE("localhost")) || slice_equal(host, SLICE("127.0.0.1")) ||
           slice_equal(host, SLICE("[::1]"));
}

static bool check(const struct target_settings *settings, struct arena *arena, struct fault *fault) {
    struct url url;
    bool parsed = url_parse(arena, settings->server, &url);
    bool smtp = parsed && (slice_equal(url.scheme, SLICE("smtp")) || slice_equal(url.scheme, SLICE("smtps")));
    if (!smtp || !slice_is_absent(url.user))
        return fault_set(fault, FAULT_CONFIG, "a mail server is written smtp://host:port, not '%.*s'",
                         SLICE_ARGS(settings->server));
    if (settings->without_tls && slice_equal(url.scheme, SLICE("smtp")) && !slice_is_empty(settings->password) &&
        !is_here(url.host))
        return fault_set(fault, FAULT_CONFIG, "a password is not sent without encryption: take away 'without-tls yes'");
    return true;
}

static void set_network(CURL *easy, const struct target_settings *settings, struct arena *arena) {
    long timeout_s = settings->timeout_s > 0 ? (long)settings->timeout_s : TIMEOUT_S;
    (void)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    (void)curl_easy_setopt(easy, CURLOPT_PROXY, "");
    (void)curl_easy_setopt(easy, CURLOPT_TIMEOUT, timeout_s);
    (void)curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout_s);
    (void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, timeout_s < CONNECT_TIMEOUT_S ? timeout_s : CONNECT_TIMEOUT_S);
    (void)curl_easy_setopt(easy, CURLOPT_USE_SSL, settings->without_tls ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
    (void)curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (!slice_is_empty(settings->ca_file))
        (void)curl_easy_setopt(easy, CURLOPT_CAINFO, arena_text(arena, settings->ca_file));
    if (slice_is_empty(settings->user)) return;
    (void)curl_easy_setopt(easy, CURLOPT_USERNAME, arena_text(arena, settings->user));
    (void)curl_easy_setopt(easy, CURLOPT_PASSWORD, arena_text(arena, settings->password));
}

static bool set_message(CURL *easy, const struct parcel *parcel, struct arena *arena, struct upload *upload,
                        struct curl_slist **receivers) {
    char *from = arena_printf(arena, "<%.*s>", SLICE_ARGS(parcel->from));
    char *to = arena_printf(arena, "<%.*s>", SLICE_ARGS(parcel->to));
    if (from == NULL || to == NULL || (*receivers = curl_slist_append(NULL, to)) == NULL) return false;
    return curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, *receivers) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_READFUNCTION, give) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_READDATA, upload) == CURLE_OK;
}

/* The server's last word decides. 354 is its "go on": when nothing came after it, or but half an answer (curl's 0), the
 * message may have been taken. */
static bool explain(CURL *easy, CURLcode result, bool whole, bool *may_have_gone, struct fault *fault) {
    long code = 0;
    (void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
    *may_have_gone = whole && (code == 354 || code == 0);
    if (result == CURLE_LOGIN_DENIED)
        return fault_set(fault, FAULT_CONFIG, "the mail server does not accept the user or password");
    if (result == CURLE_USE_SSL_FAILED)
        return fault_set(fault, FAULT_REFUSED, "the mail server offers no encryption, so nothing was sent");
    if (result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_SSL_CACERT_BADFILE)
        return fault_set(fault, FAULT_REFUSED, "the mail server's certificate does not hold, so nothing was sent");
    if (result == CURLE_OPERATION_TIMEDOUT || result == CURLE_COULDNT_CONNECT || result == CURLE_COULDNT_RESOLVE_HOST)
        return fault_set(fault, FAULT_BUSY, "the mail server: %s", curl_easy_strerror(result));
    if (code >= 500 && code < 600)
        return fault_set(fault, FAULT_REFUSED, "the mail server refused the mail (%ld)", code);
    if (code >= 400 && code < 500) return fault_set(fault, FAULT_REMOTE, "the mail server says: try later (%ld)", code);
    return fault_set(fault, FAULT_REMOTE, "the mail server: %s", curl_easy_strerror(result));
}

/* A server that answers no more is not told good-bye: curl would wait for its answer to that. */
static void hang_up(CURL *easy) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK && socket != CURL_SOCKET_BAD)
        (void)shutdown(socket, SHUT_RDWR);
}

static bool hand_over(const struct target_settings *settings, const struct parcel *parcel, bool *may_have_gone,
                      struct fault *fault) {
    *may_have_gone = false;
    if (!parcel_holds(parcel, fault) || !late_open(LATE_CURL, fault)) return false;
    AUTO(arena_free)
    struct arena *arena = arena_new(ARENA_BYTES);
    AUTO(list_free)
    struct curl_slist *receivers = NULL;
    AUTO(easy_free)
    CURL *easy = curl_easy_init();
    if (arena == NULL || easy == NULL) return fault_memory(fault);
    if (!check(settings, arena, fault)) return false;
    struct upload upload = {.left = parcel->message};
    char *server = arena_text(arena, settings->server);
    if (server == NULL || curl_easy_setopt(easy, CURLOPT_URL, server) != CURLE_OK ||
        !set_message(easy, parcel, arena, &upload, &receivers))
        return fault_memory(fault);
    set_network(easy, settings, arena);
    CURLcode result = curl_easy_perform(easy);
    if (result == CURLE_OK) return true;
    hang_up(easy);
    return explain(easy, result, upload.left.len == 0, may_have_gone, fault);
}

const struct target target_smtp = {
    .name = "smtp",
    .help = "sends each mail to a mail server, encrypted",
    .hand_over = hand_over,
};
