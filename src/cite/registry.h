/* registry: what the readers of the two registries share. Each reads one work's record into a struct work whose id is
 * set; texts become plain words. */
#ifndef DISCERN_CITE_REGISTRY_H
#define DISCERN_CITE_REGISTRY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/jtree.h"
#include "base/slice.h"
#include "model/work.h"

enum registry_reading { REGISTRY_READ, REGISTRY_MALFORMED, REGISTRY_NO_MEMORY };

/* One record of Crossref's (`message` of /works/DOI, or an element of message.items). */
MUST_USE enum registry_reading crossref_read(struct arena *arena, const struct jnode *record, struct work *out);
/* `data` of DataCite's /dois/DOI. */
MUST_USE enum registry_reading datacite_read(struct arena *arena, const struct jnode *data, struct work *out);

/* `text` for one segment of a path or one value of a query. In arena; NULL when out of memory. */
MUST_USE const char *registry_encoded(struct arena *arena, struct slice text);

/* `text` without JATS, MathML and HTML tags, character references read (also those written twice), white space as
 * single spaces, cut to a sensible length. In arena; absent when nothing is left. False only when out of memory. */
MUST_USE bool registry_plain(struct arena *arena, struct slice text, struct slice *out);
/* `text` if it is an address of the web of sane length, copied; else *out stays. False only when out of memory. */
MUST_USE bool registry_url(struct arena *arena, struct slice text, struct slice *out);
/* `text` if it is a DOI (a resolver's address before it is cut off), in lower case; else *out stays. False only when
 * out of memory. */
MUST_USE bool registry_doi(struct arena *arena, struct slice text, struct slice *out);
/* Adds one person as plain words, at most LIMIT_AUTHORS of them; `given` or `family` may be empty. */
MUST_USE bool registry_author(struct arena *arena, struct slice given, struct slice family, struct work *out);
/* "10.", 4 to 9 digits, '/', and a suffix without white space. */
bool registry_is_doi(struct slice text);
/* A year that a work can have; else 0. */
int registry_year(long long year);
/* What the title alone tells: a synthesis, a work marked as retracted or withdrawn. */
void registry_judge_title(struct work *work);

#endif
