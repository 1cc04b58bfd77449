/* web_focus: the focus board, one focus whole with what can be done to it, and what is parked until the next choice. */
#include "base/when.h"
#include "door/web.h"
#include "door/web_practice.h"
#include "practice/absence.h"
#include "practice/cycle.h"
#include "render/logbook.h"
#include "stage/focus.h"
#include "stage/logbook.h"
#include "stage/topics.h"
#include "store/digests.h"
#include "store/practice.h"

/* ---- parts ---- */

static void steps(struct web *web, const struct focus *focus, const struct cycle_day *day) {
    html_raw(&web->html, "<ol class=\"steps\">");
    for (int step = FOCUS_PLAN; step <= FOCUS_DECIDE; step++) {
        html_tag(&web->html, "li");
        if (focus_is_open(focus) && day->step == (enum focus_step)step)
            html_attr_is(&web->html, "aria-current", "step");
        html_text(&web->html, logbook_step_words((enum focus_step)step));
        html_close(&web->html, "li");
    }
    html_raw(&web->html, "</ol>");
}

static void state(struct web *web, const struct focus *focus, const struct cycle_day *day) {
    struct slice words = web_say(web, "Week %lld of %lld", (long long)day->week, (long long)day->weeks);
    int64_t away = absence_weeks(focus, house_today(&web->home->house), &web->home->house.config.holidays);
    if (!focus_is_open(focus)) words = logbook_step_words(focus->step);
    else if (away >= ABSENCE_LONG_WEEKS)
        words = web_say(web,
                        "%.*s. It stands still: nothing was written for %lld school weeks. A note, or a step, takes it "
                        "up again",
                        SLICE_ARGS(words), (long long)away);
    else if (day->over) words = web_say(web, "The %lld weeks are over: embed, adapt or stop?", (long long)day->weeks);
    html_element(&web->html, "p", "by",
                 web_say(web, "%.*s, %.*s: %.*s", SLICE_ARGS(focus->id), SLICE_ARGS(web_reader(web, focus->team)),
                         SLICE_ARGS(words)));
}

static struct slice question(struct web *web, const struct focus *focus) {
    const struct house *house = &web->home->house;
    return cycle_prompt(focus, house_today(house), &house->config.holidays, focus_prompts(house, focus));
}

static void board_entry(struct web *web, const struct focus *focus) {
    const struct house *house = &web->home->house;
    struct cycle_day day = cycle_on(focus, house_today(house), &house->config.holidays);
    html_tag(&web->html, "section");
    html_attr_is(&web->html, "class", "focus");
    html_tag(&web->html, "h3");
    web_link(web, web_say(web, "/focus/%.*s", SLICE_ARGS(focus->id)), focus->title);
    html_close(&web->html, "h3");
    state(web, focus, &day);
    steps(web, focus, &day);
    struct slice ask = question(web, focus);
    if (!slice_is_empty(ask)) html_element(&web->html, "p", "ask", ask);
    html_tag(&web->html, "p");
    web_link(web, web_say(web, "/focus/%.*s#note", SLICE_ARGS(focus->id)), SLICE("Write a note, go on, decide"));
    html_close(&web->html, "p");
    html_close(&web->html, "section");
}

/* ---- choosing ---- */

static void topic_field(struct web *web, const char *id, struct slice label, struct slice hint, struct slice value) {
    struct web_input topics = {
        .kind = WEB_LINE, .name = "topics", .id = id, .label = label, .hint = hint, .value = value};
    web_input(web, &topics);
}

static void template_choice(struct web *web) {
    const struct focus_template_list *all = &web->home->house.config.templates;
    struct web_option *options = arena_alloc(web->arena, all->count + 1, sizeof *options);
    if (options == NULL) {
        web->pen.failed = true;
        return;
    }
    options[0] = (struct web_option){SLICE(""), SLICE("the usual questions")};
    for (size_t i = 0; i < all->count; i++) options[i + 1] = (struct web_option){all->at[i].name, all->at[i].title};
    struct web_select select = {.name = "template",
                                .label = SLICE("Way of working"),
                                .options = options,
                                .count = all->count + 1};
    web_select(web, &select);
}

