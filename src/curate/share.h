/* share: who shared a story and what each added of their own, as one line. */
#ifndef DISCERN_CURATE_SHARE_H
#define DISCERN_CURATE_SHARE_H

#include "base/arena.h"
#include "base/attr.h"
#include "curate/story.h"

/* Sets story->sharers from its members (lead first, one entry a person). False only when out of memory. */
MUST_USE bool share_collect(struct story *story, struct arena *arena);
/* The author's name as readers see it, else the source's title or name. */
struct slice share_name(const struct candidate *candidate);
/* One line of at most `most` bytes, cut at a word, white space folded, without the addresses in it; in arena. */
MUST_USE bool share_line(struct slice text, size_t most, struct arena *arena, struct slice *out);

#endif
