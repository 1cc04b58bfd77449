/* x_people: which of X's users are known by handle. A user costs as much as two posts, so each is asked for once and
 * kept for 30 days. Kept as text in a source's cursor: "ID:HANDLE,ID:HANDLE,…", an id without a handle is of a user
 * that X does not show. Pure. */
#ifndef DISCERN_SOURCE_X_PEOPLE_H
#define DISCERN_SOURCE_X_PEOPLE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/jtree.h"
#include "base/slice.h"

/* Users kept at a time; one page holds a hundred at most, and as many whose posts are shared. */
#define X_PEOPLE_MOST 300u

/* *handle is absent for a user that is not known, empty for one that X does not show. */
void x_people_find(struct slice people, struct slice id, struct slice *handle);
/* Adds the users of X's answer (an array, or NULL), and without a handle those of `asked` ("ID,ID") that it does not
 * hold. In arena. False when out of memory. */
MUST_USE bool x_people_learn(struct arena *arena, struct slice people, const struct jnode *users, struct slice asked,
                             struct slice *out);
/* Adds `id` to `wanted` ("ID,ID", in arena), once, up to the hundred that one request may ask for. */
MUST_USE bool x_people_want(struct arena *arena, struct slice id, struct slice *wanted);
/* How many ids "ID,ID" holds. */
size_t x_people_count(struct slice ids);

#endif
