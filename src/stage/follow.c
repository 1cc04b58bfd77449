#include "stage/follow.h"

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "cite/scan.h"
#include "normal/canonical.h"
#include "source/kind.h"
#include "stage/lookup.h"
#include "stage/network.h"
#include "stage/page_reading.h"
#include "store/articles.h"

/* A page that fails is tried again after a day, three days, and given up after the third time. */
#define TRIES_MOST 3

struct following {
    struct house *house;
    struct network *network;
    struct page_reading *reading;
    struct arena *arena; /* of the whole leg */
    struct cite_hosts hosts;
    struct slice_list local_hosts; /* loopback hosts that sources are allowed to be on */
    struct article_row_list wanted;
    struct request *requests;
    struct follow_counts counts;
};

/* ---- before asking ---- */

/* The rules' host classes, as cite/ wants them. */
static bool set_hosts(struct following *f, const struct ruleset *rules, struct fault *fault) {
    struct cite_host *hosts = NULL;
    size_t count = 0, capacity = 0;
    for (size_t b = 0; b < rules->block_count; b++) {
        const struct rule_block *block = &rules->blocks[b];
        for (size_t i = 0; block->kind == BLOCK_HOSTS && i < block->count; i++)
            for (size_t w = 0; block->lines[i].kind == LINE_HOST && w < block->lines[i].words.count; w++) {
                hosts = arena_grow(f->arena, hosts, count, &capacity, sizeof *hosts);
                if (hosts == NULL) return fault_memory(fault);
                hosts[count++] = (struct cite_host){block->lines[i].words.at[w], block->id};
            }
    }
    f->hosts = (struct cite_hosts){hosts, count};
    return true;
}

/* A page on this very machine is read only where a source of that host is allowed to be there. */
static bool set_local_hosts(struct following *f, struct fault *fault) {
    for (size_t i = 0; i < f->house->config.sources.count; i++) {
        const struct source *source = &f->house->config.sources.at[i];
        const struct source_kind *kind = source_kind_find(slice_from(source->schema->name));
        struct request request = {0};
        struct fault ignored = {0};
        struct slice none = {NULL, 0};
        if (!source->allow_loopback || kind == NULL) continue;
        if (!kind->ask(source, none, f->house->options.now_s, f->arena, &request, &ignored)) continue;
        struct slice host = url_host(f->arena, request.url);
        if (!slice_is_empty(host) && !slice_list_add_once(f->arena, &f->local_hosts, host)) return fault_memory(fault);
    }
    return true;
}

static struct slice allowed_host(const struct following *f, struct slice url) {
    struct slice host = url_host(f->arena, url);
    for (size_t i = 0; i < f->local_hosts.count; i++)
        if (slice_equal(f->local_hosts.at[i], host)) return host;
    return (struct slice){NULL, 0};
}

static bool ask_pages(struct following *f, struct fault *fault) {
    int64_t now_s = f->house->options.now_s, most = f->house->config.network.pages_a_run;
    if (!articles_wanted(f->house->store, now_s, most, f->arena, &f->wanted, fault)) return false;
    f->requests = arena_alloc(f->arena, f->wanted.count, sizeof *f->requests);
    if (f->requests == NULL) return fault_memory(fault);
    for (size_t i = 0; i < f->wanted.count; i++) {
        f->requests[i] =
            (struct request){.purpose = REQUEST_ARTICLE,
                             .url = f->wanted.at[i].url,
                             .accept = SLICE("text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5"),
                             .allow_host = allowed_host(f, f->wanted.at[i].url)};
        if (!network_ask(f->network, &f->requests[i], i, fault)) return false;
        f->counts.pages_asked++;
    }
    return true;
}

/* ---- what came back ---- */

static bool add_alias(struct following *f, const struct article_row *row, struct slice url, struct arena *arena,
                      struct fault *fault) {
    struct canonical page;
    struct fault ignored = {0};
    if (!url_is_web(url)) return true;
    if (!canonical_url(f->house->url_rules, url, arena, &page, &ignored))
        return ignored.kind != FAULT_MEMORY || fault_memory(fault);
    if (slice_equal(page.key, row->key)) return true;
    return articles_alias(f->house->store, page.key, row->key, fault);
}

/* rel=canonical is believed when it stays on the site: anything can be claimed about another's. */
static bool same_site(struct arena *arena, struct slice a, struct slice b) {
    struct slice one = url_host(arena, a), other = url_host(arena, b);
    return slice_equal(one, other) || url_host_within(one, other) || url_host_within(other, one);
}

