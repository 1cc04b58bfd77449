#include "render/logbook.h"

#include <string.h>

#include "base/when.h"
#include "render/logbook_forms.h"
#include "render/markdown.h"

struct slice logbook_step_words(enum focus_step step) {
    static const char *const words[] = {"Plan",
                                        "Try",
                                        "Evaluate",
                                        "Refine",
                                        "Try again",
                                        "Decide",
                                        "Embedded: the way we do it now",
                                        "Adapted: kept, changed",
                                        "Stopped"};
    return slice_from(words[step]);
}

/* ---- a table for a spreadsheet ---- */

/* A cell that begins like a formula gets an apostrophe, which spreadsheets take as "this is text"; blanks before it
 * do not hide it. */
static bool looks_like_formula(struct slice text) {
    struct slice trimmed = slice_trim(text);
    if (text.len > 0 && strchr("\t\r\n", text.at[0]) != NULL) return true;
    return trimmed.len > 0 && strchr("=+-@|%", trimmed.at[0]) != NULL;
}

void csv_cell(struct buf *out, struct slice text) {
    bool formula = looks_like_formula(text), quote = formula;
    for (size_t i = 0; i < text.len && !quote; i++) quote = strchr(",\";\r\n\t'", text.at[i]) != NULL;
    if (quote) buf_add_char(out, '"');
    if (formula) buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') buf_add_char(out, '"');
        if (text.at[i] != '\0') buf_add_char(out, text.at[i]);
    }
    if (quote) buf_add_char(out, '"');
}

static void csv_line(struct buf *out, const struct slice *cells, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buf_add_char(out, ',');
        csv_cell(out, cells[i]);
    }
    buf_add_text(out, "\r\n");
}

static void write_csv(const struct logbook *book, struct buf *out) {
    buf_add_text(out, "date,focus,title,team,step,class,done,seen,next,with\r\n");
    for (size_t p = 0; p < book->count; p++)
        for (size_t i = 0; i < book->at[p].notes.count; i++) {
            const struct focus *focus = &book->at[p].focus;
            const struct practice_note *note = &book->at[p].notes.at[i];
            char date[WHEN_TEXT_BYTES];
            when_date(note->date_s, date);
            const struct slice cells[] = {
                slice_from(date), focus->id, focus->title, focus->team,  slice_from(focus_step_name(note->step)),
                note->group,      note->did, note->saw,    note->change, note->with};
            csv_line(out, cells, COUNT_OF(cells));
        }
}

/* ---- Markdown ---- */

static void write_item(struct markdown *md, const char *name, struct slice text) {
    if (slice_is_empty(text)) return;
    markdown_raw(md, "- ");
    markdown_strong(md, slice_from(name));
    markdown_raw(md, ": ");
    markdown_text(md, text);
    markdown_raw(md, "\n");
}

static void write_date(struct markdown *md, int64_t day_s) {
    char date[WHEN_TEXT_BYTES];
    when_date(day_s, date);
    markdown_markup(md, slice_from(date));
}

static void write_events(struct markdown *md, const struct focus_event_list *events) {
    markdown_raw(md, "\n### What happened\n\n");
    for (size_t i = 0; i < events->count; i++) {
        const struct focus_event *event = &events->at[i];
        markdown_raw(md, "- ");
        write_date(md, event->when_s);
        markdown_raw(md, ": ");
        markdown_text(md, event->what);
        if (!slice_is_empty(event->detail)) markdown_raw(md, ", ");
        markdown_text(md, event->detail);
        if (!slice_is_empty(event->reason)) markdown_raw(md, ", because: ");
        markdown_text(md, event->reason);
        markdown_raw(md, "\n");
    }
}

static void write_note(struct markdown *md, const struct practice_note *note) {
    markdown_raw(md, "\n### ");
    write_date(md, note->date_s);
    markdown_raw(md, ", ");
    markdown_markup(md, logbook_step_words(note->step));
    markdown_raw(md, "\n\n");
    write_item(md, "Class", note->group);
    write_item(md, "Done", note->did);
    write_item(md, "Seen in pupils' work", note->saw);
    write_item(md, "Changes next", note->change);
    write_item(md, "With", note->with);
}

/* ---- the four parts ---- */

static struct slice counted(struct pen *pen, size_t count, const char *one, const char *many) {
    return pen_join(pen, pen_number(pen, (int64_t)count), " ", slice_from(count == 1 ? one : many));
}

