#include "door/focus_show.h"

#include "base/when.h"
#include "door/table.h"
#include "practice/absence.h"
#include "practice/cycle.h"
#include "render/logbook.h"
#include "render/markdown.h"
#include "stage/focus.h"
#include "stage/logbook.h"
#include "stage/look.h"
#include "stage/topics.h"
#include "store/digests.h"
#include "store/practice.h"

#define TEXT_OF(name) slice_from((name) == NULL ? "" : (name))

static struct slice optional(const char *text) {
    return text == NULL ? (struct slice){NULL, 0} : slice_from(text);
}

static bool list(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                 struct fault *fault) {
    static const char *const headings[] = {"focus", "team", "week", "of", "step", "title", "ask today"};
    static const char *const keys[] = {"id", "team", "week", "weeks", "step", "title", "prompt"};
    struct house *house = &home->house;
    struct focus_list all = {0};
    enum focus_which which = wanted->all ? FOCUS_ALL : FOCUS_OPEN;
    if (!focus_all(house->store, optional(wanted->reader), which, arena, &all, fault)) return false;
    struct table table = {.arena = arena, .headings = headings, .keys = keys, .columns = COUNT_OF(keys)};
    for (size_t i = 0; i < all.count; i++) {
        const struct focus *focus = &all.at[i];
        struct cycle_day day = cycle_on(focus, house_today(house), &house->config.holidays);
        const struct cell cells[] = {
            cell_text(focus->id),
            cell_text(focus->team),
            cell_int(day.week),
            cell_int(day.weeks),
            cell_text(slice_from(focus_step_name(day.step))),
            cell_text(focus->title),
            cell_text(cycle_prompt(focus, house_today(house), &house->config.holidays, focus_prompts(house, focus))),
        };
        if (!table_add(&table, cells)) return fault_memory(fault);
    }
    table_write(&table, wanted->form, out);
    return true;
}

/* ---- one focus ---- */

static void line(struct buf *out, const char *name, struct slice text) {
    if (!slice_is_empty(text)) buf_printf(out, "%-10s %.*s\n", name, SLICE_ARGS(text));
}

static void date(struct buf *out, int64_t day_s) {
    char text[WHEN_TEXT_BYTES];
    when_date(day_s, text);
    buf_printf(out, "  %s  ", text);
}

static void show_history(const struct logbook_part *part, int64_t today_s, struct buf *out) {
    buf_add_text(out, "\nWhat happened\n");
    for (size_t i = 0; i < part->events.count; i++) {
        const struct focus_event *event = &part->events.at[i];
        date(out, event->when_s);
        buf_printf(out, "%.*s: %.*s", SLICE_ARGS(event->what), SLICE_ARGS(event->detail));
        if (!slice_is_empty(event->reason)) buf_printf(out, " (because: %.*s)", SLICE_ARGS(event->reason));
        buf_add_char(out, '\n');
    }
    bool any = false;
    for (size_t i = 0; i < part->reminders.count; i++) {
        if (part->reminders.at[i].day_s < today_s) continue;
        if (!any) buf_add_text(out, "\nThe days to come\n");
        any = true;
        date(out, part->reminders.at[i].day_s);
        buf_printf(out, "%.*s\n", SLICE_ARGS(part->reminders.at[i].title));
    }
}

static bool show(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                 struct fault *fault) {
    struct logbook book;
    struct logbook_wish wish = {.id = TEXT_OF(wanted->id)};
    if (!logbook_gather(&home->house, &wish, arena, &book, fault)) return false;
    const struct logbook_part *part = &book.at[0];
    const struct focus *focus = &part->focus;
    struct cycle_day day = cycle_on(focus, book.date_s, &home->house.config.holidays);
    buf_printf(out, "%.*s  %.*s\n", SLICE_ARGS(focus->id), SLICE_ARGS(focus->title));
    line(out, "aim", focus->aim);
    line(out, "team", focus->team);
    buf_printf(out, "%-10s %lld of %lld, %s%s\n", "week", (long long)day.week, (long long)day.weeks,
               focus_step_name(day.step), focus_is_open(focus) && day.over ? ": decide now" : "");
    int64_t away = absence_weeks(focus, book.date_s, &home->house.config.holidays);
    if (away >= ABSENCE_LONG_WEEKS)
        buf_printf(out, "%-10s for %lld school weeks: a note, or a step, takes it up again\n", "still",
                   (long long)away);
    line(out, "template", focus->follows);
    for (size_t i = 0; i < part->topic_words.count; i++) line(out, i == 0 ? "deepens" : "", part->topic_words.at[i]);
    for (size_t i = 0; i < focus->items.count; i++) line(out, i == 0 ? "from" : "", focus->items.at[i]);
    line(out, "ask today", part->prompt);
    line(out, "because", focus->reason);
    buf_printf(out, "%-10s %zu\n", "notes", part->notes.count);
    show_history(part, book.date_s, out);
    return true;
}

