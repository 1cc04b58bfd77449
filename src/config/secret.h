/* secret: keys and passwords by name. Looked for in the systemd credential of that name, then in the secrets file (a
 * line "NAME VALUE" each), then in the environment (DISCERN_SECRET_NAME, in capitals, '-' as '_'). Never from an
 * argument; never in the store, a log or a fault. This file and cli/ are the only ones that read the environment. */
#ifndef DISCERN_CONFIG_SECRET_H
#define DISCERN_CONFIG_SECRET_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"

struct secrets;

/* `file` is the path of the secrets file, absent = none. Nothing is read yet. Owned by the caller. NULL when out of
 * memory. */
MUST_USE struct secrets *secrets_new(struct slice file, struct fault *fault);
/* *secrets becomes NULL. For AUTO. */
void secrets_free(struct secrets **secrets);
/* Appends the value to `out`, which the caller wipes. FAULT_CONFIG, naming the secret and the places but never a value:
 * there is none, or the file may be read by others (it must be the user's own, mode 0600 or stricter). */
MUST_USE bool secrets_get(const struct secrets *secrets, struct slice name, struct buf *out, struct fault *fault);

#endif
