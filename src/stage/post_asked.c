#include "stage/post_asked.h"

#include "normal/item.h"
#include "stage/local_hosts.h"
#include "stage/paid.h"

/* A network may want to be asked once more in other words. */
#define TURNS 2

struct asking {
    const struct post_asking *with;
    const struct source_kind *kind;
    struct request request;
    struct slice cursor; /* what it was asked with */
    struct paid_hold hold;
    struct post_asked *out;
};

bool post_costs(const struct source_kind *kind) {
    return kind->shrink != NULL;
}

/* One with a key where there is one: it can ask. */
static const struct source *source_of_kind(const struct house *house, const struct source_kind *kind) {
    const struct source *best = NULL;
    for (size_t i = 0; i < house->config.sources.count; i++) {
        const struct source *source = &house->config.sources.at[i];
        if (source->schema != &kind->schema) continue;
        if (best == NULL || (slice_is_empty(best->secret) && !slice_is_empty(source->secret))) best = source;
    }
    return best;
}

static void refuse(struct asking *asking, enum fault_kind why, struct slice problem) {
    asking->out->problem = problem;
    asking->out->why = why;
}

/* ---- before it is asked ---- */

static bool say_no_key(struct asking *asking, const struct fault *why, struct fault *fault) {
    const struct config *config = &asking->with->house->config;
    char *words =
        arena_printf(asking->with->arena,
                     "its network gives a post only to a key that is paid for: %s%s; "
                     "or check the page that the post links to",
                     why->text, config->x_budget > 0 ? "" : ", and give `x-budget DOLLARS` (a month) in discern.conf");
    if (words == NULL) return fault_memory(fault);
    refuse(asking, FAULT_REFUSED, slice_from(words));
    return true;
}

/* *ready: the key is there and the money set aside. */
static bool prepare(struct asking *asking, bool *ready, struct fault *fault) {
    const struct post_asking *with = asking->with;
    struct request *request = &asking->request;
    struct fault no_key = {0};
    struct slice poor;
    *ready = false;
    bool has_key = slice_is_empty(request->secret) || network_has_secret(with->network, request->secret, &no_key);
    if (!has_key) return no_key.kind == FAULT_MEMORY ? fault_memory(fault) : say_no_key(asking, &no_key, fault);
    /* The school's own source says where its network is. */
    request->allow_host = local_host_allowed(with->local_hosts, request->url, with->arena);
    if (!paid_hold(with->house, asking->kind, request, with->arena, &asking->hold, &poor, fault)) return false;
    *ready = slice_is_absent(poor);
    if (!*ready) refuse(asking, FAULT_REFUSED, poor);
    return true;
}

/* ---- what came ---- */

/* Booked whatever it holds: it is charged. */
static bool settle(struct asking *asking, const struct page *page, struct fault *fault) {
    struct house *house = asking->with->house;
    AUTO(store_work_end)
    struct store_work work = {0};
    if (asking->hold.micro == 0) return true;
    return store_begin(house->store, &work, fault) && paid_settle(house, &asking->hold, page, fault) &&
           store_commit(&work, fault);
}

static bool keep(struct asking *asking, const struct page *page, struct fault *fault) {
    const struct post_asking *with = asking->with;
    struct source nobody = {.name = SLICE("check")};
    struct fault wrong = {0};
    struct item post = page->items.at[0];
    struct canon_memo *memo = canon_memo_new(with->house->url_rules, with->arena);
    if (memo == NULL) return fault_memory(fault);
    if (normal_item(&post, &nobody, memo, with->house->options.now_s, with->arena, &wrong)) {
        asking->out->post = post;
        asking->out->found = true;
        return true;
    }
    if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
    refuse(asking, FAULT_REMOTE, SLICE("its network gave something else than a post"));
    return true;
}

/* *again: the network wants to be asked in other words, which the cursor then says. */
static bool take(struct asking *asking, const struct response *response, bool *again, struct fault *fault) {
    const struct post_asking *with = asking->with;
    struct page page = {0};
    struct fault wrong = {0};
    struct reading_job job = {.kind = asking->kind,
                              .cursor = asking->cursor,
                              .response = response,
                              .now_s = with->house->options.now_s};
    if (response->state != RESPONSE_ANSWERED) {
        refuse(asking, FAULT_REMOTE, response->reason);
        return paid_release(with->house, &asking->hold, response, fault);
    }
    if (!reading_take(with->reading, &job, with->arena, &page, &wrong)) {
        if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
        refuse(asking, wrong.kind, (struct slice){NULL, 0});
        return arena_copy(with->arena, slice_from(wrong.text), &asking->out->problem)
                   ? paid_release(with->house, &asking->hold, response, fault)
                   : fault_memory(fault);
    }
    if (!settle(asking, &page, fault)) return false;
    if (page.items.count > 0) return keep(asking, &page, fault);
    *again = page.more;
    asking->cursor = page.cursor;
    refuse(asking, FAULT_REFUSED, SLICE("its network has no such post (any more), or does not show it to everybody"));
    return true;
}

bool post_ask(const struct post_asking *with, const struct source_kind *kind, struct slice url, struct post_asked *out,
              struct fault *fault) {
    const struct source *source = source_of_kind(with->house, kind);
    *out = (struct post_asked){.only_there = post_costs(kind)};
    struct asking asking = {.with = with, .kind = kind, .out = out};
    if (kind->one == NULL) return true;
    bool again = true;
    for (int turn = 0; again && turn < TURNS; turn++) {
        struct post_address post = {url, asking.cursor};
        struct response response;
        size_t number;
        bool ready, more;
        again = false;
        if (!kind->one(source, &post, with->arena, &asking.request, &out->mine, fault)) return false;
        if (!out->mine) return true;
        if (!prepare(&asking, &ready, fault)) return false;
        if (!ready) return true;
        if (!network_ask(with->network, &asking.request, 0, fault) ||
            !network_next(with->network, with->arena, &number, &response, &more, fault) ||
            !take(&asking, &response, &again, fault))
            return false;
    }
    if (out->found) out->problem = (struct slice){NULL, 0};
    return true;
}
