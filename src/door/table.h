/* table: rows for a person (aligned columns) or for a program (a JSON array of objects), from the same cells. */
#ifndef DISCERN_DOOR_TABLE_H
#define DISCERN_DOOR_TABLE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"
#include "discern.h"

enum cell_kind { CELL_TEXT, CELL_INT, CELL_REAL, CELL_INSTANT, CELL_YES_NO };

struct cell {
    enum cell_kind kind;
    struct slice text; /* CELL_TEXT: borrowed until the table is written; absent = nothing */
    int64_t number;    /* CELL_INT, CELL_INSTANT (WHEN_ABSENT = nothing), CELL_YES_NO */
    double real;       /* CELL_REAL */
};

#define TABLE_COLUMNS 16

struct table {
    struct arena *arena;         /* borrowed: keeps the rows */
    const char *const *headings; /* what people read; static */
    const char *const *keys;     /* JSON keys; static */
    size_t columns;              /* at most TABLE_COLUMNS */
    struct cell *cells;          /* row by row */
    size_t count, capacity;      /* of rows */
};

struct cell cell_text(struct slice text);
struct cell cell_int(int64_t number);
struct cell cell_real(double real);
struct cell cell_instant(int64_t instant_s);
struct cell cell_yes_no(int64_t yes);

/* Adds a row of table->columns cells (copied; texts stay borrowed). False when out of memory. */
MUST_USE bool table_add(struct table *table, const struct cell *cells);
/* Writes all of it. Text: one line a row, columns aligned by characters, cells wider than 60 cut with "…" but for the
 * last column. JSON: one array. An empty table is "[]" or no line at all. */
void table_write(const struct table *table, enum discern_form form, struct buf *out);

#endif
