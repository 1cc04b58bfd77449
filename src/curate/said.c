#include "curate/said.h"

#include "base/when.h"

/* A topic scored lower than this is mentioned, not what the post is about. */
#define TOPIC_LEAST 0.3

bool list_holds(const struct slice_list *list, struct slice text) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i], text)) return true;
    return false;
}

static const struct signal *find_signal(const struct verdict *verdict, const char *id) {
    const struct signal_list *signals = &verdict->signals;
    for (size_t i = 0; i < signals->count; i++)
        if (slice_equal(signals->at[i].id, slice_from(id))) return &signals->at[i];
    return NULL;
}

const struct signal *said_signal(const struct story *story, const char *id) {
    return find_signal(story->lead->verdict, id);
}

bool said_against(const struct verdict *verdict) {
    return verdict->myth_stance == STANCE_DEBUNKS || find_signal(verdict, "null-or-mixed") != NULL;
}

bool said_topic(const struct verdict *verdict, const struct slice_list *topics) {
    for (size_t i = 0; i < verdict->topics.count; i++) {
        const struct topic_score *topic = &verdict->topics.at[i];
        if (i > 0 && topic->score < TOPIC_LEAST) continue;
        if (list_holds(topics, topic->id)) return true;
        if (!slice_is_empty(topic->parent) && list_holds(topics, topic->parent)) return true;
    }
    return false;
}

struct slice said_main_topic(const struct story *story) {
    const struct topic_list *topics = &story->lead->verdict->topics;
    return topics->count == 0 ? (struct slice){NULL, 0} : topics->at[0].id;
}

bool said_on_focus(const struct candidate *candidate, const struct focus_list *focus) {
    for (size_t i = 0; i < focus->count; i++)
        if (focus_is_open(&focus->at[i]) && said_topic(candidate->verdict, &focus->at[i].topics)) return true;
    return false;
}

bool said_in_focus(const struct story *story, const struct focus_list *focus) {
    for (size_t i = 0; i < focus->count; i++) {
        if (!focus_is_open(&focus->at[i])) continue;
        if (said_topic(story->lead->verdict, &focus->at[i].topics)) return true;
        for (size_t j = 0; j < story->member_count; j++)
            if (list_holds(&focus->at[i].items, story->members[j]->id)) return true;
    }
    return false;
}

bool said_keep(struct slice *out, const char *text) {
    if (text != NULL) *out = slice_from(text);
    return text != NULL;
}

bool said_ago(struct arena *arena, int64_t then_s, int64_t now_s, struct slice *out) {
    long long days = now_s <= then_s ? 0 : (now_s - 1) / DAY_S - then_s / DAY_S;
    if (days <= 0) return said_words(arena, out, "today");
    if (days == 1) return said_words(arena, out, "yesterday");
    return said_words(arena, out, "%lld days ago", days);
}
