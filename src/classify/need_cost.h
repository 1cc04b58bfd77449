/* need_cost: how often some bytes are met in texts, roughly: a word, the beginning of one, or a mark. Internal to need.
 */
#ifndef DISCERN_CLASSIFY_NEED_COST_H
#define DISCERN_CLASSIFY_NEED_COST_H

#include "base/slice.h"

#define NEED_COST_EVERYWHERE 1000.0

/* Times in a thousand words. */
double need_cost(struct slice atom);
double need_mark_cost(char c);

#endif
