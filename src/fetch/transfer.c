#include "fetch/transfer.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/utf8.h"

/* A body's memory larger than this is not kept for the next transfer. */
#define BODY_KEPT_BYTES ((size_t)1024 * 1024)

bool transfer_new(struct transfer *transfer, struct fault *fault) {
    *transfer = (struct transfer){0};
    transfer->easy = curl_easy_init();
    transfer->arena = arena_new(4 * (size_t)LIMIT_HEADER_BYTES);
    return (transfer->easy != NULL && transfer->arena != NULL) || fault_memory(fault);
}

void transfer_free(struct transfer *transfer) {
    transfer_end(transfer);
    curl_easy_cleanup(transfer->easy);
    arena_free(&transfer->arena);
    buf_free(&transfer->body);
    *transfer = (struct transfer){0};
}

void transfer_end(struct transfer *transfer) {
    curl_slist_free_all(transfer->lines);
    transfer->lines = NULL;
    decode_free(&transfer->decode);
    if (transfer->body.cap > BODY_KEPT_BYTES) buf_free(&transfer->body);
    buf_clear(&transfer->body);
    if (transfer->arena != NULL) arena_reset(transfer->arena);
    transfer->headers = (struct header_list){0};
}

static bool may_talk_to(const struct transfer *transfer, enum address_class class) {
    return !transfer->guarded || class == ADDRESS_PUBLIC || (class == ADDRESS_LOOPBACK && transfer->allow_loopback);
}

