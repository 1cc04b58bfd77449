#include "stage/link_check.h"

#include "base/limits.h"
#include "base/url.h"
#include "base/when.h"
#include "classify/judge.h"
#include "stage/cite_hosts.h"
#include "stage/copies.h"
#include "stage/link_check_about.h"
#include "stage/local_hosts.h"
#include "stage/network.h"
#include "stage/page_answer.h"
#include "stage/post_asked.h"
#include "stage/reading.h"
#include "store/items.h"

struct checking {
    struct house *house;
    const struct ruleset *rules;
    struct arena *arena;
    struct network *network;
    struct page_reading *pages;
    struct reading *posts;
    struct cite_hosts hosts;
    struct slice_list local_hosts;
    struct post_asked refused; /* what its network said, when it is a post that the network does not give */
    struct link_check *out;
    enum fault_kind kind;
};

/* ---- asking ---- */

/* This machine is asked only for what a person typed and what stands at the same host; a post from elsewhere cannot
 * lead there. */
static struct slice may_be_local(struct checking *c, const struct request *request) {
    struct slice host = local_host_allowed(&c->local_hosts, request->url, c->arena), none = {NULL, 0};
    return slice_equal(host, url_host(c->arena, c->out->url)) ? host : none;
}

static bool fetch(struct checking *c, struct request *request, struct response *out, struct fault *fault) {
    size_t number;
    bool more;
    request->allow_host = may_be_local(c, request);
    if (!network_ask(c->network, request, 0, fault)) return false;
    return network_next(c->network, c->arena, &number, out, &more, fault);
}

static bool read_page(struct checking *c, struct slice url, struct check_page *page, enum fault_kind *kind,
                      struct fault *fault) {
    struct request request = page_request(url, (struct slice){NULL, 0});
    struct response response;
    struct article_row row = {.url = url};
    struct page_reader reader = {c->pages, &c->hosts, c->house->url_rules, c->house->options.now_s};
    article_init(&row.article);
    if (!fetch(c, &request, &response, fault)) return false;
    if (!page_answer_take(&reader, &response, c->arena, &row, fault)) return false;
    *page = (struct check_page){.url = slice_is_empty(row.final_url) ? url : row.final_url,
                                .problem = row.problem,
                                .article = row.article};
    bool soft = page_answer_is_soft_404(&row);
    if ((row.status == 404 || row.status == 410 || soft) && c->house->config.network.look_up_copies &&
        !copies_find(c->house, c->network, url, c->arena, &page->archive_url, fault))
        return false;
    *kind = row.state == ARTICLE_READ ? FAULT_NONE : row.state == ARTICLE_REFUSED ? FAULT_REFUSED : FAULT_REMOTE;
    if (row.state == ARTICLE_READ && row.article.kind == ARTICLE_ERROR && slice_is_empty(page->problem))
        page->problem = soft ? SLICE("the site says that there is no such page") : row.article.problem;
    return true;
}

/* ---- a post ---- */

/* What costs money is not asked for again when one of our own sources kept it. */
static bool find_at(struct checking *c, const struct source_kind *kind, struct slice url, struct post_asked *asked,
                    bool *found, struct fault *fault) {
    struct post_asking with = {c->house, c->network, c->posts, &c->local_hosts, c->arena};
    struct item *post = &c->out->post;
    if (post_costs(kind)) {
        if (!link_check_kept_post(c->house, url, c->arena, post, found, fault)) return false;
        if (*found) return true;
    }
    if (!post_ask(&with, kind, url, asked, fault)) return false;
    *found = asked->found;
    if (asked->found) *post = asked->post;
    return true;
}

/* Under the address as it was typed, or as the page is known by. */
static bool find_post(struct checking *c, struct slice key, bool *found, struct fault *fault) {
    size_t count;
    const struct source_kind *const *kinds = source_kinds(&count);
    *found = false;
    for (size_t i = 0; i < count && !*found && !c->refused.mine; i++) {
        struct post_asked asked = {0};
        if (kinds[i]->one == NULL) continue;
        if (!find_at(c, kinds[i], c->out->url, &asked, found, fault)) return false;
        if (!*found && !asked.mine && !find_at(c, kinds[i], key, &asked, found, fault)) return false;
        if (!*found && asked.mine) c->refused = asked;
    }
    return *found || link_check_kept_post(c->house, c->out->url, c->arena, &c->out->post, found, fault);
}

static bool is_page_link(const struct checking *c, struct slice url) {
    return url_is_web(url) && link_role(c->house->url_rules, url, c->arena) == LINK_PAGE;
}