static void weeks_choice(struct web *web) {
    static const char *const weeks[][2] = {{"", "as usual (six)"}, {"4", "four"},  {"5", "five"},
                                           {"6", "six"},           {"7", "seven"}, {"8", "eight"}};
    struct web_option options[COUNT_OF(weeks)];
    for (size_t i = 0; i < COUNT_OF(weeks); i++)
        options[i] = (struct web_option){slice_from(weeks[i][0]), slice_from(weeks[i][1])};
    struct web_select select = {.name = "weeks",
                                .label = SLICE("School weeks"),
                                .options = options,
                                .count = COUNT_OF(options)};
    web_select(web, &select);
}

/* Shown again with what was typed when it was refused; then a person may also vouch that no pupil is named. */
static bool start_form(struct web *web) {
    if (!web_form_begin(web, SLICE("/focus/start"))) return false;
    struct slice items = web->request->method == WEB_POST ? web_value(web, "items") : (struct slice){NULL, 0};
    if (!slice_is_absent(items)) web_hidden(web, SLICE("items"), items);
    struct web_input title = {.kind = WEB_LINE,
                              .name = "title",
                              .label = SLICE("What it is, in your own words"),
                              .hint = SLICE("May stay empty when you name a topic.")};
    web_input(web, &title);
    struct web_input aim = {.kind = WEB_AREA, .name = "aim", .label = SLICE("What you want, for which pupils")};
    web_input(web, &aim);
    topic_field(
        web, "topics", SLICE("Topics that deepen it"),
        SLICE("Names with commas between, such as retrieval practice, feedback. Empty: what your words are about."),
        (struct slice){NULL, 0});
    html_raw(&web->html, "<div class=\"fields\">");
    web_reader_choice(web, "reader", (struct slice){NULL, 0});
    template_choice(web);
    weeks_choice(web);
    html_raw(&web->html, "</div>");
    if (web->fault.kind == FAULT_INPUT) web_tick(web, "no-names", SLICE("It is no pupil's name"));
    web_form_end(web, SLICE("Start"));
    return true;
}

static bool closed_list(struct web *web) {
    struct focus_list all = {0};
    struct slice everybody = {NULL, 0};
    bool any = false;
    if (!focus_all(web->home->house.store, everybody, FOCUS_ALL, web->arena, &all, &web->fault)) return false;
    for (size_t i = all.count; i-- > 0;) {
        const struct focus *focus = &all.at[i];
        if (focus_is_open(focus)) continue;
        if (!any) html_raw(&web->html, "<h2>Decided</h2><ul class=\"list\">");
        any = true;
        html_tag(&web->html, "li");
        web_link(web, web_say(web, "/focus/%.*s", SLICE_ARGS(focus->id)), focus->title);
        html_text(&web->html, web_say(web, ", %.*s: %.*s", SLICE_ARGS(web_date(web, focus->closed_s)),
                                      SLICE_ARGS(logbook_step_words(focus->step))));
        html_close(&web->html, "li");
    }
    if (any) html_raw(&web->html, "</ul>");
    return true;
}

static void template_list(struct web *web) {
    const struct focus_template_list *all = &web->home->house.config.templates;
    if (all->count == 0) return;
    html_raw(&web->html, "<h2>Ways of working</h2><ul class=\"list\">");
    for (size_t i = 0; i < all->count; i++) {
        html_tag(&web->html, "li");
        web_link(web, web_say(web, "/templates/%.*s", SLICE_ARGS(all->at[i].name)), all->at[i].title);
        html_text(&web->html, web_say(web, ": %.*s", SLICE_ARGS(all->at[i].about)));
        html_close(&web->html, "li");
    }
    html_raw(&web->html, "</ul>");
}

