/* source_flags: which flags of the source report a verdict bears, by what the rules say of their own blocks. Pure. */
#ifndef DISCERN_CLASSIFY_SOURCE_FLAGS_H
#define DISCERN_CLASSIFY_SOURCE_FLAGS_H

#include "classify/rules.h"
#include "model/report.h"

/* All flags of the verdict. Claims count only where the text is about teaching; own results are an account of a class
 * together with what came of it. */
report_flags source_flags(const struct ruleset *rules, const struct verdict *verdict);
/* The flag that the words of this block can set, from its kind, id and `mark`; MEASURE_COUNT = none. */
enum report_measure source_flag_of(const struct rule_block *block);

#endif
