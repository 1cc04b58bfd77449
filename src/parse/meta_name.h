/* meta_name: an author's name out of what stands in a byline or a tag. Within parse/ only. */
#ifndef DISCERN_PARSE_META_NAME_H
#define DISCERN_PARSE_META_NAME_H

#include "base/slice.h"

/* The name alone: without "By" and the like, without the date, the role or the place behind it. Absent when it is no
 * name: an account of the site ("admin"), an address, a number, a month. Borrowed from `text`. */
struct slice meta_name(struct slice text);

#endif
