#include "stage/logbook.h"

#include "base/when.h"
#include "practice/calendar.h"
#include "practice/cycle.h"
#include "practice/remind.h"
#include "render/calendar.h"
#include "stage/focus.h"
#include "stage/topics.h"
#include "store/digests.h"
#include "store/practice.h"

/* Labels of topics, as the rules have them; ids where the rules cannot be read: a log must not fail for that. */
static bool add_topic_words(struct house *house, struct logbook *book, struct arena *arena, struct fault *fault) {
    AUTO(topic_guide_free)
    struct topic_guide guide = {.judge = NULL};
    struct fault ignored = {0};
    bool known = topic_guide_open(house, arena, &guide, &ignored);
    for (size_t p = 0; p < book->count; p++)
        for (size_t i = 0; i < book->at[p].focus.topics.count; i++) {
            struct slice id = book->at[p].focus.topics.at[i], label = id;
            if (known && !arena_copy(arena, topic_label(&guide, id), &label)) return fault_memory(fault);
            if (!slice_list_add(arena, &book->at[p].topic_words, label)) return fault_memory(fault);
        }
    return true;
}

/* Posts that deepened a focus while this one was kept. */
static bool count_deepening(struct house *house, struct arena *arena, struct logbook_part *part, struct fault *fault) {
    struct shown_list shown = {0};
    int64_t closed_s = part->focus.closed_s;
    struct shown_query query = {.reader = part->focus.team,
                                .from_s = part->focus.chosen_s,
                                .until_s = (closed_s == WHEN_ABSENT ? house_today(house) : closed_s) + DAY_S};
    if (!shown_list(house->store, &query, arena, &shown, fault)) return false;
    for (size_t i = 0; i < shown.count; i++) part->deepening += shown.at[i].section == SECTION_FOCUS;
    return true;
}

static bool fill(struct house *house, const struct focus *focus, struct arena *arena, struct logbook_part *out,
                 struct fault *fault) {
    const struct prompt_set_list *prompts = focus_prompts(house, focus);
    const struct holiday_list *holidays = &house->config.holidays;
    *out = (struct logbook_part){.focus = *focus,
                                 .week = cycle_on(focus, house_today(house), holidays).week,
                                 .prompt = cycle_prompt(focus, house_today(house), holidays, prompts)};
    return notes_list(house->store, focus->id, arena, &out->notes, fault) &&
           focus_events(house->store, focus->id, arena, &out->events, fault) &&
           remind_of(focus, house_today(house), holidays, prompts, arena, &out->reminders, fault) &&
           count_deepening(house, arena, out, fault);
}

static bool wanted(struct house *house, const struct logbook_wish *wish, struct arena *arena, struct focus_list *out,
                   struct fault *fault) {
    enum focus_which which = wish->which == LOGBOOK_OPEN ? FOCUS_OPEN : FOCUS_ALL;
    if (slice_is_absent(wish->id)) return focus_all(house->store, wish->team, which, arena, out, fault);
    bool found;
    out->at = arena_alloc(arena, 1, sizeof *out->at);
    if (out->at == NULL) return fault_memory(fault);
    if (!focus_get(house->store, wish->id, arena, out->at, &found, fault)) return false;
    out->count = out->capacity = 1;
    return found || fault_set(fault, FAULT_USAGE, "there is no focus '%.*s'; 'discern focus list' names them",
                              SLICE_ARGS(wish->id));
}

bool logbook_gather(struct house *house, const struct logbook_wish *wish, struct arena *arena, struct logbook *out,
                    struct fault *fault) {
    struct focus_list list = {0};
    struct logbook book = {.school = house->config.school, .date_s = house_today(house)};
    if (!wanted(house, wish, arena, &list, fault)) return false;
    book.at = arena_alloc(arena, list.count + 1, sizeof *book.at);
    if (book.at == NULL) return fault_memory(fault);
    for (; book.count < list.count; book.count++)
        if (!fill(house, &list.at[book.count], arena, &book.at[book.count], fault)) return false;
    if (book.count > 0 && !add_topic_words(house, &book, arena, fault)) return false;
    *out = book;
    return true;
}

bool logbook_calendar(const struct logbook *book, struct arena *arena, struct buf *out, struct fault *fault) {
    size_t count = 0, most = 0;
    for (size_t p = 0; p < book->count; p++) most += book->at[p].reminders.count;
    struct calendar_event *events = arena_alloc(arena, most + 1, sizeof *events);
    if (events == NULL) return fault_memory(fault);
    for (size_t p = 0; p < book->count; p++)
        for (size_t i = 0; i < book->at[p].reminders.count; i++) {
            const struct reminder *one = &book->at[p].reminders.at[i];
            char *uid = arena_printf(arena, "focus-%.*s-%zu.discern.invalid", SLICE_ARGS(book->at[p].focus.id), i + 1);
            if (uid == NULL) return fault_memory(fault);
            events[count++] = (struct calendar_event){slice_from(uid), one->day_s, one->title, one->words};
        }
    return calendar_write(SLICE("CPD focus"), events, count, out, fault);
}
