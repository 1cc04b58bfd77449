/* web_reading: one post: what stands behind it, why it was rated so, what readers think of it; and what all of that
 * changes. */
#include "door/web.h"

#include "base/utf8.h"
#include "base/when.h"
#include "classify/source_flags.h"
#include "stage/marking.h"
#include "stage/taste.h"
#include "stage/topics.h"
#include "stage/why.h"

#define CONTEXT_BYTES 70
#define HITS_SHOWN 60

struct reading {
    struct web *web;
    struct topic_guide guide;
    struct why why;
    struct slice reference; /* "source/id" */
    struct slice path;      /* of this page */
};

/* ---- what stands behind it ---- */

static void fact(struct web *web, struct slice name, const struct slice_list *list) {
    if (list->count == 0) return;
    html_element(&web->html, "dt", "", name);
    html_tag(&web->html, "dd");
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) html_raw(&web->html, "; ");
        html_text(&web->html, list->at[i]);
    }
    html_close(&web->html, "dd");
}

static void behind(struct reading *r) {
    struct web *web = r->web;
    const struct verdict *verdict = &r->why.verdict;
    page_badge(&web->html, badge_of(verdict), badge_words(&web->pen, badge_of(verdict)));
    html_tag(&web->html, "p");
    html_attr_is(&web->html, "class", "by");
    html_text(&web->html, r->why.item.source);
    html_raw(&web->html, " \xC2\xB7 ");
    html_text(&web->html, web_date(web, r->why.item.item.published_s == WHEN_ABSENT ? r->why.item.first_seen_s
                                                                                    : r->why.item.item.published_s));
    html_close(&web->html, "p");
    html_element(&web->html, "p", "excerpt", utf8_cut(r->why.item.item.text, 700));
    html_tag(&web->html, "p");
    struct safe_url url;
    if (safe_url_make(web->arena, r->why.item.item.url, &url))
        page_anchor(&web->html, url, SLICE("Read it where it was written"));
    html_close(&web->html, "p");
    html_tag(&web->html, "dl");
    html_attr_is(&web->html, "class", "facts");
    fact(web, SLICE("Check first"), &verdict->check_reasons);
    fact(web, SLICE("Found"), &verdict->because);
    fact(web, SLICE("Not found"), &verdict->missing);
    fact(web, SLICE("Note"), &verdict->notes);
    struct slice_list topics = {0};
    for (size_t i = 0; i < verdict->topics.count; i++) pen_list_add(&web->pen, &topics, verdict->topics.at[i].label);
    fact(web, SLICE("Topics"), &topics);
    html_close(&web->html, "dl");
}

/* ---- what readers say ---- */

static bool opinion_form(struct reading *r) {
    struct web *web = r->web;
    web_heading(web, SLICE("What do you think of it?"));
    if (!web_form_begin(web, SLICE("/mark"))) return false;
    web_hidden(web, SLICE("what"), r->reference);
    web_hidden(web, SLICE("back"), r->path);
    web_reader_choice(web, "said-by", SLICE("Everybody"));
    struct web_input note = {.kind = WEB_LINE, .name = "note", .label = SLICE("In your own words (may stay empty)")};
    web_input(web, &note);
    html_tag(&web->html, "div");
    html_attr_is(&web->html, "class", "row");
    for (int kind = MARK_USEFUL; kind <= MARK_ALREADY_DO; kind++) {
        struct slice pair[] = {SLICE("kind"), slice_from(mark_kind_name((enum mark_kind)kind))};
        web_button(web, WEB_BUTTON_QUIET, pair, marking_words((enum mark_kind)kind));
    }
    html_close(&web->html, "div");
    html_close(&web->html, "form");
    return true;
}

