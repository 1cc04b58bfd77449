/* taste (stage): what the readers of a profile said, out of the store: as opinions, as the weights that come of them,
 * and the posts that need not be shown again. Reads only. */
#ifndef DISCERN_STAGE_TASTE_H
#define DISCERN_STAGE_TASTE_H

#include "model/taste.h"
#include "stage/house.h"

struct taste_book {
    struct opinion_list opinions; /* oldest first */
    struct taste_list weights;
    struct slice_list settled; /* "source/id" said to be not for them, or done already */
};

/* Marks of this reader and marks of nobody in particular, made before `until_s`; reader absent = all. In arena. */
MUST_USE bool taste_gather(const struct house *house, struct slice reader, int64_t until_s, struct arena *arena,
                           struct taste_book *out, struct fault *fault);

#endif
