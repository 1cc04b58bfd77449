/* What is asked of a source. */
#include "base/url.h"
#include "base/when.h"
#include "stage/answered.h"
#include "stage/due.h"
#include "stage/pull_walk.h"
#include "stage/same_answer.h"

bool pull_costs(const struct asked *asked) {
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

bool pull_check_route(struct pull *pull, struct asked *asked, struct fault *fault) {
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

bool pull_may_compare(const struct pull *pull, const struct asked *asked) {
    const struct request *request = &asked->request;
    if (request->purpose != REQUEST_FEED || !same_answer_holds(pull->house, asked->source, &asked->state)) return false;
    return !slice_is_empty(request->file) || answered_may_compare(&asked->state, pull->house->options.now_s);
}

static void add_validators(const struct pull *pull, struct asked *asked) {
    struct request *request = &asked->request;
    if (asked->pages > 0 || !pull_may_compare(pull, asked)) return;
    request->etag = asked->state.etag;
    request->last_modified = asked->state.last_modified;
    request->validators_url = asked->state.validated_url;
}

void pull_not_asked(struct pull *pull, struct asked *asked, struct slice reason, int64_t again_s) {
    struct source_state *state = &asked->state;
    house_tell(pull->house, state->told_s == WHEN_ABSENT ? STAGE_TROUBLE : STAGE_INFO, "source '%.*s': %.*s",
               SLICE_ARGS(asked->source->name), SLICE_ARGS(reason));
    state->told_s = pull->house->options.now_s;
    state->last_reason = reason;
    state->next_due_s = again_s;
    state->due_why = SLICE("waits");
    asked->changed = true;
}

bool pull_begin_work(struct pull *pull, struct fault *fault) {
    return pull->work.store != NULL || store_begin(pull->house->store, &pull->work, fault);
}

bool pull_end_work(struct pull *pull, struct fault *fault) {
    pull->together = 0;
    return pull->work.store == NULL || store_commit(&pull->work, fault);
}

bool pull_ask(struct pull *pull, size_t index, struct fault *fault) {
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
    if (pull_costs(asked) && !pull_end_work(pull, fault)) return false;
    if (!paid_hold(pull->house, asked->kind, &asked->request, pull->arena, &asked->hold, &poor, fault)) return false;
    if (!slice_is_absent(poor)) {
        pull_not_asked(pull, asked, poor, now_s + DUE_LONGEST_S);
        return true;
    }
    asked->state.last_ask_s = now_s;
    asked->pages++;
    asked->under_way = true;
    return network_ask(pull->network, &asked->request, index, fault);
}