static bool board(struct web *web, struct slice rest) {
    (void)rest;
    struct focus_list open = {0};
    struct slice all = {NULL, 0};
    if (!focus_all(web->home->house.store, all, FOCUS_OPEN, web->arena, &open, &web->fault)) return false;
    web_page_begin(web, SLICE("Focus"));
    if (open.count == 0)
        web_paragraph(web, SLICE("Nothing is in focus. Choose one to three ideas for this half term."));
    if (open.count > 0) web_heading(web, SLICE("In focus"));
    for (size_t i = 0; i < open.count; i++) board_entry(web, &open.at[i]);
    if (open.count > 0) {
        html_raw(&web->html, "<ul class=\"nav\"><li>");
        web_link(web, SLICE("/log/card.html"), SLICE("Cards for the desk"));
        html_raw(&web->html, "</li><li>");
        web_link(web, SLICE("/log/half-term.html"), SLICE("The half term on a page"));
        html_raw(&web->html, "</li><li>");
        web_link(web, SLICE("/log/reminders.ics"), SLICE("Reminders for your calendar"));
        html_raw(&web->html, "</li></ul>");
    }
    web_heading(web, SLICE("Put an idea in focus"));
    html_element(&web->html, "p", "intro",
                 SLICE("A team keeps three at most, for four to eight school weeks; holidays stop the clock."));
    if (!start_form(web)) return false;
    template_list(web);
    return closed_list(web) && web_page_end(web);
}

/* ---- one focus ---- */

static bool move_form(struct web *web, const struct focus *focus, const struct cycle_day *day) {
    struct web_option options[FOCUS_DECIDE + 1];
    for (int step = FOCUS_PLAN; step <= FOCUS_DECIDE; step++)
        options[step] = (struct web_option){slice_from(focus_step_name((enum focus_step)step)),
                                            logbook_step_words((enum focus_step)step)};
    enum focus_step next = day->step < FOCUS_DECIDE ? (enum focus_step)(day->step + 1) : FOCUS_DECIDE;
    html_raw(&web->html, "<details class=\"act\"><summary>Go on to the next step, or back</summary>");
    if (!web_form_begin(web, SLICE("/focus/move"))) return false;
    web_hidden(web, SLICE("id"), focus->id);
    struct web_select select = {.name = "step",
                                .label = SLICE("The step you are at now"),
                                .chosen = slice_from(focus_step_name(next)),
                                .options = options,
                                .count = COUNT_OF(options)};
    web_select(web, &select);
    web_form_end(web, SLICE("Go there"));
    html_raw(&web->html, "</details>");
    return true;
}

static bool close_form(struct web *web, const struct focus *focus, bool early) {
    struct web_option options[] = {{SLICE("embedded"), SLICE("Embed it: the way we do it now")},
                                   {SLICE("adapted"), SLICE("Keep it, adapted")},
                                   {SLICE("stopped"), SLICE("Stop it")}};
    if (!web_form_begin(web, SLICE("/focus/move"))) return false;
    web_hidden(web, SLICE("id"), focus->id);
    struct web_select select = {
        .name = "step", .id = "end", .label = SLICE("How it ends"), .options = options, .count = COUNT_OF(options)};
    web_select(web, &select);
    struct web_input because = {.kind = WEB_AREA,
                                .name = "because",
                                .id = "end-because",
                                .label = SLICE("Because"),
                                .hint = early ? SLICE("Before week four a reason is needed; it is kept.")
                                              : SLICE("One sentence for whoever asks next year."),
                                .need = early ? WEB_NEEDED : WEB_MAY_BE_EMPTY};
    web_input(web, &because);
    web_form_end(web, SLICE("Decide"));
    return true;
}

