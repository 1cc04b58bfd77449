/* stream: bytes from a file or from a member of a ZIP, in pieces. */
#ifndef DISCERN_STAGE_STREAM_H
#define DISCERN_STAGE_STREAM_H

#include <stddef.h>

#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

struct stream;

/* Opens a file; a ZIP is known by its first bytes. Owned by the caller; NULL and FAULT_INPUT when it cannot be opened.
 */
MUST_USE struct stream *stream_open(const char *path, struct fault *fault);
void stream_free(struct stream **stream);
bool stream_is_zip(const struct stream *stream);
/* A ZIP's next member: its name (borrowed until the next call). *more false at the end; a plain file has one, without a
 * name. FAULT_INPUT when the ZIP is damaged or cut. */
MUST_USE bool stream_next(struct stream *stream, struct slice *name, bool *more, struct fault *fault);
/* Reads up to `room` bytes of the member; *got is 0 at its end. FAULT_LIMIT when a ZIP grows past all measure
 * (STREAM_ZIP_RATIO times its size), FAULT_INPUT when it is damaged. */
MUST_USE bool stream_read(struct stream *stream, char *at, size_t room, size_t *got, struct fault *fault);

/* Text packs some ten to thirty times; what unpacks far more is a bomb. */
#define STREAM_ZIP_RATIO 200

#endif
