/* web_reading: today and the days before, search, an entry's reasons, what readers think of it. */
#include "door/web.h"

#include "base/utf8.h"
#include "base/when.h"
#include "classify/source_flags.h"
#include "door/explain.h"
#include "model/digest_json.h"
#include "stage/rules_load.h"
#include "stage/why.h"
#include "store/marks.h"
#include "store/search.h"

static bool list_days(struct web *web) {
    struct digest_record_list days = {0};
    struct slice all = {NULL, 0};
    if (!digests_list(web->home->house.store, all, web->arena, &days, &web->fault)) return false;
    html_element(&web->html, "h2", "", SLICE("Days"));
    if (days.count == 0) html_element(&web->html, "p", "", SLICE("No digest was made yet: 'discern run' makes one."));
    html_tag(&web->html, "ul");
    for (size_t i = 0; i < days.count && i < 60; i++) {
        char date[WHEN_TEXT_BYTES];
        when_date(days.at[i].date_s, date);
        char *path = arena_printf(web->arena, "/d/%.*s/%s", SLICE_ARGS(days.at[i].reader), date);
        char *words = arena_printf(web->arena, "%s, %.*s", date, SLICE_ARGS(days.at[i].reader));
        if (path == NULL || words == NULL) return fault_memory(&web->fault);
        html_tag(&web->html, "li");
        web_link(web, slice_from(path), slice_from(words));
        html_close(&web->html, "li");
    }
    html_close(&web->html, "ul");
    return true;
}

static void entry_line(struct web *web, const struct entry *entry) {
    char *path = arena_printf(web->arena, "/i/%.*s", SLICE_ARGS(entry->code));
    html_tag(&web->html, "li");
    if (path != NULL) web_link(web, slice_from(path), entry->headline);
    html_raw(&web->html, " ");
    page_badge(&web->html, badge_of(&entry->verdict), badge_words(&web->pen, badge_of(&entry->verdict)));
    html_close(&web->html, "li");
}

static bool newest_digest(struct web *web, struct digest *out, bool *found) {
    struct digest_record_list days = {0};
    struct slice all = {NULL, 0};
    *found = false;
    if (!digests_list(web->home->house.store, all, web->arena, &days, &web->fault)) return false;
    if (days.count == 0) return true;
    if (!digests_get(web->home->house.store, &days.at[0], web->arena, found, &web->fault)) return false;
    return !*found || digest_json_read(days.at[0].json, web->arena, out, &web->fault);
}

static bool today(struct web *web, struct slice rest) {
    (void)rest;
    struct digest digest;
    bool found;
    if (!newest_digest(web, &digest, &found)) return false;
    web_page_begin(web, SLICE("Today"));
    for (size_t s = 0; found && s < digest.sections.count; s++) {
        html_element(&web->html, "h2", "", digest.sections.at[s].heading);
        html_tag(&web->html, "ul");
        for (size_t e = 0; e < digest.sections.at[s].entries.count; e++)
            entry_line(web, &digest.sections.at[s].entries.at[e]);
        html_close(&web->html, "ul");
    }
    return list_days(web) && web_page_end(web);
}

/* The day's page as it was written for everybody. */
static bool day(struct web *web, struct slice rest) {
    struct slice reader = slice_next(&rest, '/');
    struct digest_record record = {.reader = reader};
    struct digest digest;
    bool found = false;
    if (rest.len == 10 && when_parse_rfc3339(rest, &record.date_s) &&
        !digests_get(web->home->house.store, &record, web->arena, &found, &web->fault))
        return false;
    if (!found) return web_sorry(web, 404, SLICE("There is no digest of that day."));
    if (!digest_json_read(record.json, web->arena, &digest, &web->fault)) return false;
    return day_format_find(SLICE("html"))->write(&digest, &web->look, web->body, &web->fault);
}

