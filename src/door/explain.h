/* explain: a verdict in words for a person: the text with the places that counted, by which rule, for what; and what
 * was near but did not count. */
#ifndef DISCERN_DOOR_EXPLAIN_H
#define DISCERN_DOOR_EXPLAIN_H

#include "base/buf.h"
#include "base/jwrite.h"
#include "classify/judge.h"

enum explain_colour { EXPLAIN_PLAIN, EXPLAIN_COLOURED /* ANSI, for a terminal */ };

/* The whole explanation: level and reasons, topics, notes, then each field's text with its places marked. */
void explain_verdict(const struct document *document, const struct verdict *verdict, enum explain_colour colour,
                     struct buf *out);

/* The words of the rule that a place matches, as written; of a long pattern its beginning, and where it stands. */
void explain_line(const struct hit *hit, struct buf *out);
/* What became of a place, in words. Static. */
const char *explain_state(enum hit_state state);
/* A page by itself: the same, with the text of each field and its places marked in it. `more` is plain text to be shown
 * at the end, one paragraph a line. Fault: MEMORY, LIMIT. */
MUST_USE bool explain_page(const struct document *document, const struct verdict *verdict, struct slice more,
                           struct buf *out, struct fault *fault);

/* Why a topic was not given, or that it was, for the document judged last; what of its words stood there and did not
 * count. `verdict` carries its hits. FAULT_USAGE when there is no such topic. */
MUST_USE bool explain_topic(const struct judge *judge, const struct verdict *verdict, const char *topic,
                            struct buf *out, struct fault *fault);
/* The same as an object of an open JSON document. */
MUST_USE bool explain_topic_json(const struct judge *judge, const struct verdict *verdict, const char *topic,
                                 struct jwrite *json, struct fault *fault);

#endif
