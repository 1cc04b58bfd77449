/* tally: the source report, counted. Pure: the same posts give the same report. */
#ifndef DISCERN_PRACTICE_TALLY_H
#define DISCERN_PRACTICE_TALLY_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "model/report.h"

/* The 95 % Wilson score interval of `hits` in `of`; 0..1 for of = 0. */
struct rate tally_rate(int64_t hits, int64_t of);
/* What every measure comes to over `posts` (of one source, or of all for comparison). A flag that was marked wrong does
 * not count. */
void tally_rates(const struct report_post_list *posts, struct rate out[MEASURE_COUNT]);
/* How many of each flag's posts were marked wrong: the rules' own error, as far as readers told. */
void tally_wrong(const struct report_post_list *posts, struct rate out[MEASURE_COUNT]);

struct tally_facts {
    struct slice source, title;
    int64_t from_s, to_s;   /* the days reported on, to_s left out; from_s WHEN_ABSENT = all that is there */
    bool has_older;         /* posts from before from_s are kept: the source was followed all the time */
    int64_t failures;       /* fetches failed in a row */
    const struct rate *all; /* MEASURE_COUNT rates over all sources */
};

/* Counts `posts` (all of one source, any order; sorted in place, newest first). Lists are in arena, posts borrowed. */
MUST_USE bool tally_source(const struct tally_facts *facts, struct report_post_list *posts, struct arena *arena,
                           struct source_report *out, struct fault *fault);

#endif
