#include "stage/propose.h"

#include "base/limits.h"
#include "base/url.h"
#include "config/block.h"
#include "config/sources_conf.h"
#include "source/kind.h"
#include "stage/network.h"
#include "stage/opening.h"
#include "stage/reading.h"

/* Of many guesses only so many are tried: a page with a hundred feeds is asked for its first. */
#define TRIALS_MOST 8
#define BLOCK_BYTES ((size_t)16 * 1024)
#define NAMES_TRIED 100
#define NAME_MOST 34

struct proposing {
    struct house *house;
    const struct propose_options *options;
    struct network *network;
    struct arena *arena;
    struct proposal_list found;
};

/* ---- asking ---- */

static bool fetch(struct proposing *p, struct request *request, struct response *out, struct fault *fault) {
    size_t number;
    bool more;
    if (p->options->allow_loopback) request->allow_host = url_host(p->arena, request->url);
    if (!network_ask(p->network, request, 0, fault)) return false;
    return network_next(p->network, p->arena, &number, out, &more, fault);
}

static struct slice why_not(const struct response *response) {
    return slice_is_empty(response->reason) ? SLICE("it did not answer") : response->reason;
}

/* ---- a block of sources.conf ---- */

static bool is_taken(const struct house *house, const char *name) {
    for (size_t i = 0; i < house->config.sources.count; i++)
        if (slice_equal(house->config.sources.at[i].name, slice_from(name))) return true;
    return false;
}

static bool free_name(struct proposing *p, const struct proposal *proposal, struct slice *out, struct fault *fault) {
    struct slice wanted = slice_is_absent(p->options->name) ? proposal->name : p->options->name;
    /* An address may begin with a digit, a name may not. */
    bool digit = slice_is_absent(p->options->name) && wanted.len > 0 && wanted.at[0] >= '0' && wanted.at[0] <= '9';
    if (digit) {
        char *name =
            arena_printf(p->arena, "at-%.*s", (int)(wanted.len > NAME_MOST ? NAME_MOST : wanted.len), wanted.at);
        if (name == NULL) return fault_memory(fault);
        wanted = slice_from(name);
    }
    for (int i = 1; i < NAMES_TRIED; i++) {
        char *name = i == 1 ? arena_printf(p->arena, "%.*s", SLICE_ARGS(wanted))
                            : arena_printf(p->arena, "%.*s-%d", SLICE_ARGS(wanted), i);
        if (name == NULL) return fault_memory(fault);
        if (!block_name_holds(slice_from(name)))
            return fault_set(fault, FAULT_INPUT,
                             "'%s' cannot be a source's name: small letters, digits and '-', "
                             "beginning with a letter (--name gives another)",
                             name);
        *out = slice_from(name);
        if (!is_taken(p->house, name)) return true;
        if (!slice_is_absent(p->options->name)) break;
    }
    return fault_set(fault, FAULT_INPUT, "there is a source '%.*s' already; give another name with --name",
                     SLICE_ARGS(wanted));
}

/* One fact a line: what a stranger's title holds must not begin another. */
static void add_fact(struct buf *out, const char *keyword, struct slice value) {
    buf_printf(out, "  %s ", keyword);
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];
        buf_add_char(out, c < ' ' || c == 0x7f ? ' ' : value.at[i]);
    }
    buf_add_char(out, '\n');
}

static bool write_block(struct proposing *p, const struct proposal *proposal, struct proposed *out,
                        struct fault *fault) {
    AUTO(buf_free)
    struct buf text = buf_new(BLOCK_BYTES);
    if (!free_name(p, proposal, &out->name, fault)) return false;
    buf_printf(&text, "source %.*s\n", SLICE_ARGS(out->name));
    add_fact(&text, "kind", proposal->kind);
    if (!slice_is_empty(slice_trim(out->title))) add_fact(&text, "title", slice_trim(out->title));
    for (size_t i = 0; i < proposal->option_count; i++) {
        char *keyword = arena_printf(p->arena, "%.*s", SLICE_ARGS(proposal->options[i].name));
        if (keyword == NULL) return fault_memory(fault);
        add_fact(&text, keyword, proposal->options[i].value);
    }
    if (p->options->allow_loopback) add_fact(&text, "allow-loopback", SLICE("yes"));
    if (!buf_check(&text, "the source", fault)) return false;
    return arena_copy(p->arena, buf_slice(&text), &out->block) || fault_memory(fault);
}

