/* practice: what a team keeps in focus, its log, and everything that happened to a focus. */
#ifndef DISCERN_STORE_PRACTICE_H
#define DISCERN_STORE_PRACTICE_H

#include "model/focus.h"
#include "store/store.h"

/* A new focus: gives it the next id (F1, F2 …; an id is never used again), in arena. focus->id is ignored. */
MUST_USE bool focus_add(struct store *store, const struct focus *focus, struct arena *arena, struct slice *id,
                        struct fault *fault);
/* Keeps its present state; the id must exist. */
MUST_USE bool focus_put(struct store *store, const struct focus *focus, struct fault *fault);
MUST_USE bool focus_get(struct store *store, struct slice id, struct arena *arena, struct focus *out, bool *found,
                        struct fault *fault);
enum focus_which { FOCUS_OPEN, FOCUS_ALL };
/* Of a team (absent = of all), in the order of their ids. */
MUST_USE bool focus_all(struct store *store, struct slice team, enum focus_which which, struct arena *arena,
                        struct focus_list *out, struct fault *fault);

/* The same note of the same day again is one note. */
MUST_USE bool notes_add(struct store *store, const struct practice_note *note, struct fault *fault);
/* Of a focus (absent = of all), by date, then in the order they were written. */
MUST_USE bool notes_list(struct store *store, struct slice focus, struct arena *arena, struct practice_note_list *out,
                         struct fault *fault);

MUST_USE bool focus_event_add(struct store *store, const struct focus_event *event, struct fault *fault);
MUST_USE bool focus_events(struct store *store, struct slice focus, struct arena *arena, struct focus_event_list *out,
                           struct fault *fault);

#endif
