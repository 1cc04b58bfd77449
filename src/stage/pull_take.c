/* What becomes of the answers. */
#include "base/limits.h"
#include "base/when.h"
#include "stage/answered.h"
#include "stage/keep.h"
#include "stage/pull_walk.h"
#include "stage/same_answer.h"

bool pull_keep_state(struct pull *pull, struct asked *asked, struct fault *fault) {
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
    return (asked->hold.micro == 0 || pull_end_work(pull, fault)) &&
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

bool pull_failed(struct pull *pull, struct asked *asked, const struct response *response, struct slice reason,
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

static bool keep(struct pull *pull, struct asked *asked, struct page *page, struct arena *arena, struct fault *fault) {
    struct keep_options options = {.source = asked->source, .rules = pull->rules, .now_s = pull->house->options.now_s};
    struct keep_counts kept = {0};
    int64_t seen = (int64_t)(page->items.count + page->originals.count);
    if (!pull_begin_work(pull, fault)) return false;
    if (!keep_page(pull->house->store, &options, page, arena, &kept, fault)) return false;
    if (!paid_settle(pull->house, &asked->hold, page, fault)) return false;
    asked->state.items_seen += seen;
    answered_counts(&asked->state, kept.made, kept.changed, kept.made + kept.changed + kept.unchanged, options.now_s);
    asked->state.told_s = WHEN_ABSENT;
    if (!own_texts(pull, &asked->state)) return fault_memory(fault);
    /* What an API gave may have cost money: it is not put at risk. */
    pull->together = asked->request.purpose == REQUEST_API ? TOGETHER_MOST : pull->together + 1;
    if (!pull_keep_state(pull, asked, fault)) return false;
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
    bool shut_out = pull_costs(asked) && (response->status == 401 || response->status == 429);
    if (wrong->kind == FAULT_MEMORY) return fault_memory(fault);
    if (shut_out && !paid_queue_shut(&pull->paid, asked->source->secret, slice_from(wrong->text), pull->arena))
        return fault_memory(fault);
    return pull_failed(pull, asked, response, slice_from(wrong->text), fault);
}

/* What was read is kept, and the source's next page asked for. */
static bool take_page(struct pull *pull, const struct being_read *was, struct page *page, struct fault *fault) {
    struct asked *asked = &pull->asked[was->index];
    const struct response *response = &was->response;
    int64_t now_s = pull->house->options.now_s;
    answered_well(&asked->state, asked->source, response, page, now_s);
    /* Of what is read in parts the same bytes are asked for again. */
    asked->state.body_hash = page->more ? (struct slice){NULL, 0} : was->sum;
    pull->counts.answered++;
    if (!keep(pull, asked, page, was->arena, fault)) return false;
    bool enough = asked->pages >= (int)LIMIT_PAGES_PER_RUN || response->retry_at_s > now_s;
    if (!page->more || enough) return true;
    return pull_ask(pull, was->index, fault);
}

bool pull_read_next(struct pull *pull, const struct being_read *next, struct fault *fault) {
    struct being_read was = pull->now;
    struct page page = {0};
    struct fault unread = {0}, refused = {0};
    bool read = was.under_way && reading_end(pull->reading, was.arena, &page, &unread);
    pull->now = (struct being_read){0};
    if (next != NULL) {
        struct asked *asked = &pull->asked[next->index];
        struct reading_job job = {asked->kind, asked->source, asked->state.cursor, &next->response,
                                  pull->house->options.now_s};
        pull->now = *next;
        pull->now.under_way = reading_begin(pull->reading, &job, &refused);
        if (!pull->now.under_way && !not_read(pull, asked, &next->response, &refused, fault)) return false;
    }
    if (read) return take_page(pull, &was, &page, fault);
    return !was.under_way || not_read(pull, &pull->asked[was.index], &was.response, &unread, fault);
}

static bool read_answer(struct pull *pull, size_t index, const struct response *response, struct arena *arena,
                        struct fault *fault) {
    struct asked *asked = &pull->asked[index];
    struct being_read next = {.index = index, .response = *response, .arena = arena};
    if (response->status == 410)
        return pull_failed(pull, asked, response, SLICE("the server says that it is gone for good"), fault);
    bool feed = asked->request.purpose == REQUEST_FEED;
    if (feed && !same_answer_sum(pull->house, asked->source, response, arena, &next.sum, fault)) return false;
    bool same = !slice_is_empty(next.sum) && slice_equal(next.sum, asked->state.body_hash);
    if (same && asked->pages == 1 && pull_may_compare(pull, asked)) return unchanged(pull, asked, response, fault);
    if (!pull_read_next(pull, &next, fault)) return false;
    /* What an API answers decides what is asked of it next. */
    return feed || pull_read_next(pull, NULL, fault);
}

/* An API's limit is no failure: it is part of its rules. A key whose allowance is used up needs a person. */
static bool limited(struct pull *pull, struct asked *asked, const struct response *response, struct arena *arena,
                    struct fault *fault) {
    struct page page = {0};
    struct fault why = {0};
    struct reading_job job = {asked->kind, asked->source, asked->state.cursor, response, pull->house->options.now_s};
    if (response->status != 429 || !pull_costs(asked)) return left_out(pull, asked, response, fault);
    if (!pull_read_next(pull, NULL, fault)) return false;
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
    return pull_failed(pull, asked, response, response->reason, fault);
}

bool pull_ask_next_paid(struct pull *pull, struct fault *fault) {
    size_t index;
    struct slice shut;
    struct response none = {.state = RESPONSE_REFUSED, .retry_at_s = WHEN_ABSENT, .expires_s = WHEN_ABSENT};
    while (paid_queue_next(&pull->paid, &index)) {
        struct asked *asked = &pull->asked[index];
        struct fault wrong = {0};
        shut = paid_queue_shut_why(&pull->paid, asked->source->secret);
        pull->counts.asked++;
        if (slice_is_absent(shut) && pull_ask(pull, index, &wrong)) {
            if (asked->under_way) return true;
            continue;
        }
        if (wrong.kind == FAULT_MEMORY || wrong.kind == FAULT_STORE) {
            *fault = wrong;
            return false;
        }
        if (slice_is_absent(shut)) shut = slice_from(wrong.text);
        if (!pull_failed(pull, asked, &none, shut, fault)) return false;
    }
    return true;
}

bool pull_take_answer(struct pull *pull, size_t index, const struct response *response, struct arena *arena,
                      struct fault *fault) {
    struct asked *asked = &pull->asked[index];
    pull->counts.wire_bytes += (int64_t)response->wire_bytes;
    asked->under_way = false;
    if (!take_state(pull, index, response, arena, fault)) return false;
    return !pull_costs(asked) || asked->under_way || pull_ask_next_paid(pull, fault);
}