/* What a post rests on stands in it, or behind its links. */
static bool read_behind(struct checking *c, struct fault *fault) {
    struct link_check *out = c->out;
    struct document *document = &out->document;
    const struct item *post = &out->post;
    *document = (struct document){.id = SLICE("check"),
                                  .title = post->title,
                                  .text = post->text,
                                  .url = post->url,
                                  .lang = post->lang,
                                  .author = post->authors.count > 0 ? post->authors.at[0].name : post->title};
    if (post->authors.count == 0) document->author = (struct slice){NULL, 0};
    for (size_t i = 0; i < post->links.count; i++) {
        const struct link *link = &post->links.at[i];
        struct slice url = slice_is_empty(link->expanded) ? link->url : link->expanded;
        enum fault_kind ignored;
        if (!slice_list_add_once(c->arena, &document->links, url)) return fault_memory(fault);
        if (!is_page_link(c, url)) continue;
        if (out->page_count == CHECK_PAGES) out->links_left++;
        else if (!read_page(c, url, &out->pages[out->page_count++], &ignored, fault)) return false;
    }
    for (size_t i = 0; i < out->page_count && document->article == NULL; i++)
        if (out->pages[i].article.words > 0) document->article = &out->pages[i].article;
    struct cite_input input = {.text = post->text, .links = &post->links, .own_url = post->url, .hosts = &c->hosts};
    return cite_scan(c->arena, &input, &document->references, fault);
}

/* ---- a page ---- */

/* Where a post's network did not give it, its page may; what the network said counts when the page says nothing. */
static bool read_own_page(struct checking *c, struct fault *fault) {
    struct link_check *out = c->out;
    bool post = !slice_is_absent(c->refused.problem);
    bool status = link_role(c->house->url_rules, out->url, c->arena) == LINK_STATUS;
    if (!post || !c->refused.only_there) {
        if (!read_page(c, out->url, &out->pages[0], &c->kind, fault)) return false;
        out->page_count = 1;
        out->problem = out->pages[0].problem;
    }
    if ((!post && !status) || out->pages[0].article.words > 0) return true;
    out->problem = post ? c->refused.problem
                        : SLICE("its network shows posts only to people who are logged in there; check the page that "
                                "the post links to");
    c->kind = post ? c->refused.why : FAULT_REFUSED;
    return true;
}

static bool read_alone(struct checking *c, struct fault *fault) {
    struct link_check *out = c->out;
    if (!read_own_page(c, fault)) return false;
    out->document = (struct document){.id = SLICE("check"), .text = SLICE(""), .url = out->url};
    if (out->pages[0].article.words > 0) out->document.article = &out->pages[0].article;
    /* The address of a work tells what it is, even where its page cannot be read. */
    struct link itself = {.url = out->url};
    struct link_list links = {&itself, 1, 1};
    struct cite_input input = {.text = SLICE(""), .links = &links, .hosts = &c->hosts};
    return cite_scan(c->arena, &input, &out->document.references, fault);
}

/* ---- all of it ---- */

static bool judge_it(struct checking *c, struct fault *fault) {
    AUTO(judge_free)
    struct judge *judge = judge_new(c->rules, fault);
    return judge != NULL &&
           judge_document(judge, &c->out->document, JUDGE_WITH_HITS, c->arena, &c->out->verdict, fault);
}

static bool check(struct checking *c, struct slice key, struct fault *fault) {
    struct link_check *out = c->out;
    struct link_check_tools tools = {c->house, c->rules, c->network, c->arena};
    if (!cite_hosts_of(c->rules, c->arena, &c->hosts, fault) ||
        !local_hosts_of(c->house, c->arena, &c->local_hosts, fault) || !find_post(c, key, &out->is_post, fault))
        return false;
    if (out->is_post ? !read_behind(c, fault) : !read_alone(c, fault)) return false;
    out->was_read = out->is_post || out->document.article != NULL;
    return link_check_references(&tools, out, fault) && judge_it(c, fault) && link_check_sharers(&tools, out, fault);
}

bool link_check_run(struct house *house, const struct ruleset *rules, struct slice url, struct arena *arena,
                    struct link_check *out, enum fault_kind *kind, struct fault *fault) {
    struct link_check found = {.read_s = house->options.now_s, .looked_up = house->config.network.look_up_works};
    struct canonical page;
    if (!url_is_web(url) || !canonical_url(house->url_rules, url, arena, &page, fault)) {
        if (fault->kind == FAULT_MEMORY) return false;
        return fault_set(fault, FAULT_USAGE, "'%.*s' is no web address: it must begin with https:// or http://",
                         SLICE_ARGS(url));
    }
    AUTO(network_free)
    struct network *network = network_new(house, fault);
    AUTO(page_reading_free)
    struct page_reading *pages = network == NULL ? NULL : page_reading_new(fault);
    AUTO(reading_free)
    struct reading *posts = pages == NULL ? NULL : reading_new(fault);
    if (posts == NULL) return false;
    found.url = page.url;
    *out = found;
    struct checking c = {
        .house = house, .rules = rules, .arena = arena, .network = network, .pages = pages, .posts = posts, .out = out};
    if (!check(&c, page.key, fault)) return false;
    *kind = c.kind;
    return true;
}
