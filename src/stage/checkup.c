#include "stage/checkup.h"

#include "base/limits.h"
#include "base/when.h"
#include "source/kind.h"
#include "stage/contents.h"

/* Answers after which the first posts of a source are looked at: before, all of them came at once. */
#define ANSWERS_LEAST 3

struct examining {
    const struct house *house;
    enum checkup_depth depth;
    struct arena *arena, *scratch; /* scratch: one source at a time */
    struct slice *addresses;       /* what each is known by, absent = not known yet */
};

/* What two sources have in common when they are one: where the feed was found in the end, or what is asked. */
static bool address_of(struct examining *e, const struct source *source, const struct source_state *state,
                       struct slice *out, struct fault *fault) {
    struct canonical page;
    struct fault ignored = {0};
    *out = state->route;
    bool feed = slice_equal(slice_from(source->schema->name), SLICE("feed"));
    if (!feed || slice_is_empty(state->validated_url)) return true;
    if (canonical_url(e->house->url_rules, state->validated_url, e->arena, &page, &ignored)) *out = page.key;
    return ignored.kind != FAULT_MEMORY || fault_memory(fault);
}

static struct slice twin_of(const struct examining *e, size_t index) {
    const struct source_list *sources = &e->house->config.sources;
    for (size_t i = 0; i < index && !slice_is_empty(e->addresses[index]); i++)
        if (slice_equal(e->addresses[i], e->addresses[index]) && !sources->at[i].paused) return sources->at[i].name;
    return (struct slice){NULL, 0};
}

static bool is_of_contents(const struct source_state *state) {
    return state->ill == HEALTH_EMPTY || state->ill == HEALTH_ADVERTS || state->ill == HEALTH_SISTER;
}

static bool is_looked_at(const struct examining *e, const struct source_state *state) {
    if (e->depth == CHECKUP_ANSWERS || state->last_new_item_s == WHEN_ABSENT) return false;
    if (e->depth == CHECKUP_ALL) return true;
    return is_of_contents(state) ||
           (state->answers >= ANSWERS_LEAST && state->last_new_item_s == e->house->options.now_s);
}

static bool examine(struct examining *e, size_t index, struct checked *out, struct fault *fault) {
    const struct house *house = e->house;
    struct contents contents = {0};
    struct health_facts facts = {.source = out->source,
                                 .state = &out->state,
                                 .alarm_after = house->config.alarm_after,
                                 .now_s = house->options.now_s,
                                 .twin = twin_of(e, index)};
    arena_reset(e->scratch);
    if (is_looked_at(e, &out->state)) {
        if (!contents_look(house, out->source->name, e->scratch, &contents, fault)) return false;
        facts.contents = &contents;
    }
    if (!health_of(&facts, e->arena, &out->health, &out->words)) return fault_memory(fault);
    /* What was found when its posts were looked at last still stands. */
    if (facts.contents == NULL && out->health == HEALTH_GOOD && is_of_contents(&out->state)) {
        out->health = (enum health)out->state.ill;
        out->words = out->state.ill_words;
    }
    return true;
}

bool checkup_run(const struct house *house, enum checkup_depth depth, struct arena *arena, struct checked_list *out,
                 struct fault *fault) {
    const struct source_list *sources = &house->config.sources;
    AUTO(arena_free)
    struct arena *scratch = arena_new(LIMIT_ARENA_BYTES);
    struct examining e = {house, depth, arena, scratch, arena_alloc(arena, sources->count, sizeof(struct slice))};
    struct checked_list list = {.at = arena_alloc(arena, sources->count, sizeof *list.at), .capacity = sources->count};
    if (scratch == NULL || e.addresses == NULL || list.at == NULL) return fault_memory(fault);
    for (; list.count < sources->count; list.count++) {
        struct checked *one = &list.at[list.count];
        one->source = &sources->at[list.count];
        if (!sources_get(house->store, one->source->name, arena, &one->state, fault) ||
            !address_of(&e, one->source, &one->state, &e.addresses[list.count], fault))
            return false;
    }
    for (size_t i = 0; i < list.count; i++)
        if (!examine(&e, i, &list.at[i], fault)) return false;
    *out = list;
    return true;
}

static bool note(const struct house *house, const struct checked *one, struct fault *fault) {
    struct source_state state = one->state;
    enum health ill = health_is_ill(one->health) ? one->health : HEALTH_GOOD;
    if (state.ill == (int64_t)ill) return true;
    state.ill = (int64_t)ill;
    state.ill_since_s = ill == HEALTH_GOOD ? WHEN_ABSENT : house->options.now_s;
    state.ill_words = ill == HEALTH_GOOD ? (struct slice){NULL, 0} : one->words;
    bool told = ill == HEALTH_GOOD || ill == HEALTH_FAILING || ill == HEALTH_GONE;
    if (!told) house_tell(house, STAGE_TROUBLE, "source '%.*s': %.*s", SLICE_ARGS(state.name), SLICE_ARGS(one->words));
    return sources_put(house->store, &state, fault);
}

bool checkup_note(const struct house *house, struct arena *arena, struct fault *fault) {
    struct checked_list list = {0};
    if (!checkup_run(house, CHECKUP_FRESH, arena, &list, fault)) return false;
    for (size_t i = 0; i < list.count; i++)
        if (!note(house, &list.at[i], fault)) return false;
    return true;
}
