#include "door/table.h"

#include <stdio.h>
#include <string.h>

#include "base/jwrite.h"
#include "base/utf8.h"
#include "base/when.h"

#define WIDEST_CELL 60

struct cell cell_text(struct slice text) {
    return (struct cell){.kind = CELL_TEXT, .text = text};
}

struct cell cell_int(int64_t number) {
    return (struct cell){.kind = CELL_INT, .number = number};
}

struct cell cell_real(double real) {
    return (struct cell){.kind = CELL_REAL, .real = real};
}

struct cell cell_instant(int64_t instant_s) {
    return (struct cell){.kind = CELL_INSTANT, .number = instant_s};
}

struct cell cell_yes_no(int64_t yes) {
    return (struct cell){.kind = CELL_YES_NO, .number = yes};
}

bool table_add(struct table *table, const struct cell *cells) {
    size_t row_bytes = table->columns * sizeof *cells;
    struct cell *more = arena_grow(table->arena, table->cells, table->count, &table->capacity, row_bytes);
    if (more == NULL) return false;
    table->cells = more;
    memcpy(more + table->count * table->columns, cells, row_bytes);
    table->count++;
    return true;
}

/* The words of a cell; numbers are written into `scratch`. */
static struct slice words(const struct cell *cell, char scratch[64]) {
    int written = 0;
    switch (cell->kind) {
        case CELL_TEXT: return cell->text;
        case CELL_YES_NO: return cell->number != 0 ? SLICE("yes") : SLICE("no");
        case CELL_INT: written = snprintf(scratch, 64, "%lld", (long long)cell->number); break;
        case CELL_REAL: written = snprintf(scratch, 64, "%.2f", cell->real); break;
        case CELL_INSTANT: {
            char text[WHEN_TEXT_BYTES];
            when_rfc3339(cell->number, text);
            if (text[0] == '\0') return SLICE("");
            written = snprintf(scratch, 64, "%.10s %.5s", text, text + 11);
            break;
        }
    }
    return slice_of(scratch, written < 0 ? 0 : (size_t)written);
}

static struct slice first_line(struct slice text) {
    return slice_part(text, 0, slice_find_byte(text, '\n', 0));
}

static void add_cell(struct buf *out, struct slice text, size_t width, bool last) {
    text = first_line(text);
    size_t count = utf8_count(text);
    if (last) {
        buf_add(out, text);
        return;
    }
    if (count > width) {
        size_t at = 0;
        for (size_t i = 0; i + 1 < width; i++) {
            uint32_t code_point;
            at += utf8_decode(text, at, &code_point);
        }
        buf_add(out, slice_part(text, 0, at));
        buf_add_text(out, "…");
        count = width;
    } else {
        buf_add(out, text);
    }
    for (; count < width + 2; count++) buf_add_char(out, ' ');
}

static void write_text(const struct table *table, struct buf *out) {
    size_t widths[TABLE_COLUMNS] = {0};
    char scratch[64];
    for (size_t c = 0; c < table->columns; c++) {
        widths[c] = strlen(table->headings[c]);
        for (size_t r = 0; r < table->count; r++) {
            size_t width = utf8_count(first_line(words(&table->cells[r * table->columns + c], scratch)));
            if (width > WIDEST_CELL) width = WIDEST_CELL;
            if (width > widths[c]) widths[c] = width;
        }
    }
    if (table->count == 0) return;
    for (size_t c = 0; c < table->columns; c++)
        add_cell(out, slice_from(table->headings[c]), widths[c], c + 1 == table->columns);
    buf_add_char(out, '\n');
    for (size_t r = 0; r < table->count; r++) {
        for (size_t c = 0; c < table->columns; c++)
            add_cell(out, words(&table->cells[r * table->columns + c], scratch), widths[c], c + 1 == table->columns);
        buf_add_char(out, '\n');
    }
}

static void write_json_cell(struct jwrite *json, const struct cell *cell) {
    switch (cell->kind) {
        case CELL_TEXT: jwrite_text_or_null(json, cell->text); break;
        case CELL_INT: jwrite_int(json, cell->number); break;
        case CELL_REAL: jwrite_real(json, cell->real); break;
        case CELL_INSTANT: jwrite_instant(json, cell->number); break;
        case CELL_YES_NO: jwrite_bool(json, cell->number != 0); break;
    }
}

void table_write(const struct table *table, enum discern_form form, struct buf *out) {
    if (form == DISCERN_TEXT) {
        write_text(table, out);
        return;
    }
    struct jwrite json = jwrite_to(out);
    jwrite_array(&json);
    for (size_t r = 0; r < table->count; r++) {
        jwrite_object(&json);
        for (size_t c = 0; c < table->columns; c++) {
            jwrite_key(&json, table->keys[c]);
            write_json_cell(&json, &table->cells[r * table->columns + c]);
        }
        jwrite_end_object(&json);
    }
    jwrite_end_array(&json);
    buf_add_char(out, '\n');
}
