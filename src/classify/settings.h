/* settings: what the settings blocks of the rules may say. A number with a mistake in its name would count for nothing,
 * and nobody would see it. */
#ifndef DISCERN_CLASSIFY_SETTINGS_H
#define DISCERN_CLASSIFY_SETTINGS_H

#include "base/problem.h"
#include "classify/rules.h"

/* Tells settings that there are none of, lines that they do not have or have twice, and what is no number. */
void settings_check(const struct rule_block *block, struct problems *problems);

#endif
