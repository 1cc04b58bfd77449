#include "parse/pdf_day.h"

#include "base/attr.h"
#include "base/when.h"
#include "parse/date.h"

/* A title page is short, and so is a line with a date. */
#define LINES 60u
#define LINE_BYTES 48u
#define EARLIEST_S 0 /* 1970: an earlier year on a line is more often a part of the title */

static struct slice without_lead(struct slice line) {
    static const char *const leads[] = {
        "first published", "published", "publication date", "date", "\xC2\xA9", "in ", "on "};
    line = slice_trim(line);
    for (size_t i = 0; i < COUNT_OF(leads); i++) {
        if (!slice_starts_nocase(line, slice_from(leads[i]))) continue;
        line = slice_trim(slice_part(line, slice_from(leads[i]).len, line.len));
        if (slice_starts(line, SLICE(":"))) line = slice_trim(slice_part(line, 1, line.len));
    }
    return line;
}

static bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* "March", "Mar", the "th" of "4th". */
static bool belongs_to_date(struct slice word) {
    static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
    static const char *const others[] = {"st", "nd", "rd", "th", "of", "sept"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (slice_equal_nocase(word, slice_from(others[i]))) return true;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct slice name = slice_from(names[i]);
        if (slice_equal_nocase(word, name) || slice_equal_nocase(word, slice_part(name, 0, 3))) return true;
    }
    return false;
}

/* A date in a sentence is the sentence's. */
static bool is_only_date(struct slice line) {
    for (size_t at = 0; at < line.len;) {
        size_t start = at;
        while (at < line.len && is_letter(line.at[at])) at++;
        if (at > start && !belongs_to_date(slice_part(line, start, at))) return false;
        if (at == start) at++;
    }
    return true;
}

static struct pdf_day day_in(struct slice line) {
    struct pdf_day day = {PDF_NO_DAY, WHEN_ABSENT};
    size_t digits = 0;
    for (size_t i = 0; i < line.len; i++) digits += line.at[i] >= '0' && line.at[i] <= '9';
    bool year = line.len == 4 && digits == 4 && (slice_starts(line, SLICE("19")) || slice_starts(line, SLICE("20")));
    if (line.len > LINE_BYTES || digits < 4 || (line.len < 8 && !year) || !is_only_date(line)) return day;
    if (!date_parse(line, &day.first_s) || day.first_s < EARLIEST_S) return (struct pdf_day){PDF_NO_DAY, WHEN_ABSENT};
    day.part = year ? PDF_YEAR : digits == 4 ? PDF_MONTH : PDF_DAY;
    return day;
}

struct pdf_day pdf_day_read(struct slice first_page) {
    struct pdf_day best = {PDF_NO_DAY, WHEN_ABSENT};
    struct slice rest = first_page;
    for (unsigned lines = 0; lines < LINES && !slice_is_absent(rest); lines++) {
        struct pdf_day day = day_in(without_lead(slice_next(&rest, '\n')));
        if (day.part > best.part) best = day;
    }
    return best;
}

bool pdf_day_holds(const struct pdf_day *day, int64_t when) {
    if (day->part == PDF_NO_DAY) return false;
    struct civil shown = when_to_civil(day->first_s), other = when_to_civil(when);
    if (shown.year != other.year) return false;
    if (day->part == PDF_YEAR) return true;
    return shown.month == other.month && (day->part == PDF_MONTH || shown.day == other.day);
}
