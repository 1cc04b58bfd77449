/* lint: what is not wrong in the rules, but not good either: words that say the same twice, patterns that are tried on
 * every text, words that are as common outside teaching. */
#ifndef DISCERN_CLASSIFY_LINT_H
#define DISCERN_CLASSIFY_LINT_H

#include "classify/rules.h"

struct lint_counts {
    size_t twice, ungated, general;
};

/* Adds a warning for each; counts them. `common` lists words by their frequency ("WORD NUMBER" lines, times in a
 * million words of general English), or is empty. False only when out of memory. */
MUST_USE bool lint_rules(const struct ruleset *set, struct slice common, struct arena *arena, struct problems *problems,
                         struct lint_counts *out);

#endif
