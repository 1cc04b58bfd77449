/* deepen: what a story adds to what a team has in focus: firmer ground, an example from their subject, or a report that
 * it did not work. Anything else on the topic adds nothing to it. */
#ifndef DISCERN_CURATE_DEEPEN_H
#define DISCERN_CURATE_DEEPEN_H

#include "base/arena.h"
#include "base/attr.h"
#include "curate/story.h"

enum deepening {
    DEEPEN_NOT,
    DEEPEN_AGAINST,  /* reports that it did not help, or helped less */
    DEEPEN_EVIDENCE, /* leads to a source that can be checked */
    DEEPEN_EXAMPLE   /* tells of it in the reader's subject, or in a classroom when the reader names none */
};

enum deepening deepen_how(const struct story *story, const struct reader *reader);
/* A sentence for the reader; `topic` is what it is on. In arena; false when out of memory. */
MUST_USE bool deepen_words(const struct story *story, const struct reader *reader, struct slice topic,
                           struct arena *arena, struct slice *out);

#endif
