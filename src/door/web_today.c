/* web_today: the day's list with what can be said of each entry, and the days before. */
#include "door/web.h"

#include "base/when.h"
#include "model/digest_json.h"
#include "render/card_html.h"
#include "render/day.h"
#include "stage/marking.h"
#include "store/digests.h"

#define DAYS_SHOWN 400

/* ---- one day ---- */

static void focus_block(struct web *web, const struct focus_block *focus) {
    html_tag(&web->html, "section");
    html_attr_is(&web->html, "class", "focus");
    html_element(&web->html, "h2", "", day_focus_line(&web->pen, focus));
    html_tag(&web->html, "h3");
    web_link(web, web_say(web, "/focus/%.*s", SLICE_ARGS(focus->id)), focus->title);
    html_close(&web->html, "h3");
    struct slice_list notes = day_focus_notes(&web->pen, focus);
    for (size_t i = 0; i < notes.count; i++) web_paragraph(web, notes.at[i]);
    if (!slice_is_empty(focus->prompt)) html_element(&web->html, "p", "ask", focus->prompt);
    if (!slice_is_empty(focus->colleague)) web_paragraph(web, focus->colleague);
    html_tag(&web->html, "p");
    html_attr_is(&web->html, "class", "by");
    html_text(&web->html, focus->last_log);
    html_raw(&web->html, " \xC2\xB7 ");
    web_link(web, web_say(web, "/focus/%.*s#note", SLICE_ARGS(focus->id)), SLICE("Write a note"));
    html_close(&web->html, "p");
    html_close(&web->html, "section");
}

/* What this reader, or nobody in particular, said of it. */
static bool said(struct web *web, const struct digest *digest, const struct entry *entry) {
    struct mark_list marks = {0};
    struct mark_query query = {.item = entry->lead};
    if (!marks_list(web->home->house.store, &query, web->arena, &marks, &web->fault)) return false;
    for (size_t i = 0; i < marks.count; i++) {
        const struct mark *mark = &marks.at[i];
        if (mark->kind == MARK_FLAG_WRONG) continue;
        if (!slice_is_empty(mark->reader) && !slice_equal(mark->reader, digest->reader.name)) continue;
        html_element(&web->html, "span", "mark", web_say(web, "You said: %.*s", SLICE_ARGS(marking_words(mark->kind))));
    }
    return true;
}

/* Three opinions, one press each; reasons and more stand on the entry's own page. */
static bool mark_row(struct web *web, const struct digest *digest, const struct entry *entry) {
    if (!web_form_begin(web, SLICE("/mark"))) return false;
    web_hidden(web, SLICE("what"), entry->lead);
    web_hidden(web, SLICE("reader"), digest->reader.name);
    web_hidden(web, SLICE("back"),
               web_say(web, "/d/%.*s/%.*s#%.*s", SLICE_ARGS(digest->reader.name), SLICE_ARGS(digest->date),
                       SLICE_ARGS(entry->code)));
    html_tag(&web->html, "div");
    html_attr_is(&web->html, "class", "marks");
    for (int kind = MARK_USEFUL; kind <= MARK_ALREADY_DO; kind++) {
        struct slice pair[] = {SLICE("kind"), slice_from(mark_kind_name((enum mark_kind)kind))};
        web_button(web, WEB_BUTTON_QUIET, pair, marking_words((enum mark_kind)kind));
    }
    web_link(web, web_say(web, "/i/%.*s", SLICE_ARGS(entry->code)), SLICE("Why, a wrong flag, put in focus"));
    bool done = said(web, digest, entry);
    html_close(&web->html, "div");
    html_close(&web->html, "form");
    return done;
}

static bool section(struct web *web, const struct digest *digest, const struct section *section) {
    html_tag(&web->html, "section");
    html_element(&web->html, "h2", "", day_section_heading(&web->pen, section));
    struct slice intro = day_section_intro(&web->pen, section);
    if (!slice_is_empty(intro)) html_element(&web->html, "p", "intro", intro);
    for (size_t i = 0; i < section->entries.count; i++) {
        html_tag(&web->html, "div");
        html_attr_is(&web->html, "class", "idea");
        card_html_write(&web->html, &web->pen, &section->entries.at[i]);
        if (!mark_row(web, digest, &section->entries.at[i])) return false;
        html_close(&web->html, "div");
    }
    html_close(&web->html, "section");
    return true;
}

static void closing(struct web *web, const struct digest *digest, const struct day *day) {
    html_tag(&web->html, "div");
    html_attr_is(&web->html, "class", "close");
    web_paragraph(web, pen_word(&web->pen, WORD_CLOSING));
    html_element(&web->html, "p", "by", day->left_heading);
    if (day->left.count > 0) {
        html_tag(&web->html, "ul");
        page_list(&web->html, &day->left);
        html_close(&web->html, "ul");
    }
    html_tag(&web->html, "p");
    web_link(web, SLICE("/archive"), SLICE("Earlier days"));
    if (digest->held_for_focus > 0) {
        html_raw(&web->html, " \xC2\xB7 ");
        web_link(web, SLICE("/parked"), SLICE("What is parked"));
    }
    html_close(&web->html, "p");
    html_close(&web->html, "div");
}

