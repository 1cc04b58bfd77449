/* web_check: is there anything behind this address? Asked for by a form alone, so that no other site can make this
 * program ask for a page. */
#include "door/web.h"

#include "door/house_rules.h"
#include "render/check.h"
#include "stage/link_check.h"

/* Nobody else is served meanwhile, so a slow site gets less time here than in a run. */
#define WAIT_S 10
#define ALL_S 20

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

static int64_t at_most(int64_t value, int64_t most) {
    return value < most ? value : most;
}

static bool run(struct web *web, struct link_check *found) {
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct house hurried = web->home->house;
    struct network_options *network = &hurried.config.network;
    enum fault_kind ignored; /* the page says what could not be read */
    network->connect_timeout_s = at_most(network->connect_timeout_s, WAIT_S);
    network->total_timeout_s = at_most(network->total_timeout_s, WAIT_S);
    network->deadline_s = at_most(network->deadline_s, ALL_S);
    return house_rules(web->home, web->arena, &rules, &web->fault) &&
           link_check_run(&hurried, &rules, web_value(web, "url"), web->arena, found, &ignored, &web->fault);
}

static bool answer(struct web *web, struct slice rest) {
    (void)rest;
    struct link_check *found = arena_alloc(web->arena, 1, sizeof *found);
    if (found == NULL) return fault_memory(&web->fault);
    if (!run(web, found))
        return web_refused(web, SLICE("Check a link")) && form(web, web_value(web, "url")) && web_page_end(web);
    struct check_view view = {.check = found, .look = &web->look, .school = web->home->house.config.school};
    web_page_begin_with(web, SLICE("Check a link"), check_style(), NULL);
    check_html_body(&web->html, &web->pen, &view);
    web_heading(web, SLICE("Another one"));
    return form(web, (struct slice){NULL, 0}) && web_page_end(web);
}

const struct web_route web_check_routes[] = {{WEB_GET, "/check", ask}, {WEB_POST, "/check", answer}};
const size_t web_check_route_count = COUNT_OF(web_check_routes);
