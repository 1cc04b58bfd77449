/* lexicon: texts that many verdicts share, kept once and named by a number. */
#ifndef DISCERN_STORE_LEXICON_H
#define DISCERN_STORE_LEXICON_H

#include "store/db.h"
#include "store/pack.h"

struct lexicon;

/* Writing: *number names `text` from now on, or is 0 when the text is better kept in place (seen for the first time,
 * too long, or the lexicon is full). */
MUST_USE bool lexicon_number(struct store *store, struct slice text, uint32_t *number, struct fault *fault);
/* Reading: a copy in arena. */
MUST_USE bool lexicon_text(struct store *store, uint32_t number, struct arena *arena, struct slice *out,
                           struct fault *fault);
/* After an undone transaction: what it taught is not there. */
void lexicon_forget(struct store *store);
void lexicon_free(struct lexicon **lexicon);

#endif
