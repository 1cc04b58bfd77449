/* Whether the reader saw it, or much of its topic, not long ago. */
#include "curate/term.h"

#include "base/when.h"
#include "curate/past.h"
#include "curate/said.h"

/* Twice the days in which it is not shown at all, the deduction is gone. */
static double fade(int64_t days, int64_t repeat_days) {
    if (days <= repeat_days) return 1;
    if (days >= 2 * repeat_days) return 0;
    return (double)(2 * repeat_days - days) / (double)repeat_days;
}

#define TOPIC_WEEK_FREE 3

static bool judge(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                  struct arena *arena, struct term_value *out) {
    out->words = SLICE("not shown before");
    if (said_in_focus(story, &input->focus)) {
        out->words = SLICE("nothing taken: it is in your focus");
        return true;
    }
    const struct shown_story *shown = past_showing(story, &input->history);
    if (shown != NULL) {
        out->share = fade((input->date_s - shown->date_s) / DAY_S, options->repeat_days);
        struct slice ago;
        if (out->share > 0)
            return said_ago(arena, shown->date_s, input->now_s, &ago) &&
                   said_words(arena, &out->words, "shown %.*s", SLICE_ARGS(ago));
    }
    int week = past_topic_count(said_main_topic(story), &input->history, input->date_s, 7);
    if (week <= TOPIC_WEEK_FREE) return true;
    out->share = week >= 2 * TOPIC_WEEK_FREE ? 0.5 : 0.25;
    return said_words(arena, &out->words, "%d entries on this topic in the last week", week);
}

const struct rank_term term_repeat = {
    .name = "repeat",
    .help = "whether the reader saw it, or much of its topic, not long ago",
    .weight = offsetof(struct curate_options, repeat),
    .deducts = true,
    .judge = judge,
};
