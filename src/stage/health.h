/* health: what is wrong with a source, in words: silence is the usual failure. Pure. */
#ifndef DISCERN_STAGE_HEALTH_H
#define DISCERN_STAGE_HEALTH_H

#include "base/arena.h"
#include "base/attr.h"
#include "model/source.h"
#include "store/sources.h"

/* From HEALTH_QUIET on a person should look at it. Kept in the store: new ones go at the end. */
enum health {
    HEALTH_GOOD,
    HEALTH_NEW,
    HEALTH_PAUSED,
    HEALTH_QUIET,   /* nothing new for longer than its rhythm lets expect */
    HEALTH_FAILING, /* failed so often in a row as the configuration says */
    HEALTH_GONE,    /* 410 */
    HEALTH_USELESS, /* answers, and never gave a post that was kept */
    HEALTH_DOUBLE,  /* the address of another source */
    HEALTH_EMPTY,   /* gives placeholders */
    HEALTH_ADVERTS, /* only sells */
    HEALTH_SISTER,  /* gives what another source had before */
    HEALTH_MOVED,   /* its address changed for good */
    HEALTH_COUNT
};

const char *health_word(enum health health); /* good, not read yet, paused, quiet, failing, gone, of no use, … */
bool health_is_ill(enum health health);

/* What stands in the last posts of a source. */
struct contents {
    int64_t looked;                  /* posts looked at; the three below are of these */
    int64_t empty, adverts, earlier; /* earlier: had been in `sister` before */
    struct slice sister;             /* name of another source; absent = none */
};

struct health_facts {
    const struct source *source;
    const struct source_state *state;
    int64_t alarm_after; /* failures in a row that make it failing */
    int64_t now_s;
    struct slice twin;               /* a source before it that has the same address; absent = none */
    const struct contents *contents; /* NULL = nobody looked */
};

/* *words (in arena) says why in one clause, absent when it is good. False only when out of memory. */
MUST_USE bool health_of(const struct health_facts *facts, struct arena *arena, enum health *out, struct slice *words);

#endif
