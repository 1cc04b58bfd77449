/* flag_marks: readers say which flag of a post is wrong; it is kept, can be taken back, and comes out as labels that
 * the rules can be tested with. */
#ifndef DISCERN_STAGE_FLAG_MARKS_H
#define DISCERN_STAGE_FLAG_MARKS_H

#include "base/buf.h"
#include "classify/rules.h"
#include "model/report.h"
#include "stage/house.h"

struct flag_mark {
    struct slice what; /* source/id, an address, or the code of an entry */
    struct slice flag; /* report_measure_name */
    struct slice note; /* in own words, absent = none */
    bool undo;         /* take it back */
};

/* *item is "source/id", in arena. Faults: INPUT (no such post; the rules did not set this flag on it; nothing to take
 * back), USAGE (no such flag), STORE, MEMORY. */
MUST_USE bool flag_mark_put(struct house *house, const struct ruleset *rules, const struct flag_mark *mark,
                            struct arena *arena, struct slice *item, struct fault *fault);

/* Hands each post that has a flag marked wrong to `take`, as a line of JSON with its break: what discern_classify
 * takes, and "flags":{"overclaim":false}. In the order of the marks. */
typedef bool flag_line(void *to, const struct buf *line, struct fault *fault);
MUST_USE bool flag_marks_export(struct house *house, flag_line *take, void *to, struct fault *fault);

#endif