static void other_readers(struct web *web, struct slice here) {
    const struct reader_list *readers = &web->home->house.config.readers;
    if (readers->count < 2) return;
    html_tag(&web->html, "ul");
    html_attr_is(&web->html, "class", "chips");
    for (size_t i = 0; i < readers->count; i++) {
        html_tag(&web->html, "li");
        if (slice_equal(readers->at[i].name, here)) html_text(&web->html, readers->at[i].title);
        else web_link(web, web_say(web, "/r/%.*s", SLICE_ARGS(readers->at[i].name)), readers->at[i].title);
        html_close(&web->html, "li");
    }
    html_close(&web->html, "ul");
}

static bool show_day(struct web *web, struct digest_record *record) {
    struct digest digest;
    struct slice none = {NULL, 0};
    if (!digest_json_read(record->json, web->arena, &digest, &web->fault)) return false;
    struct day day = day_make(&web->pen, &digest);
    struct slice_list summary = {0};
    pen_list_add(&web->pen, &summary, digest.reader.title);
    for (size_t i = 0; i < day.summary.count; i++) pen_list_add(&web->pen, &summary, day.summary.at[i]);
    web_page_begin_with(web, day.date_words, none, &summary);
    other_readers(web, digest.reader.name);
    if (!slice_is_empty(day.since)) html_element(&web->html, "p", "intro", day.since);
    for (size_t i = 0; i < digest.focus.count; i++) focus_block(web, &digest.focus.at[i]);
    for (size_t i = 0; i < digest.sections.count; i++)
        if (digest.sections.at[i].entries.count > 0 && !section(web, &digest, &digest.sections.at[i])) return false;
    if (!slice_is_empty(day.empty)) html_element(&web->html, "p", "empty", day.empty);
    closing(web, &digest, &day);
    return web_page_end(web);
}

static bool newest(struct web *web, struct slice reader) {
    struct digest_record_list days = {0};
    bool found = false;
    if (!digests_list(web->home->house.store, reader, web->arena, &days, &web->fault)) return false;
    if (days.count > 0 && !digests_get(web->home->house.store, &days.at[0], web->arena, &found, &web->fault))
        return false;
    if (found) return show_day(web, &days.at[0]);
    web_page_begin(web, SLICE("Today"));
    web_paragraph(web, SLICE("No digest was made yet: 'discern run' makes one."));
    return web_page_end(web);
}

static bool today(struct web *web, struct slice rest) {
    (void)rest;
    const struct reader_list *readers = &web->home->house.config.readers;
    return newest(web, readers->count == 0 ? (struct slice){NULL, 0} : readers->at[0].name);
}

static bool of_reader(struct web *web, struct slice rest) {
    const struct reader_list *readers = &web->home->house.config.readers;
    for (size_t i = 0; i < readers->count; i++)
        if (slice_equal(readers->at[i].name, rest)) return newest(web, rest);
    return web_sorry(web, 404, SLICE("There is no reader of that name."));
}

static bool day(struct web *web, struct slice rest) {
    struct slice reader = slice_next(&rest, '/');
    struct digest_record record = {.reader = reader};
    bool found = false;
    if (rest.len == 10 && when_parse_rfc3339(rest, &record.date_s) &&
        !digests_get(web->home->house.store, &record, web->arena, &found, &web->fault))
        return false;
    return found ? show_day(web, &record) : web_sorry(web, 404, SLICE("There is no digest of that day."));
}

/* ---- the days before ---- */

static void month_heading(struct web *web, int64_t date_s, bool first) {
    struct civil civil = when_to_civil(date_s);
    if (!first) html_close(&web->html, "ul");
    web_heading(web, web_say(web, "%s %d", when_month_name(civil.month), civil.year));
    html_tag(&web->html, "ul");
    html_attr_is(&web->html, "class", "list");
}

static bool archive(struct web *web, struct slice rest) {
    (void)rest;
    struct digest_record_list days = {0};
    struct slice all = {NULL, 0};
    if (!digests_list(web->home->house.store, all, web->arena, &days, &web->fault)) return false;
    web_page_begin(web, SLICE("Archive"));
    if (days.count == 0) web_paragraph(web, SLICE("No digest was made yet: 'discern run' makes one."));
    int month = 0;
    for (size_t i = 0; i < days.count && i < DAYS_SHOWN; i++) {
        const struct digest_record *one = &days.at[i];
        struct civil civil = when_to_civil(one->date_s);
        if (civil.year * 12 + civil.month != month) month_heading(web, one->date_s, month == 0);
        month = civil.year * 12 + civil.month;
        struct slice path =
            web_say(web, "/d/%.*s/%04d-%02d-%02d", SLICE_ARGS(one->reader), civil.year, civil.month, civil.day);
        html_tag(&web->html, "li");
        web_link(web, path,
                 pen_join(&web->pen, pen_long_date(&web->pen, one->date_s), ", ", web_reader(web, one->reader)));
        html_close(&web->html, "li");
    }
    if (days.count > 0) html_close(&web->html, "ul");
    return web_page_end(web);
}

const struct web_route web_today_routes[] = {{WEB_GET, "/", today},
                                             {WEB_GET, "/r/", of_reader},
                                             {WEB_GET, "/d/", day},
                                             {WEB_GET, "/archive", archive}};
const size_t web_today_route_count = COUNT_OF(web_today_routes);
