/* citation: author and year in the words, as people cite without a link: "Rosenshine (2012)", "(Kirschner, Sweller &
 * Clark, 2006; Hattie, 2009)". Pure. */
#ifndef DISCERN_CITE_CITATION_H
#define DISCERN_CITE_CITATION_H

#include <stdbool.h>

#include "base/slice.h"

struct citation {
    size_t start, end;  /* from the first name to behind the year, in the text */
    struct slice first; /* the first author's last name, or the body's name; borrowed */
    struct slice year;  /* four digits; borrowed */
};

/* Whether a year with authors stands at text.at[at], the first digit. Looks at most a few hundred bytes back. */
bool citation_at(struct slice text, size_t at, struct citation *out);

#endif
