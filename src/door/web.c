#include "door/web.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "base/when.h"
#include "render/form_style.h"
#include "stage/look.h"

static const struct {
    const char *path, *words;
} places[] = {{"/", "Today"},      {"/archive", "Archive"}, {"/search", "Search"},  {"/focus", "Focus"},
              {"/log", "Log"},     {"/parked", "Parked"},   {"/marks", "Feedback"}, {"/sources", "Sources"},
              {"/check", "Check"}, {"/rules", "Rules"}};

/* ---- words ---- */

struct slice web_say(struct web *web, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len < 0 ? NULL : arena_alloc(web->arena, (size_t)len + 1, 1);
    va_start(args, format);
    if (text != NULL) (void)vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    if (text == NULL) web->pen.failed = true;
    return text == NULL ? SLICE("") : slice_of(text, (size_t)len);
}

struct slice web_date(struct web *web, int64_t day_s) {
    return pen_date(&web->pen, day_s);
}

struct slice web_reader(const struct web *web, struct slice name) {
    const struct reader_list *readers = &web->home->house.config.readers;
    for (size_t i = 0; i < readers->count; i++)
        if (slice_equal(readers->at[i].name, name)) return readers->at[i].title;
    return slice_is_empty(name) ? SLICE("everybody") : name;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

void web_text(struct web *web, struct slice text) {
    if (slice_is_empty(text)) return;
    if (is_blank(text.at[0])) html_raw(&web->html, " ");
    html_text(&web->html, text);
    if (text.len > 1 && is_blank(text.at[text.len - 1])) html_raw(&web->html, " ");
}

void web_heading(struct web *web, struct slice words) {
    html_element(&web->html, "h2", "", words);
}

void web_paragraph(struct web *web, struct slice words) {
    html_element(&web->html, "p", "", words);
}

static bool own_url(struct web *web, struct slice path, struct safe_url *out) {
    struct slice none = {NULL, 0};
    return safe_url_own(web->arena, none, path, out);
}

void web_link(struct web *web, struct slice path, struct slice words) {
    struct safe_url url;
    html_tag(&web->html, "a");
    if (own_url(web, path, &url)) html_link(&web->html, "href", url);
    html_text(&web->html, words);
    html_close(&web->html, "a");
}

/* ---- pages ---- */

static size_t place_of(const struct web *web) {
    struct slice first = slice_part(web->request->path, 1, web->request->path.len);
    first = slice_next(&first, '/');
    for (size_t i = 1; i < COUNT_OF(places); i++)
        if (slice_equal(first, slice_from(places[i].path + 1))) return i;
    return slice_is_empty(first) ? 0 : COUNT_OF(places);
}

static void say_mistakes(struct web *web) {
    html_tag(&web->html, "div");
    html_attr_is(&web->html, "class", "alert");
    html_attr_is(&web->html, "role", "alert");
    web_paragraph(web,
                  SLICE("The configuration was changed, and does not hold as it is now. What stood there before counts "
                        "until it does."));
    html_element(&web->html, "pre", "", web->mistakes);
    html_close(&web->html, "div");
}

void web_page_begin_with(struct web *web, struct slice heading, struct slice style, const struct slice_list *summary) {
    struct page_link links[COUNT_OF(places)];
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        links[i].words = slice_from(places[i].words);
        (void)own_url(web, slice_from(places[i].path), &links[i].url);
    }
    struct page_facts facts = {.title = pen_join(&web->pen, heading, " \xC2\xB7 ", SLICE("discern")),
                               .who = web->home->house.config.school,
                               .heading = heading,
                               .places = links,
                               .place_count = COUNT_OF(places),
                               .here = place_of(web),
                               .style = pen_join(&web->pen, style_forms(), "", style),
                               .forms = true};
    if (summary != NULL) facts.summary = *summary;
    web->answer->policy = page_policy(&web->pen, &facts);
    page_begin(&web->html, &web->pen, &facts);
    if (!slice_is_empty(web->mistakes)) say_mistakes(web);
}

