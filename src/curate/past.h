/* past: what this reader was shown before, asked about one story. */
#ifndef DISCERN_CURATE_PAST_H
#define DISCERN_CURATE_PAST_H

#include "curate/story.h"
#include "model/history.h"

/* The latest day on which the story, its page, one of its posts, or one under the same headline was shown; NULL =
 * never. Borrowed from the history. */
const struct shown_story *past_showing(const struct story *story, const struct shown_story_list *history);
/* How many stories led by that topic were shown in the last `days` days before `now_s`. */
int past_topic_count(struct slice topic, const struct shown_story_list *history, int64_t now_s, int64_t days);
/* Whether one of them spoke against the view. */
bool past_was_challenged(struct slice topic, const struct shown_story_list *history);

#endif
