#include "curate/place.h"

#include <stdlib.h>

#include "base/when.h"
#include "curate/past.h"
#include "curate/said.h"

/* So many entries on a topic in four weeks, none of them doubting, are a view that deserves another. */
#define VIEW_REPEATED 3
#define VIEW_DAYS 28

static int by_number(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* The showings that the lowest quarter of sources has at most; -1 while nothing was shown at all. */
static int64_t lowest_quarter(const struct pick_table *table) {
    if (table->input->history.count == 0) return -1;
    int64_t *showings = arena_alloc(table->arena, table->count + 1, sizeof *showings);
    if (showings == NULL || table->count == 0) return -1;
    for (size_t i = 0; i < table->count; i++) showings[i] = table->at[i].story->lead->stats.showings;
    qsort(showings, table->count, sizeof *showings, by_number);
    return showings[(table->count - 1) / 4];
}

struct places places_of(const struct pick_table *table, int64_t room) {
    struct places places = {.seldom = lowest_quarter(table)};
    places.wanted[PLACE_CLASSROOM] = table->options->classroom;
    /* On a list of one or two the places would be the whole list. */
    if (room < 3) return places;
    places.wanted[PLACE_CHALLENGE] = table->options->challenge;
    places.wanted[PLACE_NEW_VOICE] = places.seldom < 0 ? 0 : table->options->new_voice;
    return places;
}

bool place_fits(const struct pick_table *table, const struct places *places, const struct pick *pick,
                enum place_kind kind) {
    const struct shown_story_list *history = &table->input->history;
    switch (kind) {
        case PLACE_CLASSROOM: return pick->story->lead->verdict->level == 1;
        case PLACE_CHALLENGE:
            return said_against(pick->story->lead->verdict) &&
                   !past_was_challenged(pick->topic, history, table->input->date_s, VIEW_DAYS) &&
                   past_topic_count(pick->topic, history, table->input->date_s, VIEW_DAYS) >= VIEW_REPEATED;
        case PLACE_NEW_VOICE: return places->seldom >= 0 && pick->story->lead->stats.showings <= places->seldom;
        case PLACE_COUNT: break;
    }
    return false;
}

static struct slice topic_label(const struct pick *pick) {
    const struct topic_list *topics = &pick->story->lead->verdict->topics;
    if (topics->count == 0) return SLICE("this");
    return slice_is_empty(topics->at[0].label) ? topics->at[0].id : topics->at[0].label;
}

static bool mark(const struct pick_table *table, struct pick *pick, enum place_kind kind) {
    int count = past_topic_count(pick->topic, &table->input->history, table->input->date_s, VIEW_DAYS);
    if (kind == PLACE_CHALLENGE) {
        pick->mark = MARK_CHALLENGES;
        return said_words(table->arena, &pick->mark_words,
                          "Your list had %d entries on %.*s in four weeks. This one reports what did not help.", count,
                          SLICE_ARGS(topic_label(pick)));
    }
    pick->mark = MARK_NEW_VOICE;
    if (pick->story->lead->stats.showings == 0)
        return said_words(table->arena, &pick->mark_words,
                          "Nothing from this source stood here in the last four weeks.");
    return said_words(table->arena, &pick->mark_words, "This source was seldom shown in the last four weeks.");
}

/* Focus and repetition are said by the corridor of the list itself. */
static bool mark_known(const struct pick_table *table, struct pick *pick) {
    const struct shown_story *shown = past_showing(pick->story, &table->input->history);
    if (shown != NULL) {
        struct slice ago;
        pick->mark = MARK_SEEN_BEFORE;
        if (!said_ago(table->arena, shown->date_s, table->input->date_s + 1, &ago) ||
            !said_words(table->arena, &pick->mark_words, "Shown here %.*s.", SLICE_ARGS(ago)))
            return false;
    }
    if (pick->pool != POOL_FOCUS) return true;
    pick->mark = MARK_DEEPENS;
    return deepen_words(pick->story, &table->input->reader, topic_label(pick), table->arena, &pick->mark_words);
}

bool place_take(const struct pick_table *table, struct places *places, struct pick *pick) {
    if (!mark_known(table, pick)) return false;
    for (int kind = 0; kind < PLACE_COUNT; kind++) {
        if (places->wanted[kind] <= 0 || !place_fits(table, places, pick, (enum place_kind)kind)) continue;
        places->wanted[kind]--;
        if (kind != PLACE_CLASSROOM && pick->mark == MARK_NONE && !mark(table, pick, (enum place_kind)kind))
            return false;
    }
    return true;
}
