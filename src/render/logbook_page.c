/* The half term on one side of A4, and the card: what is long is cut, what is many is counted, so that the page holds.
 */
#include "render/logbook_forms.h"

#include "base/when.h"
#include "render/form_style.h"
#include "render/page.h"

/* Bytes of one cell, and notes a step: five steps with two notes each fill a side of A4. */
#define CELL_BYTES 96
#define AIM_BYTES 240
#define NOTES_A_STEP 2
#define EVENTS_SHOWN 4
/* On the card. */
#define CARD_TITLE_BYTES 120

struct sheet {
    struct html html;
    struct pen pen;
};

static void pair(struct sheet *s, struct slice name, struct slice text) {
    if (slice_is_empty(text)) return;
    html_element(&s->html, "dt", "", name);
    html_element(&s->html, "dd", "", text);
}

static struct slice joined(struct sheet *s, const struct slice_list *list) {
    struct slice all = {NULL, 0};
    for (size_t i = 0; i < list->count; i++)
        all = slice_is_absent(all) ? list->at[i] : pen_join(&s->pen, all, ", ", list->at[i]);
    return all;
}

static struct slice weeks_words(struct sheet *s, const struct logbook_part *part) {
    const struct focus *focus = &part->focus;
    struct slice from = pen_date(&s->pen, focus->chosen_s);
    if (focus->closed_s != WHEN_ABSENT) return pen_join(&s->pen, from, " to ", pen_date(&s->pen, focus->closed_s));
    int64_t week = part->week < focus->weeks ? part->week : focus->weeks;
    char *text = arena_printf(s->pen.arena, "since %.*s, week %lld of %lld", SLICE_ARGS(from), (long long)week,
                              (long long)focus->weeks);
    if (text == NULL) s->pen.failed = true;
    return slice_from(text);
}

struct slice logbook_policy(struct pen *pen) {
    struct page_facts facts = {.style = style_sheets()};
    return page_policy(pen, &facts);
}

/* ---- the half term ---- */

static void write_facts(struct sheet *s, const struct logbook_part *part) {
    const struct focus *focus = &part->focus;
    html_tag(&s->html, "dl");
    html_attr_is(&s->html, "class", "facts");
    pair(s, SLICE("Aim"), pen_cut(&s->pen, focus->aim, AIM_BYTES));
    pair(s, SLICE("When"), weeks_words(s, part));
    pair(s, SLICE("On"), joined(s, &part->topic_words));
    pair(s, SLICE("Outcome"), logbook_step_words(focus->step));
    pair(s, SLICE("Because"), pen_cut(&s->pen, focus->reason, AIM_BYTES));
    html_close(&s->html, "dl");
}

/* "25 Nov": the year stands above. */
static struct slice short_date(struct sheet *s, int64_t day_s) {
    struct civil civil = when_to_civil(day_s);
    char *text = arena_printf(s->pen.arena, "%d %.3s", civil.day, when_month_name(civil.month));
    if (text == NULL) s->pen.failed = true;
    return slice_from(text);
}

static void write_note(struct sheet *s, const struct practice_note *note) {
    const struct {
        const char *name; /* where the row is a block of its own, on a phone */
        struct slice text;
        size_t most_bytes;
    } cells[] = {{"Class", note->group, 40},
                 {"Done", note->did, CELL_BYTES},
                 {"Seen in pupils' work", note->saw, CELL_BYTES},
                 {"Changes next", note->change, CELL_BYTES},
                 {"With", note->with, 40}};
    html_tag(&s->html, "tr");
    html_tag(&s->html, "th");
    html_attr_is(&s->html, "scope", "row");
    html_text(&s->html, short_date(s, note->date_s));
    html_close(&s->html, "th");
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        html_tag(&s->html, "td");
        html_attr(&s->html, "data-name", slice_from(cells[i].name));
        html_text(&s->html, pen_cut(&s->pen, cells[i].text, cells[i].most_bytes));
        html_close(&s->html, "td");
    }
    html_close(&s->html, "tr");
}

/* The last notes of a step, oldest first; how many were before them. */
static void write_step(struct sheet *s, const struct practice_note_list *notes, enum focus_step step) {
    size_t count = 0, skip, seen = 0;
    for (size_t i = 0; i < notes->count; i++) count += notes->at[i].step == step;
    if (count == 0) return;
    skip = count > NOTES_A_STEP ? count - NOTES_A_STEP : 0;
    html_tag(&s->html, "tbody");
    html_raw(&s->html, "<tr class=\"step\"><td colspan=\"6\">");
    html_text(&s->html, logbook_step_words(step));
    if (skip > 0) html_raw(&s->html, " (earlier notes in the log: ");
    if (skip > 0) html_int(&s->html, (int64_t)skip);
    if (skip > 0) html_raw(&s->html, ")");
    html_raw(&s->html, "</td></tr>");
    for (size_t i = 0; i < notes->count; i++)
        if (notes->at[i].step == step && seen++ >= skip) write_note(s, &notes->at[i]);
    html_close(&s->html, "tbody");
}