static bool keep(struct following *f, const struct article_row *row, struct arena *arena, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(f->house->store, &work, fault) || !articles_put(f->house->store, row, fault)) return false;
    if (row->state == ARTICLE_READ) {
        struct slice canonical = row->article.canonical_url;
        if (!add_alias(f, row, row->final_url, arena, fault)) return false;
        if (same_site(arena, canonical, row->final_url) && !add_alias(f, row, canonical, arena, fault)) return false;
    }
    return store_commit(&work, fault);
}

/* What a status means for a page, in words; absent = it may be read. */
static struct slice status_words(int status, enum article_state *state) {
    *state = ARTICLE_REFUSED;
    if (status == 404 || status == 410) return SLICE("the page is not there (any more)");
    if (status == 401 || status == 403) return SLICE("the site does not let programs read it, or wants a log-in");
    if (status == 451) return SLICE("it may not be shown here for legal reasons");
    if (status == 429 || status >= 500) {
        *state = ARTICLE_RETRY;
        return SLICE("the site was out of order");
    }
    if (status < 200 || status > 299) return SLICE("the site did not give the page out");
    return (struct slice){NULL, 0};
}

static void try_later(struct article_row *row, int64_t now_s) {
    static const int64_t waits_s[] = {DAY_S, 3 * (int64_t)DAY_S};
    row->state = row->tries >= TRIES_MOST ? ARTICLE_REFUSED : ARTICLE_RETRY;
    row->next_try_s = row->state == ARTICLE_RETRY ? now_s + waits_s[row->tries > 1 ? 1 : 0] : WHEN_ABSENT;
}

static bool read_page(struct following *f, const struct response *response, struct article_row *row,
                      struct arena *arena, struct fault *fault) {
    struct page_reading_job job = {response->body, response->content_type,
                                   slice_is_empty(response->final_url) ? row->url : response->final_url};
    struct fault wrong = {0};
    row->state = ARTICLE_READ;
    row->read_s = f->house->options.now_s;
    if (!page_reading_take(f->reading, &job, arena, &row->article, &wrong)) {
        if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
        row->state = ARTICLE_REFUSED;
        return arena_copy(arena, slice_from(wrong.text), &row->problem) || fault_memory(fault);
    }
    f->counts.pages_read++;
    return cite_article(arena, &f->hosts, &row->article, fault);
}

static bool take_page(struct following *f, size_t index, const struct response *response, struct arena *arena,
                      struct fault *fault) {
    struct article_row row = f->wanted.at[index];
    row.tries++;
    row.status = response->status;
    row.final_url = response->final_url;
    row.problem = (struct slice){NULL, 0};
    f->counts.wire_bytes += (int64_t)response->wire_bytes;
    if (response->state == RESPONSE_REFUSED) {
        row.state = ARTICLE_REFUSED;
        row.problem = response->reason;
    } else if (response->state != RESPONSE_ANSWERED) {
        row.problem = response->reason;
        try_later(&row, f->house->options.now_s);
    } else {
        row.problem = status_words(response->status, &row.state);
        if (slice_is_absent(row.problem)) {
            if (!read_page(f, response, &row, arena, fault)) return false;
        } else if (row.state == ARTICLE_RETRY) try_later(&row, f->house->options.now_s);
    }
    f->counts.pages_failed += row.state != ARTICLE_READ;
    return keep(f, &row, arena, fault);
}

static bool take_pages(struct following *f, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    for (;;) {
        size_t index;
        struct response response;
        bool more;
        arena_reset(arena);
        if (!network_next(f->network, arena, &index, &response, &more, fault)) return false;
        if (!more) return true;
        if (!take_page(f, index, &response, arena, fault)) return false;
        house_tell(f->house, STAGE_PROGRESS, "%zu pages to go", network_waiting(f->network));
    }
}

bool follow_run(struct house *house, const struct ruleset *rules, struct follow_counts *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(network_free)
    struct network *network = network_new(house, fault);
    AUTO(page_reading_free)
    struct page_reading *reading = page_reading_new(fault);
    if (arena == NULL) return fault_memory(fault);
    if (network == NULL || reading == NULL) return false;
    struct following f = {.house = house, .network = network, .reading = reading, .arena = arena};
    const struct network_options *options = &house->config.network;
    if (options->follow_links && (!set_hosts(&f, rules, fault) || !set_local_hosts(&f, fault) ||
                                  !ask_pages(&f, fault) || !take_pages(&f, fault)))
        return false;
    struct lookup_counts works = {0};
    if (options->look_up_works && !lookup_run(house, network, &works, fault)) return false;
    f.counts.works_asked = works.asked;
    f.counts.works_found = works.found;
    *out = f.counts;
    return true;
}