static bool change_form(struct web *web, const struct focus *focus, bool early) {
    if (!web_form_begin(web, SLICE("/focus/change"))) return false;
    web_hidden(web, SLICE("id"), focus->id);
    struct web_input title = {
        .kind = WEB_LINE, .name = "title", .label = SLICE("What it is"), .value = focus->title, .need = WEB_NEEDED};
    web_input(web, &title);
    struct web_input aim = {.kind = WEB_AREA,
                            .name = "aim",
                            .label = SLICE("What you want, for which pupils"),
                            .value = focus->aim};
    web_input(web, &aim);
    struct slice topics = {NULL, 0};
    for (size_t i = 0; i < focus->topics.count; i++) topics = pen_join(&web->pen, topics, ", ", focus->topics.at[i]);
    topic_field(web, "topics", SLICE("Topics that deepen it"), (struct slice){NULL, 0}, topics);
    struct web_input because = {.kind = WEB_AREA,
                                .name = "because",
                                .id = "change-because",
                                .label = SLICE("Because"),
                                .hint = early ? SLICE("Before week four a reason is needed; it is kept.")
                                              : (struct slice){NULL, 0},
                                .need = early ? WEB_NEEDED : WEB_MAY_BE_EMPTY};
    web_input(web, &because);
    if (web->fault.kind == FAULT_INPUT) web_tick(web, "no-names", SLICE("It is no pupil's name"));
    web_form_end(web, SLICE("Change it"));
    return true;
}

static void history(struct web *web, const struct logbook_part *part, int64_t today_s) {
    html_raw(&web->html, "<h2>What happened</h2><ul class=\"list\">");
    for (size_t i = 0; i < part->events.count; i++) {
        const struct focus_event *event = &part->events.at[i];
        struct slice what = pen_join(&web->pen, event->what, ": ", event->detail);
        html_element(&web->html, "li", "",
                     web_say(web, "%.*s, %.*s%s%.*s", SLICE_ARGS(web_date(web, event->when_s)), SLICE_ARGS(what),
                             slice_is_empty(event->reason) ? "" : ", because: ", SLICE_ARGS(event->reason)));
    }
    html_raw(&web->html, "</ul>");
    bool any = false;
    for (size_t i = 0; i < part->reminders.count; i++) {
        if (part->reminders.at[i].day_s < today_s) continue;
        if (!any) html_raw(&web->html, "<h2>The days to come</h2><ul class=\"list\">");
        any = true;
        html_element(&web->html, "li", "",
                     pen_join(&web->pen, web_date(web, part->reminders.at[i].day_s), ": ",
                              part->reminders.at[i].title));
    }
    if (any) html_raw(&web->html, "</ul>");
}

static void facts(struct web *web, const struct logbook_part *part) {
    const struct focus *focus = &part->focus;
    struct slice topics = {NULL, 0};
    for (size_t i = 0; i < part->topic_words.count; i++)
        topics = pen_join(&web->pen, topics, ", ", part->topic_words.at[i]);
    const struct {
        const char *name;
        struct slice text;
    } all[] = {{"Aim", focus->aim},
               {"Deepened by", topics},
               {"Way of working", focus->follows},
               {"Because", focus->reason},
               {"Parts of professional development (EEF) in the log", logbook_parts_words(&web->pen, part)}};
    html_raw(&web->html, "<dl class=\"facts\">");
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (slice_is_empty(all[i].text)) continue;
        html_element(&web->html, "dt", "", slice_from(all[i].name));
        html_element(&web->html, "dd", "", all[i].text);
    }
    html_raw(&web->html, "</dl>");
}

static void own_links(struct web *web, const struct focus *focus) {
    static const char *const files[][2] = {{"card.html", "A card for the desk"},
                                           {"half-term.html", "The half term on a page"},
                                           {"practice-log.md", "Log as text"},
                                           {"practice-log.csv", "Log for a spreadsheet"},
                                           {"reminders.ics", "Reminders for your calendar"}};
    html_raw(&web->html, "<ul class=\"nav\">");
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        html_tag(&web->html, "li");
        web_link(web, web_say(web, "/log/%.*s/%s", SLICE_ARGS(focus->id), files[i][0]), slice_from(files[i][1]));
        html_close(&web->html, "li");
    }
    html_raw(&web->html, "</ul>");
}

