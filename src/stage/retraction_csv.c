#include "stage/retraction_csv.h"

#include "base/when.h"

#define CELLS_MOST 64

enum column { PAPER, NOTICE, NATURE, REASON, DATE, COLUMN_COUNT };

struct row {
    struct slice cells[CELLS_MOST]; /* quotes taken off; doubled quotes inside stay doubled but in the few we read */
    size_t count;
};

/* One cell off *rest; *end says that the row ends behind it. */
static struct slice next_cell(struct slice *rest, bool *end) {
    size_t at = 0;
    bool quoted = rest->len > 0 && rest->at[0] == '"';
    if (quoted)
        for (at = 1; at < rest->len; at++) {
            if (rest->at[at] != '"') continue;
            if (at + 1 < rest->len && rest->at[at + 1] == '"') at++;
            else break;
        }
    struct slice cell = quoted ? slice_part(*rest, 1, at) : (struct slice){NULL, 0};
    size_t start = quoted ? at + 1 : 0;
    while (start < rest->len && rest->at[start] != ',' && rest->at[start] != '\n') start++;
    if (!quoted) cell = slice_part(*rest, 0, start);
    *end = start >= rest->len || rest->at[start] == '\n';
    *rest = slice_part(*rest, start + 1, rest->len);
    return slice_trim(cell);
}

static bool next_row(struct slice *rest, struct row *row) {
    row->count = 0;
    if (slice_is_empty(*rest)) return false;
    for (bool end = false; !end;) {
        struct slice cell = next_cell(rest, &end);
        if (row->count < CELLS_MOST) row->cells[row->count++] = cell;
    }
    return true;
}

static struct slice cell_at(const struct row *row, size_t index) {
    return index < row->count ? row->cells[index] : (struct slice){NULL, 0};
}

static bool find_columns(const struct row *heading, size_t columns[COLUMN_COUNT], struct fault *fault) {
    static const char *const names[] = {"OriginalPaperDOI", "RetractionDOI", "RetractionNature", "Reason",
                                        "RetractionDate"};
    for (size_t c = 0; c < COLUMN_COUNT; c++) {
        columns[c] = CELLS_MOST;
        for (size_t i = 0; i < heading->count; i++)
            if (slice_equal_nocase(heading->cells[i], slice_from(names[c]))) columns[c] = i;
        if (columns[c] == CELLS_MOST && c <= NATURE)
            return fault_set(fault, FAULT_INPUT, "the list of retractions has no column '%s'", names[c]);
    }
    return true;
}

/* "2/27/2020 0:00": month, day, year, as the list writes it. */
static int64_t date_of(struct slice text) {
    struct slice rest = slice_part(text, 0, slice_find_byte(text, ' ', 0));
    long long month, day, year;
    if (!slice_to_int64(slice_next(&rest, '/'), &month) || !slice_to_int64(slice_next(&rest, '/'), &day) ||
        !slice_to_int64(rest, &year))
        return WHEN_ABSENT;
    struct civil civil = {.year = (int)year, .month = (int)month, .day = (int)day};
    return when_civil_holds(civil) ? when_from_civil(civil) : WHEN_ABSENT;
}

static enum work_notice notice_of(struct slice nature) {
    if (slice_equal_nocase(nature, SLICE("Retraction"))) return WORK_RETRACTED;
    if (slice_equal_nocase(nature, SLICE("Expression of concern"))) return WORK_CONCERN;
    if (slice_equal_nocase(nature, SLICE("Correction"))) return WORK_CORRECTED;
    return WORK_NO_NOTICE; /* reinstatements and what is to come */
}

static bool lower_doi(struct arena *arena, struct slice doi, struct slice *out) {
    char *text = arena_text(arena, doi);
    if (text == NULL) return false;
    for (size_t i = 0; i < doi.len; i++)
        if (text[i] >= 'A' && text[i] <= 'Z') text[i] = (char)(text[i] + 32);
    *out = slice_of(text, doi.len);
    return true;
}

bool retraction_csv_keep(struct store *store, struct slice text, struct arena *arena, int64_t *kept,
                         struct fault *fault) {
    struct row row;
    size_t columns[COLUMN_COUNT] = {0};
    if (slice_starts(text, SLICE("\xEF\xBB\xBF"))) text = slice_part(text, 3, text.len);
    if (!next_row(&text, &row)) return fault_set(fault, FAULT_INPUT, "the list of retractions is empty");
    if (!find_columns(&row, columns, fault)) return false;
    while (next_row(&text, &row)) {
        struct slice doi = cell_at(&row, columns[PAPER]);
        struct retraction retraction = {.notice = notice_of(cell_at(&row, columns[NATURE])),
                                        .notice_id = cell_at(&row, columns[NOTICE]),
                                        .reason = cell_at(&row, columns[REASON]),
                                        .date_s = date_of(cell_at(&row, columns[DATE]))};
        if (!slice_starts(doi, SLICE("10.")) || retraction.notice == WORK_NO_NOTICE) continue;
        arena_reset(arena);
        if (!lower_doi(arena, doi, &retraction.id)) return fault_memory(fault);
        if (!retractions_put(store, &retraction, fault)) return false;
        (*kept)++;
    }
    return true;
}
