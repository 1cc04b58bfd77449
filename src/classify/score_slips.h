/* score_slips: where verdicts and labels part: which topic was taken for which, and topics of which no word stood in
 * the document at all. Inside classify/ only. */
#ifndef DISCERN_CLASSIFY_SCORE_SLIPS_H
#define DISCERN_CLASSIFY_SCORE_SLIPS_H

#include "base/jwrite.h"
#include "classify/label.h"
#include "classify/rules.h"

#define SLIPS_KEPT 200

/* A topic that a person saw and no rule. */
struct unmatched {
    struct slice document, topics, words; /* its id; as labelled; how it begins */
};

struct slips {
    const struct ruleset *set; /* borrowed */
    uint32_t *numbers;         /* by block: of a topic, from 1; owned */
    uint32_t *taken;           /* [meant][given], topics + 1 a row; owned */
    size_t topics;
    struct arena *arena; /* owned: keeps the texts below */
    struct unmatched unmatched[SLIPS_KEPT];
    size_t unmatched_count; /* found; the first SLIPS_KEPT are kept */
};

MUST_USE bool slips_new(const struct ruleset *set, struct slips *out, struct fault *fault);
void slips_free(struct slips *slips);
/* False only when out of memory. */
MUST_USE bool slips_add(struct slips *slips, const struct document *document, const struct label *label,
                        const struct verdict *verdict);
void slips_write_text(const struct slips *slips, struct buf *out);
/* Appends the members "confusions" and "unmatched" to an open object. */
void slips_write_json(const struct slips *slips, struct jwrite *json);

#endif
