/* contents: what a source gives, told from its last posts: placeholders, adverts, or what another source had before. */
#ifndef DISCERN_STAGE_CONTENTS_H
#define DISCERN_STAGE_CONTENTS_H

#include "stage/health.h"
#include "stage/house.h"

/* Looks at the last posts of the source; adverts are known once they were judged. Everything in arena. Faults: STORE,
 * MEMORY. */
MUST_USE bool contents_look(const struct house *house, struct slice source, struct arena *arena, struct contents *out,
                            struct fault *fault);
/* Whether a post holds nothing but what a program puts where words should be: one of `phrases`, or nothing. Pure. */
bool contents_is_placeholder(const struct slice_list *phrases, const struct item *item);

#endif
