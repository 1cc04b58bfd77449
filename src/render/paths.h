/* paths: where pages and feeds stand, relative to the folder of the digests, and on the web. */
#ifndef DISCERN_RENDER_PATHS_H
#define DISCERN_RENDER_PATHS_H

#include "model/digest.h"
#include "render/pen.h"

/* "maths/2026-11-24/index.html#k7f3" on the web; `anchor` may be absent. Absent when there is no base_url. */
struct safe_url path_day(struct pen *pen, const struct digest *digest, struct slice anchor);
/* "maths/feed.xml" on the web. Absent when there is no base_url. */
struct safe_url path_reader(struct pen *pen, const struct digest *digest, struct slice file);
/* Host of base_url, else "discern.invalid" (RFC 2606): for ids. */
struct slice path_host(struct pen *pen, const struct digest *digest);

#endif
