/* pupil_names: names of pupils that a post gives away do not come into digests. A program cannot know who is one: it
 * hides a name where the words around say so ("a pupil called …", "my student …", "… in Year 8"), and that name
 * wherever it stands in the same text. Names of authors, researchers and colleagues stay. Pure. */
#ifndef DISCERN_STAGE_PUPIL_NAMES_H
#define DISCERN_STAGE_PUPIL_NAMES_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

/* What stands in a name's place. */
#define PUPIL_NAME_HIDDEN "[name]"

/* *text as it was, or a copy in arena without the names. False when out of memory. */
MUST_USE bool pupil_names_hide(struct arena *arena, struct slice *text);

#endif
