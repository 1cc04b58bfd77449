/* safe_url: an address that may stand in a link. Only safe_url_make makes one: http, https or mailto, printable ASCII,
 * nothing in it that could end an attribute or a line. */
#ifndef DISCERN_RENDER_SAFE_URL_H
#define DISCERN_RENDER_SAFE_URL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

struct safe_url {
    struct slice text; /* absent = no link */
};

/* False (and *out absent) for every other scheme, a user name in the address, what does not parse, and want of memory:
 * the text is then shown without a link. In arena. */
bool safe_url_make(struct arena *arena, struct slice raw, struct safe_url *out);
/* A bare mail address as a mailto link. */
bool safe_url_mail(struct arena *arena, struct slice address, struct safe_url *out);
/* `base` (a web address, or absent for pages on disk) and a path of our own making beneath it: letters, digits, and
 * - _ . / only. Relative when base is absent. */
bool safe_url_own(struct arena *arena, struct slice base, struct slice path, struct safe_url *out);

#endif
