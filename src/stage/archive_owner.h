/* archive_owner: whose archive of X it is: the posts in it do not say. data/account.js does. */
#ifndef DISCERN_STAGE_ARCHIVE_OWNER_H
#define DISCERN_STAGE_ARCHIVE_OWNER_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

/* The handle in the ZIP at `path`, in the folder's data/account.js, or in the account.js beside a single .js file;
 * absent when it is not said, or cannot be read. In arena. Fault: MEMORY. */
MUST_USE bool archive_owner(const char *path, struct arena *arena, struct slice *out, struct fault *fault);

#endif
