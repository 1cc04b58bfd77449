/* item (normal): a freshly taken item becomes one that can be kept: bounded, valid, and with addresses that compare.
 * Pure. */
#ifndef DISCERN_NORMAL_ITEM_H
#define DISCERN_NORMAL_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/item.h"
#include "model/source.h"
#include "normal/canon_memo.h"

/* In place; new text is in arena. Text is valid UTF-8 in NFC without controls, fields longer than LIMIT_FIELD_BYTES are
 * cut (item->cut); instants lie in 1970..now + 1 day or are not said; links are http, https or mailto,
 * without trackers, each page once; enclosures too; an address that is only the source's front page is taken off; an
 * absent id becomes a fingerprint of address and title, or of day and words; a chatbot's tag is noted. Faults: INPUT
 * (nothing in it: no title, text, address), MEMORY. `memo` serves all items of a page, in the same arena. */
MUST_USE bool normal_item(struct item *item, const struct source *source, struct canon_memo *memo, int64_t now_s,
                          struct arena *arena, struct fault *fault);

/* A name for the item that outlives a change of its id: hash of the key of its address, or of title and date when it
 * has none. 64 hexadecimal digits in arena. Two items of one source with equal names are one item whose id changed. */
MUST_USE bool normal_item_name(const struct item *item, const struct canon_rules *rules, struct arena *arena,
                               struct slice *out, struct fault *fault);
/* Whether a source's ids churn: in a poll, `renamed` items have an unknown id but a known name, `fresh` have neither.
 * When more than half of them are renamed, those keep their old ids. */
bool normal_ids_churn(size_t renamed, size_t fresh);

#endif
