#include <string.h>

#include "base/limits.h"
#include "parse/html_text.h"
#include "parse/meta.h"
#include "parse/meta_date.h"
#include "parse/meta_name.h"
#include "parse/page_words.h"

/* A line under the title that names the author or the date is short, and stands near it. */
#define LINE_BYTES 100u
#define LINES_BEFORE 8u
#define LINES_AFTER 25u
/* So near to it, a date is the text's own. */
#define BY_TITLE 4u

static bool line_of(const struct page_sheet *sheet, const struct page_block *block, struct slice *out) {
    AUTO(buf_free)
    struct buf words = buf_new(LIMIT_FIELD_BYTES);
    *out = (struct slice){NULL, 0};
    if (block->chars > LINE_BYTES || block->last - block->first > 40) return true;
    page_write_nodes(sheet, block->first, block->last, &words);
    return words.len == 0 || words.len > LINE_BYTES || arena_copy(sheet->arena, buf_slice(&words), out);
}

static bool is_beside(const struct page_sheet *sheet, uint32_t node) {
    const unsigned beside = PAGE_W_RELATED | PAGE_W_COMMENT | PAGE_W_NAV | PAGE_W_FOOTER;
    for (unsigned up = 0; node != 0 && up < 8; up++, node = sheet->tree.at[node].parent)
        if ((sheet->marks[node].words & beside) != 0 || sheet->tree.at[node].name == HTML_E_NAV) return true;
    return false;
}

/* The place of the first <h1> among the blocks, else of the first block of the text. */
static size_t title_place(const struct page_sheet *sheet) {
    size_t first = 0;
    for (size_t i = sheet->block_count; i > 0; i--)
        if (sheet->blocks[i - 1].keep) first = i - 1;
    for (size_t i = 0; i < sheet->block_count; i++)
        if (sheet->tree.at[sheet->blocks[i].home].name == HTML_E_H1) return i;
    return first;
}

/* ---- dates ---- */

struct lead {
    const char *words; /* lower case */
    bool updated;
};

static const struct lead date_leads[] = {
    {"last updated on", true},
    {"last updated:", true},
    {"last updated", true},
    {"last modified:", true},
    {"last modified on", true},
    {"updated on", true},
    {"updated:", true},
    {"updated", true},
    {"first published on", false},
    {"first published:", false},
    {"first published", false},
    {"published on", false},
    {"published:", false},
    {"published", false},
    {"posted on", false},
    {"posted:", false},
    {"posted", false},
    {"publication date:", false},
    {"publish date:", false},
    {"release date:", false},
    {"created:", false},
    {"issued on:", false},
    {"issued on", false},
    {"submitted by", false},
    {"date:", false},
    {"on ", false},
};

static struct slice take_lead(struct slice text, bool *updated) {
    *updated = false;
    text = slice_trim(text);
    for (size_t i = 0; i < COUNT_OF(date_leads); i++) {
        struct slice lead = slice_from(date_leads[i].words);
        if (!slice_starts_nocase(text, lead)) continue;
        *updated = date_leads[i].updated;
        return slice_trim(slice_part(text, lead.len, text.len));
    }
    return text;
}

/* The next part of "By Ann Lee | March 3, 2026 · 5 min read". */
static struct slice next_part(struct slice *rest) {
    static const char *const marks[] = {"|",  "\xC2\xB7", "\xE2\x80\xA2", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                        " / "};
    size_t best = SLICE_NOT_FOUND, skip = 0;
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        size_t at = slice_find(*rest, slice_from(marks[i]), 0);
        if (at == SLICE_NOT_FOUND || at >= best) continue;
        best = at;
        skip = strlen(marks[i]);
    }
    struct slice part = slice_trim(slice_part(*rest, 0, best));
    *rest = best == SLICE_NOT_FOUND ? (struct slice){NULL, 0} : slice_part(*rest, best + skip, rest->len);
    return part;
}

static bool holds_year(struct slice text) {
    for (size_t i = 0; i + 3 < text.len; i++) {
        const char *c = text.at + i;
        if ((c[0] == '2' && c[1] == '0') || (c[0] == '1' && c[1] == '9'))
            if (c[2] >= '0' && c[2] <= '9' && c[3] >= '0' && c[3] <= '9') return true;
    }
    return false;
}

