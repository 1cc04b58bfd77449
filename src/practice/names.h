/* names: whether a note seems to name a pupil. A program cannot know; it looks for first names that children in British
 * schools have, and for words written as names are, outside the places where grown-ups, places and books are named.
 * Pure. */
#ifndef DISCERN_PRACTICE_NAMES_H
#define DISCERN_PRACTICE_NAMES_H

#include "base/slice.h"

enum name_doubt {
    NAME_NONE,
    NAME_PERHAPS, /* written as a name is, but it may be a place, a book or a theory */
    NAME_LIKELY   /* a first name, or the word after "pupil", "called" and the like */
};

/* The gravest doubt in `text`, and its words (borrowed from it) to *word. `colleague` is who was named as one: those
 * words are no pupil's. */
enum name_doubt names_find(struct slice text, struct slice colleague, struct slice *word);

#endif
