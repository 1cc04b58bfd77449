/* doi: where a DOI stands in words or in an address, and its one form. Crossref, "DOIs and matching regular
 * expressions": 10., four to nine digits, a slash, and a suffix; case does not count. Pure. */
#ifndef DISCERN_BASE_DOI_H
#define DISCERN_BASE_DOI_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

enum doi_place { DOI_IN_WORDS, DOI_IN_ADDRESS };

/* Whether a DOI begins at text.at[at]; *end is then behind it, without what only stands around it (full stops, quotes,
 * brackets that were opened before it; in an address also the query and what publishers hang on: /full, /pdf …). */
bool doi_at(struct slice text, size_t at, enum doi_place place, size_t *end);
/* Lower case, in arena. False when out of memory. */
MUST_USE bool doi_normal(struct arena *arena, struct slice written, struct slice *out);
/* The one that an address holds as a part of its own, whoever its host is ("/doi/full/10.1234/abc",
 * "?doi=10.1234/abc"), in its one form and in arena; absent when there is none. False when out of memory. */
MUST_USE bool doi_in_address(struct arena *arena, struct slice url, struct slice *out);

#endif