void web_page_begin(struct web *web, struct slice heading) {
    struct slice none = {NULL, 0};
    web_page_begin_with(web, heading, none, NULL);
}

bool web_page_end(struct web *web) {
    page_end(&web->html, &web->pen, DIGEST_DISCLAIMER, NULL, 0);
    return html_end(&web->html, "the page", &web->fault) && pen_check(&web->pen, "the page", &web->fault);
}

bool web_redirect(struct web *web, struct slice path) {
    web->answer->status = 303;
    return arena_copy(web->arena, path, &web->answer->location);
}

static void start_again(struct web *web) {
    buf_clear(web->body);
    web->html = html_to(web->body);
}

bool web_sorry(struct web *web, int status, struct slice words) {
    web->answer->status = status;
    web_page_begin(web, status == 404 ? SLICE("There is no such page") : SLICE("That was not done"));
    html_element(&web->html, "p", "alert", words);
    return web_page_end(web);
}

/* 0 = nothing that a person can do. */
static int status_of(enum fault_kind kind) {
    switch (kind) {
        case FAULT_USAGE:
        case FAULT_INPUT: return 400;
        case FAULT_CONFIG: return 500;
        case FAULT_BUSY: return 503;
        default: return 0;
    }
}

bool web_refused(struct web *web, struct slice heading) {
    int status = status_of(web->fault.kind);
    if (status == 0) return false;
    start_again(web);
    web->answer->status = status;
    web_page_begin(web, heading);
    html_tag(&web->html, "p");
    html_attr_is(&web->html, "class", "alert");
    html_attr_is(&web->html, "role", "alert");
    html_text(&web->html, slice_from(web->fault.text));
    html_close(&web->html, "p");
    return true;
}

struct slice web_value(const struct web *web, const char *name) {
    const struct pair_list *pairs = web->request->method == WEB_POST ? &web->request->form : &web->request->query;
    struct slice value = slice_trim(pairs_get(pairs, name));
    return slice_is_empty(value) ? (struct slice){NULL, 0} : value;
}

/* ---- routes ---- */

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
    } tables[] = {
#define LIST_ROUTES(name) {web_##name##_routes, web_##name##_route_count},
        WEB_TABLES(LIST_ROUTES)
#undef LIST_ROUTES
    };
    for (size_t t = 0; t < COUNT_OF(tables); t++)
        for (size_t i = 0; i < tables[t].count; i++) {
            struct slice rest;
            if (fits(&tables[t].at[i], web->request, &rest)) return tables[t].at[i].go(web, rest);
        }
    return web_sorry(web, 404, SLICE("The links above lead to those that there are."));
}

bool web_changed(void *user) {
    const struct web_house *house = user;
    return errands_ended(house->errands);
}

bool web_answer_request(void *user, const struct web_request *request, struct token_box *box, struct arena *arena,
                        struct buf *body, struct web_answer *answer) {
    struct web_house *house = user;
    struct look_kept look;
    if (!web_take_up(house)) return false;
    struct web web = {.home = house->home,
                      .request = request,
                      .box = box,
                      .errands = house->errands,
                      .mistakes = house->mistakes,
                      .arena = arena,
                      .body = body,
                      .answer = answer};
    if (house->now != NULL) web.home->house.options.now_s = house->now();
    if (!house_enter_store(&web.home->house, &web.fault) || !look_load(&web.home->house, arena, &look, &web.fault))
        return false;
    web.look = look.look;
    web.html = html_to(body);
    web.pen = pen_new(&web.look, arena);
    if (route(&web)) return true;
    /* What a person can mend or wait for is said on a page; anything else is the server's plain 500. */
    int status = status_of(web.fault.kind);
    if (status == 0) return false;
    start_again(&web);
    return web_sorry(&web, status, slice_from(web.fault.text));
}
