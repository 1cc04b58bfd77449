/* link_check: one address, asked for under the guards of a run, read in a process that can do nothing else, and judged;
 * what it rests on is looked up, and our own posts that link to it are named. */
#ifndef DISCERN_STAGE_LINK_CHECK_H
#define DISCERN_STAGE_LINK_CHECK_H

#include "classify/rules.h"
#include "model/link_check.h"
#include "stage/house.h"

/* A page that cannot be had is no fault: out->problem says why, and *kind (FAULT_NONE, REFUSED, INPUT or REMOTE) what a
 * caller may do. Only works that were looked up are kept. All in arena. Faults: USAGE (no web address), STORE, MEMORY.
 */
MUST_USE bool link_check_run(struct house *house, const struct ruleset *rules, struct slice url, struct arena *arena,
                             struct link_check *out, enum fault_kind *kind, struct fault *fault);

#endif
