#include "render/wrap.h"

#include <string.h>

#include "base/utf8.h"
#include "render/plain.h"

struct line {
    struct buf *out;
    const char *rest;
    size_t column;
    bool empty; /* no word on it yet */
};

static void add_word(struct line *line, struct slice word) {
    size_t width = utf8_count(word);
    if (!line->empty && line->column + 1 + width > WRAP_COLUMNS) {
        buf_add_char(line->out, '\n');
        buf_add_text(line->out, line->rest);
        line->column = strlen(line->rest);
        line->empty = true;
    }
    if (!line->empty) {
        buf_add_char(line->out, ' ');
        line->column++;
    }
    buf_add(line->out, word);
    line->column += width;
    line->empty = false;
}

void wrap_paragraph(struct buf *out, const char *first, const char *rest, struct slice text) {
    AUTO(buf_free)
    struct buf whole = buf_new(text.len * 3 + 1);
    plain_add(&whole, text, PLAIN_LINE);
    if (buf_failed(&whole)) {
        out->failed = true;
        return;
    }
    struct line line = {.out = out, .rest = rest, .column = strlen(first), .empty = true};
    buf_add_text(out, first);
    struct slice left = buf_slice(&whole);
    while (!slice_is_absent(left)) {
        struct slice word = slice_next(&left, ' ');
        if (word.len > 0) add_word(&line, word);
    }
    buf_add_char(out, '\n');
}

void wrap_rule(struct buf *out, char c) {
    for (int i = 0; i < WRAP_COLUMNS; i++) buf_add_char(out, c);
    buf_add_char(out, '\n');
}
