#include "stage/pull.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "source/kind.h"
#include "stage/answered.h"
#include "stage/checkup.h"
#include "stage/due.h"
#include "stage/keep.h"
#include "stage/network.h"
#include "stage/paid.h"
#include "stage/paid_queue.h"
#include "stage/reading.h"
#include "stage/recheck.h"
#include "stage/same_answer.h"
#include "store/sources.h"

/* Pages kept in one transaction at most: what a kill can cost, to be asked again. */
#define TOGETHER_MOST 32u

/* One source of this run. */
struct asked {
    const struct source *source;
    const struct source_kind *kind;
    struct source_state state;
    struct request request;
    struct paid_hold hold;
    int pages;      /* asked in this run */
    bool changed;   /* state waits to be kept */
    bool under_way; /* a request of it is */
};

struct pull {
    struct house *house;
    struct network *network;
    struct reading *reading;
    const struct canon_rules *rules;
    struct arena *arena;    /* lives as long as the run: states, requests, cursors */
    struct asked *asked;    /* by index in the configuration */
    struct store_work work; /* open while pages are kept together */
    unsigned together;      /* pages in it */
    struct paid_queue paid;
    struct pull_counts counts;
};

/* Only a kind whose answers cost money can ask for fewer of them. */
static bool costs(const struct asked *asked) {
    return asked->kind != NULL && asked->kind->shrink != NULL;
}

/* What the answers depend on: when a source's own options change, its cursor and validators are void. */
static bool route_of(struct pull *pull, const struct request *request, const struct source *source, struct slice *out) {
    struct slice what = slice_is_empty(request->file) ? request->url : request->file;
    char *route = arena_printf(pull->arena, "%s %.*s", source->schema->name, SLICE_ARGS(what));
    if (route == NULL) return false;
    *out = slice_from(route);
    return true;
}

/* The first question of this kind with no cursor: its address is the route. */
static bool check_route(struct pull *pull, struct asked *asked, struct fault *fault) {
    struct request first = {0};
    struct slice nothing = {NULL, 0}, route;
    if (!asked->kind->ask(asked->source, nothing, pull->house->options.now_s, pull->arena, &first, fault)) return false;
    if (!route_of(pull, &first, asked->source, &route)) return fault_memory(fault);
    if (slice_equal(route, asked->state.route)) return true;
    asked->state.cursor = asked->state.etag = asked->state.last_modified = asked->state.validated_url = nothing;
    asked->state.body_hash = nothing;
    asked->state.retired_s = WHEN_ABSENT;
    asked->state.route = route;
    return true;
}

/* Whether the answer to come may be held against the one of last time. */
static bool may_compare(const struct pull *pull, const struct asked *asked) {
    const struct request *request = &asked->request;
    if (request->purpose != REQUEST_FEED || !same_answer_holds(pull->house, asked->source, &asked->state)) return false;
    return !slice_is_empty(request->file) || answered_may_compare(&asked->state, pull->house->options.now_s);
}

static void add_validators(const struct pull *pull, struct asked *asked) {
    struct request *request = &asked->request;
    if (asked->pages > 0 || !may_compare(pull, asked)) return;
    request->etag = asked->state.etag;
    request->last_modified = asked->state.last_modified;
    request->validators_url = asked->state.validated_url;
}

/* Left alone for now, which is no failure of the source. Told once. */
static void not_asked(struct pull *pull, struct asked *asked, struct slice reason, int64_t again_s) {
    struct source_state *state = &asked->state;
    house_tell(pull->house, state->told_s == WHEN_ABSENT ? STAGE_TROUBLE : STAGE_INFO, "source '%.*s': %.*s",
               SLICE_ARGS(asked->source->name), SLICE_ARGS(reason));
    state->told_s = pull->house->options.now_s;
    state->last_reason = reason;
    state->next_due_s = again_s;
    state->due_why = SLICE("waits");
    asked->changed = true;
}

/* Pages that are there at the same time are kept in one transaction: a commit waits for the disk. */
static bool begin_work(struct pull *pull, struct fault *fault) {
    return pull->work.store != NULL || store_begin(pull->house->store, &pull->work, fault);
}

static bool end_work(struct pull *pull, struct fault *fault) {
    pull->together = 0;
    return pull->work.store == NULL || store_commit(&pull->work, fault);
}