static size_t count_notes(const struct logbook_part *part, enum focus_step from, enum focus_step to) {
    size_t count = 0;
    for (size_t i = 0; i < part->notes.count; i++) {
        const struct practice_note *note = &part->notes.at[i];
        count += note->step >= from && note->step <= to && !slice_is_empty(note->did);
    }
    return count;
}

static size_t count_shared(const struct logbook_part *part) {
    size_t count = 0;
    for (size_t i = 0; i < part->notes.count; i++) count += !slice_is_empty(part->notes.at[i].with);
    return count;
}

struct slice logbook_parts_words(struct pen *pen, const struct logbook_part *part) {
    size_t again = count_notes(part, FOCUS_AGAIN, FOCUS_DECIDE);
    bool kept = part->focus.step == FOCUS_EMBEDDED || part->focus.step == FOCUS_ADAPTED;
    struct slice knowledge = counted(pen, (size_t)part->deepening, "post stood beside it", "posts stood beside it");
    struct slice goal = slice_is_empty(part->focus.aim) ? SLICE("none written down") : SLICE("written down");
    struct slice technique =
        pen_join(pen, counted(pen, count_notes(part, FOCUS_TRY, FOCUS_DECIDE), "note of a lesson", "notes of lessons"),
                 ", ", counted(pen, count_shared(part), "with a colleague", "with a colleague"));
    struct slice stay = kept        ? SLICE("decided")
                        : again > 0 ? counted(pen, again, "note of doing it again", "notes of doing it again")
                                    : SLICE("nothing yet");
    const struct slice parts[][2] = {{SLICE("knowledge"), knowledge},
                                     {SLICE("a goal"), goal},
                                     {SLICE("technique"), technique},
                                     {SLICE("making it stay"), stay}};
    struct slice line = {NULL, 0};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        line = pen_join(pen, line, "; ", pen_join(pen, parts[i][0], ": ", parts[i][1]));
    return line;
}

static void write_part(struct markdown *md, const struct logbook_part *part) {
    const struct focus *focus = &part->focus;
    char week[64];
    struct buf text = buf_new(sizeof week);
    markdown_raw(md, "\n## ");
    markdown_text(md, focus->id);
    markdown_raw(md, ": ");
    markdown_text(md, focus->title);
    markdown_raw(md, "\n\n");
    write_item(md, "Aim", focus->aim);
    write_item(md, "Team", focus->team);
    markdown_raw(md, "- **Chosen**: ");
    write_date(md, focus->chosen_s);
    buf_printf(&text, ", for %lld school weeks\n", (long long)focus->weeks);
    markdown_markup(md, buf_slice(&text));
    buf_free(&text);
    write_item(md, "Now", logbook_step_words(focus->step));
    write_item(md, "Because", focus->reason);
    write_events(md, &part->events);
    for (size_t i = 0; i < part->notes.count; i++) write_note(md, &part->notes.at[i]);
}

static void write_markdown(const struct logbook *book, struct buf *out) {
    struct markdown md = markdown_to(out);
    markdown_raw(&md, "# Practice log");
    if (!slice_is_empty(book->school)) markdown_raw(&md, ", ");
    markdown_text(&md, book->school);
    markdown_raw(&md, "\n\nKept by the team for itself. It holds no pupil's name and judges no colleague.\n");
    for (size_t i = 0; i < book->count; i++) write_part(&md, &book->at[i]);
    if (book->count == 0) markdown_raw(&md, "\nNothing was in focus yet.\n");
}

bool logbook_write(const struct logbook *book, enum logbook_form form, const struct look *look, struct buf *out,
                   struct fault *fault) {
    switch (form) {
        case LOGBOOK_MARKDOWN: write_markdown(book, out); break;
        case LOGBOOK_CSV: write_csv(book, out); break;
        case LOGBOOK_SUMMARY: return logbook_summary(book, look, out, fault);
        case LOGBOOK_CARD: return logbook_card(book, look, out, fault);
    }
    return buf_check(out, "the log", fault);
}

static const struct {
    const char *file, *media_type;
} forms[] = {{"practice-log.md", "text/markdown; charset=utf-8"},
             {"practice-log.csv", "text/csv; charset=utf-8"},
             {"half-term.html", "text/html; charset=utf-8"},
             {"card.html", "text/html; charset=utf-8"}};

const char *logbook_file(enum logbook_form form) {
    return forms[form].file;
}

const char *logbook_media_type(enum logbook_form form) {
    return forms[form].media_type;
}
