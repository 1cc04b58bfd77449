/* pace: how fast one host is asked. Pure: state, the time on any clock that only goes forward, and a seed give the next
 * time; nothing is read, nothing waits. */
#ifndef DISCERN_FETCH_PACE_H
#define DISCERN_FETCH_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace_rules {
    int64_t spacing_ms; /* least time between two starts; 0 = none (a redirect's next hop) */
    unsigned at_once;   /* requests at a time */
    uint64_t seed;      /* of the jitter */
};

/* The zero value is a host that was never asked. */
struct pace {
    int64_t next_ms; /* spacing: no start before this */
    int64_t
        until_ms; /* left alone until then: it said 429 or 503, or did not answer PACE_FAILURES_MOST times running */
    unsigned in_flight;
    unsigned failures; /* in a row, without any answer */
};

enum pace_event {
    PACE_ANSWERED, /* any whole answer but the two below */
    PACE_WAIT,     /* 429 or 503 */
    PACE_FAILED    /* could not be reached, broke off, too slow */
};

/* Failures in a row after which a host is left alone. */
#define PACE_FAILURES_MOST 3u
/* First and longest back-off towards a host that does not answer. */
#define PACE_BACKOFF_FIRST_MS (INT64_C(5) * 60 * 1000)
#define PACE_BACKOFF_MOST_MS (INT64_C(24) * 3600 * 1000)
/* Wait after a 429 or 503 that names no time, before its jitter. */
#define PACE_WAIT_MS (INT64_C(10) * 60 * 1000)

/* Whether a request may start now. If not, *at_ms is when to ask again; INT64_MAX = when one in flight has ended. */
bool pace_may_start(const struct pace *pace, const struct pace_rules *rules, int64_t now_ms, int64_t *at_ms);
void pace_started(struct pace *pace, const struct pace_rules *rules, int64_t now_ms);
/* `wait_ms`: what the server asked for, -1 = nothing. */
void pace_ended(struct pace *pace, const struct pace_rules *rules, enum pace_event event, int64_t wait_ms,
                int64_t now_ms);
/* Back-off after `failures` in a row (1 = first): doubles from `first_ms` up to `most_ms`, and lies within 75 % to
 * 125 % of that by a jitter that hangs only on seed and failures. 0 failures: 0. */
int64_t pace_backoff_ms(unsigned failures, int64_t first_ms, int64_t most_ms, uint64_t seed);

#endif
