/* feed: RSS 0.90 to 2.0, Atom 0.3 and 1.0, CDF and JSON Feed 1.0 and 1.1, told apart by content, never by name. Damage
 * is mended where what was meant is clear, and said in page.feed.problems. No DTD, no entity of the document's own that
 * holds markup, no network, no file. */
#ifndef DISCERN_PARSE_FEED_H
#define DISCERN_PARSE_FEED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/item.h"

struct feed_hints {
    struct slice base_url;         /* where it came from (after redirects); absent = not known */
    struct slice content_type;     /* HTTP Content-Type, absent = none */
    struct slice content_language; /* HTTP Content-Language, absent = none */
};

/* Reads a feed. Everything in *out is in arena. Faults: INPUT (a web page, an OPML list, JSON or XML of another kind,
 * an empty or hopeless document: each with one clear line), LIMIT (size, depth, attributes), MEMORY; *out untouched. */
MUST_USE bool feed_parse(struct slice body, const struct feed_hints *hints, struct arena *arena, struct page *out,
                         struct fault *fault);
/* A cheap look at the first bytes: true when feed_parse is the one to ask (XML or HTML of any sort, or a JSON Feed). */
bool feed_sniff(struct slice body);

#endif
