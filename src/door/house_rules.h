/* house_rules: the school's own rules, read for one call. */
#ifndef DISCERN_DOOR_HOUSE_RULES_H
#define DISCERN_DOOR_HOUSE_RULES_H

#include "classify/rules.h"
#include "door/session.h"

/* Reads the rules of the home's configuration; mistakes are shown, and those of the last run stand in for them
 * (FAULT_CONFIG when there was none). Texts are in arena; release the
 * set with ruleset_free. */
MUST_USE bool house_rules(struct discern *home, struct arena *arena, struct ruleset *out, struct fault *fault);

#endif
