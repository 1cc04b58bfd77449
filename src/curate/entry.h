/* entry: a chosen story as the digest carries it. */
#ifndef DISCERN_CURATE_ENTRY_H
#define DISCERN_CURATE_ENTRY_H

#include "curate/pick.h"

/* All in arena or borrowed from the input. False when out of memory. */
MUST_USE bool entry_make(const struct pick_table *table, const struct pick *pick, struct entry *out);
/* The headline alone: the lead's title, else its page's, else its first sentence. */
MUST_USE bool entry_headline(const struct candidate *lead, struct arena *arena, struct slice *out);

#endif
