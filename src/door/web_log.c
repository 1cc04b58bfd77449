/* web_log: the practice log, its notes and its forms to hand on; templates. */
#include "base/when.h"
#include "door/web.h"
#include "door/web_practice.h"
#include "practice/cycle.h"
#include "render/logbook.h"
#include "stage/focus.h"
#include "stage/logbook.h"

/* ---- notes ---- */

bool web_note_form(struct web *web, struct slice id) {
    if (!web_form_begin(web, SLICE("/focus/note"))) return false;
    web_hidden(web, SLICE("id"), id);
    struct web_input group = {.kind = WEB_LINE,
                              .name = "group",
                              .label = SLICE("Class"),
                              .hint = SLICE("8B maths. Never a pupil's name.")};
    struct web_input did = {.kind = WEB_AREA, .name = "did", .label = SLICE("What was done")};
    struct web_input saw = {.kind = WEB_AREA,
                            .name = "saw",
                            .label = SLICE("What was seen in pupils' work"),
                            .hint = SLICE("'Six of ten', 'one pupil', 'pupil A': no names.")};
    struct web_input change = {.kind = WEB_AREA, .name = "change", .label = SLICE("What changes next")};
    struct web_input with = {.kind = WEB_LINE, .name = "with", .label = SLICE("With which colleague")};
    struct web_input date = {.kind = WEB_DAY, .name = "date", .label = SLICE("When"), .hint = SLICE("Empty: today.")};
    web_input(web, &group);
    web_input(web, &did);
    web_input(web, &saw);
    web_input(web, &change);
    html_raw(&web->html, "<div class=\"fields\">");
    web_input(web, &with);
    web_input(web, &date);
    html_raw(&web->html, "</div>");
    if (web->fault.kind == FAULT_INPUT) web_tick(web, "no-names", SLICE("It is no pupil's name"));
    web_form_end(web, SLICE("Write it down"));
    return true;
}

static bool note(struct web *web, struct slice rest) {
    (void)rest;
    struct slice doubt;
    struct practice_note made = {.focus = web_value(web, "id"),
                                 .group = web_value(web, "group"),
                                 .did = web_value(web, "did"),
                                 .saw = web_value(web, "saw"),
                                 .change = web_value(web, "change"),
                                 .with = web_value(web, "with")};
    enum name_care care = slice_is_absent(web_value(web, "no-names")) ? NAMES_LOOKED_FOR : NAMES_VOUCHED_FOR;
    struct slice date = web_value(web, "date");
    if (date.len == 10 && !when_parse_rfc3339(date, &made.date_s)) made.date_s = 0;
    if (focus_note(&web->home->house, &made, care, web->arena, &doubt, &web->fault)) {
        if (slice_is_empty(doubt)) return web_redirect(web, SLICE("/log"));
        web_page_begin(web, SLICE("It is written down"));
        html_element(&web->html, "p", "alert",
                     web_say(web,
                             "If '%.*s' is a pupil's name, tell whoever looks after this log: notes never name pupils.",
                             SLICE_ARGS(doubt)));
        html_tag(&web->html, "p");
        web_link(web, SLICE("/log"), SLICE("To the log"));
        html_close(&web->html, "p");
        return web_page_end(web);
    }
    return web_refused(web, SLICE("Write a note")) && web_note_form(web, made.focus) && web_page_end(web);
}

static void part(struct web *web, const char *name, struct slice text) {
    if (slice_is_empty(text)) return;
    html_element(&web->html, "dt", "", slice_from(name));
    html_tag(&web->html, "dd");
    html_lines(&web->html, text);
    html_close(&web->html, "dd");
}

void web_notes(struct web *web, const struct logbook_part *book) {
    if (book->notes.count == 0) web_paragraph(web, SLICE("No note yet."));
    for (size_t i = book->notes.count; i-- > 0;) {
        const struct practice_note *one = &book->notes.at[i];
        html_tag(&web->html, "div");
        html_attr_is(&web->html, "class", "note");
        html_element(&web->html, "h3", "",
                     pen_join(&web->pen, web_date(web, one->date_s), ", ", logbook_step_words(one->step)));
        html_raw(&web->html, "<dl class=\"facts\">");
        part(web, "Class", one->group);
        part(web, "Done", one->did);
        part(web, "Seen", one->saw);
        part(web, "Next", one->change);
        part(web, "With", one->with);
        html_raw(&web->html, "</dl>");
        html_close(&web->html, "div");
    }
}

/* ---- the log ---- */

static const struct {
    const char *file, *words;
    enum logbook_form form;
} files[] = {{"half-term.html", "The half term on a page", LOGBOOK_SUMMARY},
             {"card.html", "Cards for the desk", LOGBOOK_CARD},
             {"practice-log.md", "As text (Markdown)", LOGBOOK_MARKDOWN},
             {"practice-log.csv", "For a spreadsheet (CSV)", LOGBOOK_CSV}};

