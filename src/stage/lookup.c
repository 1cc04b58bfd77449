#include "stage/lookup.h"

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "cite/crossref.h"
#include "store/works.h"

#define WORKS_A_RUN 200
#define AGAIN_S (2 * (int64_t)DAY_S)

/* One work that is asked about. */
struct asked {
    struct slice id;
    enum cite_registry registry;
    struct request request;
    bool second; /* the other registry was tried too */
};

struct looking_up {
    struct house *house;
    struct network *network;
    struct arena *arena;
    struct cite_api api;
    struct asked *asked;
    struct lookup_counts counts;
};

static bool ask(struct looking_up *l, size_t index, struct fault *fault) {
    struct asked *asked = &l->asked[index];
    if (!cite_ask(l->arena, &l->api, asked->registry, asked->id, &asked->request, fault)) return false;
    /* An address that the school names itself may be on this machine. */
    struct slice named = asked->registry == CITE_CROSSREF ? l->api.crossref_url : l->api.datacite_url;
    if (!slice_is_empty(named)) asked->request.allow_host = url_host(l->arena, named);
    l->counts.asked++;
    return network_ask(l->network, &asked->request, index, fault);
}

static bool keep(struct looking_up *l, struct work *work, struct fault *fault) {
    bool failed = work->state == WORK_LOOKUP_FAILED;
    int64_t now_s = l->house->options.now_s;
    AUTO(store_work_end)
    struct store_work transaction = {0};
    work->looked_up_s = now_s;
    l->counts.found += work->state == WORK_FOUND;
    l->counts.missing += work->state == WORK_NOT_FOUND;
    l->counts.failed += failed;
    if (!store_begin(l->house->store, &transaction, fault)) return false;
    return works_put(l->house->store, work, failed ? now_s + AGAIN_S : WHEN_ABSENT, fault) &&
           store_commit(&transaction, fault);
}

static bool take(struct looking_up *l, size_t index, const struct response *response, struct arena *arena,
                 struct fault *fault) {
    struct asked *asked = &l->asked[index];
    struct work work;
    struct fault why = {0};
    if (!cite_take(arena, asked->registry, asked->id, response, &work, &why)) return fault_memory(fault);
    if (work.state == WORK_NOT_FOUND && !asked->second) {
        asked->second = true;
        asked->registry = asked->registry == CITE_CROSSREF ? CITE_DATACITE : CITE_CROSSREF;
        return ask(l, index, fault);
    }
    if (why.kind != FAULT_NONE)
        house_tell(l->house, STAGE_INFO, "looking up %.*s: %s", SLICE_ARGS(asked->id), why.text);
    return keep(l, &work, fault);
}

/* Those that no registry knows (ERIC's, PubMed's) stay wanted and take no other's place. */
static bool ask_all(struct looking_up *l, const struct slice_list *wanted, struct fault *fault) {
    size_t count = 0;
    l->asked = arena_alloc(l->arena, WORKS_A_RUN, sizeof *l->asked);
    if (l->asked == NULL) return fault_memory(fault);
    for (size_t i = 0; i < wanted->count && count < WORKS_A_RUN; i++) {
        if (!cite_can_ask(wanted->at[i])) continue;
        l->asked[count] = (struct asked){.id = wanted->at[i], .registry = cite_first_registry(wanted->at[i])};
        if (!ask(l, count++, fault)) return false;
    }
    return true;
}

static struct cite_api api_of(const struct house *house) {
    const struct network_options *options = &house->config.network;
    return (struct cite_api){.crossref_url = options->crossref,
                             .datacite_url = options->datacite,
                             .mailto = house->config.contact};
}

bool lookup_works(struct house *house, struct network *network, const struct slice_list *ids, struct lookup_counts *out,
                  struct fault *fault) {
    AUTO(arena_free)
    struct arena *leg = arena_new(LIMIT_ARENA_BYTES);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (leg == NULL || arena == NULL) return fault_memory(fault);
    struct looking_up l = {.house = house, .network = network, .arena = leg, .api = api_of(house)};
    if (!ask_all(&l, ids, fault)) return false;
    for (;;) {
        size_t index;
        struct response response;
        bool more;
        arena_reset(arena);
        if (!network_next(network, arena, &index, &response, &more, fault)) return false;
        if (!more) break;
        if (!take(&l, index, &response, arena, fault)) return false;
    }
    *out = l.counts;
    return true;
}

bool lookup_run(struct house *house, struct network *network, struct lookup_counts *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct slice_list wanted = {0};
    if (arena == NULL) return fault_memory(fault);
    return works_wanted(house->store, house->options.now_s, 0, arena, &wanted, fault) &&
           lookup_works(house, network, &wanted, out, fault);
}
