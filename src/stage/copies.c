#include "stage/copies.h"

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "cite/wayback.h"
#include "stage/local_hosts.h"
#include "store/articles.h"

#define PAGES_A_RUN 50
#define AGAIN_S (2 * (int64_t)DAY_S)

struct copying {
    struct house *house;
    struct network *network;
    struct arena *arena; /* of the whole leg */
    struct article_row_list dead;
    struct copies_counts counts;
};

static bool make_request(const struct house *house, struct slice page, int64_t near_s, struct arena *arena,
                         struct request *out, struct fault *fault) {
    struct slice named = house->config.network.archive;
    struct wayback_question question = {.api = named, .page = page, .near_s = near_s};
    if (!wayback_ask(arena, &question, out, fault)) return false;
    /* An address that the school names itself may be on this machine. */
    if (!slice_is_empty(named)) out->allow_host = url_host(arena, named);
    return true;
}

static bool ask_all(struct copying *c, struct fault *fault) {
    struct article_due due = {ARTICLE_REFUSED, c->house->options.now_s, PAGES_A_RUN};
    struct slice_list local = {0};
    bool public = slice_is_empty(c->house->config.network.archive);
    if (!articles_due(c->house->store, &due, c->arena, &c->dead, fault) ||
        !local_hosts_of(c->house, c->arena, &local, fault))
        return false;
    for (size_t i = 0; i < c->dead.count; i++) {
        const struct article_row *page = &c->dead.at[i];
        struct request request;
        /* What stands on this machine is nobody else's to know. */
        if (public && !slice_is_empty(local_host_allowed(&local, page->url, c->arena))) continue;
        /* What was read, or what the post saw. */
        int64_t near_s = page->read_s == WHEN_ABSENT ? page->first_wanted_s : page->read_s;
        if (!make_request(c->house, page->url, near_s, c->arena, &request, fault) ||
            !network_ask(c->network, &request, i, fault))
            return false;
        c->counts.asked++;
    }
    return true;
}

static bool take(struct copying *c, size_t index, const struct response *response, struct arena *arena,
                 struct fault *fault) {
    struct article_row row = c->dead.at[index];
    struct fault why = {0};
    AUTO(store_work_end)
    struct store_work work = {0};
    row.next_try_s = WHEN_ABSENT;
    if (!wayback_take(arena, response, &row.archive_url, &why)) {
        if (why.kind == FAULT_MEMORY) return fault_memory(fault);
        house_tell(c->house, STAGE_INFO, "asking for a copy of %.*s: %s", SLICE_ARGS(row.url), why.text);
        row.next_try_s = c->house->options.now_s + AGAIN_S;
    }
    c->counts.found += !slice_is_absent(row.archive_url);
    return store_begin(c->house->store, &work, fault) && articles_put(c->house->store, &row, fault) &&
           store_commit(&work, fault);
}

bool copies_run(struct house *house, struct network *network, struct copies_counts *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *leg = arena_new(LIMIT_ARENA_BYTES);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (leg == NULL || arena == NULL) return fault_memory(fault);
    struct copying c = {.house = house, .network = network, .arena = leg};
    if (!ask_all(&c, fault)) return false;
    for (;;) {
        size_t index;
        struct response response;
        bool more;
        arena_reset(arena);
        if (!network_next(network, arena, &index, &response, &more, fault)) return false;
        if (!more) break;
        if (!take(&c, index, &response, arena, fault)) return false;
    }
    *out = c.counts;
    return true;
}

bool copies_find(struct house *house, struct network *network, struct slice page, struct arena *arena,
                 struct slice *out, struct fault *fault) {
    struct request request;
    struct response response;
    struct fault why = {0};
    size_t number;
    bool more;
    if (!make_request(house, page, WHEN_ABSENT, arena, &request, fault) || !network_ask(network, &request, 0, fault) ||
        !network_next(network, arena, &number, &response, &more, fault))
        return false;
    return !more || wayback_take(arena, &response, out, &why) || why.kind != FAULT_MEMORY || fault_memory(fault);
}
