#include "stage/recheck.h"

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "source/kind.h"
#include "stage/keep.h"
#include "stage/network.h"
#include "stage/paid.h"
#include "stage/reading.h"
#include "store/verdicts.h"

/* As long as a post may come into a digest. */
#define WINDOW_DAYS 14
/* Posts of one source asked for in one run, and requests: a network that takes one at a time is asked for fewer. */
#define POSTS_MOST 200
#define REQUESTS_MOST 30
#define DOUBTED_LEAST 5
/* Where asking costs money, a post is asked for once: on the day after it came. */
#define PAID_FROM_S ((int64_t)20 * 3600)
#define PAID_UNTIL_S ((int64_t)44 * 3600)

/* One request: some posts of one source. */
struct batch {
    const struct source *source;
    const struct source_kind *kind;
    const struct post_names *posts;
    size_t count;
    struct request request;
    struct paid_hold hold;
};

struct rechecking {
    struct house *house;
    struct network *network;
    struct reading *reading;
    struct arena *arena;
    struct batch *batches;
    size_t count, capacity;
    struct recheck_counts counts;
};

/* ---- which ---- */

static bool take_names(struct rechecking *r, const struct source *source, bool paid, struct post_names *posts,
                       size_t *count, struct fault *fault) {
    int64_t now_s = r->house->options.now_s;
    struct judged_query query = {.items = {.source = source->name,
                                           .seen_from_s = now_s - (paid ? PAID_UNTIL_S : WINDOW_DAYS * (int64_t)DAY_S),
                                           .seen_until_s = paid ? now_s - PAID_FROM_S : now_s,
                                           .order = ITEMS_NEWEST_FIRST,
                                           .limit = POSTS_MOST},
                                 .only = JUDGED_IDEAS};
    AUTO(judged_walk_free)
    struct judged_walk *walk = NULL;
    if (!verdicts_walk(r->house->store, &query, &walk, fault)) return false;
    for (*count = 0; *count < POSTS_MOST;) {
        struct judged judged;
        bool more;
        if (!judged_walk_next(walk, r->arena, &judged, &more, fault)) return false;
        if (!more) return true;
        if (judged.item.item.kind == ITEM_REPOST) continue;
        posts[(*count)++] = (struct post_names){judged.item.item.id, judged.item.item.url};
    }
    return true;
}

static bool ask_batch(struct rechecking *r, const struct batch *wanted, struct fault *fault) {
    struct slice poor;
    struct batch *more = arena_grow(r->arena, r->batches, r->count, &r->capacity, sizeof *more);
    if (more == NULL) return fault_memory(fault);
    r->batches = more;
    struct batch *batch = &more[r->count];
    *batch = *wanted;
    struct slice host = url_host(r->arena, batch->request.url);
    if (batch->source->allow_loopback) batch->request.allow_host = host;
    if (!paid_hold(r->house, batch->kind, &batch->request, r->arena, &batch->hold, &poor, fault)) return false;
    if (!slice_is_absent(poor)) return true;
    r->counts.asked += (int64_t)batch->count;
    return network_ask(r->network, &batch->request, r->count++, fault);
}

static bool ask_source(struct rechecking *r, const struct source *source, struct fault *fault) {
    const struct source_kind *kind = source_kind_find(slice_from(source->schema->name));
    size_t count = 0, covered;
    if (kind == NULL || kind->still == NULL || source->paused) return true;
    struct post_names *posts = arena_alloc(r->arena, POSTS_MOST, sizeof *posts);
    if (posts == NULL) return fault_memory(fault);
    if (!take_names(r, source, kind->shrink != NULL, posts, &count, fault)) return false;
    for (size_t at = 0, asked = 0; at < count; at += covered == 0 ? 1 : covered) {
        if (asked == REQUESTS_MOST) break;
        struct batch batch = {.source = source, .kind = kind, .posts = posts + at};
        if (!kind->still(source, posts + at, count - at, r->arena, &batch.request, &covered, fault)) return false;
        batch.count = covered;
        if (covered == 0) continue;
        asked++;
        if (!ask_batch(r, &batch, fault)) return false;
    }
    return true;
}

/* ---- what came back ---- */

static bool holds(const struct page *page, struct slice id) {
    for (size_t i = 0; i < page->items.count; i++)
        if (slice_equal(page->items.at[i].id, id)) return true;
    return false;
}

