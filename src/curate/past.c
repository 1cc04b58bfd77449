#include "curate/past.h"

#include "base/when.h"
#include "curate/group.h"
#include "curate/said.h"

static bool shares_member(const struct story *story, const struct shown_story *shown) {
    for (size_t i = 0; i < story->member_count; i++)
        if (list_holds(&shown->items, story->members[i]->id)) return true;
    return false;
}

/* Shorter titles name a series, not an idea. */
#define TITLE_LEAST 20

static bool is_same(const struct story *story, const struct shown_story *shown) {
    if (slice_equal(story->id, shown->story)) return true;
    struct slice key = group_key(story->lead), title = story->lead->item->title;
    if (!slice_is_empty(key) && slice_equal(key, shown->key)) return true;
    if (title.len >= TITLE_LEAST && slice_equal_nocase(title, shown->title)) return true;
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

bool past_prints_make(const struct curate_input *input, int64_t days, struct arena *arena, struct past_prints *out) {
    const struct shown_story_list *history = &input->history;
    *out = (struct past_prints){.shown = arena_alloc(arena, history->count + 1, sizeof(void *)),
                                .at = arena_alloc(arena, history->count + 1, sizeof *out->at)};
    if (out->shown == NULL || out->at == NULL) return false;
    for (size_t i = 0; i < history->count; i++) {
        const struct shown_story *shown = &history->at[i];
        if (shown->lead == NULL || shown->date_s < input->date_s - days * DAY_S) continue;
        if (!group_print_of(shown->lead, arena, &out->at[out->count])) return false;
        out->shown[out->count++] = shown;
    }
    return true;
}

bool past_alike(const struct story *story, const struct past_prints *prints, struct arena *arena,
                const struct shown_story **out) {
    const struct shown_story *latest = NULL;
    for (size_t m = 0; m < story->member_count && prints->count > 0; m++) {
        struct group_print print;
        if (!group_print_of(story->members[m], arena, &print)) return false;
        for (size_t i = 0; i < prints->count; i++) {
            const struct shown_story *shown = prints->shown[i];
            bool later = shown != NULL && (latest == NULL || shown->date_s > latest->date_s);
            if (later && group_prints_agree(&print, &prints->at[i])) latest = shown;
        }
    }
    *out = latest;
    return true;
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

bool past_was_challenged(struct slice topic, const struct shown_story_list *history, int64_t now_s, int64_t days) {
    for (size_t i = 0; i < history->count; i++)
        if (history->at[i].challenged && history->at[i].date_s > now_s - days * DAY_S &&
            list_holds(&history->at[i].topics, topic))
            return true;
    return false;
}
