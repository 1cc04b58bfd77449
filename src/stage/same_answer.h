/* same_answer: whether a source sent the very bytes of last time, for servers that know no validators. What was made of
 * them then still stands, as long as they would be read in the same way now. */
#ifndef DISCERN_STAGE_SAME_ANSWER_H
#define DISCERN_STAGE_SAME_ANSWER_H

#include "model/exchange.h"
#include "model/source.h"
#include "stage/house.h"
#include "store/sources.h"

/* The sum of an answer, in arena: of its bytes, of what came with them that its reading depends on, of the source's own
 * configuration, and of the program's way of reading. Faults: MEMORY. */
MUST_USE bool same_answer_sum(const struct house *house, const struct source *source, const struct response *response,
                              struct arena *arena, struct slice *out, struct fault *fault);
/* Whether what was read last (state->body_hash) was read as it would be now. Where not, an "unchanged" of the server
 * says nothing of what the store holds. */
bool same_answer_holds(const struct house *house, const struct source *source, const struct source_state *state);

#endif
