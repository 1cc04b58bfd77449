#include "base/line.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

struct line_reader line_reader_new(struct slice file, struct slice text, struct problems *problems) {
    if (slice_starts(text, SLICE("\xEF\xBB\xBF"))) text = slice_part(text, 3, text.len);
    return (struct line_reader){.file = file, .text = text, .problems = problems};
}

/* Where the comment starts, or the length of the line. */
static size_t comment_start(struct slice text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '#' || (i > 0 && !is_blank(text.at[i - 1]))) continue;
        if (i + 1 == text.len || is_blank(text.at[i + 1]) || text.at[i + 1] == '#') return i;
    }
    return text.len;
}

static unsigned column_of(struct slice whole, const char *at) {
    return (unsigned)utf8_count(slice_of(whole.at, (size_t)(at - whole.at))) + 1;
}

/* Says what is wrong with the bytes of a line. */
static bool is_readable(struct line_reader *reader, struct place place) {
    if (place.text.len > LIMIT_CONFIG_LINE_BYTES) {
        place.text = (struct slice){NULL, 0};
        problem_add(reader->problems, PROBLEM_ERROR, place, "split it into several lines",
                    "the line is longer than %u bytes", LIMIT_CONFIG_LINE_BYTES);
        return false;
    }
    if (utf8_is_valid(place.text) && slice_find_byte(place.text, '\0', 0) == SLICE_NOT_FOUND) return true;
    place.text = (struct slice){NULL, 0};
    problem_add(reader->problems, PROBLEM_ERROR, place, "save the file as UTF-8 text", "the line is not UTF-8 text");
    return false;
}

bool line_next(struct line_reader *reader, struct line *out) {
    while (!slice_is_absent(reader->text)) {
        struct slice whole = slice_next(&reader->text, '\n');
        if (whole.len > 0 && whole.at[whole.len - 1] == '\r') whole.len--;
        reader->line++;
        struct place place = {.file = reader->file, .line = reader->line, .text = whole};
        struct slice fact = slice_trim(slice_part(whole, 0, comment_start(whole)));
        if (fact.len == 0 || !is_readable(reader, place)) continue;
        size_t end = 0;
        while (end < fact.len && !is_blank(fact.at[end])) end++;
        out->keyword = slice_part(fact, 0, end);
        out->rest = slice_trim(slice_part(fact, end, fact.len));
        place.column = column_of(whole, fact.at);
        place.width = (unsigned)utf8_count(out->keyword);
        out->place = place;
        out->rest_column = column_of(whole, out->rest.at);
        return true;
    }
    return false;
}

struct slice line_word(struct slice *rest) {
    *rest = slice_trim(*rest);
    size_t end = 0;
    while (end < rest->len && !is_blank(rest->at[end])) end++;
    struct slice word = slice_part(*rest, 0, end);
    *rest = slice_trim(slice_part(*rest, end, rest->len));
    return word;
}

struct place line_place_of(const struct line *line, struct slice part) {
    struct place place = line->place;
    place.column = column_of(place.text, part.at);
    place.width = (unsigned)utf8_count(part);
    return place;
}
