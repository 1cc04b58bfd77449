/* identifier: numbers of registries other than the DOI's: arXiv, ERIC, PubMed, ISBN; in words and in addresses. Pure.
 */
#ifndef DISCERN_CITE_IDENTIFIER_H
#define DISCERN_CITE_IDENTIFIER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"
#include "model/article.h"

struct identifier {
    enum reference_kind kind;
    struct slice id; /* normalised, in arena */
    size_t end;      /* behind it, in words */
};

/* Whether one begins at text.at[at] ("arXiv:2101.00001v2", "EJ123456", "PMID: 123", "ISBN 978…"). arXiv and ISBN
 * numbers are checked: the month, the check digit (ISO 2108); an ISBN-10 is given as ISBN-13. False also when out of
 * memory: *failed is then set. */
bool identifier_at(struct arena *arena, struct slice text, size_t at, struct identifier *out, bool *failed);
/* The one that a registry's own address holds (arxiv.org/abs/…, eric.ed.gov/?id=…, pubmed.ncbi.nlm.nih.gov/…). */
bool identifier_of_address(struct arena *arena, struct slice url, struct identifier *out, bool *failed);
/* An arXiv DOI (10.48550/arxiv.…) is its arXiv number. */
bool identifier_of_doi(struct slice doi, struct slice *arxiv);
/* Where it can be opened, in arena; absent for an ISBN. False when out of memory. */
MUST_USE bool identifier_url(struct arena *arena, enum reference_kind kind, struct slice id, struct slice *out);

#endif
