/* canon_memo: the canonical forms of the addresses that were met last, for a page of posts: each address comes several
 * times, as the post's own, as a link, as what is to be read. */
#ifndef DISCERN_NORMAL_CANON_MEMO_H
#define DISCERN_NORMAL_CANON_MEMO_H

#include "normal/canonical.h"

struct canon_memo;

/* In arena, as all that it gives; NULL when out of memory. `rules` are borrowed. */
MUST_USE struct canon_memo *canon_memo_new(const struct canon_rules *rules, struct arena *arena);
/* canonical_url's answer; `url` is borrowed for the memo's life. */
MUST_USE bool canon_memo_url(struct canon_memo *memo, struct slice url, struct canonical *out, struct fault *fault);

#endif
