/* wire: pages and articles as bytes, so that they can cross a pipe from a process that nobody trusts. Reading checks
 * every length, count, enum value and the UTF-8 of every text; whatever holds is a sound struct, whatever else is a
 * fault. The bytes are for the same program at the same moment, never for keeping. */
#ifndef DISCERN_MODEL_WIRE_H
#define DISCERN_MODEL_WIRE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/article.h"
#include "model/item.h"

/* Append to `out`; its failure is checked by the caller (buf_check). */
void wire_add_page(struct buf *out, const struct page *page);
void wire_add_article(struct buf *out, const struct article *article);
/* One text, with its length; for what travels beside (requests to a worker). */
void wire_add_slice(struct buf *out, struct slice text);
/* Its length alone: the text itself is put behind by who has it. */
void wire_add_length(struct buf *out, struct slice text);

/* Take what was added from the front of *bytes (borrowed), which moves on. Everything in *out is in arena and nothing
 * points into the bytes. Faults: INPUT (not what was written), MEMORY; *bytes and *out are then untouched. */
MUST_USE bool wire_take_page(struct slice *bytes, struct arena *arena, struct page *out, struct fault *fault);
MUST_USE bool wire_take_article(struct slice *bytes, struct arena *arena, struct article *out, struct fault *fault);
/* Any bytes, borrowed from *bytes, not copied and not checked as UTF-8. */
MUST_USE bool wire_take_slice(struct slice *bytes, struct slice *out, struct fault *fault);

#endif
