/* lint: what is not wrong in the rules, but not good either: words that say the same twice, words that stand in the way
 * of stronger ones or add nothing to shorter ones, patterns that are tried on every text, words that are as common
 * outside teaching. */
#ifndef DISCERN_CLASSIFY_LINT_H
#define DISCERN_CLASSIFY_LINT_H

#include "classify/rules.h"

struct lint_counts {
    size_t twice, weakened, nothing_more, ungated, general;
};

/* Adds a warning for each (a note for those that only add nothing); counts them. `common` lists words by their
 * frequency ("WORD NUMBER" lines, times in a million words of general English), or is empty. False only when out of
 * memory. */
MUST_USE bool lint_rules(const struct ruleset *set, struct slice common, struct arena *arena, struct problems *problems,
                         struct lint_counts *out);

#endif
