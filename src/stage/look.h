/* look (stage): what the school changed of the pages: style.css, words.conf and logo.svg of its own config folder, in
 * place of those shipped. */
#ifndef DISCERN_STAGE_LOOK_H
#define DISCERN_STAGE_LOOK_H

#include "render/format.h"
#include "stage/house.h"

struct look_kept {
    struct look look;
    struct words words; /* look.words points here, so this struct may not be moved after look_load */
};

/* Reads all of them; a mistake is told, and the words as shipped stand in for what does not hold. In arena. */
MUST_USE bool look_load(struct house *house, struct arena *arena, struct look_kept *out, struct fault *fault);

#endif
