/* exchange: one question to a server and its answer, as plain data. A source kind makes requests and reads responses;
 * only fetch/ turns one into the other. */
#ifndef DISCERN_MODEL_EXCHANGE_H
#define DISCERN_MODEL_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct header {
    struct slice name, value; /* name in lower case in responses */
};
struct header_list {
    struct header *at;
    size_t count, capacity;
};

/* Which rules the fetcher applies (DESIGN.md, issue Pull). */
enum request_purpose {
    REQUEST_FEED,    /* a subscribed feed: no robots.txt */
    REQUEST_ARTICLE, /* a linked page: robots.txt, address guard without exception */
    REQUEST_API      /* a network's or Crossref's API: https only (unless loopback is allowed), no redirect */
};

/* What a network may charge for one answer: it is paid by what it returns. */
struct price_tag {
    unsigned results;       /* results asked for */
    unsigned results_least; /* fewest that may be asked for */
    unsigned posts_each;    /* posts charged for one result, at most */
    unsigned users;         /* users charged, at most */
};

struct request {
    enum request_purpose purpose;
    struct slice url;
    struct slice file;          /* a local path instead of a url: opened as a file, never through the network code */
    struct slice method;        /* absent = GET */
    struct slice body;          /* for POST */
    struct slice accept;        /* Accept header, absent = any */
    struct header_list headers; /* none of them secret */
    struct slice secret;     /* NAME of a secret sent as "Authorization: Bearer …", absent = none; never its value */
    struct slice login_url;  /* when set, `secret` is a password: a session is opened there first (a JSON POST of
                                identifier and password, com.atproto.server.createSession), and its token is sent */
    struct slice login_user; /* who logs in there */
    struct slice etag, last_modified; /* validators of the last answer from validators_url; absent = unconditional */
    struct slice validators_url;      /* final_url of the answer that gave them, sent only there; absent = url */
    struct slice allow_host; /* host that this source's configuration allows although it is not public; absent = none */
    bool forwards;           /* an address that only forwards (a link shortener): robots.txt counts where it leads */
    size_t max_bytes;        /* after decompression; 0 = LIMIT_DOCUMENT_BYTES */
    struct price_tag tag;    /* what the answer may cost, all zero = nothing */
};

enum response_state {
    RESPONSE_ANSWERED,  /* a status and a whole body */
    RESPONSE_UNCHANGED, /* 304: no body */
    RESPONSE_WAIT,      /* 429, 503 or our own spacing: not before retry_at_s */
    RESPONSE_REFUSED,   /* our guards, robots.txt: reason in `reason` */
    RESPONSE_FAILED     /* no whole answer: network, TLS, time, size; reason in `reason` */
};

struct response {
    enum response_state state;
    int status;             /* HTTP status, 0 when none came; 200 for a local file */
    struct slice final_url; /* after redirects */
    bool moved_for_good;    /* every hop was 301 or 308 */
    struct slice body;      /* decoded of any content encoding; charset as sent; 429 and 503 may have one */
    struct slice content_type;
    struct header_list headers; /* lower-case names, at most LIMIT_HEADER_LINES */
    struct slice etag, last_modified;
    int64_t date_s;      /* the server's Date, WHEN_ABSENT = none */
    int64_t expires_s;   /* from Cache-Control or Expires, WHEN_ABSENT = not said */
    int64_t retry_at_s;  /* clamped to LIMIT_RETRY_AFTER_S, WHEN_ABSENT = not said */
    size_t wire_bytes;   /* body bytes that came over the wire */
    struct slice reason; /* one line of plain English for FAILED, REFUSED and WAIT */
};

/* Value of the first header called `name` (lower case), absent when there is none. */
struct slice response_header(const struct response *response, const char *name);
/* Adds one request header; false when out of memory. */
bool request_add_header(struct arena *arena, struct request *request, const char *name, struct slice value);

#endif
