/* score_labels: how far verdicts agree with labels that a person gave by reading. Pure counting. */
#ifndef DISCERN_CLASSIFY_SCORE_LABELS_H
#define DISCERN_CLASSIFY_SCORE_LABELS_H

#include "base/buf.h"
#include "classify/label.h"
#include "classify/rules.h"

struct score;

/* Owned by the caller; `set` is borrowed and must outlive it. NULL when out of memory. */
MUST_USE struct score *score_new(const struct ruleset *set, struct fault *fault);
/* Releases; *score becomes NULL. For AUTO. */
void score_free(struct score **score);
/* Counts one document. The verdict must carry its hits, so that each rule's ledger can be kept. False only when out of
 * memory. */
MUST_USE bool score_add(struct score *score, const struct document *document, const struct label *label,
                        const struct verdict *verdict);

enum score_form { SCORE_TEXT, SCORE_JSON };
/* All figures: ideas, topics, levels with their confusion table, flags, topic by topic, each rule's hits and how often
 * it was right (with the lower bound of that, Wilson 95 %), which topic was taken for which, and what no rule matched.
 */
void score_write(const struct score *score, enum score_form form, struct buf *out);

#endif