static bool log_page(struct web *web, struct slice rest) {
    (void)rest;
    struct logbook book;
    struct logbook_wish wish = {.which = LOGBOOK_ALL};
    if (!logbook_gather(&web->home->house, &wish, web->arena, &book, &web->fault)) return false;
    web_page_begin(web, SLICE("Practice log"));
    web_paragraph(web,
                  SLICE("Written by the team for itself: what was tried, and what pupils' work showed. It holds no "
                        "pupil's name and judges no colleague."));
    if (book.count == 0) web_paragraph(web, SLICE("Nothing is in focus yet: notes belong to an idea in focus."));
    html_raw(&web->html, "<ul class=\"nav\">");
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        html_tag(&web->html, "li");
        web_link(web, web_say(web, "/log/%s", files[i].file), slice_from(files[i].words));
        html_close(&web->html, "li");
    }
    html_raw(&web->html, "<li>");
    web_link(web, SLICE("/log/reminders.ics"), SLICE("Reminders (iCalendar)"));
    html_raw(&web->html, "</li></ul>");
    for (size_t i = book.count; i-- > 0;) {
        const struct focus *focus = &book.at[i].focus;
        html_tag(&web->html, "h2");
        web_link(web, web_say(web, "/focus/%.*s", SLICE_ARGS(focus->id)),
                 pen_join(&web->pen, focus->id, ": ", focus->title));
        html_close(&web->html, "h2");
        web_notes(web, &book.at[i]);
    }
    return web_page_end(web);
}

static bool write_form(struct web *web, const struct logbook *book, size_t at) {
    web->answer->content_type = logbook_media_type(files[at].form);
    if (files[at].form == LOGBOOK_MARKDOWN || files[at].form == LOGBOOK_CSV)
        web->answer->download_name = logbook_file(files[at].form);
    else web->answer->policy = logbook_policy(&web->pen);
    return logbook_write(book, files[at].form, &web->look, web->body, &web->fault);
}

/* /log/FILE of everybody, /log/F1/FILE of one focus. */
static bool file(struct web *web, struct slice rest) {
    struct logbook book;
    struct logbook_wish wish = {.which = LOGBOOK_ALL};
    if (slice_find_byte(rest, '/', 0) != SLICE_NOT_FOUND) wish.id = slice_next(&rest, '/');
    bool calendar = slice_equal(rest, SLICE("reminders.ics"));
    size_t at = 0;
    while (at < COUNT_OF(files) && !slice_equal(rest, slice_from(files[at].file))) at++;
    if (at == COUNT_OF(files) && !calendar) return web_sorry(web, 404, SLICE("There is no such file."));
    if (at < COUNT_OF(files) && files[at].form == LOGBOOK_CARD && slice_is_absent(wish.id)) wish.which = LOGBOOK_OPEN;
    if (!logbook_gather(&web->home->house, &wish, web->arena, &book, &web->fault))
        return web->fault.kind == FAULT_USAGE && web_sorry(web, 404, SLICE("There is no such focus."));
    if (!calendar) return write_form(web, &book, at);
    if (book.count == 0)
        return web_sorry(web, 404, SLICE("Nothing is in focus, so there is nothing to be reminded of."));
    web->answer->content_type = "text/calendar; charset=utf-8";
    web->answer->download_name = "reminders.ics";
    return logbook_calendar(&book, web->arena, web->body, &web->fault);
}

/* ---- templates ---- */

static bool template_page(struct web *web, struct slice name) {
    const struct focus_template *one = focus_template_find(&web->home->house, name);
    if (one == NULL) return web_sorry(web, 404, SLICE("There is no such way of working."));
    web_page_begin(web, one->title);
    web_paragraph(web, one->about);
    html_raw(&web->html, "<h2>Before it starts</h2><ul class=\"list\">");
    page_list(&web->html, &one->before);
    html_raw(&web->html, "</ul>");
    for (int64_t week = 1; week <= one->weeks; week++) {
        enum focus_step step = cycle_step_of_week(week, one->weeks);
        web_heading(web, web_say(web, "Week %lld: %.*s", (long long)week, SLICE_ARGS(logbook_step_words(step))));
        html_raw(&web->html, "<ul class=\"list\">");
        for (size_t s = 0; s < one->prompts.count; s++)
            if (slice_equal(one->prompts.at[s].step, slice_from(focus_step_name(step))))
                page_list(&web->html, &one->prompts.at[s].ask);
        html_raw(&web->html, "</ul>");
    }
    html_tag(&web->html, "p");
    web_link(web, SLICE("/focus"), SLICE("Choose it on the focus board"));
    html_close(&web->html, "p");
    return web_page_end(web);
}

const struct web_route web_log_routes[] = {{WEB_GET, "/log", log_page},
                                           {WEB_GET, "/log/", file},
                                           {WEB_POST, "/focus/note", note},
                                           {WEB_GET, "/templates/", template_page}};
const size_t web_log_route_count = COUNT_OF(web_log_routes);
