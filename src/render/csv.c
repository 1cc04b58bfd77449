#include "render/csv.h"

#include <string.h>

#include "base/attr.h"
#include "render/plain.h"

struct csv csv_to(struct buf *out) {
    return (struct csv){.out = out};
}

static void begin_cell(struct csv *csv) {
    if (csv->comma) buf_add_char(csv->out, ',');
    csv->comma = true;
}

/* Also U+FF1D, U+FF0B, U+FF0D and U+FF20, which spreadsheets read like the narrow ones. */
static bool is_formula(struct slice text) {
    static const char *const starts[] = {"=",           "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                         "\xEF\xBC\xA0"};
    if (text.len > 0 && (unsigned char)text.at[0] < ' ') return true;
    for (size_t i = 0; i < COUNT_OF(starts); i++)
        if (slice_starts(text, slice_from(starts[i]))) return true;
    return false;
}

void csv_text(struct csv *csv, struct slice text) {
    begin_cell(csv);
    bool begun = false;
    struct plain plain = plain_of(text, PLAIN_LINE);
    struct slice piece;
    while (plain_next(&plain, &piece)) {
        if (!begun) buf_add_text(csv->out, is_formula(piece) ? "\"'" : "\"");
        begun = true;
        for (size_t i = 0; i < piece.len; i++) {
            if (piece.at[i] == '"') buf_add_char(csv->out, '"');
            buf_add_char(csv->out, piece.at[i]);
        }
    }
    if (begun) buf_add_char(csv->out, '"');
}

void csv_int(struct csv *csv, int64_t value) {
    begin_cell(csv);
    buf_printf(csv->out, "%lld", (long long)value);
}

void csv_real(struct csv *csv, double value) {
    begin_cell(csv);
    buf_printf(csv->out, "%.1f", value);
}

void csv_empty(struct csv *csv) {
    begin_cell(csv);
}

void csv_end(struct csv *csv) {
    buf_add_text(csv->out, "\r\n");
    csv->comma = false;
}
