/* opml: lists of subscriptions (OPML 2.0, and 1.x as programs write it), in and out. Folders are kept. */
#ifndef DISCERN_PARSE_OPML_H
#define DISCERN_PARSE_OPML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/item.h"

/* Subscriptions read from one file. */
#define LIMIT_OPML_OUTLINES 5000u

struct outline {
    struct slice title, url, site, description; /* url: xmlUrl, as written, trimmed; never absent */
    struct slice folder;                        /* names from outside in, joined by " / "; absent = none */
};
struct outline_list {
    struct outline *at; /* in the order of the file */
    size_t count, capacity;
};
struct opml {
    struct slice title;
    struct outline_list outlines;
    struct slice_list problems; /* words: outlines without address, twice the same … */
};

/* Reads an OPML document; everything in *out in arena. Faults: INPUT (not OPML, hopeless XML), LIMIT, MEMORY; *out
 * untouched. */
MUST_USE bool opml_parse(struct slice body, struct arena *arena, struct opml *out, struct fault *fault);
/* Appends an OPML 2.0 document; outlines of one folder are gathered under it, in the order of first mention. `date_s`
 * is its dateCreated. */
void opml_write(const struct opml *opml, int64_t date_s, struct buf *out);

#endif
