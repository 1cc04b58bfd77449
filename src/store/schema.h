/* schema: the tables, and how an older database becomes a present one. */
#ifndef DISCERN_STORE_SCHEMA_H
#define DISCERN_STORE_SCHEMA_H

#include "store/db.h"

/* "disc" in ASCII, in the file's header. */
#define SCHEMA_APPLICATION_ID 0x64697363
/* The user_version that this program writes. */
int64_t schema_version(void);
/* Looks at the file's first bytes before SQLite does: a newer or foreign file is refused untouched. A missing or empty
 * file is fine. */
MUST_USE bool schema_peek(const char *path, struct fault *fault);
/* Brings the open database up to schema_version, each step in a transaction of its own. */
MUST_USE bool schema_migrate(struct store *store, struct fault *fault);
/* A reader cannot migrate: the version must be the present one. */
MUST_USE bool schema_require(struct store *store, struct fault *fault);

#endif
