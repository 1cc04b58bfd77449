/* report_sheet: a table that is read row by row where the screen is too narrow for its columns: each cell bears the
 * words of its column. */
#ifndef DISCERN_RENDER_REPORT_SHEET_H
#define DISCERN_RENDER_REPORT_SHEET_H

#include "render/html.h"
#include "render/safe_url.h"

struct sheet {
    struct html *html;
    const char *const *words; /* of the columns; the first is that of the row's head */
    size_t count, at;         /* columns; the one that comes next */
};

/* Opens the table with its head; words are borrowed. */
struct sheet sheet_begin(struct html *html, const char *const *words, size_t count);
/* A row and its head, as a link when there is an address. */
void sheet_row(struct sheet *sheet, struct slice words, struct safe_url url);
/* A cell of words; or a cell that is open until sheet_cell_end. */
void sheet_cell(struct sheet *sheet, struct slice words);
void sheet_cell_begin(struct sheet *sheet);
void sheet_cell_end(struct sheet *sheet);
void sheet_row_end(struct sheet *sheet);
void sheet_end(struct sheet *sheet);
/* The style that makes it so. Static. */
struct slice sheet_style(void);

#endif
