/* meta_name: an author's name out of what stands in a byline or a tag. Within parse/ only. */
#ifndef DISCERN_PARSE_META_NAME_H
#define DISCERN_PARSE_META_NAME_H

#include <stdbool.h>

#include "base/slice.h"

/* The name alone: without "By" and the like, without the date, the role or the place behind it. Absent when it is no
 * name: an account of the site ("admin"), an address, a number, a month. Borrowed from `text`. */
struct slice meta_name(struct slice text);
/* Whether it begins as a name does: with a capital, or a letter of another script. */
bool meta_name_starts(struct slice text);
/* Two to four words with capitals and nothing else, none of which is a word of reports and houses ("Final Report"). */
bool meta_name_is_likely(struct slice name);

#endif