static bool flag_form(struct reading *r) {
    struct web *web = r->web;
    struct web_option options[MEASURE_COUNT];
    size_t count = 0;
    report_flags flags = source_flags(&r->guide.rules, &r->why.verdict);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        enum report_measure measure = (enum report_measure)m;
        if ((flags & REPORT_FLAG(m)) == 0 || !report_is_flag(measure)) continue;
        options[count++] =
            (struct web_option){slice_from(report_measure_name(measure)), slice_from(report_measure_words(measure))};
    }
    if (count == 0) return true;
    web_heading(web, SLICE("Is a flag wrong?"));
    if (!web_form_begin(web, SLICE("/sources/flag-wrong"))) return false;
    web_hidden(web, SLICE("item"), r->reference);
    if (slice_starts(r->path, SLICE("/i/"))) web_hidden(web, SLICE("code"), slice_part(r->path, 3, r->path.len));
    struct web_select select = {.name = "flag",
                                .label = SLICE("The rules say that this post"),
                                .hint = SLICE("What you mark is kept, and shown as the rules' own rate of error."),
                                .options = options,
                                .count = count};
    web_select(web, &select);
    struct web_input note = {.kind = WEB_LINE,
                             .name = "note",
                             .id = "flag-note",
                             .label = SLICE("Why it is wrong (may stay empty)")};
    web_input(web, &note);
    web_form_end(web, SLICE("This flag is wrong"));
    return true;
}

/* A mark in words, with the way to take it back. */
static bool mark_entry(struct web *web, const struct mark *mark, struct slice back) {
    html_tag(&web->html, "li");
    if (!web_form_begin(web, SLICE("/mark/undo"))) return false;
    html_tag(&web->html, "div");
    html_attr_is(&web->html, "class", "row");
    struct slice said = mark->kind == MARK_FLAG_WRONG ? web_say(web, "Flag is wrong: %.*s", SLICE_ARGS(mark->flag))
                                                      : marking_words(mark->kind);
    html_element(&web->html, "span", "",
                 web_say(web, "%.*s (%.*s, %.*s)%s%.*s", SLICE_ARGS(said), SLICE_ARGS(web_reader(web, mark->reader)),
                         SLICE_ARGS(web_date(web, mark->when_s)), slice_is_empty(mark->note) ? "" : ": ",
                         SLICE_ARGS(mark->note)));
    web_hidden(web, SLICE("number"), web_say(web, "%lld", (long long)mark->id));
    web_hidden(web, SLICE("back"), back);
    html_element(&web->html, "button", "quiet", SLICE("Take it back"));
    html_close(&web->html, "div");
    html_close(&web->html, "form");
    html_close(&web->html, "li");
    return true;
}

static bool said_before(struct reading *r) {
    struct web *web = r->web;
    struct mark_list marks = {0};
    struct mark_query query = {.item = r->reference};
    if (!marks_list(web->home->house.store, &query, web->arena, &marks, &web->fault)) return false;
    if (marks.count == 0) return true;
    web_heading(web, SLICE("What was said of it"));
    html_raw(&web->html, "<ul class=\"hits\">");
    for (size_t i = 0; i < marks.count; i++)
        if (!mark_entry(web, &marks.at[i], r->path)) return false;
    html_raw(&web->html, "</ul><p>");
    web_link(web, SLICE("/marks"), SLICE("What all of that changes"));
    html_raw(&web->html, "</p>");
    return true;
}

static bool focus_form(struct reading *r) {
    struct web *web = r->web;
    web_heading(web, SLICE("Put it in focus"));
    if (!web_form_begin(web, SLICE("/focus/start"))) return false;
    web_hidden(web, SLICE("items"), r->reference);
    struct web_input title = {.kind = WEB_LINE,
                              .name = "title",
                              .label = SLICE("What you make of it, in your own words"),
                              .hint = SLICE("Empty: its headline.")};
    web_input(web, &title);
    web_reader_choice(web, "reader", (struct slice){NULL, 0});
    web_form_end(web, SLICE("Keep it for a half term"));
    return true;
}

/* ---- why ---- */

