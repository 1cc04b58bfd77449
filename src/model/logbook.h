/* logbook: what a team did with its focus, gathered for reading and handing on: notes, what happened, and the days to
 * come. Written by the team itself; it scores nobody. */
#ifndef DISCERN_MODEL_LOGBOOK_H
#define DISCERN_MODEL_LOGBOOK_H

#include "model/focus.h"

/* A day to think of a focus. */
struct reminder {
    int64_t day_s;      /* midnight of a school day */
    struct slice title; /* "Retrieval starters: try (week 2 of 6)" */
    struct slice words; /* the question of the day */
};
struct reminder_list {
    struct reminder *at;
    size_t count, capacity;
};

/* One focus with all that belongs to it. */
struct logbook_part {
    struct focus focus;
    int64_t week;        /* school week on the day of the logbook, from 1 */
    struct slice prompt; /* the day's question, absent = none */
    struct slice_list topic_words;
    struct practice_note_list notes; /* oldest first */
    struct focus_event_list events;  /* in the order they happened */
    struct reminder_list reminders;
    int64_t deepening; /* posts that stood in the team's lists because they deepen a focus, in its time */
};

struct logbook {
    struct slice school;
    int64_t date_s; /* the day it is read */
    struct logbook_part *at;
    size_t count;
};

#endif
