/* line: the one line syntax of all configuration and rules. One fact a line: a keyword, blanks, and the rest of the
 * line literally. No quoting, no escapes, indentation is free. A comment is '#' followed by a blank (or nothing, or
 * another
 * '#'), at the start of a line or after a blank: `#RetrievalPractice` is a word. Curly quotes are kept as they are; a
 * byte order mark and CR line ends are dropped. Blocks are the callers' idea: a keyword that opens one. */
#ifndef DISCERN_BASE_LINE_H
#define DISCERN_BASE_LINE_H

#include <stdbool.h>

#include "base/problem.h"
#include "base/slice.h"

struct line {
    struct slice keyword; /* never empty */
    struct slice rest;    /* trimmed, comment taken off; may be empty */
    struct place place;   /* of the keyword; place.text is the whole line */
    unsigned rest_column; /* from 1, in characters */
};

struct line_reader {
    struct slice file; /* name for messages, borrowed */
    struct slice text; /* what is still to be read, borrowed */
    unsigned line;     /* number of the line read last */
    struct problems *problems;
};

/* Reads `text` (borrowed, must outlive the lines). Problems found in the bytes themselves (not UTF-8, NUL, a line
 * longer than LIMIT_CONFIG_LINE_BYTES) are added to `problems` with their place, and the line is passed over. */
struct line_reader line_reader_new(struct slice file, struct slice text, struct problems *problems);
/* The next line that holds a fact. False at the end. The slices are borrowed from the text. */
bool line_next(struct line_reader *reader, struct line *out);
/* Cuts the first word off line->rest (blank separated); empty when there is none. */
struct slice line_word(struct slice *rest);
/* The place of `part`, a slice that lies within the line's text; for a caret under just that part. */
struct place line_place_of(const struct line *line, struct slice part);

#endif
