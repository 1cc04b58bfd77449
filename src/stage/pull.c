#include "stage/pull.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/when.h"
#include "stage/checkup.h"
#include "stage/pull_walk.h"
#include "stage/recheck.h"

static bool is_wanted(const struct pull *pull, const struct pull_options *options, const struct asked *asked) {
    if (!slice_is_absent(options->only)) return slice_equal(options->only, asked->source->name);
    if (asked->source->paused || asked->state.retired_s != WHEN_ABSENT) return false;
    int64_t due_s = asked->state.next_due_s;
    return due_s == WHEN_ABSENT || due_s <= pull->house->options.now_s;
}

static bool begin_source(struct pull *pull, const struct pull_options *options, size_t index, struct fault *fault) {
    struct asked *asked = &pull->asked[index];
    struct fault wrong = {0};
    struct response none = {.state = RESPONSE_REFUSED, .retry_at_s = WHEN_ABSENT, .expires_s = WHEN_ABSENT};
    if (asked->kind == NULL || asked->source->paused) return true;
    if (!pull_check_route(pull, asked, &wrong)) {
        if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
        return !is_wanted(pull, options, asked) || pull_failed(pull, asked, &none, slice_from(wrong.text), fault);
    }
    if (!is_wanted(pull, options, asked)) return true;
    /* A limit that the server named stands, also where a person asks. */
    int64_t until_s = pull_costs(asked) ? pull->paid.closed_until_s : asked->state.retry_at_s;
    if (asked->state.retry_at_s > until_s) until_s = asked->state.retry_at_s;
    if (until_s > pull->house->options.now_s) {
        char *words = arena_printf(pull->arena, "its server asked to be left alone for another %lld minutes",
                                   (long long)(until_s - pull->house->options.now_s + 59) / 60);
        if (words == NULL) return fault_memory(fault);
        pull_not_asked(pull, asked, slice_from(words), until_s);
        return true;
    }
    if (pull_costs(asked))
        return paid_queue_add(&pull->paid, pull->arena, asked->source->name, index) || fault_memory(fault);
    pull->counts.asked++;
    if (pull_ask(pull, index, &wrong)) return true;
    if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
    return pull_failed(pull, asked, &none, slice_from(wrong.text), fault);
}

/* Those that have waited longest come first: where a run's time is too short for all, none is left out for ever. */
struct turn {
    int64_t due_s;
    size_t index;
};

static int by_turn(const void *a, const void *b) {
    const struct turn *one = a, *other = b;
    if (one->due_s != other->due_s) return one->due_s < other->due_s ? -1 : 1;
    return one->index < other->index ? -1 : 1;
}

/* What is remembered of it. A network that counts our requests in all closes for all its sources at once. */
static bool load_source(struct pull *pull, size_t index, struct fault *fault) {
    struct asked *asked = &pull->asked[index];
    asked->source = &pull->house->config.sources.at[index];
    asked->kind = source_kind_find(slice_from(asked->source->schema->name));
    if (!sources_get(pull->house->store, asked->source->name, pull->arena, &asked->state, fault)) return false;
    if (pull_costs(asked) && asked->state.retry_at_s > pull->paid.closed_until_s)
        pull->paid.closed_until_s = asked->state.retry_at_s;
    return true;
}

static bool begin_sources(struct pull *pull, const struct pull_options *options, struct fault *fault) {
    const struct source_list *sources = &pull->house->config.sources;
    struct turn *turns = arena_alloc(pull->arena, sources->count, sizeof *turns);
    if (turns == NULL) return fault_memory(fault);
    for (size_t i = 0; i < sources->count; i++) {
        if (!load_source(pull, i, fault)) return false;
        turns[i] = (struct turn){pull->asked[i].state.next_due_s, i};
    }
    qsort(turns, sources->count, sizeof *turns, by_turn);
    for (size_t i = 0; i < sources->count; i++)
        if (!begin_source(pull, options, turns[i].index, fault)) return false;
    return true;
}

/* The checks of unchanged and failed sources go into one transaction at the end. */
static bool keep_checks(struct pull *pull, struct fault *fault) {
    for (size_t i = 0; i < pull->house->config.sources.count; i++)
        if (pull->asked[i].changed && !pull_keep_state(pull, &pull->asked[i], fault)) return false;
    return checkup_note(pull->house, pull->arena, fault);
}

