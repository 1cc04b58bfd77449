/* surety: how sure a fact of a page is, from what kind of place said it and how many others say the same or say
 * otherwise. Within parse/ only. */
#ifndef DISCERN_PARSE_SURETY_H
#define DISCERN_PARSE_SURETY_H

#include <stddef.h>

#include "base/slice.h"

enum surety_fact {
    SURETY_TITLE,
    SURETY_AUTHORS,
    SURETY_DATE,
    SURETY_SITE,
    SURETY_DESCRIPTION,
    SURETY_LANG,
    SURETY_IMAGE,
    SURETY_CANONICAL
};

/* What others on the page say of a fact. */
struct surety_tally {
    size_t agree, differ;
};

/* How often such a fact holds when only `from` says it. */
double surety_of_place(enum surety_fact fact, struct slice from);
/* Each that agrees halves the doubt; each that differs takes a quarter of what is left. In hundredths, never quite
 * sure and never quite nothing. */
double surety_weigh(double alone, struct surety_tally tally);

#endif
