/* tag_scan: the start tags of a page, one after another, however ill-formed it is: no tree, no entities beyond those
 * that addresses need. Comments, scripts and styles are passed over. Internal to normal/. */
#ifndef DISCERN_NORMAL_TAG_SCAN_H
#define DISCERN_NORMAL_TAG_SCAN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

struct tag_scan {
    struct slice html; /* borrowed */
    size_t at;
};
struct tag_found {
    struct slice name;       /* as written, borrowed */
    struct slice attributes; /* what stands between the name and '>', borrowed */
};

/* The next start tag; false at the end. */
bool tag_scan_next(struct tag_scan *scan, struct tag_found *out);
/* Value of the attribute `name`, with character references undone and valid UTF-8, in arena; absent when it is not
 * there. False only when out of memory. */
MUST_USE bool tag_scan_attribute(const struct tag_found *tag, struct slice name, struct arena *arena,
                                 struct slice *out);

#endif
