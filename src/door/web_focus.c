/* web_focus: the focus board, the practice log, and what is parked until the next choice. */
#include "door/web.h"

#include "base/when.h"
#include "practice/cycle.h"
#include "stage/focus.h"
#include "store/digests.h"
#include "store/practice.h"

static bool step_form(struct web *web, const struct focus *focus, enum focus_step step, struct slice button) {
    if (!web_form_begin(web, SLICE("/focus/move"))) return false;
    web_hidden(web, SLICE("id"), focus->id);
    web_hidden(web, SLICE("step"), slice_from(focus_step_name(step)));
    if (step >= FOCUS_EMBEDDED) web_hidden(web, SLICE("because"), SLICE(""));
    web_form_end(web, button);
    return true;
}

static bool close_form(struct web *web, const struct focus *focus) {
    if (!web_form_begin(web, SLICE("/focus/move"))) return false;
    web_hidden(web, SLICE("id"), focus->id);
    html_raw(&web->html, "<p><label for=\"end\">It ends as</label><br><select id=\"end\" name=\"step\"><option "
                         "value=\"embedded\">embedded: "
                         "the way we do it now</option><option value=\"adapted\">adapted: kept, "
                         "changed</option><option value=\"stopped\">stopped</option></select></p>");
    web_field(web, WEB_LINE, SLICE("because"), SLICE("Because (needed before week four)"));
    web_form_end(web, SLICE("Decide"));
    return true;
}

static bool note_form(struct web *web, const struct focus *focus) {
    if (!web_form_begin(web, SLICE("/focus/note"))) return false;
    web_hidden(web, SLICE("id"), focus->id);
    web_field(web, WEB_LINE, SLICE("group"), SLICE("Class (never a pupil's name)"));
    web_field(web, WEB_AREA, SLICE("did"), SLICE("What was done"));
    web_field(web, WEB_AREA, SLICE("saw"), SLICE("What was seen in pupils' work"));
    web_field(web, WEB_AREA, SLICE("change"), SLICE("What changes next"));
    web_field(web, WEB_LINE, SLICE("with"), SLICE("With whom"));
    web_form_end(web, SLICE("Write it down"));
    return true;
}

static bool board_entry(struct web *web, const struct focus *focus) {
    const struct config *config = &web->home->house.config;
    int64_t today_s = house_today(&web->home->house);
    struct cycle_day day = cycle_on(focus, today_s, &config->holidays);
    char *line =
        arena_printf(web->arena, "%.*s, %.*s: week %lld of %lld, %s", SLICE_ARGS(focus->id), SLICE_ARGS(focus->team),
                     (long long)day.week, (long long)day.weeks, focus_step_name(day.step));
    if (line == NULL) return fault_memory(&web->fault);
    html_element(&web->html, "h2", "", focus->title);
    html_element(&web->html, "p", "by", slice_from(line));
    struct slice prompt = cycle_prompt(focus, today_s, &config->holidays, &config->prompts);
    if (!slice_is_empty(prompt)) html_element(&web->html, "p", "", prompt);
    enum focus_step next = day.step < FOCUS_DECIDE ? (enum focus_step)(day.step + 1) : FOCUS_DECIDE;
    char *button = arena_printf(web->arena, "Go on to: %s", focus_step_name(next));
    if (button == NULL) return fault_memory(&web->fault);
    html_tag(&web->html, "details");
    html_element(&web->html, "summary", "", SLICE("Write a note, go on, decide"));
    bool done = note_form(web, focus) && step_form(web, focus, next, slice_from(button)) && close_form(web, focus);
    html_close(&web->html, "details");
    return done;
}

static bool board(struct web *web, struct slice rest) {
    (void)rest;
    struct focus_list open = {0};
    struct slice all = {NULL, 0};
    if (!focus_all(web->home->house.store, all, FOCUS_OPEN, web->arena, &open, &web->fault)) return false;
    web_page_begin(web, SLICE("Focus"));
    if (open.count == 0)
        html_element(&web->html, "p", "", SLICE("Nothing is in focus. Choose one to three ideas for this half term."));
    for (size_t i = 0; i < open.count; i++)
        if (!board_entry(web, &open.at[i])) return false;
    html_element(&web->html, "h2", "", SLICE("Put an idea in focus"));
    if (!web_form_begin(web, SLICE("/focus/start"))) return false;
    web_field(web, WEB_LINE, SLICE("title"), SLICE("What it is, in your own words"));
    web_field(web, WEB_LINE, SLICE("aim"), SLICE("What you want, for which pupils"));
    web_field(web, WEB_LINE, SLICE("topics"), SLICE("Topics that deepen it (ids, comma separated)"));
    web_field(web, WEB_LINE, SLICE("reader"), SLICE("Whose (a reader's name; may stay empty when there is one)"));
    web_form_end(web, SLICE("Start"));
    return web_page_end(web);
}

