/* Whether there is something in it that a teacher could try. */
#include "curate/term.h"

static bool judge(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                  struct arena *arena, struct term_value *out) {
    (void)input;
    (void)options;
    (void)arena;
    const struct verdict *verdict = story->lead->verdict;
    out->share = verdict->is_idea ? verdict->idea_score : verdict->idea_score / 2;
    out->words = out->share >= 0.75  ? SLICE("names something to try in a lesson")
                 : out->share >= 0.4 ? SLICE("has something to try in it")
                                     : SLICE("little in it to try");
    return true;
}

const struct rank_term term_usable = {
    .name = "usable",
    .help = "whether it names a step, example or resource that a teacher could try",
    .weight = offsetof(struct curate_options, usable),
    .judge = judge,
};
