#include "stage/follow.h"

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "normal/canonical.h"
#include "stage/cite_hosts.h"
#include "stage/copies.h"
#include "stage/local_hosts.h"
#include "stage/lookup.h"
#include "stage/network.h"
#include "stage/page_answer.h"
#include "store/articles.h"

/* A page that fails is tried again after a day, three days, and given up after the third time. */
#define TRIES_MOST 3
/* Links die: a page that was read is looked at again, first after a month, then twice a year, a few a run. */
#define LOOK_FIRST_S (30 * (int64_t)DAY_S)
#define LOOK_NEXT_S (182 * (int64_t)DAY_S)
#define LOOKS_A_RUN 20

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

/* Its host only forwards: what its robots.txt says is not about the page. */
static bool is_shortener(struct following *f, struct slice url) {
    struct canonical page;
    struct fault ignored = {0};
    return canonical_url(f->house->url_rules, url, f->arena, &page, &ignored) && page.shortener;
}

/* Behind those that are wanted, if the run has room for them. */
static bool add_old_pages(struct following *f, int64_t room, struct fault *fault) {
    struct article_due due = {ARTICLE_READ, f->house->options.now_s, room < LOOKS_A_RUN ? room : LOOKS_A_RUN};
    struct article_row_list old = {0};
    if (due.limit <= 0) return true;
    if (!articles_due(f->house->store, &due, f->arena, &old, fault)) return false;
    for (size_t i = 0; i < old.count; i++) {
        struct article_row_list *all = &f->wanted;
        struct article_row *more = arena_grow(f->arena, all->at, all->count, &all->capacity, sizeof *more);
        if (more == NULL) return fault_memory(fault);
        all->at = more;
        all->at[all->count++] = old.at[i];
    }
    return true;
}

static bool ask_pages(struct following *f, struct fault *fault) {
    int64_t now_s = f->house->options.now_s, most = f->house->config.network.pages_a_run;
    if (!articles_wanted(f->house->store, now_s, most, f->arena, &f->wanted, fault) ||
        !add_old_pages(f, most - (int64_t)f->wanted.count, fault))
        return false;
    f->requests = arena_alloc(f->arena, f->wanted.count, sizeof *f->requests);
    if (f->requests == NULL) return fault_memory(fault);
    for (size_t i = 0; i < f->wanted.count; i++) {
        const struct article_row *page = &f->wanted.at[i];
        struct slice local;
        if (!local_host_linked(f->house, &f->local_hosts, page, f->arena, &local, fault)) return false;
        f->requests[i] = page_request(page->url, local);
        f->requests[i].forwards = is_shortener(f, page->url);
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
    if (!slice_is_absent(row->article.url)) {
        struct slice canonical = row->article.canonical_url;
        if (!add_alias(f, row, row->final_url, arena, fault)) return false;
        if (same_site(arena, canonical, row->final_url) && !add_alias(f, row, canonical, arena, fault)) return false;
    }
    return store_commit(&work, fault);
}

static void try_later(struct article_row *row, int64_t now_s) {
    static const int64_t waits_s[] = {DAY_S, 3 * (int64_t)DAY_S};
    row->state = row->tries >= TRIES_MOST ? ARTICLE_REFUSED : ARTICLE_RETRY;
    row->next_try_s = row->state == ARTICLE_RETRY ? now_s + waits_s[row->tries > 1 ? 1 : 0] : now_s;
}

/* Nothing is left to ask there; an archive may keep a copy. */
static void give_up(struct article_row *row, struct slice why, int64_t now_s) {
    row->state = ARTICLE_REFUSED;
    row->problem = why;
    row->next_try_s = now_s;
}

static bool is_gone(const struct response *response) {
    return response->state == RESPONSE_ANSWERED && (response->status == 404 || response->status == 410);
}

/* Many sites answer that all is well, with a page that says that there is none. */
static bool says_gone(struct following *f, struct slice url, const struct response *response, struct arena *arena,
                      bool *gone, struct fault *fault) {
    struct page_reader reader = {f->reading, &f->hosts, f->house->url_rules, f->house->options.now_s};
    struct article_row now = {.url = url};
    article_init(&now.article);
    if (!page_answer_take(&reader, response, arena, &now, fault)) return false;
    *gone = page_answer_is_soft_404(&now);
    return true;
}

/* What was read of it stays, whatever stands there now. */
static bool look_again(struct following *f, struct article_row *row, const struct response *response,
                       struct arena *arena, struct fault *fault) {
    int64_t now_s = f->house->options.now_s;
    bool gone = is_gone(response), soft = false;
    row->next_try_s = now_s + LOOK_NEXT_S;
    if (!gone && !says_gone(f, row->url, response, arena, &soft, fault)) return false;
    if (gone || soft) row->status = response->status;
    if (gone || soft) give_up(row, gone ? PAGE_IS_GONE : ARTICLE_SAYS_GONE, now_s);
    return keep(f, row, arena, fault);
}

static bool take_page(struct following *f, size_t index, const struct response *response, struct arena *arena,
                      struct fault *fault) {
    struct article_row row = f->wanted.at[index];
    struct page_reader reader = {f->reading, &f->hosts, f->house->url_rules, f->house->options.now_s};
    int64_t now_s = f->house->options.now_s;
    f->counts.wire_bytes += (int64_t)response->wire_bytes;
    if (row.state == ARTICLE_READ) return look_again(f, &row, response, arena, fault);
    row.tries++;
    if (!page_answer_take(&reader, response, arena, &row, fault)) return false;
    row.next_try_s = row.state == ARTICLE_READ ? now_s + LOOK_FIRST_S : is_gone(response) ? now_s : WHEN_ABSENT;
    if (row.state == ARTICLE_RETRY) try_later(&row, now_s);
    if (page_answer_is_soft_404(&row)) give_up(&row, ARTICLE_SAYS_GONE, now_s);
    f->counts.pages_read += row.state == ARTICLE_READ;
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

static bool stand_by(const struct following *f, struct fault *fault) {
    return network_waiting(f->network) == 0 || page_reading_stand_by(f->reading, fault);
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
    if (options->follow_links &&
        (!cite_hosts_of(rules, arena, &f.hosts, fault) || !local_hosts_of(house, arena, &f.local_hosts, fault) ||
         !ask_pages(&f, fault) || !stand_by(&f, fault) || !take_pages(&f, fault)))
        return false;
    struct lookup_counts works = {0};
    if (options->look_up_works && !lookup_run(house, network, &works, fault)) return false;
    struct copies_counts copies = {0};
    if (options->look_up_copies && !copies_run(house, network, &copies, fault)) return false;
    f.counts.copies_found = copies.found;
    f.counts.works_asked = works.asked;
    f.counts.works_found = works.found;
    *out = f.counts;
    return true;
}