static bool ask(struct pull *pull, size_t index, struct fault *fault) {
    struct asked *asked = &pull->asked[index];
    int64_t now_s = pull->house->options.now_s;
    if (!asked->kind->ask(asked->source, asked->state.cursor, now_s, pull->arena, &asked->request, fault)) return false;
    if (asked->source->allow_loopback) asked->request.allow_host = url_host(pull->arena, asked->request.url);
    /* A feed that moved for good is asked where it went, once that held. */
    if (asked->request.purpose == REQUEST_FEED && asked->pages == 0 && answered_is_moved(&asked->state))
        asked->request.url = asked->state.moved_to;
    add_validators(pull, asked);
    struct slice poor = {NULL, 0};
    /* What is held back for a price is booked at once, in a transaction of its own. */
    if (costs(asked) && !end_work(pull, fault)) return false;
    if (!paid_hold(pull->house, asked->kind, &asked->request, pull->arena, &asked->hold, &poor, fault)) return false;
    if (!slice_is_absent(poor)) {
        not_asked(pull, asked, poor, now_s + DUE_LONGEST_S);
        return true;
    }
    asked->state.last_ask_s = now_s;
    asked->pages++;
    asked->under_way = true;
    return network_ask(pull->network, &asked->request, index, fault);
}

/* ---- what came back ---- */

static bool keep_state(struct pull *pull, struct asked *asked, struct fault *fault) {
    asked->changed = false;
    return sources_put(pull->house->store, &asked->state, fault);
}

/* Text of a response and a page lives for one answer; the state keeps its own copies. */
static bool own_texts(struct pull *pull, struct source_state *state) {
    struct slice *texts[] = {&state->cursor,        &state->etag,       &state->last_modified,
                             &state->validated_url, &state->body_hash,  &state->last_reason,
                             &state->moved_to,      &state->feed_title, &state->feed_site};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (!arena_copy(pull->arena, *texts[i], texts[i])) return false;
    return true;
}

static bool release(struct pull *pull, struct asked *asked, const struct response *response, struct fault *fault) {
    return (asked->hold.micro == 0 || end_work(pull, fault)) &&
           paid_release(pull->house, &asked->hold, response, fault);
}

/* Nobody asked it: the run's time was over, or its host had to be left alone. That is no failure of its own. */
static bool left_out(struct pull *pull, struct asked *asked, const struct response *response, struct fault *fault) {
    if (!release(pull, asked, response, fault)) return false;
    pull->counts.left_out++;
    house_tell(pull->house, STAGE_INFO, "source '%.*s': %.*s", SLICE_ARGS(asked->state.name),
               SLICE_ARGS(response->reason));
    if (response->retry_at_s == WHEN_ABSENT) return true;
    answered_not(&asked->state, response);
    asked->changed = true;
    return own_texts(pull, &asked->state) || fault_memory(fault);
}

/* One failure is no news: a mail about each would teach people not to read them. */
static bool failed(struct pull *pull, struct asked *asked, const struct response *response, struct slice reason,
                   struct fault *fault) {
    struct source_state *state = &asked->state;
    if (!release(pull, asked, response, fault)) return false;
    answered_badly(state, asked->source, response, reason, pull->house->options.now_s);
    asked->changed = true;
    pull->counts.failed++;
    bool local = !slice_is_empty(asked->request.file);
    pull->counts.unreached += !local && response->state == RESPONSE_FAILED && response->status == 0;
    if (!own_texts(pull, state)) return fault_memory(fault);
    bool alarm = state->failures >= pull->house->config.alarm_after && state->told_s == WHEN_ABSENT;
    if (state->retired_s != WHEN_ABSENT) alarm = state->told_s == WHEN_ABSENT;
    house_tell(pull->house, alarm ? STAGE_TROUBLE : STAGE_INFO, "source '%.*s': %.*s%s", SLICE_ARGS(state->name),
               SLICE_ARGS(reason),
               state->retired_s != WHEN_ABSENT ? " (it is gone for good, and is not asked again)" : "");
    if (!alarm) return true;
    state->told_s = pull->house->options.now_s;
    pull->counts.alarms++;
    return true;
}

/* Nobody else may write while a transaction is open: it never waits for a server. */
static bool end_work_in_time(struct pull *pull, struct fault *fault) {
    bool ready = false;
    if (pull->together == 0) return true;
    if (pull->together < TOGETHER_MOST && !network_is_ready(pull->network, &ready, fault)) return false;
    return ready || end_work(pull, fault);
}

