/* spelling: one spelling for each part of an address (RFC 3986 6.2.2): escapes of unreserved characters undone, others
 * in capitals, what may not stand raw escaped, dot segments resolved, hosts in lower case and, where they are not
 * ASCII, in their ASCII form (RFC 5891). All in arena; false only when out of memory. Internal to normal/. */
#ifndef DISCERN_NORMAL_SPELLING_H
#define DISCERN_NORMAL_SPELLING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

MUST_USE bool spelling_host(struct arena *arena, struct slice *host);
MUST_USE bool spelling_path(struct arena *arena, struct slice *path);
MUST_USE bool spelling_query(struct arena *arena, struct slice *query);
/* Blanks are written "+", as forms do. */
MUST_USE bool spelling_blanks(struct arena *arena, struct slice *query);
/* ASCII capitals become small. */
MUST_USE bool spelling_lower(struct arena *arena, struct slice *text);
/* ":8080", or "" for 0. */
const char *spelling_port(unsigned port, char scratch[16]);

#endif
