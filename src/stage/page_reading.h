/* page_reading: linked pages and reports become articles, in a child process that can do nothing else (jail/), so that
 * one hostile page costs two seconds and one line. */
#ifndef DISCERN_STAGE_PAGE_READING_H
#define DISCERN_STAGE_PAGE_READING_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/article.h"

struct page_reading;

/* Owned by the caller. Starts no process yet. NULL and a fault when out of memory. */
MUST_USE struct page_reading *page_reading_new(struct fault *fault);
/* To be called before a network is asked that is still under way when pages are taken: jail_stand_by says why. Fault:
 * MEMORY. */
MUST_USE bool page_reading_stand_by(struct page_reading *reading, struct fault *fault);
/* Ends the process; *reading becomes NULL. For AUTO. */
void page_reading_free(struct page_reading **reading);

struct page_reading_job {
    struct slice bytes;
    struct slice content_type; /* the HTTP header's value, absent = not known */
    struct slice url;          /* where it came from after redirects, absent = not known */
};

/* article_parse(...), elsewhere: the same contract, and LIMIT for what takes too long or needs too much memory, INPUT
 * for what the process died of. The references of the text are not in it: cite_article adds them. */
MUST_USE bool page_reading_take(struct page_reading *reading, const struct page_reading_job *job, struct arena *arena,
                                struct article *out, struct fault *fault);

#endif