/* A bare year is a year in a heading as often as a date. */
static bool is_date(struct slice part, enum date_order order) {
    struct date_reading reading;
    return part.len >= 7 && part.len <= 40 && holds_year(part) && date_read(part, order, &reading);
}

static bool read_dates(const struct page_sheet *sheet, struct meta_facts *facts, struct slice line, bool by_title) {
    while (!slice_is_absent(line)) {
        bool updated;
        struct slice day, part = take_lead(next_part(&line), &updated);
        if (!is_date(part, facts->date_order)) continue;
        if (!meta_date_say(sheet->arena, facts->date_order, part, &day)) return false;
        meta_put(updated ? &facts->modified : &facts->published, day, META_PAGE + 1, "text");
        /* What must be guessed contradicts nothing. */
        if (!updated && by_title && is_date(part, DATE_ORDER_UNKNOWN)) meta_put(&facts->shown, day, META_PAGE, "text");
    }
    return true;
}

/* ---- bylines ---- */

static struct slice name_in(struct slice line) {
    static const char *const leads[] = {"by",       "written by", "author",   "authors",
                                        "words by", "posted by",  "story by", "contributors"};
    for (size_t i = COUNT_OF(leads); i > 0; i--) {
        struct slice lead = slice_from(leads[i - 1]);
        if (!slice_starts_nocase(line, lead) || line.len == lead.len) continue;
        struct slice rest = slice_part(line, lead.len, line.len);
        if (rest.at[0] != ' ' && rest.at[0] != ':') continue;
        if (rest.at[0] == ':') rest = slice_part(rest, 1, rest.len);
        rest = slice_trim(rest);
        if (meta_name_starts(rest)) return rest;
    }
    return (struct slice){NULL, 0};
}

/* "Dec 26, 2025 . Ann Lee in Planning": a name that stands beside a date needs no "by". */
static struct slice name_beside_date(struct slice line, enum date_order order) {
    struct slice name = {NULL, 0};
    bool dated = false, updated;
    while (!slice_is_absent(line)) {
        struct slice part = next_part(&line), cut = meta_name(part);
        if (is_date(take_lead(part, &updated), order)) dated = true;
        else if (slice_is_absent(name) && meta_name_is_likely(cut)) name = cut;
    }
    return dated ? name : (struct slice){NULL, 0};
}

static bool read_byline(const struct page_sheet *sheet, struct meta_facts *facts, struct slice line, bool by_title) {
    struct slice rest = name_in(line), name = name_beside_date(line, facts->date_order);
    int rank = slice_is_absent(rest) ? META_PAGE + 5 : META_PAGE + 4;
    bool said = !slice_is_absent(rest);
    if (said) name = next_part(&rest);
    if (said && name.len <= 60 && !slice_is_empty(meta_name(name))) meta_hear(&facts->author_voices, name, "text");
    if (by_title && said && meta_name_is_likely(meta_name(name)))
        meta_put(&facts->byline, meta_name(name), META_PAGE, "text");
    return facts->authors_rank != 0 || slice_is_empty(name) || name.len > 60 ||
           meta_put_author(sheet->arena, facts, name, rank, "text");
}

static bool read_line(const struct page_sheet *sheet, size_t at, size_t title, struct meta_facts *facts) {
    const struct page_block *block = &sheet->blocks[at];
    struct slice line;
    if (block->prose || is_beside(sheet, block->home)) return true;
    if (!line_of(sheet, block, &line)) return false;
    if (slice_is_empty(line)) return true;
    bool by_title = at > title && at - title <= BY_TITLE;
    return read_dates(sheet, facts, line, by_title) && read_byline(sheet, facts, line, by_title);
}

bool meta_read_lines(const struct page_sheet *sheet, struct meta_facts *facts) {
    size_t title = title_place(sheet), end = title + LINES_AFTER;
    if (sheet->block_count == 0) return true;
    if (end > sheet->block_count) end = sheet->block_count;
    for (size_t i = title; i < end; i++)
        if (!read_line(sheet, i, title, facts)) return false;
    for (size_t i = title; i > 0 && title - i < LINES_BEFORE; i--)
        if (!read_line(sheet, i - 1, title, facts)) return false;
    return true;
}
