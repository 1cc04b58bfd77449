/* address: addresses found in documents, made absolute. Only what a reader may follow comes out: http, https, mailto;
 * never javascript:, data: or a path on this machine. */
#ifndef DISCERN_PARSE_ADDRESS_H
#define DISCERN_PARSE_ADDRESS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

/* `reference` (trimmed, line breaks taken out) against `base` (absent = only an absolute reference will do). The result
 * is in arena. False, *out untouched, when there is none. */
MUST_USE bool address_resolve(struct arena *arena, struct slice base, struct slice reference, struct slice *out);
/* The base of an inner element: `reference` against `outer`; `outer` itself when it gives nothing. In arena or `outer`.
 */
struct slice address_base(struct arena *arena, struct slice outer, struct slice reference);

#endif
