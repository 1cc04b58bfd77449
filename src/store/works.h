/* works: what references turned out to be, kept for good; and the references that were found in posts. */
#ifndef DISCERN_STORE_WORKS_H
#define DISCERN_STORE_WORKS_H

#include "model/article.h"
#include "model/work.h"
#include "store/store.h"

/* The work id of a reference: a DOI as it is, others as "kind:id"; absent for hosts and citations in words. */
MUST_USE bool work_id(struct arena *arena, const struct reference *reference, struct slice *out);

/* References found in a post itself (those of an article come with articles_put): replaces what stood there; their
 * works become wanted. */
MUST_USE bool references_put(struct store *store, int64_t item_row, const struct reference_list *references,
                             struct fault *fault);
MUST_USE bool references_get(struct store *store, int64_t item_row, struct arena *arena, struct reference_list *out,
                             struct fault *fault);

/* Ids never looked up, or whose lookup failed and may be tried at `now_s`; oldest wish first. */
MUST_USE bool works_wanted(struct store *store, int64_t now_s, int64_t limit, struct arena *arena,
                           struct slice_list *out, struct fault *fault);
/* Keeps what was found; a WORK_LOOKUP_FAILED never replaces a WORK_FOUND. `next_try_s`: for a failed lookup, else
 * WHEN_ABSENT. Items that rest on it are to be judged again when it changed. A retraction that was imported stays. */
MUST_USE bool works_put(struct store *store, const struct work *work, int64_t next_try_s, struct fault *fault);
MUST_USE bool works_get(struct store *store, struct slice id, struct arena *arena, struct work *out, bool *found,
                        struct fault *fault);

/* One line of a list of retractions. Applied to the work whenever it is read, looked up or not. */
struct retraction {
    struct slice id; /* lower-case DOI of the work */
    enum work_notice notice;
    struct slice notice_id, reason;
    int64_t date_s;
};
MUST_USE bool retractions_put(struct store *store, const struct retraction *retraction, struct fault *fault);
MUST_USE bool retractions_count(struct store *store, int64_t *out, struct fault *fault);

#endif
