/* rules_load: the rule files of a folder, read and compiled. */
#ifndef DISCERN_STAGE_RULES_LOAD_H
#define DISCERN_STAGE_RULES_LOAD_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/problem.h"
#include "classify/rules.h"

/* Reads every *.rules of `folder`, in the order of their names. Texts and tables are in arena, which must live as long
 * as the set. Every mistake is in the problems; the set may be used only when it holds no error. FAULT_CONFIG when the
 * folder cannot be read or holds no rules. */
MUST_USE bool rules_load(const char *folder, struct arena *arena, struct ruleset *out, struct problems *problems,
                         struct fault *fault);

#endif
