/* due: when a source is asked next. Each is asked no more often than it changes, nor than it wishes, nor than the
 * configuration says; and never so seldom that a daily run would miss it. Pure: the same facts give the same time. */
#ifndef DISCERN_STAGE_DUE_H
#define DISCERN_STAGE_DUE_H

#include <stdint.h>

#include "base/slice.h"

struct due_facts {
    int64_t now_s;       /* of the answer or the failure */
    int64_t every_s;     /* least gap that the configuration asks for */
    int64_t mean_gap_s;  /* between its last new items, -1 = not known yet */
    int64_t quiet_s;     /* since its newest item was first seen, -1 = never any */
    int64_t ttl_s;       /* RSS ttl or sy:updatePeriod, -1 = not said */
    int64_t expires_s;   /* instant from Cache-Control or Expires, WHEN_ABSENT = not said */
    int64_t retry_at_s;  /* instant from Retry-After or a rate limit, WHEN_ABSENT = not said */
    int64_t failures;    /* in a row, 0 after an answer */
    uint32_t skip_hours; /* bit h: not in hour h (UTC) */
    uint8_t skip_days;   /* bit d: not on weekday d (0 = Sunday) */
    struct slice name;   /* spreads the sources apart */
};

/* A little under a day, so that a run at the same minute every morning finds it due. */
#define DUE_LONGEST_S INT64_C(72000)

/* The instant from which it may be asked again; `*why` (may be NULL) gets a static half-sentence: "changes about every
 * three days", never absent. */
int64_t due_next(const struct due_facts *facts, const char **why);

#endif