/* The arena that nothing is being read from, empty. */
static struct arena *free_arena(const struct pull *pull) {
    struct arena *arena = pull->answers[pull->now.under_way && pull->now.arena == pull->answers[0]];
    arena_reset(arena);
    return arena;
}

/* While the network has nothing new, what was read is kept. Nobody else may write while a transaction is open: it never
 * waits for a server. */
static bool end_work_in_time(struct pull *pull, struct fault *fault) {
    bool ready = false;
    if (pull->together == 0 && !pull->now.under_way) return true;
    if (!network_is_ready(pull->network, &ready, fault)) return false;
    if (!ready && !pull_read_next(pull, NULL, fault)) return false;
    return (ready && pull->together < TOGETHER_MOST) || pull_end_work(pull, fault);
}

static bool take_answers(struct pull *pull, struct fault *fault) {
    for (;;) {
        size_t index;
        struct response response;
        bool more;
        struct arena *arena = free_arena(pull);
        if (!end_work_in_time(pull, fault)) return false;
        if (!network_next(pull->network, arena, &index, &response, &more, fault)) return false;
        if (!more) break;
        if (!pull_take_answer(pull, index, &response, arena, fault)) return false;
        house_tell(pull->house, STAGE_PROGRESS, "%zu sources to go", network_waiting(pull->network));
    }
    return pull_end_work(pull, fault);
}

static bool walk(struct pull *pull, const struct pull_options *options, struct fault *fault) {
    if (!begin_sources(pull, options, fault)) return false;
    if (!paid_queue_sort(&pull->paid, pull->house, fault) || !pull_ask_next_paid(pull, fault)) return false;
    if (network_waiting(pull->network) > 0 && !reading_stand_by(pull->reading, fault)) return false;
    return take_answers(pull, fault);
}

/* The network and the reading process live no longer than they are needed: what follows has a network of its own. */
static bool ask_sources(struct pull *pull, const struct pull_options *options, struct fault *fault) {
    AUTO(network_free)
    struct network *network = network_new(pull->house, fault);
    AUTO(reading_free)
    struct reading *reading = reading_new(fault);
    if (network == NULL || reading == NULL) return false;
    pull->network = network;
    pull->reading = reading;
    return walk(pull, options, fault);
}

static bool knows(const struct house *house, struct slice name, struct fault *fault) {
    if (slice_is_absent(name)) return true;
    for (size_t i = 0; i < house->config.sources.count; i++)
        if (slice_equal(house->config.sources.at[i].name, name)) return true;
    return fault_set(fault, FAULT_USAGE, "there is no source '%.*s'; 'discern sources list' names them",
                     SLICE_ARGS(name));
}

static void free_pull(struct pull *pull) {
    store_work_end(&pull->work);
    arena_free(&pull->arena);
    for (size_t i = 0; i < COUNT_OF(pull->answers); i++) arena_free(&pull->answers[i]);
}

static bool make_arenas(struct pull *pull, struct fault *fault) {
    pull->arena = arena_new(LIMIT_ARENA_BYTES);
    for (size_t i = 0; i < COUNT_OF(pull->answers); i++) {
        pull->answers[i] = arena_new(LIMIT_ARENA_BYTES);
        if (pull->answers[i] == NULL) return fault_memory(fault);
    }
    return pull->arena != NULL || fault_memory(fault);
}

bool pull_run(struct house *house, const struct pull_options *options, struct pull_counts *out, struct store_work *last,
              struct fault *fault) {
    if (!knows(house, options->only, fault)) return false;
    AUTO(free_pull)
    struct pull pull = {.house = house, .rules = house->url_rules};
    if (!make_arenas(&pull, fault)) return false;
    pull.asked = arena_alloc(pull.arena, house->config.sources.count, sizeof *pull.asked);
    if (pull.asked == NULL) return fault_memory(fault);
    if (!ask_sources(&pull, options, fault)) return false;
    if (slice_is_absent(options->only) && !recheck_run(house, &pull.counts.again, fault)) return false;
    if (!pull_begin_work(&pull, fault) || !keep_checks(&pull, fault)) return false;
    *out = pull.counts;
    *last = pull.work;
    pull.work = (struct store_work){0};
    return true;
}
