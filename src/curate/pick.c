#include "curate/pick.h"

#include <math.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "curate/group.h"
#include "curate/past.h"
#include "curate/said.h"
#include "curate/share.h"
#include "curate/term.h"

void pick_leave(struct pick *pick, enum left_reason reason, struct slice why) {
    pick->state = PICK_LEFT;
    pick->reason = reason;
    pick->why = why;
}

static bool leave_as_repeated(struct pick_table *table, struct pick *pick, const struct shown_story *shown) {
    struct slice why, ago;
    if (!said_ago(table->arena, shown->date_s, table->input->date_s + 1, &ago) ||
        !said_words(table->arena, &why, "shown %.*s", SLICE_ARGS(ago)))
        return false;
    pick_leave(pick, LEFT_REPEATED, why);
    return true;
}

/* Sets why a story may not stand in the list whatever else is in it. */
static bool sieve(struct pick_table *table, struct pick *pick) {
    const struct curate_input *input = table->input;
    const struct verdict *verdict = pick->story->lead->verdict;
    bool in_focus = pick->pool == POOL_FOCUS;
    if (!in_focus && verdict->topics.count > 0) {
        const struct topic_score *topic = &verdict->topics.at[0];
        if (list_holds(&input->reader.topics_unwanted, topic->id) ||
            (!slice_is_empty(topic->parent) && list_holds(&input->reader.topics_unwanted, topic->parent))) {
            pick_leave(pick, LEFT_UNWANTED, SLICE("on a topic that this reader does not want"));
            return true;
        }
    }
    for (size_t i = 0; i < pick->story->member_count; i++)
        if (list_holds(&input->settled, pick->story->members[i]->id)) {
            pick_leave(pick, LEFT_UNWANTED, SLICE("you said that it is not for you, or that you do it already"));
            return true;
        }
    const struct shown_story *shown = past_showing(pick->story, &input->history);
    int64_t days = shown == NULL ? INT64_MAX : (input->date_s - shown->date_s) / DAY_S;
    if (!in_focus && shown != NULL && days <= table->options->repeat_days) return leave_as_repeated(table, pick, shown);
    if (!verdict->is_idea && pick->pool == POOL_NEW) {
        pick_leave(pick, LEFT_UNDER_BAR, SLICE("not about an idea for teaching"));
    } else if (pick->score < table->options->bar) {
        pick_leave(pick, LEFT_UNDER_BAR, SLICE("fewer points than the bar"));
    }
    return true;
}

/* The same words come back by other people and under other addresses: that is the same idea. */
static bool sieve_alike(struct pick_table *table, const struct past_prints *prints, struct pick *pick) {
    const struct shown_story *shown;
    if (pick->state != PICK_OPEN || pick->pool == POOL_FOCUS) return true;
    if (!past_alike(pick->story, prints, table->scratch, &shown)) return false;
    return shown == NULL || leave_as_repeated(table, pick, shown);
}

/* What was read on the focus is not shown again while it is in focus; what adds nothing to it is not shown at all. */
static void hold_back_focus(const struct pick_table *table, struct pick *pick) {
    const struct shown_story *shown = past_showing(pick->story, &table->input->history);
    if (pick->pool != POOL_FOCUS || pick->state != PICK_OPEN) return;
    pick->deepens = deepen_how(pick->story, &table->input->reader);
    if (shown != NULL &&
        (shown->in_focus || (table->input->date_s - shown->date_s) / DAY_S < table->options->repeat_days))
        pick_leave(pick, LEFT_REPEATED, SLICE("shown while it was in focus"));
    else if (pick->deepens == DEEPEN_NOT)
        pick_leave(pick, LEFT_UNDER_BAR, SLICE("on what is in focus, but adds neither a source nor an example"));
}

/* A bare number names a machine with any websites on it, not a website (RFC 3986, 3.2.2: IPv6 stands in brackets). */
static bool is_number(struct slice host) {
    for (size_t i = 0; i < host.len; i++)
        if (host.at[0] != '[' && host.at[i] != '.' && (host.at[i] < '0' || host.at[i] > '9')) return false;
    return host.len > 0;
}

static bool describe(struct pick_table *table, struct pick *pick) {
    const struct candidate *lead = pick->story->lead;
    pick->author = share_name(lead);
    pick->topic = said_main_topic(pick->story);
    if (!slice_equal_nocase(lead->network, SLICE("feed"))) pick->network = lead->network;
    struct slice key = group_key(lead);
    pick->host = slice_is_empty(key) ? key : url_host(table->arena, key);
    if (is_number(pick->host)) pick->host = SLICE("");
    struct word_run words;
    struct slice text = slice_is_empty(lead->item->text) ? lead->item->title : lead->item->text;
    if (text.len > 4000) text = slice_part(text, 0, 4000);
    return word_run_of(text, table->scratch, &words) && pair_set_of(words, table->arena, &pick->pairs);
}