/* The guard at the socket: it sees the address that is dialled, after every name and every spelling. */
static curl_socket_t open_socket(void *with, curlsocktype purpose, struct curl_sockaddr *address) {
    struct transfer *transfer = with;
    (void)purpose;
    if (!may_talk_to(transfer, address_class_of(&address->addr, address->addrlen))) {
        address_words(&address->addr, address->addrlen, transfer->peer);
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* The guard before each request: a kept connection opens no socket. */
static int before_request(void *with, char *peer, char *own, int peer_port, int own_port) {
    struct transfer *transfer = with;
    (void)own, (void)peer_port, (void)own_port;
    bool numeric = false;
    if (may_talk_to(transfer, address_class_of_text(slice_from(peer), &numeric))) return CURL_PREREQFUNC_OK;
    (void)snprintf(transfer->peer, sizeof transfer->peer, "%s", peer);
    return CURL_PREREQFUNC_ABORT;
}

static size_t give_up(struct transfer *transfer, enum trouble trouble) {
    transfer->trouble = trouble;
    return 0; /* libcurl: fewer bytes taken than given is an error */
}

static bool add_header(struct transfer *transfer, struct slice name, struct slice value) {
    struct header_list *list = &transfer->headers;
    struct header *more = arena_grow(transfer->arena, list->at, list->count, &list->capacity, sizeof *more);
    char *lower = arena_text(transfer->arena, name);
    AUTO(buf_free)
    struct buf repaired = buf_new((size_t)LIMIT_HEADER_BYTES * 3);
    if (!utf8_is_valid(value)) {
        utf8_repair(value, &repaired);
        value = buf_slice(&repaired);
    }
    if (more == NULL || lower == NULL || repaired.failed) return false;
    for (size_t i = 0; i < name.len; i++)
        if (lower[i] >= 'A' && lower[i] <= 'Z') lower[i] = (char)(lower[i] + 32);
    list->at = more;
    more[list->count].name = slice_of(lower, name.len);
    if (!arena_copy(transfer->arena, value, &more[list->count].value)) return false;
    list->count++;
    return true;
}

static size_t take_header(char *at, size_t size, size_t count, void *with) {
    struct transfer *transfer = with;
    size_t len = size * count;
    struct slice line = slice_of(at, len);
    if (slice_starts(line, SLICE("HTTP/"))) { /* the answer itself, after a 1xx */
        transfer->headers.count = 0;
        return len;
    }
    transfer->header_bytes += len;
    if (transfer->header_bytes > (size_t)LIMIT_HEADER_BYTES || transfer->headers.count >= LIMIT_HEADER_LINES)
        return give_up(transfer, TROUBLE_HEADERS);
    size_t colon = slice_find_byte(line, ':', 0);
    if (colon == SLICE_NOT_FOUND || colon == 0 || transfer->decoding) return len;
    struct slice value = slice_trim(slice_part(line, colon + 1, len));
    if (!add_header(transfer, slice_trim(slice_part(line, 0, colon)), value)) return give_up(transfer, TROUBLE_MEMORY);
    return len;
}

static struct slice find_header(const struct transfer *transfer, struct slice name) {
    for (size_t i = 0; i < transfer->headers.count; i++)
        if (slice_equal(transfer->headers.at[i].name, name)) return transfer->headers.at[i].value;
    return (struct slice){NULL, 0};
}

static enum trouble trouble_of(enum decode_state state) {
    switch (state) {
        case DECODE_FINE: return TROUBLE_NONE;
        case DECODE_CUT: return TROUBLE_CUT;
        case DECODE_BROKEN: return TROUBLE_CODING;
        case DECODE_TOO_LARGE: return TROUBLE_SIZE;
        case DECODE_BOMB: return TROUBLE_BOMB;
        case DECODE_MEMORY: break;
    }
    return TROUBLE_MEMORY;
}

static size_t take_body(char *at, size_t size, size_t count, void *with) {
    struct transfer *transfer = with;
    size_t len = size * count;
    transfer->wire_bytes += len;
    if (!transfer->decoding) {
        enum coding coding = coding_of(find_header(transfer, SLICE("content-encoding")));
        if (coding == CODING_UNKNOWN) return give_up(transfer, TROUBLE_CODING);
        if (!decode_begin(&transfer->decode, coding, &transfer->body)) return give_up(transfer, TROUBLE_MEMORY);
        transfer->decoding = true;
    }
    enum decode_state state = decode_add(&transfer->decode, slice_of(at, len));
    return state == DECODE_FINE ? len : give_up(transfer, trouble_of(state));
}

static bool add_line(struct transfer *transfer, const char *name, struct slice value) {
    char line[LIMIT_URL_BYTES];
    int len = snprintf(line, sizeof line, "%s: %.*s", name, SLICE_ARGS(value));
    /* What would break the header apart is not sent at all. */
    if (len < 0 || (size_t)len >= sizeof line || strpbrk(line, "\r\n") != NULL) return true;
    struct curl_slist *more = curl_slist_append(transfer->lines, line);
    if (more == NULL) return false;
    transfer->lines = more;
    return true;
}

static bool add_lines(struct transfer *transfer, const struct hop *hop) {
    bool done = add_line(transfer, "Accept", hop->accept == NULL ? SLICE("*/*") : slice_from(hop->accept)) &&
                add_line(transfer, "Accept-Encoding", SLICE(DECODE_ACCEPTED));
    if (done && !slice_is_empty(hop->etag)) done = add_line(transfer, "If-None-Match", hop->etag);
    if (done && !slice_is_empty(hop->last_modified)) done = add_line(transfer, "If-Modified-Since", hop->last_modified);
    /* libcurl would wait for a 100-continue before larger bodies. */
    if (done && !slice_is_absent(hop->body)) done = add_line(transfer, "Expect", (struct slice){NULL, 0});
    for (size_t i = 0; done && hop->headers != NULL && i < hop->headers->count; i++) {
        char name[128];
        struct slice text = hop->headers->at[i].name;
        if (text.len >= sizeof name || slice_find_byte(text, ':', 0) != SLICE_NOT_FOUND) continue;
        (void)snprintf(name, sizeof name, "%.*s", SLICE_ARGS(text));
        done = add_line(transfer, name, hop->headers->at[i].value);
    }
    return done;
}

/* Options that are the same for every hop of a run. */
static void set_house_rules(struct transfer *transfer, const struct fetch_options *options) {
    CURL *easy = transfer->easy;
    (void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    (void)curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    (void)curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    (void)curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    (void)curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    (void)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)options->connect_ms);
    (void)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)options->slow_bytes_s);
    (void)curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)options->slow_s);
    (void)curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    (void)curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
    (void)curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
    (void)curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    (void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    (void)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->words);
    (void)curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
}

/* Options that hold a text, which libcurl copies: only memory can fail. */
static bool set_text(CURL *easy, CURLoption option, struct slice text) {
    char copy[LIMIT_URL_BYTES + 1];
    if (text.len >= sizeof copy) return false;
    if (text.len > 0) memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return curl_easy_setopt(easy, option, copy) == CURLE_OK;
}

static bool set_hop(struct transfer *transfer, const struct hop *hop) {
    CURL *easy = transfer->easy;
    bool done = curl_easy_setopt(easy, CURLOPT_URL, hop->url) == CURLE_OK;
    (void)curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(hop->total_ms < 1 ? 1 : hop->total_ms));
    (void)curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)hop->max_bytes);
    if (!slice_is_absent(hop->body)) {
        (void)curl_easy_setopt(easy, CURLOPT_POST, 1L);
        (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)hop->body.len);
        (void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, hop->body.at);
    }
    if (hop->method != NULL) done = done && curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, hop->method) == CURLE_OK;
    if (hop->bearer != NULL) {
        (void)curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
        done = done && curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, hop->bearer) == CURLE_OK;
    }
    return done && add_lines(transfer, hop) && curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->lines) == CURLE_OK;
}

