/* example: rules prove themselves. Each `yes` sentence must be met by its rule, each `no` sentence must not. */
#ifndef DISCERN_CLASSIFY_EXAMPLE_H
#define DISCERN_CLASSIFY_EXAMPLE_H

#include "classify/match.h"

struct example_counts {
    size_t passed, failed, todo;
};

/* Runs all examples; each that fails is an error in the problems, with its line (a `todo` one a note). A rule meets a
 * sentence when one of its words stands there and is neither weak, negated nor vetoed. Fault: MEMORY. */
MUST_USE bool examples_run(const struct ruleset *set, struct arena *arena, struct problems *problems,
                           struct example_counts *out, struct fault *fault);

#endif
