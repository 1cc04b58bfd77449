/* web_check: is there anything behind this address? Asked for by a form alone, so that no other site can make this
 * program ask for a page. A site may be slow: it is looked at in a process of its own, and the page that waits for it
 * keeps nobody from another. */
#include "door/web.h"

#include "base/url.h"
#include "door/house_rules.h"
#include "render/check.h"
#include "stage/link_check.h"

/* A person waits for it, so a slow site gets less time here than in a run. */
#define WAIT_S 15
#define ALL_S 40

static bool form(struct web *web, struct slice url) {
    struct web_input input = {.name = "url",
                              .label = SLICE("Address of a post or a page"),
                              .hint = SLICE("It is asked for once, now, as a run would ask for it."),
                              .value = url,
                              .need = WEB_NEEDED};
    if (!web_form_begin(web, SLICE("/check"))) return false;
    web_input(web, &input);
    web_form_end(web, SLICE("Check it"));
    return true;
}

static bool ask(struct web *web, struct slice rest) {
    (void)rest;
    web_page_begin(web, SLICE("Check a link"));
    web_paragraph(web, SLICE("Is there anything behind this? What a post or a page rests on, what those works are, "
                             "whether any was taken back, what is missing, and who says so."));
    return form(web, (struct slice){NULL, 0}) && web_page_end(web);
}

/* ---- the errand: in a process of its own ---- */

static int64_t at_most(int64_t value, int64_t most) {
    return value < most ? value : most;
}

static bool look(struct web *web, struct link_check *found) {
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct house *house = &web->home->house;
    struct network_options *network = &house->config.network;
    enum fault_kind ignored; /* the page says what could not be read */
    network->connect_timeout_s = at_most(network->connect_timeout_s, WAIT_S);
    network->total_timeout_s = at_most(network->total_timeout_s, WAIT_S);
    network->deadline_s = at_most(network->deadline_s, ALL_S);
    return house_enter_store(house, &web->fault) && house_rules(web->home, web->arena, &rules, &web->fault) &&
           link_check_run(house, &rules, web_value(web, "url"), web->arena, found, &ignored, &web->fault);
}

static bool write_page(struct web *web) {
    struct link_check *found = arena_alloc(web->arena, 1, sizeof *found);
    if (found == NULL) return fault_memory(&web->fault);
    if (!look(web, found))
        return web_refused(web, SLICE("Check a link")) &&
               (web_link(web, SLICE("/check"), SLICE("Try it again")), true) && web_page_end(web);
    struct check_view view = {.check = found, .look = &web->look, .school = web->home->house.config.school};
    web_page_begin_with(web, SLICE("Check a link"), check_style(), NULL);
    check_html_body(&web->html, &web->pen, &view);
    html_raw(&web->html, "<p>");
    web_link(web, SLICE("/check"), SLICE("Check another one"));
    html_raw(&web->html, "</p>");
    return web_page_end(web);
}

/* Its status and content policy, a line each, and the page: read back by `show`. */
static bool run(void *user, struct buf *out) {
    struct web *web = user;
    bool written = write_page(web);
    house_leave_store(&web->home->house);
    buf_printf(out, "%d\n%.*s\n", web->answer->status, SLICE_ARGS(web->answer->policy));
    buf_add(out, buf_slice(web->body));
    return written && !buf_failed(web->body);
}

/* ---- the pages around it ---- */

static bool is_address(struct web *web, struct slice url) {
    struct canonical page;
    if (url_is_web(url) && canonical_url(web->home->house.url_rules, url, web->arena, &page, &web->fault)) return true;
    return fault_set(&web->fault, FAULT_USAGE, "'%.*s' is no web address: it must begin with https:// or http://",
                     SLICE_ARGS(slice_part(url, 0, 200)));
}

/* The store is not open while the process is born: neither may come to hold the other's locks. */
static bool send_off(struct web *web, char name[TOKEN_TEXT_BYTES]) {
    struct house *house = &web->home->house;
    if (!errands_have_room(web->errands))
        return fault_set(&web->fault, FAULT_BUSY,
                         "%d links are being looked at already: send it again in half a minute", ERRANDS_AT_ONCE);
    house_leave_store(house);
    bool started = errand_start(web->errands, run, web, name, &web->fault);
    return house_enter_store(house, started ? &web->fault : &(struct fault){0}) && started;
}

static bool start(struct web *web, struct slice rest) {
    (void)rest;
    struct slice url = web_value(web, "url");
    char name[TOKEN_TEXT_BYTES];
    if (!is_address(web, url) || !send_off(web, name))
        return web_refused(web, SLICE("Check a link")) && form(web, url) && web_page_end(web);
    return web_redirect(web, web_say(web, "/check/%s", name));
}

static bool show(struct web *web, struct slice page) {
    long long status = 200;
    (void)slice_to_int64(slice_next(&page, '\n'), &status);
    struct slice policy = slice_next(&page, '\n');
    web->answer->status = (int)status;
    buf_add(web->body, page);
    return arena_copy(web->arena, policy, &web->answer->policy) || fault_memory(&web->fault);
}

static bool wait_more(struct web *web, struct slice name) {
    web_page_begin(web, SLICE("It is being looked at"));
    web_paragraph(web, SLICE("The site takes its time, or there is much behind it. It is given a minute at most; "
                             "everything else here goes on meanwhile."));
    html_raw(&web->html, "<p>");
    web_link(web, web_say(web, "/check/%.*s", SLICE_ARGS(name)), SLICE("See whether it is done"));
    html_raw(&web->html, "</p>");
    return web_page_end(web);
}

static bool answer(struct web *web, struct slice name) {
    struct slice page;
    switch (errand_look(web->errands, name, &page)) {
        case ERRAND_DONE: return show(web, page);
        case ERRAND_LOST:
            return web_sorry(web, 500, SLICE("It could not be looked at: it took too long, or needed too much."));
        case ERRAND_UNKNOWN:
            return web_sorry(web, 404, SLICE("That check is not kept any more: ask for it again under Check."));
        case ERRAND_UNDER_WAY: break;
    }
    web->answer->not_yet = !web->request->waited;
    return web->answer->not_yet || wait_more(web, name);
}

const struct web_route web_check_routes[] = {{WEB_GET, "/check", ask},
                                             {WEB_POST, "/check", start},
                                             {WEB_GET, "/check/", answer}};
const size_t web_check_route_count = COUNT_OF(web_check_routes);
