/* logbook (render): a practice log for reading on: as Markdown, as a table for a spreadsheet, as one page a half term,
 * and as a card for the desk. The same logbook gives the same bytes. It counts and ranks nobody. */
#ifndef DISCERN_RENDER_LOGBOOK_H
#define DISCERN_RENDER_LOGBOOK_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "model/logbook.h"
#include "render/pen.h"

enum logbook_form {
    LOGBOOK_MARKDOWN,
    LOGBOOK_CSV,     /* RFC 4180; no cell can begin a formula */
    LOGBOOK_SUMMARY, /* a web page that prints on one side of A4 for each focus */
    LOGBOOK_CARD     /* a web page that prints as one A5 card for each focus */
};

/* `look` gives words and style. Faults: MEMORY, LIMIT. */
MUST_USE bool logbook_write(const struct logbook *book, enum logbook_form form, const struct look *look,
                            struct buf *out, struct fault *fault);
/* Static: its name as a file, and its media type with charset. */
const char *logbook_file(enum logbook_form form);
const char *logbook_media_type(enum logbook_form form);
/* The content policy of its pages; in the pen's arena. */
struct slice logbook_policy(struct pen *pen);
/* A step in plain words. Static. */
struct slice logbook_step_words(enum focus_step step);

/* Which of the four parts of effective professional development (EEF, 2021) the log shows signs of, in one sentence: it
 * counts acts, not people. In the pen's arena. */
struct slice logbook_parts_words(struct pen *pen, const struct logbook_part *part);

/* One cell of a CSV line, quoted where it must be, harmless to a spreadsheet. */
void csv_cell(struct buf *out, struct slice text);

#endif
