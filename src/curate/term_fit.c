/* How well it fits the reader's phase, subject, topics and focus. What a post does not say fits half, since it may be
 * for anybody; what a reader does not ask for costs nothing. */
#include "curate/term.h"

#include "curate/said.h"

/* Key stages and years as schools write them, and the wider phases in which the rules sort posts. */
static const struct {
    const char *narrow, *wide;
} phases[] = {
    {"eyfs", "early-years"},   {"nursery", "early-years"}, {"reception", "early-years"},
    {"ks1", "primary"},        {"ks2", "primary"},         {"ks3", "secondary"},
    {"ks4", "secondary"},      {"gcse", "secondary"},      {"ks5", "post-16"},
    {"sixth-form", "post-16"}, {"fe", "post-16"},
};

static bool same_phase(struct slice wanted, struct slice said) {
    if (slice_equal(wanted, said)) return true;
    for (size_t i = 0; i < COUNT_OF(phases); i++)
        if ((slice_equal(wanted, slice_from(phases[i].narrow)) && slice_equal(said, slice_from(phases[i].wide))) ||
            (slice_equal(said, slice_from(phases[i].narrow)) && slice_equal(wanted, slice_from(phases[i].wide))))
            return true;
    return false;
}

enum match { MATCH_ANYBODY, MATCH_YES, MATCH_NOT_SAID, MATCH_NO };

static enum match match_lists(const struct slice_list *wanted, const struct slice_list *said) {
    if (wanted->count == 0) return MATCH_ANYBODY;
    if (said->count == 0) return MATCH_NOT_SAID;
    for (size_t i = 0; i < wanted->count; i++)
        for (size_t j = 0; j < said->count; j++)
            if (same_phase(wanted->at[i], said->at[j])) return MATCH_YES;
    return MATCH_NO;
}

static double share_of(enum match match) {
    static const double shares[] = {1, 1, 0.5, 0};
    return shares[match];
}

static const char *phase_words(enum match match) {
    static const char *const words[] = {"any phase", "your phase", "no phase named", "another phase"};
    return words[match];
}

static const char *subject_words(enum match match) {
    static const char *const words[] = {"any subject", "your subject", "no subject named", "another subject"};
    return words[match];
}

static bool judge(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                  struct arena *arena, struct term_value *out) {
    (void)options;
    const struct reader *reader = &input->reader;
    const struct verdict *verdict = story->lead->verdict;
    enum match phase = match_lists(&reader->phases, &verdict->phases);
    enum match subject = match_lists(&reader->subjects, &verdict->subjects);
    bool focus = said_in_focus(story, &input->focus);
    bool wanted = said_topic(verdict, &reader->topics_wanted);
    bool known = verdict->topics.count > 0, asked = reader->topics_wanted.count > 0;
    double topic = focus || wanted || (known && !asked) ? 1 : known ? 0.5 : 0;
    const char *topic_words = focus    ? "in your focus"
                              : wanted ? "a topic you asked for"
                              : known  ? "a known topic"
                                       : "no known topic";
    out->share = 0.35 * share_of(phase) + 0.25 * share_of(subject) + 0.4 * topic;
    return said_words(arena, &out->words, "%s; %s; %s", phase_words(phase), subject_words(subject), topic_words);
}

const struct rank_term term_fit = {
    .name = "fit",
    .help = "how well it fits the reader's phase, subject, topics and focus",
    .weight = offsetof(struct curate_options, fit),
    .judge = judge,
};
