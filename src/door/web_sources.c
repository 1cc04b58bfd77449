/* web_sources: how each source does, the report on what it posts, and the say on single flags. */
#include "door/web.h"

#include "base/when.h"
#include "door/house_rules.h"
#include "render/day.h"
#include "render/report.h"
#include "render/report_say.h"
#include "render/report_sheet.h"
#include "stage/checkup.h"
#include "stage/flag_marks.h"
#include "stage/source_report.h"
#include "store/items.h"
#include "store/marks.h"

#define DAYS_USUAL 90
#define DAYS_MOST 36500

/* ---- the list ---- */

static void health_row(struct web *web, struct sheet *sheet, const struct checked *one) {
    struct slice path = report_say(&web->pen, "/sources/%.*s", SLICE_ARGS(one->source->name)), nowhere = {NULL, 0};
    sheet_row(sheet, one->source->title, pen_own(&web->pen, nowhere, path));
    sheet_cell(sheet, slice_from(health_word(one->health)));
    sheet_cell(sheet, pen_date(&web->pen, one->state.last_new_item_s));
    sheet_cell(sheet, one->words);
    sheet_row_end(sheet);
}

static bool health_table(struct web *web) {
    static const char *const words[] = {"Source", "State", "Last new post", "What"};
    struct checked_list sources;
    if (!checkup_run(&web->home->house, CHECKUP_ANSWERS, web->arena, &sources, &web->fault)) return false;
    web_heading(web, SLICE("How they answer"));
    struct sheet sheet = sheet_begin(&web->html, words, COUNT_OF(words));
    for (size_t i = 0; i < sources.count; i++) health_row(web, &sheet, &sources.at[i]);
    sheet_end(&sheet);
    return true;
}

/* ---- the report ---- */

static int64_t days_wanted(const struct web *web) {
    long long days;
    bool given = slice_to_int64(web_value(web, "days"), &days) && days >= 0 && days <= DAYS_MOST;
    return given ? days : DAYS_USUAL;
}

/* Sent back to the page it stands on, whose path is ours. */
static void days_form(struct web *web, struct slice path, int64_t chosen) {
    static const struct {
        int64_t days;
        const char *words;
    } choices[] = {{30, "30 days"}, {DAYS_USUAL, "90 days"}, {365, "a year"}, {0, "all that is there"}};
    struct slice none = {NULL, 0};
    html_tag(&web->html, "form");
    html_attr_is(&web->html, "method", "get");
    html_link(&web->html, "action", pen_own(&web->pen, none, path));
    html_raw(&web->html, "<p><label for=\"days\">Posts of the last</label> <select id=\"days\" "
                         "name=\"days\">");
    for (size_t i = 0; i < COUNT_OF(choices); i++) {
        html_tag(&web->html, "option");
        html_attr(&web->html, "value", pen_number(&web->pen, choices[i].days));
        if (choices[i].days == chosen) html_attr_is(&web->html, "selected", "selected");
        html_text(&web->html, slice_from(choices[i].words));
        html_close(&web->html, "option");
    }
    html_raw(&web->html, "</select> <button>Show</button></p>");
    html_close(&web->html, "form");
}

static void flag_form(struct web *web, struct slice path, struct slice item, struct slice flag, struct slice button) {
    if (!web_form_begin(web, path)) {
        web->pen.failed = true;
        return;
    }
    web_hidden(web, SLICE("item"), item);
    web_hidden(web, SLICE("flag"), flag);
    web_form_end(web, button);
}

static void mark_form(void *to, struct html *html, const struct report_post *post, enum report_measure flag) {
    (void)html; /* the page's own */
    flag_form(to, SLICE("/sources/flag-wrong"), post->item, slice_from(report_measure_name(flag)),
              SLICE("This flag is wrong"));
}

