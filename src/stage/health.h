/* health: what is wrong with a source, in words: silence is the usual failure. Pure. */
#ifndef DISCERN_STAGE_HEALTH_H
#define DISCERN_STAGE_HEALTH_H

#include "base/arena.h"
#include "base/attr.h"
#include "model/source.h"
#include "store/sources.h"

enum health { HEALTH_GOOD, HEALTH_NEW, HEALTH_PAUSED, HEALTH_QUIET, HEALTH_FAILING, HEALTH_GONE, HEALTH_USELESS };

const char *health_word(enum health health); /* good, not read yet, paused, quiet, failing, gone, of no use */

struct health_facts {
    const struct source *source;
    const struct source_state *state;
    int64_t alarm_after; /* failures in a row that make it failing */
    int64_t now_s;
};

/* *words (in arena) says why in one clause, absent when it is good. False only when out of memory. */
MUST_USE bool health_of(const struct health_facts *facts, struct arena *arena, enum health *out, struct slice *words);

#endif
