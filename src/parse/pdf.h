/* pdf: research reports: the text of their first pages, title, authors, year and DOI, by poppler-glib. The library is
 * heavy and holds many parsers: it is loaded only when a PDF is read, and to be used only inside the jail. */
#ifndef DISCERN_PARSE_PDF_H
#define DISCERN_PARSE_PDF_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/article.h"

/* True when the first kilobyte holds the signature of a PDF. */
bool pdf_sniff(struct slice bytes);
/* Loads the library, for a process that will lose the right to open files. False: this machine does not have it. */
bool pdf_ready(void);
/* The first pages (LIMIT_PDF_PAGES) of the document. Everything in *out is in arena. An encrypted document or one of
 * pictures only is no fault: out->problem says so. Faults: INPUT (no PDF, damaged beyond reading, locked, or the
 * library is not on this machine), MEMORY; *out is then untouched. */
MUST_USE bool pdf_parse(struct slice bytes, struct slice url, struct arena *arena, struct article *out,
                        struct fault *fault);

#endif
