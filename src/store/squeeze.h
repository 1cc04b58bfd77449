/* squeeze: compression of long rows (zstd, with its own checksum), the one door to libzstd. */
#ifndef DISCERN_STORE_SQUEEZE_H
#define DISCERN_STORE_SQUEEZE_H

#include "store/db.h"

struct squeeze;

/* Appends the compressed bytes to `out`. */
MUST_USE bool squeeze_add(struct store *store, struct slice bytes, struct buf *out, struct fault *fault);
/* Appends what squeeze_add was given to `out` (its ceiling holds). FAULT_STORE when the bytes do not hold. */
MUST_USE bool squeeze_open(struct store *store, struct slice bytes, struct buf *out, struct fault *fault);
void squeeze_free(struct squeeze **squeeze);

#endif