/* The block, read as the configuration would read it. */
static bool read_block(struct proposing *p, struct slice block, struct source *out, struct fault *fault) {
    struct config config = {0};
    struct config_tables tables;
    struct problems problems = {.arena = p->arena};
    struct config_file file = {SLICE("the new source"), block};
    if (!house_tables(p->arena, &tables)) return fault_memory(fault);
    if (!sources_conf_read(&tables, &file, p->arena, &config, &problems)) return fault_memory(fault);
    if (problems.errors > 0 || config.sources.count != 1)
        return fault_set(fault, FAULT_INPUT, "%.*s",
                         SLICE_ARGS(problems.count > 0 ? problems.at[0].what : SLICE("it makes no source")));
    *out = config.sources.at[0];
    return true;
}

/* ---- one trial ---- */

/* What a source is known by before it was ever asked: the canonical form of what it asks; absent when it asks nothing
 * yet. False only when out of memory. */
static bool address_of(struct proposing *p, const struct source *source, struct slice *out) {
    struct request request = {0};
    struct canonical page = {0};
    struct fault fault = {0};
    struct slice none = {NULL, 0};
    const struct source_kind *kind = source_kind_find(slice_from(source->schema->name));
    *out = none;
    if (kind->ask(source, none, p->house->options.now_s, p->arena, &request, &fault) &&
        canonical_url(p->house->url_rules, request.url, p->arena, &page, &fault))
        *out = page.key;
    return fault.kind != FAULT_MEMORY;
}

static bool find_twin(struct proposing *p, const struct source *source, struct proposed *out, struct fault *fault) {
    const struct source_list *sources = &p->house->config.sources;
    struct slice address, other;
    if (!address_of(p, source, &address)) return fault_memory(fault);
    for (size_t i = 0; i < sources->count && !slice_is_empty(address) && slice_is_absent(out->twin); i++) {
        if (sources->at[i].schema != source->schema) continue;
        if (!address_of(p, &sources->at[i], &other)) return fault_memory(fault);
        if (slice_equal(address, other)) out->twin = sources->at[i].name;
    }
    return true;
}

/* True even when it did not answer: out->trouble says why. */
static bool ask_once(struct proposing *p, const struct source_kind *kind, const struct source *source,
                     struct proposed *out, struct fault *fault) {
    AUTO(reading_free)
    struct reading *reading = reading_new(fault);
    struct request request = {0};
    struct response response;
    struct page page = {0};
    struct slice none = {NULL, 0};
    int64_t now_s = p->house->options.now_s;
    if (reading == NULL || !kind->ask(source, none, now_s, p->arena, &request, fault)) return false;
    if (!fetch(p, &request, &response, fault)) return false;
    if (response.state != RESPONSE_ANSWERED) {
        out->trouble = why_not(&response);
        return true;
    }
    struct reading_job job = {kind, source, none, &response, now_s};
    if (!reading_take(reading, &job, p->arena, &page, fault)) return false;
    out->answered = true;
    out->items = page.items;
    /* What it calls itself is better than what a page calls it. */
    if (!slice_is_empty(slice_trim(page.feed.title))) out->title = page.feed.title;
    return true;
}

/* *good says whether it may be offered; its trouble is then told beside it. */
static bool try_one(struct proposing *p, const struct proposal *proposal, struct proposed *out, bool *good,
                    struct fault *fault) {
    struct source source;
    struct fault wrong = {0};
    *out = (struct proposed){.title = proposal->title};
    *good = false;
    if (!write_block(p, proposal, out, fault) || !read_block(p, out->block, &source, fault)) return false;
    if (!ask_once(p, source_kind_find(proposal->kind), &source, out, &wrong)) {
        if (wrong.kind == FAULT_MEMORY) return fault_memory(fault);
        if (!arena_copy(p->arena, slice_from(wrong.text), &out->trouble)) return fault_memory(fault);
    }
    *good = out->answered || proposal->trust == DISCOVER_SURE;
    if (!find_twin(p, &source, out, fault)) return false;
    /* Now its title is known. */
    return !out->answered || write_block(p, proposal, out, fault);
}

