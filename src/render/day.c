#include "render/day.h"

#include <ctype.h>

/* Miniflux's default; the slow end of adults' silent reading. */
#define WORDS_A_MINUTE 265
/* As practice/absence.h has them. */
#define PAUSED_WEEKS 5
#define RESTS_WEEKS 12

static size_t words_in(struct slice text) {
    size_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = isspace((unsigned char)text.at[i]);
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

/* What is read without opening anything. The rest of a card (badge, chips, links) is some twenty words. */
static size_t skim_words(const struct entry *entry) {
    return words_in(entry->headline) + words_in(entry->excerpt) + words_in(entry->prompt) + 20;
}

static void add_count(struct pen *pen, struct slice_list *list, enum word word, size_t count) {
    if (count == 0) return;
    struct slice number = pen_number(pen, (int64_t)count);
    pen_list_add(pen, list, pen_say(pen, word, number, number));
}

static void say_left(struct pen *pen, const struct digest *digest, struct day *day) {
    size_t all = digest->under_bar + digest->held_by_caps + digest->held_for_focus + digest->held_repeated +
                 digest->held_unwanted + digest->no_room;
    day->left_heading =
        all == 0 ? pen_word(pen, WORD_LEFT_NONE) : pen_count(pen, WORD_LEFT_ONE, WORD_LEFT_MANY, (int64_t)all);
    add_count(pen, &day->left, WORD_LEFT_UNDER_BAR, digest->under_bar);
    add_count(pen, &day->left, WORD_LEFT_BY_CAPS, digest->held_by_caps);
    add_count(pen, &day->left, WORD_LEFT_REPEATED, digest->held_repeated);
    add_count(pen, &day->left, WORD_LEFT_PARKED, digest->held_for_focus);
    add_count(pen, &day->left, WORD_LEFT_UNWANTED, digest->held_unwanted);
    add_count(pen, &day->left, WORD_LEFT_NO_ROOM, digest->no_room);
}

struct day day_make(struct pen *pen, const struct digest *digest) {
    struct day day = {.date_words = pen_long_date(pen, digest->date_s),
                      .who = pen_join(pen, digest->school, ", ", digest->reader.title)};
    size_t words = 0;
    for (size_t i = 0; i < digest->sections.count; i++) {
        const struct entry_list *entries = &digest->sections.at[i].entries;
        if (digest->sections.at[i].kind != SECTION_CHECK_FIRST) day.ideas += entries->count;
        day.entries += entries->count;
        for (size_t j = 0; j < entries->count; j++) words += skim_words(&entries->at[j]);
    }
    if (day.entries == 0) {
        pen_list_add(pen, &day.summary, pen_word(pen, WORD_IDEAS_NONE));
        day.empty = pen_word(pen, digest->focus.count > 0 ? WORD_EMPTY_FOCUS : WORD_EMPTY);
    } else {
        int64_t minutes = (int64_t)((words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE);
        pen_list_add(pen, &day.summary,
                     day.ideas == 0 ? pen_word(pen, WORD_IDEAS_NONE)
                                    : pen_count(pen, WORD_IDEAS_ONE, WORD_IDEAS_MANY, (int64_t)day.ideas));
        pen_list_add(pen, &day.summary, pen_count(pen, WORD_SKIM_ONE, WORD_SKIM_MANY, minutes));
    }
    say_left(pen, digest, &day);
    struct slice previous = pen_date(pen, digest->previous_s);
    if (digest->previous_s > 0) day.since = pen_say(pen, WORD_SINCE_LAST, previous, previous);
    return day;
}

struct slice day_section_heading(const struct pen *pen, const struct section *section) {
    if (!slice_is_empty(section->heading)) return section->heading;
    switch (section->kind) {
        case SECTION_FOCUS: return pen_word(pen, WORD_SECTION_FOCUS);
        case SECTION_CLASSROOM: return pen_word(pen, WORD_SECTION_CLASSROOM);
        case SECTION_CHECK_FIRST: return pen_word(pen, WORD_SECTION_CHECK_FIRST);
        case SECTION_IDEAS: break;
    }
    return pen_word(pen, WORD_SECTION_IDEAS);
}

struct slice day_section_intro(const struct pen *pen, const struct section *section) {
    if (!slice_is_empty(section->intro)) return section->intro;
    if (section->kind == SECTION_CHECK_FIRST) return pen_word(pen, WORD_INTRO_CHECK_FIRST);
    return (struct slice){NULL, 0};
}

static struct slice say_weeks(struct pen *pen, enum word word, int weeks) {
    struct slice number = pen_number(pen, weeks);
    return pen_say(pen, word, number, number);
}

static enum word absence_word(int weeks) {
    if (weeks >= RESTS_WEEKS) return WORD_FOCUS_RESTS;
    return weeks >= PAUSED_WEEKS ? WORD_FOCUS_PAUSED : WORD_FOCUS_QUIET;
}

struct slice_list day_focus_notes(struct pen *pen, const struct focus_block *focus) {
    struct slice_list notes = {0};
    if (!slice_is_empty(focus->back_from))
        pen_list_add(pen, &notes, pen_say(pen, WORD_FOCUS_BACK, focus->back_from, focus->back_from));
    if (!slice_is_empty(focus->to_change))
        pen_list_add(pen, &notes,
                     pen_join(pen, pen_word(pen, WORD_FOCUS_TO_CHANGE), ": ", pen_cut(pen, focus->to_change, 200)));
    if (focus->silent_weeks > 0)
        pen_list_add(pen, &notes, say_weeks(pen, absence_word(focus->silent_weeks), focus->silent_weeks));
    return notes;
}

struct slice day_focus_line(struct pen *pen, const struct focus_block *focus) {
    struct slice line = pen_word(pen, WORD_FOCUS_HEADING);
    if (focus->return_weeks > 0) return say_weeks(pen, WORD_FOCUS_RETURN, focus->return_weeks);
    if (focus->week > 0)
        line = pen_join(pen, line, ": ",
                        pen_say(pen, WORD_FOCUS_WEEK, pen_number(pen, focus->week), pen_number(pen, focus->weeks)));
    return pen_join(pen, line, ", ", focus->step);
}

bool day_code_holds(struct slice code) {
    if (code.len == 0 || code.len > 8) return false;
    for (size_t i = 0; i < code.len; i++)
        if (!isdigit((unsigned char)code.at[i]) && (code.at[i] < 'a' || code.at[i] > 'z')) return false;
    return true;
}
