/* paid: the monthly budget of a network that charges for each post. What an answer may cost is set aside in the store
 * before it is asked for, and put right when it came: so whatever breaks off, the budget is never passed. */
#ifndef DISCERN_STAGE_PAID_H
#define DISCERN_STAGE_PAID_H

#include "model/exchange.h"
#include "source/kind.h"
#include "stage/house.h"

/* Money set aside for one request under way; zero = nothing. */
struct paid_hold {
    int64_t micro;
};

/* Sets aside what the request may cost, having it ask for fewer results where money is short. *affordable is false when
 * not even the fewest can be had; then `reason` (in arena) says why and what to do. Commits. Requests without a price
 * tag are always affordable. Faults: STORE, MEMORY. */
MUST_USE bool paid_hold(struct house *house, const struct source_kind *kind, struct request *request,
                        struct arena *arena, struct paid_hold *hold, struct slice *reason, struct fault *fault);
/* What was spent this month, with what is set aside, in millionths of a dollar. Faults: STORE. */
MUST_USE bool paid_spent(const struct house *house, int64_t *micro, struct fault *fault);
/* Books what the answer held instead of what was set aside. Within the caller's transaction. Faults: STORE. */
MUST_USE bool paid_settle(struct house *house, struct paid_hold *hold, const struct page *page, struct fault *fault);
/* The request failed: what was set aside is free again, but for an answer that had begun: that may be charged. Commits.
 */
MUST_USE bool paid_release(struct house *house, struct paid_hold *hold, const struct response *response,
                           struct fault *fault);

#endif
