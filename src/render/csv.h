/* csv: comma-separated values after RFC 4180 for spreadsheets. What a spreadsheet would take for a formula is written
 * as text: text from outside must never be carried out. */
#ifndef DISCERN_RENDER_CSV_H
#define DISCERN_RENDER_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct csv {
    struct buf *out; /* borrowed; its failure is the writer's */
    bool comma;      /* a cell stands in this row */
};

struct csv csv_to(struct buf *out);
/* One cell as one line of plain text, quoted where it must be. An apostrophe goes before text that begins with one of
 * = + - @ (also in their wide forms) or a control character. Absent = an empty cell. */
void csv_text(struct csv *csv, struct slice text);
void csv_int(struct csv *csv, int64_t value);
/* With one decimal. */
void csv_real(struct csv *csv, double value);
void csv_empty(struct csv *csv);
/* Ends the row. */
void csv_end(struct csv *csv);

#endif