static bool keep(struct pull *pull, struct asked *asked, struct page *page, struct arena *arena, struct fault *fault) {
    struct keep_options options = {.source = asked->source, .rules = pull->rules, .now_s = pull->house->options.now_s};
    struct keep_counts kept = {0};
    int64_t seen = (int64_t)(page->items.count + page->originals.count);
    if (!begin_work(pull, fault)) return false;
    if (!keep_page(pull->house->store, &options, page, arena, &kept, fault)) return false;
    if (!paid_settle(pull->house, &asked->hold, page, fault)) return false;
    asked->state.items_seen += seen;
    answered_counts(&asked->state, kept.made, kept.changed, kept.made + kept.changed + kept.unchanged, options.now_s);
    asked->state.told_s = WHEN_ABSENT;
    if (!own_texts(pull, &asked->state)) return fault_memory(fault);
    /* What an API gave may have cost money: it is not put at risk. */
    pull->together = asked->request.purpose == REQUEST_API ? TOGETHER_MOST : pull->together + 1;
    if (!keep_state(pull, asked, fault)) return false;
    pull->counts.items_new += kept.made;
    pull->counts.items_changed += kept.changed;
    pull->counts.items_skipped += kept.skipped;
    house_tell(pull->house, STAGE_INFO, "source '%.*s': %lld posts, %lld new", SLICE_ARGS(asked->source->name),
               (long long)seen, (long long)kept.made);
    return true;
}

static bool unchanged(struct pull *pull, struct asked *asked, const struct response *response, struct fault *fault) {
    answered_unchanged(&asked->state, asked->source, response, pull->house->options.now_s);
    asked->state.told_s = WHEN_ABSENT;
    asked->changed = true;
    pull->counts.unchanged++;
    return own_texts(pull, &asked->state) || fault_memory(fault);
}

/* A key that is not accepted, or whose allowance is used up, is no use to the other sources either. */
static bool not_read(struct pull *pull, struct asked *asked, const struct response *response, const struct fault *wrong,
                     struct fault *fault) {
    bool shut_out = costs(asked) && (response->status == 401 || response->status == 429);
    if (wrong->kind == FAULT_MEMORY) return fault_memory(fault);
    if (shut_out && !paid_queue_shut(&pull->paid, asked->source->secret, slice_from(wrong->text), pull->arena))
        return fault_memory(fault);
    return failed(pull, asked, response, slice_from(wrong->text), fault);
}

static bool read_answer(struct pull *pull, size_t index, const struct response *response, struct arena *arena,
                        struct fault *fault) {
    struct asked *asked = &pull->asked[index];
    struct page page = {0};
    struct slice sum = {NULL, 0};
    struct fault wrong = {0};
    int64_t now_s = pull->house->options.now_s;
    if (response->status == 410)
        return failed(pull, asked, response, SLICE("the server says that it is gone for good"), fault);
    if (asked->request.purpose == REQUEST_FEED &&
        !same_answer_sum(pull->house, asked->source, response, arena, &sum, fault))
        return false;
    bool same = !slice_is_empty(sum) && slice_equal(sum, asked->state.body_hash);
    if (same && asked->pages == 1 && may_compare(pull, asked)) return unchanged(pull, asked, response, fault);
    struct reading_job job = {asked->kind, asked->source, asked->state.cursor, response, now_s};
    if (!reading_take(pull->reading, &job, arena, &page, &wrong)) {
        return not_read(pull, asked, response, &wrong, fault);
    }
    answered_well(&asked->state, asked->source, response, &page, now_s);
    /* Of what is read in parts the same bytes are asked for again. */
    asked->state.body_hash = page.more ? (struct slice){NULL, 0} : sum;
    pull->counts.answered++;
    if (!keep(pull, asked, &page, arena, fault)) return false;
    bool enough = asked->pages >= (int)LIMIT_PAGES_PER_RUN || response->retry_at_s > now_s;
    if (!page.more || enough) return true;
    return ask(pull, index, fault);
}

/* An API's limit is no failure: it is part of its rules. A key whose allowance is used up needs a person. */
static bool limited(struct pull *pull, struct asked *asked, const struct response *response, struct arena *arena,
                    struct fault *fault) {
    struct page page = {0};
    struct fault why = {0};
    struct reading_job job = {asked->kind, asked->source, asked->state.cursor, response, pull->house->options.now_s};
    if (response->status != 429 || !costs(asked)) return left_out(pull, asked, response, fault);
    if (reading_take(pull->reading, &job, arena, &page, &why) || why.kind != FAULT_REFUSED)
        return left_out(pull, asked, response, fault);
    return not_read(pull, asked, response, &why, fault);
}

static bool take_state(struct pull *pull, size_t index, const struct response *response, struct arena *arena,
                       struct fault *fault) {
    struct asked *asked = &pull->asked[index];
    switch (response->state) {
        case RESPONSE_ANSWERED: return read_answer(pull, index, response, arena, fault);
        case RESPONSE_UNCHANGED: return unchanged(pull, asked, response, fault);
        case RESPONSE_WAIT:
            if (response->status == 0) return left_out(pull, asked, response, fault);
            if (asked->request.purpose == REQUEST_API) return limited(pull, asked, response, arena, fault);
            break;
        case RESPONSE_REFUSED:
        case RESPONSE_FAILED: break;
    }
    return failed(pull, asked, response, response->reason, fault);
}

