#include "door/web.h"

#include "base/when.h"

static const struct {
    const char *path, *words;
} places[] = {{"/", "Today"},  {"/search", "Search"}, {"/focus", "Focus"},
              {"/log", "Log"}, {"/parked", "Parked"}, {"/sources", "Sources"}};

void web_link(struct web *web, struct slice path, struct slice words) {
    struct safe_url url;
    struct slice none = {NULL, 0};
    html_tag(&web->html, "a");
    if (safe_url_own(web->arena, none, path, &url)) html_link(&web->html, "href", url);
    html_text(&web->html, words);
    html_close(&web->html, "a");
}

static void navigation(struct web *web) {
    html_tag(&web->html, "nav");
    html_attr_is(&web->html, "aria-label", "Pages");
    html_tag(&web->html, "ul");
    html_attr_is(&web->html, "class", "chips");
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        html_tag(&web->html, "li");
        web_link(web, slice_from(places[i].path), slice_from(places[i].words));
        html_close(&web->html, "li");
    }
    html_close(&web->html, "ul");
    html_close(&web->html, "nav");
}

void web_page_begin(struct web *web, struct slice heading) {
    struct slice none = {NULL, 0};
    web_page_begin_with(web, heading, none, NULL);
}

void web_page_begin_with(struct web *web, struct slice heading, struct slice style, const struct slice_list *summary) {
    struct page_facts facts = {
        .title = heading, .who = web->home->house.config.school, .heading = heading, .style = style, .forms = true};
    if (summary != NULL) facts.summary = *summary;
    page_begin(&web->html, &web->pen, &facts);
    navigation(web);
}

bool web_page_end(struct web *web) {
    page_end(&web->html, &web->pen, DIGEST_DISCLAIMER, NULL, 0);
    return html_end(&web->html, "the page", &web->fault) && pen_check(&web->pen, "the page", &web->fault);
}

void web_hidden(struct web *web, struct slice name, struct slice value) {
    html_tag(&web->html, "input");
    html_attr_is(&web->html, "type", "hidden");
    html_attr(&web->html, "name", name);
    html_attr(&web->html, "value", value);
    html_void(&web->html, "input");
}

bool web_form_begin(struct web *web, struct slice path) {
    char token[TOKEN_TEXT_BYTES];
    struct safe_url url;
    struct slice none = {NULL, 0};
    if (!token_issue(web->box, token) || !safe_url_own(web->arena, none, path, &url)) return false;
    html_tag(&web->html, "form");
    html_attr_is(&web->html, "method", "post");
    html_link(&web->html, "action", url);
    web_hidden(web, SLICE("token"), slice_from(token));
    return true;
}

void web_form_end(struct web *web, struct slice button) {
    html_tag(&web->html, "p");
    html_element(&web->html, "button", "", button);
    html_close(&web->html, "p");
    html_close(&web->html, "form");
}

void web_field(struct web *web, enum web_field kind, struct slice name, struct slice label) {
    html_tag(&web->html, "p");
    html_tag(&web->html, "label");
    html_attr(&web->html, "for", name);
    html_text(&web->html, label);
    html_close(&web->html, "label");
    html_raw(&web->html, "<br>");
    if (kind == WEB_AREA) {
        html_tag(&web->html, "textarea");
        html_attr(&web->html, "id", name);
        html_attr(&web->html, "name", name);
        html_attr_is(&web->html, "rows", "3");
        html_attr_is(&web->html, "maxlength", "600");
        html_text(&web->html, SLICE(""));
        html_close(&web->html, "textarea");
    } else {
        html_tag(&web->html, "input");
        html_attr_is(&web->html, "type", "text");
        html_attr(&web->html, "id", name);
        html_attr(&web->html, "name", name);
        html_attr_is(&web->html, "maxlength", "300");
        html_void(&web->html, "input");
    }
    html_close(&web->html, "p");
}

bool web_redirect(struct web *web, struct slice path) {
    web->answer->status = 303;
    return arena_copy(web->arena, path, &web->answer->location);
}

bool web_sorry(struct web *web, int status, struct slice words) {
    web->answer->status = status;
    web_page_begin(web, status == 404 ? SLICE("There is no such page") : SLICE("That was not done"));
    html_element(&web->html, "p", "", words);
    return web_page_end(web);
}

struct slice web_value(const struct web *web, const char *name) {
    const struct pair_list *pairs = web->request->method == WEB_POST ? &web->request->form : &web->request->query;
    struct slice value = slice_trim(pairs_get(pairs, name));
    return slice_is_empty(value) ? (struct slice){NULL, 0} : value;
}

static bool fits(const struct web_route *route, const struct web_request *request, struct slice *rest) {
    struct slice path = slice_from(route->path);
    if (route->method != request->method) return false;
    *rest = slice_part(request->path, path.len, request->path.len);
    if (path.len > 1 && slice_ends(path, SLICE("/"))) return slice_starts(request->path, path) && rest->len > 0;
    return slice_equal(request->path, path);
}

static bool route(struct web *web) {
    const struct {
        const struct web_route *at;
        size_t count;
    } tables[] = {{web_reading_routes, web_reading_route_count},
                  {web_focus_routes, web_focus_route_count},
                  {web_source_routes, web_source_route_count}};
    for (size_t t = 0; t < COUNT_OF(tables); t++)
        for (size_t i = 0; i < tables[t].count; i++) {
            struct slice rest;
            if (fits(&tables[t].at[i], web->request, &rest)) return tables[t].at[i].go(web, rest);
        }
    return web_sorry(web, 404, SLICE("The links above lead to those that there are."));
}

bool web_answer_request(void *user, const struct web_request *request, struct token_box *box, struct arena *arena,
                        struct buf *body, struct web_answer *answer) {
    struct web web = {.home = user, .request = request, .box = box, .arena = arena, .body = body, .answer = answer};
    web.html = html_to(body);
    web.pen = pen_new(&web.look, arena);
    if (route(&web)) return true;
    /* What a person can mend is said on a page; anything else is the server's plain 500. */
    if (web.fault.kind != FAULT_USAGE && web.fault.kind != FAULT_INPUT) return false;
    buf_clear(body);
    web.html = html_to(body);
    return web_sorry(&web, 400, slice_from(web.fault.text));
}
