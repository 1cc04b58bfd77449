/* wayback: whether the Internet Archive keeps a copy of a page that is gone: the question to its availability API
 * (GET /wayback/available?url=…&timestamp=…) and the reading of its answer. Pure: fetch/ sends the request. */
#ifndef DISCERN_CITE_WAYBACK_H
#define DISCERN_CITE_WAYBACK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/exchange.h"

struct wayback_question {
    struct slice api;  /* absent = https://archive.org */
    struct slice page; /* the address that is dead */
    int64_t near_s;    /* the copy of about then is wanted; WHEN_ABSENT = the newest */
};

/* In arena. Faults: MEMORY. */
MUST_USE bool wayback_ask(struct arena *arena, const struct wayback_question *question, struct request *out,
                          struct fault *fault);

/* *out: where the copy stands, in arena; absent when there is none that shows the page (a copy of an error page is
 * none). False when the answer is none: *fault says why, and asking again another day may help; or MEMORY. */
MUST_USE bool wayback_take(struct arena *arena, const struct response *response, struct slice *out,
                           struct fault *fault);

#endif
