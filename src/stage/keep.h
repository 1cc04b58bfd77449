/* keep: one page of a source, normalised and put into the store, within the caller's transaction. */
#ifndef DISCERN_STAGE_KEEP_H
#define DISCERN_STAGE_KEEP_H

#include "model/source.h"
#include "normal/canonical.h"
#include "stage/house.h"
#include "stage/threads.h"
#include "store/articles.h"

struct keep_counts {
    int64_t made, changed, unchanged, skipped, deleted;
};

struct keep_options {
    const struct source *source;
    const struct canon_rules *rules; /* what makes two addresses one page */
    int64_t now_s;
    struct threads_waiting *waiting; /* NULL = look in the store */
    /* set by keep_page: */
    struct canon_memo *memo;
    struct article_want_list *wants; /* pages that the items of the page lead to */
};

/* Joins threads, leaves out what the source's `need` words don't let in, normalises, puts the items and asks for the
 * pages that they link to; removes what the network says is gone. page->items is changed. An item that cannot be kept
 * is skipped and counted. Everything made is in arena. Faults: STORE, MEMORY. */
MUST_USE bool keep_page(struct store *store, const struct keep_options *options, struct page *page, struct arena *arena,
                        struct keep_counts *counts, struct fault *fault);

#endif