static void write_notes(struct sheet *s, const struct practice_note_list *notes) {
    if (notes->count == 0) {
        html_element(&s->html, "p", "", SLICE("No note was written."));
        return;
    }
    html_raw(&s->html, "<table><thead><tr>"
                       "<th scope=\"col\">Date</th><th scope=\"col\">Class</th><th scope=\"col\">Done</th>"
                       "<th scope=\"col\">Seen in pupils' work</th><th scope=\"col\">Changes next</th>"
                       "<th scope=\"col\">With</th></tr></thead>");
    for (int step = FOCUS_PLAN; step <= FOCUS_STOPPED; step++) write_step(s, notes, (enum focus_step)step);
    html_raw(&s->html, "</table>");
}

static void write_reasons(struct sheet *s, const struct focus_event_list *events) {
    size_t shown = 0;
    for (size_t i = 0; i < events->count; i++) {
        const struct focus_event *event = &events->at[i];
        if (slice_is_empty(event->reason) || shown == EVENTS_SHOWN) continue;
        if (shown++ == 0) html_raw(&s->html, "<h3>Why it was changed</h3><ul>");
        struct slice what = pen_join(&s->pen, pen_date(&s->pen, event->when_s), ", ", event->what);
        what = pen_join(&s->pen, what, ", ", event->detail);
        html_element(&s->html, "li", "", pen_cut(&s->pen, pen_join(&s->pen, what, ": ", event->reason), 200));
    }
    if (shown > 0) html_raw(&s->html, "</ul>");
}

static void write_part(struct sheet *s, const struct logbook_part *part) {
    struct slice title = pen_join(&s->pen, part->focus.id, ": ", pen_cut(&s->pen, part->focus.title, 160));
    html_tag(&s->html, "section");
    html_attr_is(&s->html, "class", "sheet");
    html_element(&s->html, "h2", "", title);
    write_facts(s, part);
    write_notes(s, &part->notes);
    write_reasons(s, &part->events);
    html_raw(&s->html,
             "<p class=\"intro\">Of the four parts of effective professional development (EEF, 2021) this log shows ");
    html_text(&s->html, logbook_parts_words(&s->pen, part));
    html_raw(&s->html, ".</p>");
    html_raw(&s->html, "<p class=\"by\">What did pupils do that they could not before, and how do you know? Talk about "
                       "that first, and about what it took second.</p>");
    html_close(&s->html, "section");
}

static bool finish(struct sheet *s, const char *what, struct fault *fault) {
    struct slice own = SLICE("Written by the team, for the team. It holds no pupil's name and judges no colleague.");
    page_end(&s->html, &s->pen, own, NULL, 0);
    return pen_check(&s->pen, what, fault) && html_end(&s->html, what, fault);
}

bool logbook_summary(const struct logbook *book, const struct look *look, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct sheet s = {html_to(out), pen_new(look, arena)};
    struct page_facts facts = {.title = SLICE("The half term in practice"),
                               .who = book->school,
                               .heading = SLICE("The half term in practice"),
                               .style = style_sheets(),
                               .kind = "sheets"};
    page_begin(&s.html, &s.pen, &facts);
    for (size_t i = 0; i < book->count; i++) write_part(&s, &book->at[i]);
    if (book->count == 0) html_element(&s.html, "p", "", SLICE("Nothing was in focus yet."));
    return finish(&s, "the summary", fault);
}

/* ---- the card ---- */

static void write_blank(struct sheet *s, struct slice name) {
    html_tag(&s->html, "p");
    html_attr_is(&s->html, "class", "blank");
    html_text(&s->html, name);
    html_close(&s->html, "p");
}

static void write_card(struct sheet *s, const struct logbook_part *part) {
    const struct focus *focus = &part->focus;
    html_tag(&s->html, "section");
    html_attr_is(&s->html, "class", "card");
    html_element(&s->html, "h2", "", pen_cut(&s->pen, focus->title, CARD_TITLE_BYTES));
    if (!slice_is_empty(focus->aim)) html_element(&s->html, "p", "", pen_cut(&s->pen, focus->aim, CELL_BYTES));
    html_element(&s->html, "p", "by", pen_join(&s->pen, logbook_step_words(focus->step), ": ", weeks_words(s, part)));
    if (!slice_is_empty(part->prompt)) html_element(&s->html, "p", "ask", pen_cut(&s->pen, part->prompt, 240));
    if (part->notes.count > 0) {
        const struct practice_note *last = &part->notes.at[part->notes.count - 1];
        struct slice next = slice_is_empty(last->change) ? last->saw : last->change;
        if (!slice_is_empty(next))
            html_element(&s->html, "p", "",
                         pen_join(&s->pen, SLICE("Last noted"), ": ", pen_cut(&s->pen, next, CELL_BYTES)));
    }
    write_blank(s, SLICE("Date, class"));
    write_blank(s, SLICE("What I did"));
    write_blank(s, SLICE("What I saw in pupils' work (no names)"));
    write_blank(s, SLICE("What I change next time"));
    write_blank(s, SLICE("The colleague I tell"));
    html_close(&s->html, "section");
}

bool logbook_card(const struct logbook *book, const struct look *look, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_RENDER_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct sheet s = {html_to(out), pen_new(look, arena)};
    struct page_facts facts = {.title = SLICE("Cards for the desk"),
                               .who = book->school,
                               .heading = SLICE("Cards for the desk"),
                               .style = style_sheets(),
                               .kind = "cards"};
    page_begin(&s.html, &s.pen, &facts);
    for (size_t i = 0; i < book->count; i++) write_card(&s, &book->at[i]);
    if (book->count == 0) html_element(&s.html, "p", "", SLICE("Nothing is in focus."));
    return finish(&s, "the card", fault);
}