/* Places of a list that left it out, and why. */
static void write_left(struct web *web, const struct why_left *left) {
    html_tag(&web->html, "li");
    html_text(&web->html, web_say(web, "%.*s, %.*s: %.*s", SLICE_ARGS(web_date(web, left->date_s)),
                                  SLICE_ARGS(web_reader(web, left->reader)), SLICE_ARGS(left->left.why)));
    if (left->with_another) html_raw(&web->html, " (it belongs to a story that another post leads)");
    html_close(&web->html, "li");
}

static void sum(struct web *web, int64_t date_s, struct slice reader, const struct term_list *terms,
                struct slice total) {
    html_raw(&web->html, "<table><caption>");
    html_text(&web->html, web_say(web, "Points on %.*s for %.*s", SLICE_ARGS(web_date(web, date_s)),
                                  SLICE_ARGS(web_reader(web, reader))));
    html_raw(&web->html, "</caption><thead><tr><th scope=\"col\">Points</th><th scope=\"col\">Reason</th></tr></thead>"
                         "<tbody>");
    for (size_t i = 0; i < terms->count; i++) {
        html_tag(&web->html, "tr");
        html_element(&web->html, "td", "points", card_points(&web->pen, &terms->at[i]));
        html_element(&web->html, "td", "", terms->at[i].words);
        html_close(&web->html, "tr");
    }
    html_raw(&web->html, "</tbody><tfoot><tr><td class=\"points\">=</td><td>");
    html_text(&web->html, total);
    html_raw(&web->html, "</td></tr></tfoot></table>");
}

static void points(struct reading *r) {
    struct web *web = r->web;
    const struct why *why = &r->why;
    if (!slice_is_empty(why->not_looked_at))
        web_paragraph(web, web_say(web, "It was looked at for no list: %.*s.", SLICE_ARGS(why->not_looked_at)));
    if (why->shown.count > 0) {
        const struct shown *shown = &why->shown.at[why->shown.count - 1];
        sum(web, shown->date_s, shown->reader, &shown->terms,
            web_say(web, "%.0f of 100: place %d that day", shown->score, shown->place));
    } else if (why->left.count > 0 && !why->left.at[0].one_of_many) {
        const struct why_left *left = &why->left.at[0];
        sum(web, left->date_s, left->reader, &left->left.terms,
            web_say(web, "%.0f of 100; the bar is %.0f", left->left.score, why->bar));
    }
    if (why->left.count == 0) return;
    html_raw(&web->html, "<h3>Lists that it is not in</h3><ul class=\"list\">");
    for (size_t i = 0; i < why->left.count; i++) write_left(web, &why->left.at[i]);
    html_raw(&web->html, "</ul>");
}

/* Some words before and after; cut between characters, for the store's texts are valid. */
static void context(struct web *web, struct slice text, const struct hit *hit) {
    if (slice_is_empty(text) || hit->end > text.len || hit->start > hit->end) {
        html_element(&web->html, "mark", "", hit->text);
        return;
    }
    size_t from = hit->start > CONTEXT_BYTES ? hit->start - CONTEXT_BYTES : 0;
    while (from < hit->start && ((unsigned char)text.at[from] & 0xc0) == 0x80) from++;
    if (from > 0) html_raw(&web->html, "\xE2\x80\xA6");
    web_text(web, slice_part(text, from, hit->start));
    html_element(&web->html, "mark", "", slice_part(text, hit->start, hit->end));
    struct slice after = utf8_cut(slice_part(text, hit->end, text.len), CONTEXT_BYTES);
    web_text(web, after);
    if (hit->end + after.len < text.len) html_raw(&web->html, "\xE2\x80\xA6");
}

static const char *state_words(enum hit_state state) {
    static const char *const words[] = {"", "not counted: negated", "not counted: another line of the rule forbids it",
                                        "not counted: it lacks company", "not counted twice: longer words cover it"};
    return (size_t)state < COUNT_OF(words) ? words[state] : "";
}

