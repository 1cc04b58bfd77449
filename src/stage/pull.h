/* pull: asks the sources that are due, reads what they answer and keeps what is new; then whether earlier posts are
 * still there. Pages are kept in transactions as they come: killed at any moment and run again, the result is the same;
 * a cursor moves only with the items it stands behind. One bad source never stops another. */
#ifndef DISCERN_STAGE_PULL_H
#define DISCERN_STAGE_PULL_H

#include "stage/house.h"
#include "stage/recheck.h"

struct pull_options {
    struct slice only; /* one source by name, due or not; absent = all that are due */
};

struct pull_counts {
    int64_t asked, answered, unchanged, failed;
    int64_t items_new, items_changed, items_skipped, wire_bytes;
    int64_t alarms;    /* sources whose failures reached the threshold in this run */
    int64_t left_out;  /* due, but not asked: no time left, or their host is left alone */
    int64_t unreached; /* sources that could not be reached at all */
    struct recheck_counts again;
};

/* The last transaction, with the checks of all that were asked, is left open in *last, owned by the caller: what else
 * belongs to the leg goes in there, so that a pull that found nothing new writes once. Faults: STORE, MEMORY, USAGE (no
 * source of that name). What goes wrong with a source is kept in its state and told. */
MUST_USE bool pull_run(struct house *house, const struct pull_options *options, struct pull_counts *out,
                       struct store_work *last, struct fault *fault);

#endif