/* What was marked wrong on this source's posts, each with the way back. */
static bool standing_marks(struct web *web, struct slice source) {
    struct mark_list marks = {0};
    struct mark_query query = {.kind = MARK_FLAG_WRONG, .one_kind = true};
    struct slice own = report_say(&web->pen, "%.*s/", SLICE_ARGS(source));
    bool any = false;
    if (!marks_list(web->home->house.store, &query, web->arena, &marks, &web->fault)) return false;
    for (size_t i = 0; i < marks.count; i++) {
        const struct mark *mark = &marks.at[i];
        enum report_measure flag;
        if (!slice_starts(mark->item, own) || !report_flag_from(mark->flag, &flag)) continue;
        if (!any) html_raw(&web->html, "<h2>Marked wrong</h2><ul class=\"listed\">");
        any = true;
        html_tag(&web->html, "li");
        html_text(&web->html, report_say(&web->pen, "%.*s: %s on %.*s", SLICE_ARGS(pen_date(&web->pen, mark->when_s)),
                                         report_measure_words(flag), SLICE_ARGS(mark->item)));
        if (!slice_is_empty(mark->note)) {
            html_raw(&web->html, " \xE2\x80\x93 ");
            html_text(&web->html, mark->note);
        }
        flag_form(web, SLICE("/sources/flag-right"), mark->item, mark->flag, SLICE("Take it back"));
        html_close(&web->html, "li");
    }
    if (any) html_raw(&web->html, "</ul>");
    return true;
}

static bool make_report(struct web *web, struct slice source, struct report_set *out) {
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct source_report_options options = {.source = source, .days = days_wanted(web)};
    return house_rules(web->home, web->arena, &rules, &web->fault) &&
           source_report_make(&web->home->house, &rules, &options, web->arena, out, &web->fault);
}

static bool list(struct web *web, struct slice rest) {
    (void)rest;
    struct report_set set;
    struct slice everyone = {NULL, 0};
    if (!make_report(web, everyone, &set)) return false;
    struct report_view view = {.set = &set, .scope = REPORT_ALL, .look = &web->look, .source_path = SLICE("/sources/")};
    web_page_begin_with(web, SLICE("Sources"), report_style(&web->pen), NULL);
    if (!health_table(web)) return false;
    html_element(&web->html, "h2", "", SLICE("Side by side"));
    days_form(web, SLICE("/sources"), days_wanted(web));
    report_html_body(&web->html, &web->pen, &view);
    return web_page_end(web);
}

static bool one(struct web *web, struct slice name) {
    struct report_set set;
    struct slice_list summary = {0};
    if (!make_report(web, name, &set)) {
        if (web->fault.kind != FAULT_USAGE) return false;
        return web_sorry(web, 404, SLICE("There is no such source; the list of sources names them."));
    }
    struct report_view view = {.set = &set, .scope = REPORT_ONE, .look = &web->look, .mark = mark_form, .mark_to = web};
    pen_list_add(&web->pen, &summary, report_days(&web->pen, &set));
    web_page_begin_with(web, set.at[0].title, report_style(&web->pen), &summary);
    days_form(web, report_say(&web->pen, "/sources/%.*s", SLICE_ARGS(set.at[0].source)), days_wanted(web));
    report_html_body(&web->html, &web->pen, &view);
    return standing_marks(web, name) && web_page_end(web);
}

/* ---- flags ---- */

static bool put_mark(struct web *web, struct flag_mark *mark) {
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct slice item, id, source;
    mark->what = web_value(web, "item");
    mark->flag = web_value(web, "flag");
    mark->note = web_value(web, "note");
    if (slice_is_absent(mark->what)) return fault_set(&web->fault, FAULT_USAGE, "That button is not known.");
    if (!house_rules(web->home, web->arena, &rules, &web->fault) ||
        !flag_mark_put(&web->home->house, &rules, mark, web->arena, &item, &web->fault))
        return false;
    struct slice code = web_value(web, "code");
    if (day_code_holds(code)) return web_redirect(web, report_say(&web->pen, "/i/%.*s", SLICE_ARGS(code)));
    if (!item_reference_split(item, &source, &id)) return web_redirect(web, SLICE("/sources"));
    return web_redirect(web, report_say(&web->pen, "/sources/%.*s", SLICE_ARGS(source)));
}

static bool flag_wrong(struct web *web, struct slice rest) {
    (void)rest;
    struct flag_mark mark = {.undo = false};
    return put_mark(web, &mark);
}

static bool flag_right(struct web *web, struct slice rest) {
    (void)rest;
    struct flag_mark mark = {.undo = true};
    return put_mark(web, &mark);
}

const struct web_route web_source_routes[] = {
    {WEB_GET, "/sources", list},
    {WEB_GET, "/sources/", one},
    {WEB_POST, "/sources/flag-wrong", flag_wrong},
    {WEB_POST, "/sources/flag-right", flag_right},
};
const size_t web_source_route_count = COUNT_OF(web_source_routes);