/* ---- the log ---- */

static bool log_json(const struct logbook *book, struct arena *arena, struct buf *out, struct fault *fault) {
    static const char *const keys[] = {"date",  "focus", "title", "team", "step",
                                       "class", "done",  "seen",  "next", "with"};
    struct table table = {.arena = arena, .headings = keys, .keys = keys, .columns = COUNT_OF(keys)};
    for (size_t p = 0; p < book->count; p++)
        for (size_t i = 0; i < book->at[p].notes.count; i++) {
            const struct practice_note *note = &book->at[p].notes.at[i];
            const struct focus *focus = &book->at[p].focus;
            char text[WHEN_TEXT_BYTES];
            struct slice day = {0};
            when_date(note->date_s, text);
            if (!arena_copy(arena, slice_from(text), &day)) return fault_memory(fault);
            const struct cell cells[] = {cell_text(day),
                                         cell_text(focus->id),
                                         cell_text(focus->title),
                                         cell_text(focus->team),
                                         cell_text(slice_from(focus_step_name(note->step))),
                                         cell_text(note->group),
                                         cell_text(note->did),
                                         cell_text(note->saw),
                                         cell_text(note->change),
                                         cell_text(note->with)};
            if (!table_add(&table, cells)) return fault_memory(fault);
        }
    table_write(&table, DISCERN_JSON, out);
    return true;
}

static bool book_out(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                     struct fault *fault) {
    struct logbook book;
    struct look_kept look;
    bool open = wanted->act == DISCERN_FOCUS_CARD;
    struct logbook_wish wish = {.team = optional(wanted->reader),
                                .id = optional(wanted->id),
                                .which = open ? LOGBOOK_OPEN : LOGBOOK_ALL};
    if (!logbook_gather(&home->house, &wish, arena, &book, fault)) return false;
    if (wanted->act == DISCERN_FOCUS_CALENDAR) {
        if (book.count == 0)
            return fault_set(fault, FAULT_USAGE, "nothing is in focus, so there is nothing to be reminded of");
        return logbook_calendar(&book, arena, out, fault);
    }
    if (wanted->act == DISCERN_FOCUS_LOG && wanted->form == DISCERN_JSON) return log_json(&book, arena, out, fault);
    enum logbook_form form = wanted->act == DISCERN_FOCUS_LOG_CSV   ? LOGBOOK_CSV
                             : wanted->act == DISCERN_FOCUS_SUMMARY ? LOGBOOK_SUMMARY
                             : wanted->act == DISCERN_FOCUS_CARD    ? LOGBOOK_CARD
                                                                    : LOGBOOK_MARKDOWN;
    return look_load(&home->house, arena, &look, fault) && logbook_write(&book, form, &look.look, out, fault);
}

/* ---- what there is to choose from ---- */

static bool parked(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                   struct fault *fault) {
    static const char *const headings[] = {"reader", "since", "points", "item", "title"};
    static const char *const keys[] = {"reader", "parked", "points", "item", "title"};
    struct table table = {.arena = arena, .headings = headings, .keys = keys, .columns = COUNT_OF(keys)};
    const struct reader_list *readers = &home->house.config.readers;
    for (size_t r = 0; r < readers->count; r++) {
        struct parked_list waiting = {0};
        struct slice name = readers->at[r].name;
        if (wanted->reader != NULL && !slice_equal(name, slice_from(wanted->reader))) continue;
        if (!parked_list(home->house.store, name, arena, &waiting, fault)) return false;
        for (size_t i = 0; i < waiting.count; i++) {
            const struct parked *one = &waiting.at[i];
            const struct cell cells[] = {cell_text(name), cell_instant(one->parked_s), cell_real(one->score),
                                         cell_text(one->item), cell_text(one->title)};
            if (!table_add(&table, cells)) return fault_memory(fault);
        }
    }
    table_write(&table, wanted->form, out);
    return true;
}

