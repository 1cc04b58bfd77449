/* transfer: one question at one address, over the wire, and its answer as it came: the only file that sets options of
 * libcurl. Knows nothing of redirects, robots.txt or pace. Internal to fetch/. */
#ifndef DISCERN_FETCH_TRANSFER_H
#define DISCERN_FETCH_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"
#include "fetch/address.h"
#include "fetch/decode.h"
#include "fetch/fetch.h"

/* What is asked. Texts are NUL-terminated; borrowed until transfer_end but for the bearer, which libcurl copies. */
struct hop {
    const char *url;
    const char *method; /* NULL = GET */
    struct slice body;  /* absent = none */
    const char *accept; /* NULL = any */
    const char *bearer; /* NULL = none */
    struct slice etag, last_modified;
    const struct header_list *headers; /* NULL = none */
    size_t max_bytes;
    bool allow_loopback; /* for this host a loopback peer is right */
    int64_t total_ms;
};

/* Why there is no whole answer. */
enum trouble {
    TROUBLE_NONE,
    TROUBLE_NETWORK, /* libcurl's reason in `code` */
    TROUBLE_PEER,    /* the address guard: `peer` */
    TROUBLE_SIZE,    /* larger than max_bytes */
    TROUBLE_BOMB,    /* grows too much */
    TROUBLE_CODING,  /* a content coding that we do not undo, or bytes that are not of it */
    TROUBLE_CUT,     /* the coding broke off before its end */
    TROUBLE_HEADERS, /* too many header lines or bytes */
    TROUBLE_MEMORY
};

struct transfer {
    CURL *easy;               /* owned */
    struct curl_slist *lines; /* owned: request headers */
    struct arena *arena;      /* owned: response headers, until transfer_end */
    struct header_list headers;
    size_t header_bytes;
    struct buf body; /* decoded */
    struct decode decode;
    bool decoding, guarded, allow_loopback;
    enum trouble trouble;
    CURLcode code;
    long status;
    size_t wire_bytes;
    char peer[ADDRESS_TEXT_BYTES]; /* that was refused */
    char words[CURL_ERROR_SIZE];   /* libcurl's own */
    void *owner;                   /* for the caller */
};

/* Faults: MEMORY. Release with transfer_free. */
MUST_USE bool transfer_new(struct transfer *transfer, struct fault *fault);
void transfer_free(struct transfer *transfer);
/* Sets everything for this hop; the caller adds transfer->easy to its multi handle. False: out of memory. */
MUST_USE bool transfer_begin(struct transfer *transfer, const struct fetch_options *options, const struct hop *hop);
/* The easy handle is done (`code`) and out of the multi handle: status, trouble and counts are set. */
void transfer_done(struct transfer *transfer, CURLcode code);
/* Forgets the answer. */
void transfer_end(struct transfer *transfer);
/* One line for a person, without a full stop. */
void transfer_words(const struct transfer *transfer, struct buf *out);

#endif