bool transfer_begin(struct transfer *transfer, const struct fetch_options *options, const struct hop *hop) {
    transfer_end(transfer);
    curl_easy_reset(transfer->easy);
    transfer->body.ceiling_bytes = hop->max_bytes;
    transfer->header_bytes = transfer->wire_bytes = 0;
    transfer->decoding = false;
    transfer->trouble = TROUBLE_NONE;
    transfer->peer[0] = transfer->words[0] = '\0';
    /* A proxy hides the peer: its own address is the configuration's business. This machine is asked directly. */
    struct slice proxy = hop->allow_loopback ? SLICE("") : options->proxy;
    transfer->guarded = slice_is_empty(proxy);
    transfer->allow_loopback = hop->allow_loopback;
    set_house_rules(transfer, options);
    return set_text(transfer->easy, CURLOPT_PROXY, proxy) &&
           set_text(transfer->easy, CURLOPT_USERAGENT, options->user_agent) &&
           (slice_is_absent(options->ca_file) || set_text(transfer->easy, CURLOPT_CAINFO, options->ca_file)) &&
           set_hop(transfer, hop);
}

void transfer_done(struct transfer *transfer, CURLcode code) {
    transfer->code = code;
    transfer->status = 0;
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &transfer->status);
    if (transfer->trouble != TROUBLE_NONE) return;
    if (code == CURLE_OK) transfer->trouble = trouble_of(decode_end(&transfer->decode));
    else if (transfer->peer[0] != '\0') transfer->trouble = TROUBLE_PEER;
    else if (code == CURLE_FILESIZE_EXCEEDED) transfer->trouble = TROUBLE_SIZE;
    else if (code == CURLE_OUT_OF_MEMORY) transfer->trouble = TROUBLE_MEMORY;
    else transfer->trouble = TROUBLE_NETWORK;
}

/* What went wrong with a certificate, from the words that the TLS library left. */
static const char *certificate_words(const char *words) {
    if (strstr(words, "expired") != NULL) return "its certificate has expired";
    if (strstr(words, "not yet valid") != NULL) return "its certificate is not valid yet";
    if (strstr(words, "subject name") != NULL || strstr(words, "does not match") != NULL)
        return "its certificate belongs to another name";
    if (strstr(words, "self") != NULL) return "its certificate is signed by nobody but itself";
    return "its certificate is not signed by an authority that this machine knows";
}

static const char *network_words(const struct transfer *transfer) {
    static const struct {
        CURLcode code;
        const char *words;
    } known[] = {
        {CURLE_COULDNT_RESOLVE_HOST, "its name could not be found (is the address right, is the network up?)"},
        {CURLE_COULDNT_RESOLVE_PROXY, "the configured proxy's name could not be found"},
        {CURLE_COULDNT_CONNECT, "it could not be reached"},
        {CURLE_OPERATION_TIMEDOUT, "it was too slow and was given up"},
        {CURLE_PARTIAL_FILE, "the answer broke off before its announced end"},
        {CURLE_GOT_NOTHING, "it closed the connection without an answer"},
        {CURLE_SSL_CACERT_BADFILE, "the file of certificate authorities could not be read"},
        {CURLE_SSL_CONNECT_ERROR, "no safe connection (TLS 1.2 or later) could be made"},
        {CURLE_RECV_ERROR, "the connection broke off"},
        {CURLE_SEND_ERROR, "the connection broke off"},
        {CURLE_HTTP2, "the connection broke off (HTTP/2)"},
        {CURLE_HTTP2_STREAM, "the connection broke off (HTTP/2)"},
        {CURLE_UNSUPPORTED_PROTOCOL, "what answers there is no web server"},
        {CURLE_WEIRD_SERVER_REPLY, "what answers there is no web server"},
        {CURLE_URL_MALFORMAT, "the address is not well formed"},
    };
    if (transfer->code == CURLE_PEER_FAILED_VERIFICATION) return certificate_words(transfer->words);
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (known[i].code == transfer->code) return known[i].words;
    return transfer->words[0] == '\0' ? curl_easy_strerror(transfer->code) : transfer->words;
}

void transfer_words(const struct transfer *transfer, struct buf *out) {
    switch (transfer->trouble) {
        case TROUBLE_NONE: break;
        case TROUBLE_PEER: buf_printf(out, "it leads to %s, which is not a public address", transfer->peer); break;
        case TROUBLE_SIZE: buf_printf(out, "it is larger than %zu bytes", transfer->body.ceiling_bytes); break;
        case TROUBLE_BOMB: buf_add_text(out, "it unpacks to more than any document would (a compression bomb?)"); break;
        case TROUBLE_CODING: buf_add_text(out, "it is packed in a way that cannot be undone"); break;
        case TROUBLE_CUT: buf_add_text(out, "the packed answer broke off before its end"); break;
        case TROUBLE_HEADERS: buf_add_text(out, "it sent too many or too large headers"); break;
        case TROUBLE_MEMORY: buf_add_text(out, "out of memory"); break;
        case TROUBLE_NETWORK: buf_add_text(out, network_words(transfer)); break;
    }
}
