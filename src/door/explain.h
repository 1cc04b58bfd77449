/* explain: a verdict in words for a person: the text with the places that counted, by which rule, for what; and what
 * was near but did not count. */
#ifndef DISCERN_DOOR_EXPLAIN_H
#define DISCERN_DOOR_EXPLAIN_H

#include "base/buf.h"
#include "model/verdict.h"

enum explain_colour { EXPLAIN_PLAIN, EXPLAIN_COLOURED /* ANSI, for a terminal */ };

/* The whole explanation: level and reasons, topics, notes, then each field's text with its places marked. */
void explain_verdict(const struct document *document, const struct verdict *verdict, enum explain_colour colour,
                     struct buf *out);

#endif
