/* source_report: the figures on sources, counted from what the store holds: posts and their verdicts, links that were
 * tried, what was chosen, what readers marked wrong. Reads only. */
#ifndef DISCERN_STAGE_SOURCE_REPORT_H
#define DISCERN_STAGE_SOURCE_REPORT_H

#include "classify/rules.h"
#include "model/report.h"
#include "stage/house.h"

struct source_report_options {
    struct slice source; /* only this one, with the words that set each flag of its newest posts; absent = all */
    int64_t days;        /* published, else first seen, in the last so many days; 0 = all that is there */
};

/* Every source that is configured or has posts, by name; or the one asked for. Reposts are others' words and are left
 * out. All in arena. Faults: USAGE (no source of that name), STORE, MEMORY. */
MUST_USE bool source_report_make(struct house *house, const struct ruleset *rules,
                                 const struct source_report_options *options, struct arena *arena,
                                 struct report_set *out, struct fault *fault);

/* Sets post->words of every flag that the post bears: the words of the rules found in it, quoted. */
MUST_USE bool source_report_words(struct house *house, const struct ruleset *rules, struct report_post *const *posts,
                                  size_t count, struct arena *arena, struct fault *fault);

#endif