static bool acts(struct web *web, const struct focus *focus, const struct cycle_day *day) {
    bool early = day->week < CYCLE_SETTLED_WEEK;
    html_raw(&web->html, "<h2 id=\"note\">Write a note</h2>");
    if (!web_note_form(web, focus->id) || !move_form(web, focus, day)) return false;
    html_raw(&web->html, "<details class=\"act\"><summary>Decide: embed, adapt or stop</summary>");
    if (!close_form(web, focus, early)) return false;
    html_raw(&web->html, "</details><details class=\"act\"><summary>Change its words or topics</summary>");
    if (!change_form(web, focus, early)) return false;
    html_raw(&web->html, "</details>");
    return true;
}

static bool one(struct web *web, struct slice id) {
    struct logbook book;
    struct logbook_wish wish = {.id = id};
    if (!logbook_gather(&web->home->house, &wish, web->arena, &book, &web->fault))
        return web->fault.kind == FAULT_USAGE && web_sorry(web, 404, SLICE("There is no such focus."));
    const struct logbook_part *part = &book.at[0];
    struct cycle_day day = cycle_on(&part->focus, book.date_s, &web->home->house.config.holidays);
    web_page_begin(web, part->focus.title);
    state(web, &part->focus, &day);
    steps(web, &part->focus, &day);
    if (!slice_is_empty(part->prompt)) {
        html_raw(&web->html, "<div class=\"focus\"><p class=\"ask\">");
        html_text(&web->html, part->prompt);
        html_raw(&web->html, "</p></div>");
    }
    facts(web, part);
    if (focus_is_open(&part->focus) && !acts(web, &part->focus, &day)) return false;
    web_heading(web, SLICE("Notes"));
    web_notes(web, part);
    own_links(web, &part->focus);
    history(web, part, book.date_s);
    return web_page_end(web);
}

/* ---- what is sent ---- */

static enum name_care care_of(const struct web *web) {
    return slice_is_absent(web_value(web, "no-names")) ? NAMES_LOOKED_FOR : NAMES_VOUCHED_FOR;
}

static bool add_topics(struct web *web, struct slice_list *out) {
    struct slice topics = web_value(web, "topics");
    while (!slice_is_absent(topics)) {
        struct slice topic = slice_trim(slice_next(&topics, ','));
        if (!slice_is_empty(topic) && !slice_list_add(web->arena, out, topic)) return fault_memory(&web->fault);
    }
    return true;
}

static bool start(struct web *web, struct slice rest) {
    (void)rest;
    struct slice id, items = web_value(web, "items");
    long long weeks = 0;
    struct focus focus = {.team = web_value(web, "reader"),
                          .title = web_value(web, "title"),
                          .aim = web_value(web, "aim"),
                          .follows = web_value(web, "template")};
    if (slice_to_int64(web_value(web, "weeks"), &weeks)) focus.weeks = weeks;
    if (slice_is_absent(focus.team) && web->home->house.config.readers.count > 0)
        focus.team = web->home->house.config.readers.at[0].name;
    if (!add_topics(web, &focus.topics)) return false;
    if (!slice_is_absent(items) && !slice_list_add(web->arena, &focus.items, items)) return fault_memory(&web->fault);
    if (focus_start(&web->home->house, &focus, care_of(web), web->arena, &id, &web->fault))
        return web_redirect(web, web_say(web, "/focus/%.*s", SLICE_ARGS(id)));
    return web_refused(web, SLICE("Put an idea in focus")) && start_form(web) && web_page_end(web);
}

static bool load(struct web *web, struct focus *out) {
    bool found;
    if (!focus_get(web->home->house.store, web_value(web, "id"), web->arena, out, &found, &web->fault)) return false;
    return found || fault_set(&web->fault, FAULT_USAGE, "There is no such focus.");
}

static bool move(struct web *web, struct slice rest) {
    (void)rest;
    enum focus_step step;
    struct focus focus;
    if (!focus_step_from(web_value(web, "step"), &step))
        return fault_set(&web->fault, FAULT_USAGE, "There is no such step.");
    if (!load(web, &focus)) return false;
    if (focus_move(&web->home->house, focus.id, step, web_value(web, "because"), &web->fault))
        return web_redirect(web, web_say(web, "/focus/%.*s", SLICE_ARGS(focus.id)));
    if (step < FOCUS_EMBEDDED || !focus_is_open(&focus)) return false;
    return web_refused(web, focus.title) && close_form(web, &focus, true) && web_page_end(web);
}

