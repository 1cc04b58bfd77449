/* focus (stage): what a team does with its focus, each act a transaction with its event. */
#ifndef DISCERN_STAGE_FOCUS_H
#define DISCERN_STAGE_FOCUS_H

#include "model/focus.h"
#include "stage/house.h"

/* What is written by hand may name a pupil by mistake. */
enum name_care {
    NAMES_LOOKED_FOR, /* what looks like a pupil's name is refused */
    NAMES_VOUCHED_FOR /* a person said that there is none in it */
};

/* A new focus of focus->team (the only reader when absent); its id, in arena, to *id. In focus->items a code of an
 * entry or "source/id" is kept as "source/id", and its topics are added; topics may be named by id or by label. Without
 * topics and items, topics are what its words are about. Without a title it has the first item's or topic's. Weeks 0 =
 * its template's, or six. What was parked and is now in focus is parked no more. USAGE: three are open already, no such
 * reader, topic or template, weeks out of range, no title. INPUT: it seems to name a pupil. */
MUST_USE bool focus_start(struct house *house, struct focus *focus, enum name_care care, struct arena *arena,
                          struct slice *id, struct fault *fault);
/* Moves it to another step; closing steps end it. `reason` is kept; needed to close it early. */
MUST_USE bool focus_move(struct house *house, struct slice id, enum focus_step step, struct slice reason,
                         struct fault *fault);

/* Other words or topics for an open focus; what is absent or empty stays. */
struct focus_change {
    struct slice id, title, aim;
    struct slice_list topics;
    struct slice reason; /* needed before week four, and kept */
    enum name_care care;
};
MUST_USE bool focus_change(struct house *house, struct focus_change *change, struct fault *fault);

/* Adds a note, of today unless note->date_s says a day before, at the step that the team was asked about then. *doubt
 * (in arena) becomes a word in it that may be a pupil's name but was let through, absent = none. USAGE: nothing in it.
 * INPUT: it seems to name a pupil. */
MUST_USE bool focus_note(struct house *house, struct practice_note *note, enum name_care care, struct arena *arena,
                         struct slice *doubt, struct fault *fault);

/* Lets a parked idea go: `what` is its story or "source/id". USAGE when there is none. */
MUST_USE bool focus_unpark(struct house *house, struct slice reader, struct slice what, struct fault *fault);

/* The template of that name, NULL = none. */
const struct focus_template *focus_template_find(const struct house *house, struct slice name);
/* The questions that the focus follows: its template's, else the usual ones. */
const struct prompt_set_list *focus_prompts(const struct house *house, const struct focus *focus);
/* The only reader's name; absent when there are several. */
struct slice focus_only_reader(const struct house *house);

#endif
