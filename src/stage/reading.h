/* reading: answers of sources become pages of items, in a child process that can do nothing else (jail/), so that one
 * hostile document costs two seconds and one line. */
#ifndef DISCERN_STAGE_READING_H
#define DISCERN_STAGE_READING_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/exchange.h"
#include "model/item.h"
#include "model/source.h"
#include "source/kind.h"

struct reading;

/* Owned by the caller. Starts no process yet. NULL and a fault: MEMORY, CONFIG (a library is missing). */
MUST_USE struct reading *reading_new(struct fault *fault);
/* To be called before a network is asked that is still under way when answers are taken: jail_stand_by says why. The
 * sources that come with the jobs must be there, and as they will be, by now. Fault: MEMORY. */
MUST_USE bool reading_stand_by(struct reading *reading, struct fault *fault);
/* Ends the process; *reading becomes NULL. For AUTO. */
void reading_free(struct reading **reading);

struct reading_job {
    const struct source_kind *kind; /* NULL = found out by content */
    /* NULL = none. What it points to must have been there, and unchanged, when this reading's first call was made, or
     * reading_stand_by before it: the process that reads keeps the memory of that moment. */
    const struct source *source;
    struct slice cursor;
    const struct response *response;
    int64_t now_s;
};

/* kind->take(...), elsewhere: the same contract, and LIMIT for what takes too long or needs too much memory, INPUT for
 * what the process died of. */
MUST_USE bool reading_take(struct reading *reading, const struct reading_job *job, struct arena *arena,
                           struct page *out, struct fault *fault);
/* The same in two halves, so that the caller can work meanwhile: every begin that succeeded has one end, and nothing
 * else is read in between. The response's body is borrowed until the end, the rest of the job is copied but for its
 * source.
 */
MUST_USE bool reading_begin(struct reading *reading, const struct reading_job *job, struct fault *fault);
MUST_USE bool reading_end(struct reading *reading, struct arena *arena, struct page *out, struct fault *fault);

#endif