static bool change(struct web *web, struct slice rest) {
    (void)rest;
    struct focus focus;
    if (!load(web, &focus)) return false;
    struct focus_change made = {.id = focus.id,
                                .title = web_value(web, "title"),
                                .aim = web_value(web, "aim"),
                                .reason = web_value(web, "because"),
                                .care = care_of(web)};
    if (!add_topics(web, &made.topics)) return false;
    if (focus_change(&web->home->house, &made, &web->fault))
        return web_redirect(web, web_say(web, "/focus/%.*s", SLICE_ARGS(focus.id)));
    if (!focus_is_open(&focus)) return false;
    return web_refused(web, focus.title) && change_form(web, &focus, true) && web_page_end(web);
}

/* ---- parked ---- */

static bool parked_entry(struct web *web, struct slice reader, const struct parked *parked) {
    struct safe_url url;
    html_tag(&web->html, "li");
    html_tag(&web->html, "h3");
    (void)safe_url_make(web->arena, parked->url, &url);
    page_anchor(&web->html, url, parked->title);
    html_close(&web->html, "h3");
    html_element(&web->html, "p", "by",
                 web_say(web, "parked on %.*s with %.0f of 100 points", SLICE_ARGS(web_date(web, parked->parked_s)),
                         parked->score));
    html_tag(&web->html, "div");
    html_attr_is(&web->html, "class", "row");
    if (!web_form_begin(web, SLICE("/focus/start"))) return false;
    web_hidden(web, SLICE("reader"), reader);
    web_hidden(web, SLICE("items"), parked->item);
    web_form_end(web, SLICE("Put in focus"));
    if (!web_form_begin(web, SLICE("/parked/remove"))) return false;
    web_hidden(web, SLICE("reader"), reader);
    web_hidden(web, SLICE("story"), parked->story);
    html_element(&web->html, "button", "quiet", SLICE("Let it go"));
    html_close(&web->html, "form");
    html_close(&web->html, "div");
    html_close(&web->html, "li");
    return true;
}

static bool parked_of(struct web *web, const struct reader *reader) {
    struct parked_list parked = {0};
    if (!parked_list(web->home->house.store, reader->name, web->arena, &parked, &web->fault)) return false;
    web_heading(web, reader->title);
    if (parked.count == 0) web_paragraph(web, SLICE("Nothing is parked."));
    html_raw(&web->html, "<ul class=\"hits\">");
    for (size_t i = 0; i < parked.count; i++)
        if (!parked_entry(web, reader->name, &parked.at[i])) return false;
    html_raw(&web->html, "</ul>");
    return true;
}

static bool parked_page(struct web *web, struct slice rest) {
    (void)rest;
    web_page_begin(web, SLICE("Parked until the next choice"));
    web_paragraph(web,
                  SLICE("While an idea is in focus, new ones are held back. Those that were good enough to be shown "
                        "wait here, best first."));
    for (size_t i = 0; i < web->home->house.config.readers.count; i++)
        if (!parked_of(web, &web->home->house.config.readers.at[i])) return false;
    return web_page_end(web);
}

static bool unpark(struct web *web, struct slice rest) {
    (void)rest;
    return focus_unpark(&web->home->house, web_value(web, "reader"), web_value(web, "story"), &web->fault) &&
           web_redirect(web, SLICE("/parked"));
}

const struct web_route web_focus_routes[] = {
    {WEB_GET, "/focus", board},           {WEB_GET, "/focus/", one},           {WEB_POST, "/focus/start", start},
    {WEB_POST, "/focus/move", move},      {WEB_POST, "/focus/change", change}, {WEB_GET, "/parked", parked_page},
    {WEB_POST, "/parked/remove", unpark},
};
const size_t web_focus_route_count = COUNT_OF(web_focus_routes);
