/* robots: robots.txt as RFC 9309 reads it. Pure. */
#ifndef DISCERN_FETCH_ROBOTS_H
#define DISCERN_FETCH_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

/* What is read of one file (RFC 9309 2.5 asks for at least 500 KiB), and its rules kept. */
#define ROBOTS_BYTES ((size_t)512 * 1024)
#define ROBOTS_RULES_MOST 5000u

struct robots_rule {
    struct slice pattern; /* percent-encoding made comparable */
    bool allow;
};
/* The zero value allows everything. */
struct robots {
    struct robots_rule *rules; /* in arena: the group that counts for us */
    size_t count, capacity;
    int64_t delay_ms; /* Crawl-delay, at most ROBOTS_DELAY_MOST_MS; 0 = not said */
    bool deny_all;    /* the file could not be had: RFC 9309 2.3.1.4 */
};
#define ROBOTS_DELAY_MOST_MS 30000

/* Reads the groups of `text` that name `agent` (a product token: "discern"), or else those of '*'. Any bytes are a
 * robots.txt. False only when out of memory. */
MUST_USE bool robots_read(struct slice text, struct slice agent, struct arena *arena, struct robots *out);
/* Whether `path` (path and query of a URL, beginning with '/') may be asked. */
bool robots_allows(const struct robots *robots, struct slice path);

#endif