/* The next of those that cost money: one at a time, so that the best get what there is. */
static bool ask_next_paid(struct pull *pull, struct fault *fault) {
    size_t index;
    struct slice shut;
    struct response none = {.state = RESPONSE_REFUSED, .retry_at_s = WHEN_ABSENT, .expires_s = WHEN_ABSENT};
    while (paid_queue_next(&pull->paid, &index)) {
        struct asked *asked = &pull->asked[index];
        struct fault wrong = {0};
        shut = paid_queue_shut_why(&pull->paid, asked->source->secret);
        pull->counts.asked++;
        if (slice_is_absent(shut) && ask(pull, index, &wrong)) {
            if (asked->under_way) return true;
            continue;
        }
        if (wrong.kind == FAULT_MEMORY || wrong.kind == FAULT_STORE) {
            *fault = wrong;
            return false;
        }
        if (slice_is_absent(shut)) shut = slice_from(wrong.text);
        if (!failed(pull, asked, &none, shut, fault)) return false;
    }
    return true;
}

static bool take_answer(struct pull *pull, size_t index, const struct response *response, struct arena *arena,
                        struct fault *fault) {
    struct asked *asked = &pull->asked[index];
    pull->counts.wire_bytes += (int64_t)response->wire_bytes;
    asked->under_way = false;
    if (!take_state(pull, index, response, arena, fault)) return false;
    return !costs(asked) || asked->under_way || ask_next_paid(pull, fault);
}

/* ---- the run ---- */

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
    if (!check_route(pull, asked, &wrong)) {
        if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
        return !is_wanted(pull, options, asked) || failed(pull, asked, &none, slice_from(wrong.text), fault);
    }
    if (!is_wanted(pull, options, asked)) return true;
    /* A limit that the server named stands, also where a person asks. */
    int64_t until_s = costs(asked) ? pull->paid.closed_until_s : asked->state.retry_at_s;
    if (asked->state.retry_at_s > until_s) until_s = asked->state.retry_at_s;
    if (until_s > pull->house->options.now_s) {
        char *words = arena_printf(pull->arena, "its server asked to be left alone for another %lld minutes",
                                   (long long)(until_s - pull->house->options.now_s + 59) / 60);
        if (words == NULL) return fault_memory(fault);
        not_asked(pull, asked, slice_from(words), until_s);
        return true;
    }
    if (costs(asked))
        return paid_queue_add(&pull->paid, pull->arena, asked->source->name, index) || fault_memory(fault);
    pull->counts.asked++;
    if (ask(pull, index, &wrong)) return true;
    if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
    return failed(pull, asked, &none, slice_from(wrong.text), fault);
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
    if (costs(asked) && asked->state.retry_at_s > pull->paid.closed_until_s)
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
        if (pull->asked[i].changed && !keep_state(pull, &pull->asked[i], fault)) return false;
    return checkup_note(pull->house, pull->arena, fault);
}

static bool walk(struct pull *pull, const struct pull_options *options, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    if (!begin_sources(pull, options, fault)) return false;
    if (!paid_queue_sort(&pull->paid, pull->house, fault) || !ask_next_paid(pull, fault)) return false;
    if (network_waiting(pull->network) > 0 && !reading_stand_by(pull->reading, fault)) return false;
    for (;;) {
        size_t index;
        struct response response;
        bool more;
        arena_reset(arena);
        if (!end_work_in_time(pull, fault)) return false;
        if (!network_next(pull->network, arena, &index, &response, &more, fault)) return false;
        if (!more) break;
        if (!take_answer(pull, index, &response, arena, fault)) return false;
        house_tell(pull->house, STAGE_PROGRESS, "%zu sources to go", network_waiting(pull->network));
    }
    return end_work(pull, fault);
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
}

bool pull_run(struct house *house, const struct pull_options *options, struct pull_counts *out, struct store_work *last,
              struct fault *fault) {
    if (!knows(house, options->only, fault)) return false;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    AUTO(free_pull)
    struct pull pull = {.house = house, .rules = house->url_rules, .arena = arena};
    pull.asked = arena_alloc(arena, house->config.sources.count, sizeof *pull.asked);
    if (pull.asked == NULL) return fault_memory(fault);
    if (!ask_sources(&pull, options, fault)) return false;
    if (slice_is_absent(options->only) && !recheck_run(house, &pull.counts.again, fault)) return false;
    if (!begin_work(&pull, fault) || !keep_checks(&pull, fault)) return false;
    *out = pull.counts;
    *last = pull.work;
    pull.work = (struct store_work){0};
    return true;
}
