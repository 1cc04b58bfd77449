/* plain: text from outside without what would do something in place of being read: control characters, bidirectional
 * overrides, invisible tags, towers of combining marks. Every escaper of every format takes its pieces from here. */
#ifndef DISCERN_RENDER_PLAIN_H
#define DISCERN_RENDER_PLAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/slice.h"

enum plain_shape {
    PLAIN_LINE,      /* one line: white space of any kind is one space, none at the ends */
    PLAIN_PARAGRAPHS /* line breaks stay, at most two in a row, none at the ends */
};

struct plain {
    struct slice text;
    enum plain_shape shape;
    size_t at;
    int blanks, breaks; /* seen since the last piece */
    int marks;          /* combining marks in a row */
    bool begun;
};

struct plain plain_of(struct slice text, enum plain_shape shape);
/* The next piece: a run of ordinary characters, " ", "\n" or "\n\n"; valid UTF-8, borrowed or static. False at the end.
 */
bool plain_next(struct plain *plain, struct slice *piece);
/* The whole, appended. */
void plain_add(struct buf *out, struct slice text, enum plain_shape shape);
/* The whole as one line, in arena. */
MUST_USE bool plain_line(struct arena *arena, struct slice text, struct slice *out);

#endif