static bool is_asked(const struct batch *batch, struct slice id) {
    for (size_t i = 0; i < batch->count; i++)
        if (slice_equal(batch->posts[i].id, id)) return true;
    return false;
}

/* Those of the batch that the answer does not hold are gone. A network that suddenly knows none of many is more likely
 * out of order than right, unless it names them. */
static bool find_gone(const struct batch *batch, struct page *page, struct arena *arena) {
    struct slice_list gone = {0};
    bool doubted = batch->count >= DOUBTED_LEAST && page->items.count == 0 && page->deleted.count == 0;
    for (size_t i = 0; i < batch->count && !doubted; i++)
        if (!holds(page, batch->posts[i].id) && !slice_list_add(arena, &gone, batch->posts[i].id)) return false;
    page->deleted = gone;
    return true;
}

/* What the answer holds is kept as it is now, and nothing but what was asked for. */
static bool keep_asked(struct rechecking *r, const struct batch *batch, struct page *page, struct arena *arena,
                       struct fault *fault) {
    struct keep_counts kept = {0};
    struct keep_options options = {.source = batch->source,
                                   .rules = r->house->url_rules,
                                   .now_s = r->house->options.now_s};
    size_t count = 0;
    for (size_t i = 0; i < page->items.count; i++)
        if (is_asked(batch, page->items.at[i].id)) page->items.at[count++] = page->items.at[i];
    page->items.count = count;
    page->originals.count = 0;
    if (!keep_page(r->house->store, &options, page, arena, &kept, fault)) return false;
    r->counts.changed += kept.changed;
    r->counts.gone += kept.deleted;
    return true;
}

static bool settle(struct rechecking *r, struct batch *batch, struct page *page, struct arena *arena,
                   struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!find_gone(batch, page, arena)) return fault_memory(fault);
    if (!store_begin(r->house->store, &work, fault) || !paid_settle(r->house, &batch->hold, page, fault)) return false;
    return keep_asked(r, batch, page, arena, fault) && store_commit(&work, fault);
}

/* An API says so as data; a web page that is not found says nothing of the post. */
static bool is_gone(const struct batch *batch, const struct response *response) {
    return batch->kind->gone_by_status && (response->status == 404 || response->status == 410) &&
           slice_starts(slice_trim(response->body), SLICE("{"));
}

static bool take(struct rechecking *r, size_t index, const struct response *response, struct arena *arena,
                 struct fault *fault) {
    struct batch *batch = &r->batches[index];
    struct page page = {0};
    struct fault wrong = {0};
    struct reading_job job = {.kind = batch->kind, .response = response, .now_s = r->house->options.now_s};
    r->counts.wire_bytes += (int64_t)response->wire_bytes;
    if (response->state != RESPONSE_ANSWERED) return paid_release(r->house, &batch->hold, response, fault);
    bool gone = is_gone(batch, response);
    if (!gone && !reading_take(r->reading, &job, arena, &page, &wrong)) {
        if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
        return paid_release(r->house, &batch->hold, response, fault);
    }
    return settle(r, batch, &page, arena, fault);
}

/* ---- the run ---- */

static bool walk(struct rechecking *r, struct fault *fault) {
    const struct source_list *sources = &r->house->config.sources;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    for (size_t i = 0; i < sources->count; i++)
        if (!ask_source(r, &sources->at[i], fault)) return false;
    if (r->batches == NULL) return true;
    if (!reading_stand_by(r->reading, fault)) return false;
    for (;;) {
        size_t index;
        struct response response;
        bool more;
        arena_reset(arena);
        if (!network_next(r->network, arena, &index, &response, &more, fault)) return false;
        if (!more) return true;
        if (!take(r, index, &response, arena, fault)) return false;
    }
}

bool recheck_run(struct house *house, struct recheck_counts *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(network_free)
    struct network *network = network_new(house, fault);
    AUTO(reading_free)
    struct reading *reading = reading_new(fault);
    if (arena == NULL) return fault_memory(fault);
    if (network == NULL || reading == NULL) return false;
    struct rechecking r = {.house = house, .network = network, .reading = reading, .arena = arena};
    if (!walk(&r, fault)) return false;
    *out = r.counts;
    return true;
}
