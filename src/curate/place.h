/* place: the places that are kept for what a plain sum would crowd out: a teacher's account, another view of what the
 * list keeps saying, a voice seldom shown. */
#ifndef DISCERN_CURATE_PLACE_H
#define DISCERN_CURATE_PLACE_H

#include "curate/pick.h"

enum place_kind { PLACE_CLASSROOM, PLACE_CHALLENGE, PLACE_NEW_VOICE, PLACE_COUNT };

struct places {
    int64_t wanted[PLACE_COUNT]; /* still to be filled */
    int64_t seldom;              /* showings at most of a source that is a new voice; -1 = everybody is new */
};

/* What the options and the history ask for, on a list of `room` entries. */
struct places places_of(const struct pick_table *table, int64_t room);
/* Whether the pick would fill a place of that kind. */
bool place_fits(const struct pick_table *table, const struct places *places, const struct pick *pick,
                enum place_kind kind);
/* Marks the chosen pick with what it is there for, and counts the places that it fills. False when out of memory. */
MUST_USE bool place_take(const struct pick_table *table, struct places *places, struct pick *pick);

#endif