/* ---- finding ---- */

static bool add_feed(struct proposing *p, struct slice url, const struct page *page, struct fault *fault) {
    struct proposal_list from_address = {0};
    struct slice ignored_page = {NULL, 0};
    struct fault ignored = {0};
    struct proposal feed = {.kind = SLICE("feed"), .url = url, .title = page->feed.title, .trust = DISCOVER_SAID};
    feed.options[feed.option_count++] = (struct proposal_option){SLICE("url"), url};
    if (discover_address(url, p->arena, &from_address, &ignored_page, &ignored) && from_address.count > 0)
        feed.name = from_address.at[0].name;
    if (slice_is_empty(feed.name)) feed.name = SLICE("new-source");
    struct proposal *at = arena_alloc(p->arena, 1, sizeof *at);
    if (at == NULL) return fault_memory(fault);
    *at = feed;
    p->found = (struct proposal_list){at, 1, 1};
    return true;
}

/* The page that was typed may be the feed itself; else it names one. */
static bool look_at_page(struct proposing *p, struct slice url, struct fault *fault) {
    AUTO(reading_free)
    struct reading *reading = reading_new(fault);
    /* A person asks for this one page, so it is no robot that comes. */
    struct request request = {.purpose = REQUEST_FEED, .url = url};
    struct response response;
    struct page page = {0};
    struct fault no_feed = {0};
    struct slice none = {NULL, 0};
    if (reading == NULL || !fetch(p, &request, &response, fault)) return false;
    if (response.state != RESPONSE_ANSWERED || response.status > 299) {
        if (p->found.count > 0) return true;
        struct slice why = why_not(&response);
        if (response.status > 299)
            return fault_set(fault, FAULT_INPUT, "there is no page at %.*s (%d)", SLICE_ARGS(url), response.status);
        return fault_set(fault, FAULT_INPUT, "%.*s: %.*s", SLICE_ARGS(url), SLICE_ARGS(why));
    }
    struct slice base = slice_is_empty(response.final_url) ? url : response.final_url;
    struct reading_job job = {source_kind_find(SLICE("feed")), NULL, none, &response, p->house->options.now_s};
    if (reading_take(reading, &job, p->arena, &page, &no_feed)) return add_feed(p, base, &page, fault);
    return no_feed.kind == FAULT_MEMORY ? fault_memory(fault)
                                        : opening_page(response.body, base, p->arena, &p->found, fault);
}

static bool choose(struct proposing *p, struct proposed *out, struct fault *fault) {
    for (size_t i = 0; i < p->found.count && i < TRIALS_MOST; i++) {
        bool good;
        if (!try_one(p, &p->found.at[i], out, &good, fault)) return false;
        if (good) return true;
    }
    return fault_set(fault, FAULT_INPUT,
                     "nothing to follow was found at %.*s: it names no feed, and none of the usual "
                     "places answers",
                     SLICE_ARGS(p->options->typed));
}

bool propose_run(struct house *house, const struct propose_options *options, struct arena *arena, struct proposed *out,
                 struct fault *fault) {
    AUTO(network_free)
    struct network *network = network_new(house, fault);
    if (network == NULL) return false;
    struct proposing p = {.house = house, .options = options, .network = network, .arena = arena};
    struct slice page = {NULL, 0};
    if (!discover_address(options->typed, arena, &p.found, &page, fault)) return false;
    bool sure = p.found.count > 0 && p.found.at[0].trust == DISCOVER_SURE;
    if (!sure && !slice_is_empty(page) && !look_at_page(&p, page, fault)) return false;
    return choose(&p, out, fault);
}
