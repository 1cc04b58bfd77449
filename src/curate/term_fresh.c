/* How lately this program saw it first: an old article that surfaces today is new to its readers. */
#include "curate/term.h"

#include <math.h>

#include "curate/said.h"

static bool judge(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                  struct arena *arena, struct term_value *out) {
    double age_h = (double)(input->now_s - story->first_seen_s) / 3600;
    out->share = age_h <= 0 ? 1 : exp2(-age_h / options->fresh_half_h);
    struct slice ago;
    return said_ago(arena, story->first_seen_s, input->now_s, &ago) &&
           said_words(arena, &out->words, "first seen %.*s", SLICE_ARGS(ago));
}

const struct rank_term term_fresh = {
    .name = "fresh",
    .help = "how lately it was seen here first",
    .weight = offsetof(struct curate_options, fresh),
    .judge = judge,
};
