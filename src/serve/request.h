/* request: what came from a browser, already checked: a path without tricks, a query and a form as name and value
 * pairs. Pure; all of it is untrusted text. */
#ifndef DISCERN_SERVE_REQUEST_H
#define DISCERN_SERVE_REQUEST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

#define REQUEST_PAIRS 64

struct pair {
    struct slice name, value; /* decoded, valid UTF-8 */
};
struct pair_list {
    struct pair at[REQUEST_PAIRS];
    size_t count;
};

enum web_method { WEB_GET, WEB_POST };

struct web_request {
    enum web_method method;
    struct slice path; /* decoded; begins with '/'; no "..", no empty or hidden part, no control byte, no backslash */
    struct pair_list query; /* of the address */
    struct pair_list form;  /* of a POST body, its token taken out */
    bool waited;            /* it was answered "not yet" before, and waited as long as it may */
};

/* Reads application/x-www-form-urlencoded text (WHATWG URL, 5.1): '+' is a blank, %XX a byte; what is no UTF-8 is
 * mended, control bytes but line breaks and tabs dropped. False when out of memory or there are more than REQUEST_PAIRS
 * pairs. */
MUST_USE bool pairs_read(struct arena *arena, struct slice text, struct pair_list *out);
/* Adds a pair that was decoded already, mended in the same way. False as above. */
MUST_USE bool pairs_add(struct arena *arena, struct slice name, struct slice value, struct pair_list *out);
/* Value of the first pair called `name`, absent when there is none. */
struct slice pairs_get(const struct pair_list *pairs, const char *name);
/* Decodes and checks a path as request.path promises. False when it holds a trick. */
MUST_USE bool path_read(struct arena *arena, struct slice raw, struct slice *out);

/* A Host header is ours when it is exactly one of the names that the server goes by: "127.0.0.1:8787",
 * "localhost:8787",
 * "[::1]:8787", or `name` (may be absent) with the port. Anything else may be a rebound name. */
bool host_is_ours(struct slice host, struct slice name, unsigned port);
/* An Origin header of a POST is ours when it is absent and a Referer of ours is given, or "http://" + a host of ours.
 */
bool origin_is_ours(struct slice origin, struct slice referer, struct slice name, unsigned port);

#endif