static enum pick_pool pool_of(const struct story *story, const struct curate_input *input) {
    if (story->lead->verdict->check_first) return POOL_CHECK;
    return said_in_focus(story, &input->focus) ? POOL_FOCUS : POOL_NEW;
}

bool pick_build(const struct story_list *stories, struct pick_table *table, struct fault *fault) {
    struct past_prints prints;
    AUTO(arena_free)
    struct arena *scratch = arena_new(LIMIT_ARENA_BYTES);
    if (scratch == NULL) return fault_memory(fault);
    table->scratch = scratch;
    table->count = stories->count;
    table->at = arena_alloc(table->arena, stories->count + 1, sizeof *table->at);
    if (table->at == NULL) return fault_memory(fault);
    if (!past_prints_make(table->input, table->options->repeat_days, table->arena, &prints)) return fault_memory(fault);
    for (size_t i = 0; i < stories->count; i++) {
        struct pick *pick = &table->at[i];
        arena_reset(scratch);
        pick->story = &stories->at[i];
        pick->pool = pool_of(pick->story, table->input);
        if (!rank_story(pick->story, table->input, table->options, table->arena, &pick->terms, &pick->score, fault))
            return false;
        if (!sieve(table, pick) || !sieve_alike(table, &prints, pick)) return fault_memory(fault);
        hold_back_focus(table, pick);
        if (pick->state == PICK_OPEN && !describe(table, pick)) return fault_memory(fault);
    }
    table->scratch = NULL;
    return true;
}

/* ---- caps ---- */

static int64_t count_same(const struct pick_table *table, const struct pick *pick, size_t offset) {
    struct slice mine = *(const struct slice *)((const char *)pick + offset);
    int64_t count = 0;
    for (size_t i = 0; i < table->chosen_count && !slice_is_empty(mine); i++)
        count += slice_equal_nocase(mine, *(const struct slice *)((const char *)table->chosen[i] + offset));
    return count;
}

bool pick_within_caps(const struct pick_table *table, const struct pick *pick, const char **why) {
    const struct curate_options *options = table->options;
    int64_t network = options->network_percent * table->input->reader.length / 100;
    const struct {
        size_t offset;
        int64_t most;
        const char *why;
    } caps[] = {
        {offsetof(struct pick, author), options->per_author, "this author is in the list already"},
        {offsetof(struct pick, host), options->per_host, "this website is in the list often enough"},
        {offsetof(struct pick, topic), options->per_topic, "this topic is in the list often enough"},
        {offsetof(struct pick, network), network < 1 ? 1 : network, "this network is in the list often enough"},
    };
    for (size_t i = 0; i < COUNT_OF(caps); i++)
        if (count_same(table, pick, caps[i].offset) >= caps[i].most) {
            *why = caps[i].why;
            return false;
        }
    return true;
}

/* ---- gain ---- */

static double topic_share(const struct pick *pick, struct slice topic) {
    const struct topic_list *topics = &pick->story->lead->verdict->topics;
    for (size_t i = 0; i < topics->count; i++)
        if (slice_equal(topics->at[i].id, topic)) return fmin(1, fmax(0, topics->at[i].score));
    return 0;
}

/* How much of the topics that a reader might want is not in the list yet (xQuAD, Santos et al. 2010). */
static double new_cover(const struct pick_table *table, const struct pick *pick) {
    const struct topic_list *topics = &pick->story->lead->verdict->topics;
    double cover = 0;
    for (size_t i = 0; i < topics->count; i++) {
        struct slice id = topics->at[i].id;
        double left = list_holds(&table->input->reader.topics_wanted, id) ? 1 : 0.5;
        for (size_t j = 0; j < table->chosen_count; j++) left *= 1 - topic_share(table->chosen[j], id);
        cover += left * topic_share(pick, id);
    }
    return cover;
}

static bool same_study(const struct story *a, const struct story *b) {
    for (size_t i = 0; i < a->studies.count; i++)
        if (list_holds(&b->studies, a->studies.at[i])) return true;
    return false;
}

static double likeness(const struct pick *a, const struct pick *b) {
    if (same_study(a->story, b->story)) return 1;
    double like = pair_set_jaccard(a->pairs, b->pairs);
    if (!slice_is_empty(a->topic) && slice_equal(a->topic, b->topic)) like = fmax(like, 0.5);
    if (!slice_is_empty(a->host) && slice_equal(a->host, b->host)) like = fmax(like, 0.7);
    return like;
}

/* Said to one decimal place, so counted to one. */
static double tenths(double points) {
    return round(points * 10) / 10;
}

struct gain pick_gain(const struct pick_table *table, const struct pick *pick) {
    double most = 0;
    for (size_t i = 0; i < table->chosen_count; i++) most = fmax(most, likeness(pick, table->chosen[i]));
    struct gain gain = {.cover = tenths(table->options->topic_cover * new_cover(table, pick)),
                        .likeness = tenths(table->options->likeness * most)};
    gain.total = pick->score + gain.cover - gain.likeness;
    return gain;
}
