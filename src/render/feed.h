/* feed: what the feeds of the digests share: one entry a day, with its list as simple markup. */
#ifndef DISCERN_RENDER_FEED_H
#define DISCERN_RENDER_FEED_H

#include "render/pen.h"

/* tag:HOST,DATE:READER (RFC 4151): stays whatever address the page moves to. */
struct slice feed_id(struct pen *pen, const struct digest *digest);
struct slice feed_title(struct pen *pen, const struct digest *digest);
/* "Tuesday 24 November 2026: 6 ideas today". */
struct slice feed_entry_title(struct pen *pen, const struct digest *digest);
/* The day's list as HTML, in arena. */
struct slice feed_content(struct pen *pen, const struct digest *digest);

#define FEED_DAYS 30

#endif
