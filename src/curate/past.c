#include "curate/past.h"

#include "base/when.h"
#include "curate/group.h"
#include "curate/said.h"

static bool shares_member(const struct story *story, const struct shown_story *shown) {
    for (size_t i = 0; i < story->member_count; i++)
        if (list_holds(&shown->items, story->members[i]->id)) return true;
    return false;
}

static bool is_same(const struct story *story, const struct shown_story *shown) {
    if (slice_equal(story->id, shown->story)) return true;
    struct slice key = group_key(story->lead), title = story->lead->item->title;
    if (!slice_is_empty(key) && slice_equal(key, shown->key)) return true;
    if (!slice_is_empty(title) && title.len >= 20 && slice_equal_nocase(title, shown->title)) return true;
    return shares_member(story, shown);
}

const struct shown_story *past_showing(const struct story *story, const struct shown_story_list *history) {
    const struct shown_story *latest = NULL;
    for (size_t i = 0; i < history->count; i++) {
        const struct shown_story *shown = &history->at[i];
        if (is_same(story, shown) && (latest == NULL || shown->date_s > latest->date_s)) latest = shown;
    }
    return latest;
}

int past_topic_count(struct slice topic, const struct shown_story_list *history, int64_t now_s, int64_t days) {
    int count = 0;
    for (size_t i = 0; i < history->count && !slice_is_empty(topic); i++) {
        const struct shown_story *shown = &history->at[i];
        count +=
            shown->date_s > now_s - days * DAY_S && shown->topics.count > 0 && slice_equal(shown->topics.at[0], topic);
    }
    return count;
}

bool past_was_challenged(struct slice topic, const struct shown_story_list *history) {
    for (size_t i = 0; i < history->count; i++)
        if (history->at[i].challenged && list_holds(&history->at[i].topics, topic)) return true;
    return false;
}