static void hits(struct reading *r) {
    struct web *web = r->web;
    const struct hit_list *list = &r->why.verdict.hits;
    html_tag(&web->html, "details");
    html_attr_is(&web->html, "class", "act");
    html_element(&web->html, "summary", "", SLICE("Where the words of the rules stand"));
    if (list->count == 0) web_paragraph(web, SLICE("No words of any rule stand in it."));
    html_raw(&web->html, "<ul class=\"hits\">");
    size_t shown = 0;
    for (size_t i = 0; i < list->count && shown < HITS_SHOWN; i++) {
        const struct hit *hit = &list->at[i];
        /* The longer words that cover it are there already. */
        if (hit->state == HIT_SHADOWED) continue;
        shown++;
        html_tag(&web->html, "li");
        context(web, document_field(&r->why.input.document, hit->field), hit);
        html_tag(&web->html, "span");
        html_attr_is(&web->html, "class", "hint");
        web_text(web, web_say(web, "In the %s, by the rule ", field_name(hit->field)));
        web_link(web, web_say(web, "/rules/%.*s", SLICE_ARGS(hit->rule)), hit->rule);
        const char *state = state_words(hit->state);
        html_text(&web->html, web_say(web, "%s%s", state[0] == '\0' ? "" : "; ", state));
        html_close(&web->html, "span");
        html_close(&web->html, "li");
    }
    html_raw(&web->html, "</ul>");
    if (list->count > HITS_SHOWN) web_paragraph(web, web_say(web, "And %zu more.", list->count - (size_t)HITS_SHOWN));
    html_close(&web->html, "details");
}

static bool show(struct web *web, struct slice what, struct slice path) {
    AUTO(topic_guide_free)
    struct topic_guide guide = {.judge = NULL};
    struct reading r = {.web = web, .path = path};
    if (!topic_guide_open(&web->home->house, web->arena, &guide, &web->fault) ||
        !why_item(&web->home->house, guide.judge, what, web->arena, &r.why, &web->fault))
        return false;
    r.guide = guide;
    const struct item *item = &r.why.item.item;
    if (!item_reference(web->arena, r.why.item.source, item->id, &r.reference)) return fault_memory(&web->fault);
    web_page_begin(web, slice_is_empty(item->title) ? utf8_cut(item->text, 100) : item->title);
    behind(&r);
    if (!said_before(&r) || !opinion_form(&r) || !flag_form(&r) || !focus_form(&r)) return false;
    web_heading(web, SLICE("Why it was rated so"));
    points(&r);
    hits(&r);
    return web_page_end(web);
}

static bool entry(struct web *web, struct slice code) {
    if (slice_find_byte(code, '/', 0) != SLICE_NOT_FOUND)
        return web_sorry(web, 404, SLICE("No digest has had such an entry."));
    if (show(web, code, web_say(web, "/i/%.*s", SLICE_ARGS(code)))) return true;
    return web->fault.kind == FAULT_INPUT && web_sorry(web, 404, SLICE("No digest has had such an entry."));
}

/* By the number of its row: posts that stood in no digest have no code, and ids of posts may be anything. */
static bool numbered(struct web *web, struct slice rest) {
    struct item_row row;
    struct slice reference;
    long long number;
    bool found = false;
    if (slice_to_int64(rest, &number) &&
        !items_get_row(web->home->house.store, number, web->arena, &row, &found, &web->fault))
        return false;
    if (!found) return web_sorry(web, 404, SLICE("There is no such post."));
    if (!item_reference(web->arena, row.source, row.item.id, &reference)) return fault_memory(&web->fault);
    return show(web, reference, web_say(web, "/n/%lld", number));
}

/* ---- marks ---- */

/* To the page that the form stood on: a post's, a day's, or the feedback; any other claim leads to the feedback. */
static bool go_back(struct web *web) {
    static const char *const pages[] = {"/i/", "/n/", "/d/"};
    struct slice back = web_value(web, "back"), none = {NULL, 0};
    struct safe_url url;
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        if (slice_starts(back, slice_from(pages[i])) && safe_url_own(web->arena, none, back, &url))
            return web_redirect(web, url.text);
    return web_redirect(web, SLICE("/marks"));
}

