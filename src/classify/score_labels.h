/* score_labels: how far verdicts agree with labels that a person gave by reading. Pure counting. */
#ifndef DISCERN_CLASSIFY_SCORE_LABELS_H
#define DISCERN_CLASSIFY_SCORE_LABELS_H

#include "base/buf.h"
#include "classify/rules.h"
#include "model/report.h"
#include "model/verdict.h"

/* What a person said of one document. */
struct label {
    bool flags_only;                       /* nothing is said but of the flags below: nothing else is scored */
    report_flags flags_known, flags_meant; /* of the source report; meant is part of known */
    struct slice_list topics;              /* each an id, or several with '|' between them: any of them finds it */
    bool idea, hype, promotion;
    int level; /* 0..4 */
    enum stance myth;
};

struct score;

/* Owned by the caller; `set` is borrowed and must outlive it. NULL when out of memory. */
MUST_USE struct score *score_new(const struct ruleset *set, struct fault *fault);
/* Releases; *score becomes NULL. For AUTO. */
void score_free(struct score **score);
/* Counts one document. The verdict must carry its hits, so that each rule's ledger can be kept. */
void score_add(struct score *score, const struct label *label, const struct verdict *verdict);

enum score_form { SCORE_TEXT, SCORE_JSON };
/* All figures: ideas, topics, levels with their confusion table, flags, topic by topic, and each topic's ledger (given,
 * right, and the lower bound of how often it is right, Wilson 95 %). */
void score_write(const struct score *score, enum score_form form, struct buf *out);

#endif
