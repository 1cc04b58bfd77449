/* past: what this reader was shown before, asked about one story. */
#ifndef DISCERN_CURATE_PAST_H
#define DISCERN_CURATE_PAST_H

#include "curate/group.h"
#include "curate/story.h"
#include "model/history.h"

/* The latest day on which the story, its page, one of its posts, or one under the same headline was shown; NULL =
 * never. Borrowed from the history. */
const struct shown_story *past_showing(const struct story *story, const struct shown_story_list *history);
/* The words of what was shown in the last `days` days, made once a choice. */
struct past_prints {
    const struct shown_story **shown; /* in arena */
    struct group_print *at;
    size_t count;
};
MUST_USE bool past_prints_make(const struct curate_input *input, int64_t days, struct arena *arena,
                               struct past_prints *out);
/* Sets *out to the latest showing of a story that has nearly the same words, under whatever address and by whomever;
 * NULL = none. False when out of memory. */
MUST_USE bool past_alike(const struct story *story, const struct past_prints *prints, struct arena *arena,
                         const struct shown_story **out);
/* How many stories led by that topic were shown in the last `days` days before `now_s`. */
int past_topic_count(struct slice topic, const struct shown_story_list *history, int64_t now_s, int64_t days);
/* Whether a story on that topic spoke against the view in that time. */
bool past_was_challenged(struct slice topic, const struct shown_story_list *history, int64_t now_s, int64_t days);

#endif