static void search_form(struct web *web, struct slice words) {
    html_raw(&web->html, "<form method=\"get\" action=\"search\"><p><label for=\"q\">Words</label><br>");
    html_tag(&web->html, "input");
    html_attr_is(&web->html, "type", "search");
    html_attr_is(&web->html, "id", "q");
    html_attr_is(&web->html, "name", "q");
    html_attr(&web->html, "value", words);
    html_void(&web->html, "input");
    html_raw(&web->html, " <button>Search</button></p></form>");
}

static void hit_line(struct web *web, const struct search_hit *hit) {
    const struct item *item = &hit->item.item;
    struct safe_url url;
    struct slice title = slice_is_empty(item->title) ? utf8_cut(item->text, 120) : item->title;
    html_tag(&web->html, "li");
    if (safe_url_make(web->arena, item->url, &url)) {
        html_tag(&web->html, "a");
        html_link(&web->html, "href", url);
        html_text(&web->html, title);
        html_close(&web->html, "a");
    } else html_text(&web->html, title);
    char *level = arena_printf(web->arena, " level %d, %.*s", hit->level, SLICE_ARGS(hit->item.source));
    if (level != NULL) html_text(&web->html, slice_from(level));
    html_close(&web->html, "li");
}

static bool search(struct web *web, struct slice rest) {
    (void)rest;
    struct slice words = web_value(web, "q");
    struct search_hit_list hits = {0};
    struct search_query query = {.words = words, .limit = 50};
    if (!slice_is_absent(words) && !search_items(web->home->house.store, &query, web->arena, &hits, &web->fault))
        return false;
    web_page_begin(web, SLICE("Search"));
    search_form(web, slice_is_absent(words) ? SLICE("") : words);
    if (!slice_is_absent(words)) {
        char *count = arena_printf(web->arena, "%zu found", hits.count);
        html_element(&web->html, "h2", "", count == NULL ? SLICE("") : slice_from(count));
        html_tag(&web->html, "ul");
        for (size_t i = 0; i < hits.count; i++) hit_line(web, &hits.at[i]);
        html_close(&web->html, "ul");
    }
    return web_page_end(web);
}

/* ---- one entry ---- */

static bool judge_again(struct web *web, struct slice code, struct ruleset *rules, struct why *why) {
    struct problems problems = {.arena = web->arena};
    char *folder = arena_printf(web->arena, "%s/rules", web->home->house.options.config_dir);
    if (folder == NULL) return fault_memory(&web->fault);
    if (!rules_load(folder, web->arena, rules, &problems, &web->fault)) return false;
    AUTO(judge_free)
    struct judge *judge = judge_new(rules, &web->fault);
    return judge != NULL && why_item(&web->home->house, judge, code, web->arena, why, &web->fault);
}

/* Which flag is wrong must be said, so that the rules can be tested with it. */
static bool flag_buttons(struct web *web, struct slice reference, struct slice code, report_flags flags) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        enum report_measure flag = (enum report_measure)m;
        if ((flags & REPORT_FLAG(m)) == 0 || !report_is_flag(flag)) continue;
        char *button = arena_printf(web->arena, "Wrong: \"%s\"", report_measure_words(flag));
        if (button == NULL || !web_form_begin(web, SLICE("/sources/flag-wrong"))) return false;
        web_hidden(web, SLICE("item"), reference);
        web_hidden(web, SLICE("code"), code);
        web_hidden(web, SLICE("flag"), slice_from(report_measure_name(flag)));
        web_form_end(web, slice_from(button));
    }
    return true;
}

static bool mark_buttons(struct web *web, struct slice reference, struct slice code) {
    static const char *const words[] = {"Useful", "Not for us", "We do this already"};
    html_element(&web->html, "h2", "", SLICE("What do you think of it?"));
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!web_form_begin(web, SLICE("/mark"))) return false;
        web_hidden(web, SLICE("item"), reference);
        web_hidden(web, SLICE("code"), code);
        web_hidden(web, SLICE("kind"), slice_from(mark_kind_name((enum mark_kind)i)));
        web_form_end(web, slice_from(words[i]));
    }
    return true;
}

