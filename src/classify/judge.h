/* judge: a document and the rules in, a verdict out: topics, how claims are presented, notes, flags, and whether there
 * is an idea in it. Pure: the same rules and the same document give the same verdict, whatever was judged before. Every
 * number it weighs with stands in the rules (settings blocks), every word it shows as well. */
#ifndef DISCERN_CLASSIFY_JUDGE_H
#define DISCERN_CLASSIFY_JUDGE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "classify/rules.h"
#include "model/verdict.h"

struct judge;

/* Whether a verdict carries the places where words stood (also those that did not count). */
enum judge_detail { JUDGE_VERDICT_ONLY, JUDGE_WITH_HITS };

/* Prepares the rules for judging; owned by the caller. `set` is borrowed and must outlive it. NULL and a fault when out
 * of memory. One judge serves one thread, for as many documents as wanted; it allocates nothing more once it has seen a
 * large one and MATCH_WARM_DOCUMENTS of any size. */
MUST_USE struct judge *judge_new(const struct ruleset *set, struct fault *fault);
/* The rules that it judges by; borrowed. */
const struct ruleset *judge_rules(const struct judge *judge);
/* Releases; *judge becomes NULL. For AUTO. */
void judge_free(struct judge **judge);

/* Judges a document; all of the verdict is in arena or borrowed from the rules and the document. Fault: MEMORY. */
MUST_USE bool judge_document(struct judge *judge, const struct document *document, enum judge_detail detail,
                             struct arena *arena, struct verdict *out, struct fault *fault);

/* Whether any word, pattern or host of these blocks (wanted[i]: of block i) stands in the document, counted or not; a
 * pattern left undecided counts as one that stands. Fault: MEMORY. */
MUST_USE bool judge_meets(struct judge *judge, const struct document *document, const bool *wanted, struct arena *arena,
                          bool *meets, struct fault *fault);

/* A pattern that took too long in so many documents that it is not tried any more. */
struct resting {
    const struct rule_block *block; /* borrowed from the rules */
    const struct rule_line *line;
};
/* The first `most` of them, in the order of the rules; returns how many. */
size_t judge_resting(const struct judge *judge, struct resting *out, size_t most);

/* What was weighed for one topic, and what it would have needed: for `why --not TOPIC`. */
struct topic_account {
    struct slice id;
    double points, needs; /* points found; points that this text asks for */
    double share_needs;   /* points asked for because another topic is stronger; 0 = none is */
    bool about_education; /* the text passed as one about education */
    bool crowded_out;     /* enough points, but stronger topics filled the list */
};
/* The account of topic `id` for the document judged last. False when there is no such topic. */
bool judge_account(const struct judge *judge, struct slice id, struct topic_account *out);

#endif