static bool start(struct web *web, struct slice rest) {
    (void)rest;
    struct slice id, topics = web_value(web, "topics"), items = web_value(web, "items");
    struct focus focus = {.team = web_value(web, "reader"),
                          .title = web_value(web, "title"),
                          .aim = web_value(web, "aim"),
                          .weeks = CYCLE_WEEKS_USUAL};
    if (slice_is_absent(focus.team) && web->home->house.config.readers.count > 0)
        focus.team = web->home->house.config.readers.at[0].name;
    while (!slice_is_absent(topics)) {
        struct slice topic = slice_trim(slice_next(&topics, ','));
        if (!slice_is_empty(topic) && !slice_list_add(web->arena, &focus.topics, topic))
            return fault_memory(&web->fault);
    }
    if (!slice_is_absent(items) && !slice_list_add(web->arena, &focus.items, items)) return fault_memory(&web->fault);
    return focus_start(&web->home->house, &focus, NAMES_LOOKED_FOR, web->arena, &id, &web->fault) &&
           web_redirect(web, SLICE("/focus"));
}

static bool move(struct web *web, struct slice rest) {
    (void)rest;
    enum focus_step step;
    if (!focus_step_from(web_value(web, "step"), &step))
        return fault_set(&web->fault, FAULT_USAGE, "There is no such step.");
    return focus_move(&web->home->house, web_value(web, "id"), step, web_value(web, "because"), &web->fault) &&
           web_redirect(web, SLICE("/focus"));
}

static bool note(struct web *web, struct slice rest) {
    (void)rest;
    struct practice_note made = {.focus = web_value(web, "id"),
                                 .group = web_value(web, "group"),
                                 .did = web_value(web, "did"),
                                 .saw = web_value(web, "saw"),
                                 .change = web_value(web, "change"),
                                 .with = web_value(web, "with")};
    struct slice doubt;
    return focus_note(&web->home->house, &made, NAMES_LOOKED_FOR, web->arena, &doubt, &web->fault) &&
           web_redirect(web, SLICE("/log"));
}

static void note_part(struct web *web, struct slice words, struct slice text) {
    if (slice_is_empty(text)) return;
    html_tag(&web->html, "p");
    html_element(&web->html, "strong", "", words);
    html_raw(&web->html, " ");
    html_lines(&web->html, text);
    html_close(&web->html, "p");
}

static bool log_page(struct web *web, struct slice rest) {
    (void)rest;
    struct practice_note_list notes = {0};
    struct slice all = {NULL, 0};
    if (!notes_list(web->home->house.store, all, web->arena, &notes, &web->fault)) return false;
    web_page_begin(web, SLICE("Practice log"));
    if (notes.count == 0) html_element(&web->html, "p", "", SLICE("No notes yet. They are written on the Focus page."));
    for (size_t i = notes.count; i-- > 0;) {
        const struct practice_note *one = &notes.at[i];
        char date[WHEN_TEXT_BYTES];
        when_date(one->date_s, date);
        char *heading =
            arena_printf(web->arena, "%s, %.*s: %s", date, SLICE_ARGS(one->focus), focus_step_name(one->step));
        if (heading == NULL) return fault_memory(&web->fault);
        html_element(&web->html, "h2", "", slice_from(heading));
        note_part(web, SLICE("Class:"), one->group);
        note_part(web, SLICE("Done:"), one->did);
        note_part(web, SLICE("Seen:"), one->saw);
        note_part(web, SLICE("Next:"), one->change);
        note_part(web, SLICE("With:"), one->with);
    }
    return web_page_end(web);
}

static bool parked_of(struct web *web, struct slice reader) {
    struct parked_list parked = {0};
    if (!parked_list(web->home->house.store, reader, web->arena, &parked, &web->fault)) return false;
    html_element(&web->html, "h2", "", reader);
    if (parked.count == 0) html_element(&web->html, "p", "", SLICE("Nothing is parked."));
    for (size_t i = 0; i < parked.count; i++) {
        html_element(&web->html, "h3", "", parked.at[i].title);
        if (!web_form_begin(web, SLICE("/parked/remove"))) return false;
        web_hidden(web, SLICE("reader"), reader);
        web_hidden(web, SLICE("story"), parked.at[i].story);
        web_form_end(web, SLICE("Let it go"));
    }
    return true;
}

static bool parked_page(struct web *web, struct slice rest) {
    (void)rest;
    web_page_begin(web, SLICE("Parked until the next choice"));
    for (size_t i = 0; i < web->home->house.config.readers.count; i++)
        if (!parked_of(web, web->home->house.config.readers.at[i].name)) return false;
    return web_page_end(web);
}

static bool unpark(struct web *web, struct slice rest) {
    (void)rest;
    bool found;
    AUTO(store_work_end)
    struct store_work work = {0};
    return store_begin(web->home->house.store, &work, &web->fault) &&
           parked_remove(web->home->house.store, web_value(web, "reader"), web_value(web, "story"), &found,
                         &web->fault) &&
           store_commit(&work, &web->fault) && web_redirect(web, SLICE("/parked"));
}

const struct web_route web_focus_routes[] = {
    {WEB_GET, "/focus", board},           {WEB_POST, "/focus/start", start}, {WEB_POST, "/focus/move", move},
    {WEB_POST, "/focus/note", note},      {WEB_GET, "/log", log_page},       {WEB_GET, "/parked", parked_page},
    {WEB_POST, "/parked/remove", unpark},
};
const size_t web_focus_route_count = COUNT_OF(web_focus_routes);