static bool said_before(struct web *web, struct slice reference) {
    struct mark_list marks = {0};
    struct mark_query query = {.item = reference};
    if (!marks_list(web->home->house.store, &query, web->arena, &marks, &web->fault)) return false;
    for (size_t i = 0; i < marks.count; i++) {
        char *id = arena_printf(web->arena, "%lld", (long long)marks.at[i].id);
        if (id == NULL || !web_form_begin(web, SLICE("/mark/undo"))) return false;
        html_text(&web->html, slice_from(mark_kind_name(marks.at[i].kind)));
        if (!slice_is_empty(marks.at[i].flag)) html_raw(&web->html, ": ");
        html_text(&web->html, marks.at[i].flag);
        web_hidden(web, SLICE("id"), slice_from(id));
        web_form_end(web, SLICE("Take it back"));
    }
    return true;
}

static bool entry(struct web *web, struct slice code) {
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    AUTO(buf_free)
    struct buf words = buf_new((size_t)1024 * 1024);
    struct why why;
    struct slice reference = {0};
    if (!judge_again(web, code, &rules, &why)) return false;
    if (!item_reference(web->arena, why.item.source, why.item.item.id, &reference)) return fault_memory(&web->fault);
    const struct item *item = &why.item.item;
    web_page_begin(web, slice_is_empty(item->title) ? utf8_cut(item->text, 100) : item->title);
    page_badge(&web->html, badge_of(&why.verdict), badge_words(&web->pen, badge_of(&why.verdict)));
    if (!mark_buttons(web, reference, code) ||
        !flag_buttons(web, reference, code, source_flags(&rules, &why.verdict)) || !said_before(web, reference))
        return false;
    if (!web_form_begin(web, SLICE("/focus/start"))) return false;
    web_hidden(web, SLICE("items"), reference);
    web_field(web, WEB_LINE, SLICE("title"), SLICE("Keep it in focus as"));
    web_form_end(web, SLICE("Put in focus"));
    html_element(&web->html, "h2", "", SLICE("Why it was rated so"));
    explain_verdict(&why.input.document, &why.verdict, EXPLAIN_PLAIN, &words);
    html_tag(&web->html, "div");
    html_lines(&web->html, buf_slice(&words));
    html_close(&web->html, "div");
    return web_page_end(web);
}

/* ---- marks ---- */

static bool mark(struct web *web, struct slice rest) {
    (void)rest;
    struct mark made = {.when_s = web->home->house.options.now_s,
                        .undone_s = WHEN_ABSENT,
                        .item = web_value(web, "item"),
                        .note = web_value(web, "note")};
    struct slice code = web_value(web, "code");
    int64_t id;
    if (!mark_kind_from(web_value(web, "kind"), &made.kind) || slice_is_absent(made.item))
        return fault_set(&web->fault, FAULT_USAGE, "That button is not known.");
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(web->home->house.store, &work, &web->fault) ||
        !marks_add(web->home->house.store, &made, &id, &web->fault) || !store_commit(&work, &web->fault))
        return false;
    char *back = arena_printf(web->arena, "/i/%.*s", SLICE_ARGS(code));
    return web_redirect(web, slice_is_absent(code) || back == NULL ? SLICE("/") : slice_from(back));
}

static bool undo_mark(struct web *web, struct slice rest) {
    (void)rest;
    long long id;
    bool found;
    if (!slice_to_int64(web_value(web, "id"), &id)) return fault_set(&web->fault, FAULT_USAGE, "That is not known.");
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(web->home->house.store, &work, &web->fault) ||
        !marks_undo(web->home->house.store, id, web->home->house.options.now_s, &found, &web->fault) ||
        !store_commit(&work, &web->fault))
        return false;
    return web_redirect(web, SLICE("/"));
}

const struct web_route web_reading_routes[] = {
    {WEB_GET, "/", today},   {WEB_GET, "/d/", day},     {WEB_GET, "/search", search},
    {WEB_GET, "/i/", entry}, {WEB_POST, "/mark", mark}, {WEB_POST, "/mark/undo", undo_mark},
};
const size_t web_reading_route_count = COUNT_OF(web_reading_routes);
