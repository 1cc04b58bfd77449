/* code: short names for stories that staff can say aloud: four letters and digits without look-alikes and without
 * vowels (so no word comes out), made of the story's id. */
#ifndef DISCERN_CURATE_CODE_H
#define DISCERN_CURATE_CODE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

#define CODE_LETTERS 4

/* The code of a story id; `turn` 0 is its own, higher ones are for when that is taken. In arena. */
MUST_USE bool code_of(struct slice story, unsigned turn, struct arena *arena, struct slice *out);

#endif
