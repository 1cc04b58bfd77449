#include "practice/taste.h"

#include <stdlib.h>

#include "base/buf.h"

/* What was said of one topic or source. */
struct account {
    struct slice id, label;
    int useful, not_for_us, already_do;
};
struct account_list {
    struct account *at;
    size_t count, capacity;
};

static bool count(struct arena *arena, struct account_list *list, const struct opinion *opinion, enum taste_of of) {
    struct slice id = of == TASTE_TOPIC ? opinion->topic : opinion->source;
    struct account *account = NULL;
    if (slice_is_empty(id)) return true;
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i].id, id)) account = &list->at[i];
    if (account == NULL) {
        account = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *account);
        if (account == NULL) return false;
        list->at = account;
        account = &list->at[list->count++];
        *account = (struct account){id, of == TASTE_TOPIC ? opinion->topic_label : opinion->source_name, 0, 0, 0};
    }
    account->useful += opinion->kind == OPINION_USEFUL;
    account->not_for_us += opinion->kind == OPINION_NOT_FOR_US;
    account->already_do += opinion->kind == OPINION_ALREADY_DO;
    return true;
}

static int by_id(const void *a, const void *b) {
    return slice_compare(((const struct account *)a)->id, ((const struct account *)b)->id);
}

static int bounded(int points, int most) {
    return points > most ? most : points < -most ? -most : points;
}

/* A topic that a team has already is nothing against its sources. */
static int points_of(const struct account *account, enum taste_of of) {
    if (of == TASTE_SOURCE)
        return bounded((account->useful - account->not_for_us) * TASTE_SOURCE_POINTS, TASTE_SOURCE_MOST);
    return bounded((account->useful - account->not_for_us - account->already_do) * TASTE_TOPIC_POINTS,
                   TASTE_TOPIC_MOST);
}

static const char *told(struct arena *arena, const struct account *account, enum taste_of of) {
    struct buf text = buf_new(200);
    const struct {
        int count;
        const char *words;
    } parts[] = {{account->useful, "useful"},
                 {account->not_for_us, "not for us"},
                 {of == TASTE_TOPIC ? account->already_do : 0, "done already"}};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i].count > 0)
            buf_printf(&text, "%s%d said to be %s", text.len > 0 ? ", " : "", parts[i].count, parts[i].words);
    char *copy = buf_failed(&text) ? NULL : arena_text(arena, buf_slice(&text));
    buf_free(&text);
    return copy;
}

static bool weigh(struct arena *arena, struct account_list *accounts, enum taste_of of, struct taste_list *out) {
    if (accounts->count > 0) qsort(accounts->at, accounts->count, sizeof *accounts->at, by_id);
    for (size_t i = 0; i < accounts->count; i++) {
        const struct account *account = &accounts->at[i];
        int points = points_of(account, of);
        if (points == 0) continue;
        const char *why = told(arena, account, of);
        char *words = why == NULL ? NULL
                                  : arena_printf(arena, "%+d point%s for every post %s %.*s: %s", points,
                                                 points == 1 || points == -1 ? "" : "s",
                                                 of == TASTE_TOPIC ? "on" : "by", SLICE_ARGS(account->label), why);
        struct taste *more = arena_grow(arena, out->at, out->count, &out->capacity, sizeof *more);
        if (words == NULL || more == NULL) return false;
        out->at = more;
        more[out->count++] = (struct taste){of, account->id, points, slice_from(words)};
    }
    return true;
}

bool taste_of_opinions(const struct opinion_list *opinions, struct arena *arena, struct taste_list *out,
                       struct fault *fault) {
    struct account_list topics = {0}, sources = {0};
    struct taste_list made = {0};
    for (size_t i = 0; i < opinions->count; i++)
        if (!count(arena, &topics, &opinions->at[i], TASTE_TOPIC) ||
            !count(arena, &sources, &opinions->at[i], TASTE_SOURCE))
            return fault_memory(fault);
    if (!weigh(arena, &topics, TASTE_TOPIC, &made) || !weigh(arena, &sources, TASTE_SOURCE, &made))
        return fault_memory(fault);
    *out = made;
    return true;
}
