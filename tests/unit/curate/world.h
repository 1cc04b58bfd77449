/* A made-up world of sources and posts, the same on every run: for tests of choosing. */
#ifndef DISCERN_TESTS_CURATE_WORLD_H
#define DISCERN_TESTS_CURATE_WORLD_H

#include <stdio.h>
#include <stdlib.h>

#include "base/when.h"
#include "model/history.h"

#define WORLD_START 1795478400 /* 2026-11-24 */

struct world {
    struct arena *arena;
    uint64_t seed;
    struct candidate_list candidates;
};

static inline uint64_t world_random(struct world *world) {
    uint64_t x = world->seed += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static inline void *world_new(struct world *world, size_t size) {
    void *at = arena_alloc(world->arena, 1, size);
    if (at == NULL) abort();
    return at;
}

#define WORLD_TEXT(world, ...) slice_from(arena_printf((world)->arena, __VA_ARGS__))

/* A candidate with an item, a verdict of that level on that topic, and no page; change what the test needs. */
static inline struct candidate *world_post(struct world *world, const char *source, const char *text, int level,
                                           const char *topic, int64_t seen_s) {
    struct candidate_list *list = &world->candidates;
    list->at = arena_grow(world->arena, list->at, list->count, &list->capacity, sizeof *list->at);
    if (list->at == NULL) abort();
    struct item *item = world_new(world, sizeof *item);
    struct verdict *verdict = world_new(world, sizeof *verdict);
    item_init(item);
    item->kind = ITEM_POST;
    item->id = WORLD_TEXT(world, "p%zu", list->count);
    item->url = WORLD_TEXT(world, "https://posts.example/%s/%zu", source, list->count);
    item->text = slice_from(text);
    item->published_s = seen_s - 3600;
    if (!person_list_add(world->arena, &item->authors, (struct person){.name = slice_from(source)})) abort();
    verdict->is_idea = true;
    verdict->idea_score = 0.8;
    verdict->level = level;
    verdict->rules_id = SLICE("r1");
    verdict->topics.at = world_new(world, sizeof *verdict->topics.at);
    verdict->topics.at[0] = (struct topic_score){.id = slice_from(topic), .label = slice_from(topic), .score = 0.9};
    verdict->topics.count = verdict->topics.capacity = 1;
    list->at[list->count] = (struct candidate){.id = WORLD_TEXT(world, "%s/p%zu", source, list->count),
                                               .source = slice_from(source),
                                               .item = item,
                                               .verdict = verdict,
                                               .first_seen_s = seen_s};
    return &list->at[list->count++];
}

static inline struct item *world_item(struct candidate *candidate) {
    return (struct item *)(uintptr_t)candidate->item;
}
static inline struct verdict *world_verdict(struct candidate *candidate) {
    return (struct verdict *)(uintptr_t)candidate->verdict;
}

static inline struct curate_input world_input(const struct world *world, int64_t date_s) {
    static char date[WHEN_TEXT_BYTES];
    when_date(date_s, date);
    return (struct curate_input){.date = slice_from(date),
                                 .date_s = date_s,
                                 .now_s = date_s + DAY_S,
                                 .school = SLICE("Northfield"),
                                 .reader = {.name = SLICE("all"), .title = SLICE("All staff"), .length = 6},
                                 .candidates = world->candidates,
                                 .new_ideas = 6};
}

#endif
