/* freshness: what an answer's headers say of time and of its version. Pure. Instants are reckoned as now + (what the
 * server said - its Date), so that a wrong clock on either side does no harm. */
#ifndef DISCERN_FETCH_FRESHNESS_H
#define DISCERN_FETCH_FRESHNESS_H

#include <stdint.h>

#include "base/slice.h"
#include "model/exchange.h"

/* A date of RFC 9110 5.6.7 in any of its forms, and what servers write instead; WHEN_ABSENT when it is none. */
int64_t http_date(struct slice text);

/* Sets date_s, expires_s, retry_at_s, etag and last_modified from response->headers and response->status (slices
 * borrowed from the headers). retry_at_s comes from Retry-After in both forms, else, for a 429, from the rate limit's
 * reset header as X, Bluesky and Mastodon write it. Nothing lies before now_s, nor later than LIMIT_RETRY_AFTER_S. */
void freshness_read(struct response *response, int64_t now_s);

#endif