static bool templates(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                      struct fault *fault) {
    static const char *const keys[] = {"name", "weeks", "title", "about"};
    struct table table = {.arena = arena, .headings = keys, .keys = keys, .columns = COUNT_OF(keys)};
    const struct focus_template_list *all = &home->house.config.templates;
    for (size_t i = 0; i < all->count; i++) {
        const struct cell cells[] = {cell_text(all->at[i].name), cell_int(all->at[i].weeks),
                                     cell_text(all->at[i].title), cell_text(all->at[i].about)};
        if (!table_add(&table, cells)) return fault_memory(fault);
    }
    table_write(&table, wanted->form, out);
    return true;
}

static bool template_sheet(struct discern *home, const struct discern_focus *wanted, struct buf *out,
                           struct fault *fault) {
    const struct focus_template *one = focus_template_find(&home->house, TEXT_OF(wanted->id));
    if (one == NULL)
        return fault_set(fault, FAULT_USAGE, "there is no template '%s'; 'discern focus templates' names them",
                         wanted->id == NULL ? "" : wanted->id);
    struct markdown md = markdown_to(out);
    markdown_raw(&md, "# ");
    markdown_markup(&md, one->title);
    markdown_raw(&md, "\n\n");
    markdown_markup(&md, one->about);
    markdown_raw(&md, "\n\n## Before it starts\n\n");
    for (size_t i = 0; i < one->before.count; i++) {
        markdown_raw(&md, "- [ ] ");
        markdown_markup(&md, one->before.at[i]);
        markdown_raw(&md, "\n");
    }
    for (int64_t week = 1; week <= one->weeks; week++) {
        enum focus_step step = cycle_step_of_week(week, one->weeks);
        buf_printf(out, "\n## Week %lld: ", (long long)week);
        markdown_markup(&md, logbook_step_words(step));
        markdown_raw(&md, "\n\n");
        for (size_t s = 0; s < one->prompts.count; s++)
            for (size_t q = 0; slice_equal(one->prompts.at[s].step, slice_from(focus_step_name(step))) &&
                               q < one->prompts.at[s].ask.count;
                 q++) {
                markdown_raw(&md, "- [ ] ");
                markdown_markup(&md, one->prompts.at[s].ask.at[q]);
                markdown_raw(&md, "\n");
            }
    }
    markdown_raw(&md, "\nNo pupil's name belongs on this sheet.\n");
    return true;
}

static bool topics(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                   struct fault *fault) {
    static const char *const keys[] = {"id", "name"};
    AUTO(topic_guide_free)
    struct topic_guide guide = {.judge = NULL};
    if (!topic_guide_open(&home->house, arena, &guide, fault)) return false;
    struct table table = {.arena = arena, .headings = keys, .keys = keys, .columns = COUNT_OF(keys)};
    for (size_t i = 0; i < guide.rules.block_count; i++) {
        const struct rule_block *block = &guide.rules.blocks[i];
        if (block->kind != BLOCK_TOPIC) continue;
        const struct cell cells[] = {cell_text(block->id), cell_text(block->label)};
        if (!table_add(&table, cells)) return fault_memory(fault);
    }
    table_write(&table, wanted->form, out);
    return true;
}

bool focus_show(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                struct fault *fault) {
    switch (wanted->act) {
        case DISCERN_FOCUS_LIST: return list(home, wanted, arena, out, fault);
        case DISCERN_FOCUS_SHOW: return show(home, wanted, arena, out, fault);
        case DISCERN_FOCUS_PARKED: return parked(home, wanted, arena, out, fault);
        case DISCERN_FOCUS_TEMPLATES: return templates(home, wanted, arena, out, fault);
        case DISCERN_FOCUS_TEMPLATE: return template_sheet(home, wanted, out, fault);
        case DISCERN_FOCUS_TOPICS: return topics(home, wanted, arena, out, fault);
        default: return book_out(home, wanted, arena, out, fault);
    }
}
