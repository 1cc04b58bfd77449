/* site: an archive that is read without a server and without scripts: every idea on a page of its own, and lists of
 * them by topic, by what stands behind them, by phase, subject, source, and from A to Z. Built from the digests of one
 * reader; the same digests give the same pages. */
#ifndef DISCERN_RENDER_SITE_H
#define DISCERN_RENDER_SITE_H

#include "base/attr.h"
#include "render/format.h"

struct site {
    const struct digest_list *digests; /* newest first */
    const struct look *look;
    /* Takes one page: `name` such as "t/feedback.html", below the reader's folder. Both borrowed for the call. */
    bool (*put)(void *to, struct slice name, struct slice bytes, struct fault *fault);
    void *to;
};

/* Ideas on one page of a list. */
#define SITE_PAGE_IDEAS 200

/* The folders that site_write puts pages into, and nobody else: what is in them and was not written is of a day that is
 * no more. Ends in NULL. */
const char *const *site_folders(void);

MUST_USE bool site_write(const struct site *site, struct fault *fault);

#endif
