/* focus: the few ideas that a team keeps for a half term, and the notes of trying them. Written by the team itself;
 * notes never hold a pupil's name. */
#ifndef DISCERN_MODEL_FOCUS_H
#define DISCERN_MODEL_FOCUS_H

#include <stdint.h>

#include "base/slice.h"
#include "model/item.h"

/* The steps of one cycle, in order, and how it can end. */
enum focus_step {
    FOCUS_PLAN,
    FOCUS_TRY,
    FOCUS_EVALUATE,
    FOCUS_REFINE,
    FOCUS_AGAIN,
    FOCUS_DECIDE,
    FOCUS_EMBEDDED, /* from here on it is closed */
    FOCUS_ADAPTED,
    FOCUS_STOPPED
};

struct focus {
    struct slice id;          /* F1, F2 … unique within the store */
    struct slice team;        /* name of the reader profile */
    struct slice title;       /* own words */
    struct slice aim;         /* what is wanted for which pupils, absent = not said */
    struct slice_list topics; /* topic ids that deepen it */
    struct slice_list items;  /* "source/id" of the posts it came from */
    int64_t chosen_s;         /* midnight of the day it was chosen */
    int64_t weeks;            /* school weeks it is kept, 4..8 */
    enum focus_step step;     /* where the team is */
    int64_t step_since_s;     /* midnight of the day it got there */
    int64_t closed_s;         /* WHEN_ABSENT while open */
    struct slice reason;      /* why it was closed, or changed before week four */
    struct slice follows;     /* name of the template whose questions it asks, absent = the usual ones */
    int64_t idle_weeks;       /* school weeks that its clock stood still, because nobody was at it */
    int64_t sign_s;           /* midnight of its last note; earlier than step_since_s, or 0, when there is none since */
};
struct focus_list {
    struct focus *at;
    size_t count, capacity;
};

/* One dated note of the practice log. */
struct practice_note {
    struct slice focus; /* id */
    int64_t date_s;
    enum focus_step step;
    struct slice group;  /* class: "8B maths", never a pupil */
    struct slice did;    /* what was done */
    struct slice saw;    /* what was seen in pupils' work */
    struct slice change; /* what changes next */
    struct slice with;   /* the colleague */
};
struct practice_note_list {
    struct practice_note *at;
    size_t count, capacity;
};

/* What happened: chosen, moved, renamed, decided …, with the reason that was given. */
struct focus_event {
    struct slice focus;
    int64_t when_s;
    struct slice what;   /* chosen, step, changed, decided */
    struct slice detail; /* step name, field … */
    struct slice reason; /* absent = none was asked for */
};
struct focus_event_list {
    struct focus_event *at;
    size_t count, capacity;
};

/* A run of days without school, both ends included (midnights). */
struct holiday {
    int64_t from_s, to_s;
    struct slice name;
};
struct holiday_list {
    struct holiday *at;
    size_t count, capacity;
};

/* Questions for one step of the cycle, as config/prompts.conf has them. */
struct prompt_set {
    struct slice step;     /* plan, try … */
    struct slice_list ask; /* questions, in the order of the file */
};
struct prompt_set_list {
    struct prompt_set *at;
    size_t count, capacity;
};

/* A way of working that is ready to be used: a name, what it is, and its own questions for every step. */
struct focus_template {
    struct slice name, title, about; /* name: a-z and '-' */
    struct slice_list before;        /* what has to be settled before it starts, as sentences */
    int64_t weeks;
    struct prompt_set_list prompts; /* whole: steps that it does not speak of have the usual questions */
};
struct focus_template_list {
    struct focus_template *at;
    size_t count, capacity;
};

const char *focus_step_name(enum focus_step step); /* plan try evaluate refine again decide embedded adapted stopped */
bool focus_step_from(struct slice name, enum focus_step *out);
bool focus_is_open(const struct focus *focus);

#endif
