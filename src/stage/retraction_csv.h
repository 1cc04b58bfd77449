/* retraction_csv: the list of retractions as the Retraction Watch database gives it out (CSV after RFC 4180; columns
 * OriginalPaperDOI, RetractionDOI, RetractionNature, Reason, RetractionDate). */
#ifndef DISCERN_STAGE_RETRACTION_CSV_H
#define DISCERN_STAGE_RETRACTION_CSV_H

#include "base/arena.h"
#include "store/works.h"

/* Keeps every row that names a paper's DOI, within the caller's transaction; *kept counts them. FAULT_INPUT when the
 * heading lacks a column; FAULT_STORE. */
MUST_USE bool retraction_csv_keep(struct store *store, struct slice text, struct arena *arena, int64_t *kept,
                                  struct fault *fault);

#endif
