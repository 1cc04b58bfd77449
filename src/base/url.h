/* url: RFC 3986, forgiving where browsers are. Purely textual: no network. What makes one page's
 * addresses the same page (tracking parameters, mobile hosts, mirrors) is normal/canonical's business. */
#ifndef DISCERN_BASE_URL_H
#define DISCERN_BASE_URL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

/* Parts of an absolute URL, in arena, percent-encoding as written. Absent where the URL has none. */
struct url {
    struct slice scheme; /* lower case */
    struct slice user;   /* user info before '@', without password */
    struct slice host;   /* lower case, A-label form where the library gives it; IPv6 in brackets */
    unsigned port;       /* 0 = not written */
    struct slice path;   /* begins with '/' for http(s) */
    struct slice query;  /* without '?' */
    struct slice fragment;
};

/* True when `text` is an absolute URL that parses (control bytes and white space inside refused, at the ends trimmed);
 * *out's slices are in arena. */
MUST_USE bool url_parse(struct arena *arena, struct slice text, struct url *out);
/* `reference` resolved against `base` (RFC 3986 5.2); an absolute reference stands alone, base may be absent. The
 * result is in arena. False, *out untouched, when there is no absolute result, or it is longer than LIMIT_URL_BYTES.
 * Non-ASCII bytes and spaces in path and query are percent-encoded. */
MUST_USE bool url_resolve(struct arena *arena, struct slice base, struct slice reference, struct slice *out);
/* http or https with a host. */
bool url_is_web(struct slice text);
/* Host of an absolute URL, lower case, borrowed or in arena; absent when it has none. */
struct slice url_host(struct arena *arena, struct slice text);
/* True when `host` is `domain` or ends in "." + `domain` (label boundary). Both lower case. */
bool url_host_within(struct slice host, struct slice domain);
/* Percent-decodes into arena; '+' stays '+'. Ill-formed escapes stay as they are. */
MUST_USE bool url_decode(struct arena *arena, struct slice text, struct slice *out);

#endif