static bool mark(struct web *web, struct slice rest) {
    (void)rest;
    struct marking wanted = {web_value(web, "what"), web_value(web, "kind"), web_value(web, "reader"),
                             web_value(web, "note")};
    int64_t id;
    if (slice_is_absent(wanted.what) || slice_is_absent(wanted.kind))
        return fault_set(&web->fault, FAULT_USAGE, "That button is not known.");
    return marking_put(&web->home->house, &wanted, web->arena, &id, &web->fault) && go_back(web);
}

static bool undo_mark(struct web *web, struct slice rest) {
    (void)rest;
    return marking_undo(&web->home->house, web_value(web, "number"), &web->fault) && go_back(web);
}

static bool weights(struct web *web, struct slice reader, struct slice title) {
    struct taste_book book;
    if (!taste_gather(&web->home->house, reader, INT64_MAX, web->arena, &book, &web->fault)) return false;
    web_heading(web, web_say(web, "What it changes for %.*s", SLICE_ARGS(title)));
    if (book.weights.count == 0) web_paragraph(web, SLICE("Nothing: all posts have the points that the rules give."));
    html_raw(&web->html, "<ul class=\"list\">");
    for (size_t i = 0; i < book.weights.count; i++) html_element(&web->html, "li", "", book.weights.at[i].words);
    if (book.settled.count > 0)
        html_element(&web->html, "li", "",
                     web_say(web, "%zu post%s not shown again: not for you, or done already", book.settled.count,
                             book.settled.count == 1 ? " is" : "s are"));
    html_raw(&web->html, "</ul>");
    return true;
}

static bool marked_item(struct web *web, const struct mark *mark) {
    struct item_row row;
    bool found;
    if (!items_get(web->home->house.store, mark->item, web->arena, &row, &found, &web->fault)) return false;
    html_tag(&web->html, "h3");
    if (found) {
        struct slice title = slice_is_empty(row.item.title) ? utf8_cut(row.item.text, 100) : row.item.title;
        web_link(web, web_say(web, "/n/%lld", (long long)row.row), title);
    } else html_text(&web->html, mark->item);
    html_close(&web->html, "h3");
    return true;
}

static bool marks_page(struct web *web, struct slice rest) {
    (void)rest;
    struct mark_list marks = {0};
    struct mark_query query = {.from_s = 0};
    const struct reader_list *readers = &web->home->house.config.readers;
    if (!marks_list(web->home->house.store, &query, web->arena, &marks, &web->fault)) return false;
    web_page_begin(web, SLICE("Feedback"));
    web_paragraph(web, SLICE("What you say of a post moves the points of posts on the same topic by 2 and of the same "
                             "source by 1, never further than 6 and 4. A flag that you mark wrong no longer counts "
                             "against its source, and stands in the reports as an error of the rules. Nothing else is "
                             "learnt from anybody, and each of it can be taken back here."));
    for (size_t i = 0; i < readers->count; i++)
        if (!weights(web, readers->at[i].name, readers->at[i].title)) return false;
    web_heading(web, SLICE("What was said"));
    if (marks.count == 0) web_paragraph(web, SLICE("Nothing yet. The buttons stand under each idea of the day."));
    for (size_t i = marks.count; i-- > 0;) {
        if (!marked_item(web, &marks.at[i])) return false;
        html_raw(&web->html, "<ul class=\"hits\">");
        if (!mark_entry(web, &marks.at[i], SLICE("/marks"))) return false;
        html_raw(&web->html, "</ul>");
    }
    return web_page_end(web);
}

const struct web_route web_reading_routes[] = {
    {WEB_GET, "/i/", entry},   {WEB_GET, "/n/", numbered},          {WEB_GET, "/marks", marks_page},
    {WEB_POST, "/mark", mark}, {WEB_POST, "/mark/undo", undo_mark},
};
const size_t web_reading_route_count = COUNT_OF(web_reading_routes);
