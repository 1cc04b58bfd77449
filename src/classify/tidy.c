#include "classify/tidy.h"

#include "base/line.h"
#include "base/utf8.h"
#include "classify/rules.h"

#define LABEL_COLUMN 34
#define KEYWORD_WIDTH 9

static bool opens_block(struct slice keyword) {
    for (size_t i = 0; i < BLOCK_KINDS; i++)
        if (slice_equal(keyword, slice_from(block_kind_name((enum block_kind)i)))) return true;
    return false;
}

static bool is_comment(struct slice line) {
    return line.len > 0 && line.at[0] == '#' && (line.len == 1 || line.at[1] == ' ' || line.at[1] == '#');
}

static void add_padded(struct buf *out, struct slice text, size_t width) {
    size_t characters = utf8_count(text);
    buf_add(out, text);
    for (; characters < width; characters++) buf_add_char(out, ' ');
}

static void add_block(struct buf *out, struct slice keyword, struct slice rest) {
    struct slice id = line_word(&rest);
    size_t before = out->len;
    buf_add(out, keyword);
    buf_add_char(out, ' ');
    buf_add(out, id);
    if (slice_is_empty(rest)) return;
    buf_add_char(out, ' ');
    for (size_t width = out->len - before; width < LABEL_COLUMN; width++) buf_add_char(out, ' ');
    buf_add(out, rest);
}

static void add_fact(struct buf *out, struct slice keyword, struct slice rest) {
    buf_add_text(out, "  ");
    if (slice_is_empty(rest)) {
        buf_add(out, keyword);
        return;
    }
    add_padded(out, keyword, KEYWORD_WIDTH);
    buf_add_char(out, ' ');
    buf_add(out, rest);
}

/* Facts of settings are numbers with remarks in columns of their own: they keep their inner blanks. */
static void add_line(struct buf *out, struct slice line, bool indented, bool *in_block) {
    struct slice rest = line, keyword = line_word(&rest);
    rest = slice_trim(rest);
    bool opens = opens_block(keyword) && !(indented && *in_block);
    if (is_comment(line)) {
        buf_add_text(out, indented && *in_block ? "  " : "");
        buf_add(out, line);
    } else if (opens) {
        add_block(out, keyword, rest);
        *in_block = true;
    } else {
        add_fact(out, keyword, rest);
    }
    buf_add_char(out, '\n');
}

void tidy_rules(struct slice text, struct buf *out) {
    bool in_block = false, blank = false, any = false;
    if (slice_starts(text, SLICE("\xEF\xBB\xBF"))) text = slice_part(text, 3, text.len);
    while (!slice_is_absent(text)) {
        struct slice raw = slice_next(&text, '\n'), line = slice_trim(raw);
        bool indented = raw.len > 0 && (raw.at[0] == ' ' || raw.at[0] == '\t');
        if (line.len == 0) {
            blank = any;
            continue;
        }
        if (blank) buf_add_char(out, '\n');
        blank = false;
        any = true;
        add_line(out, line, indented, &in_block);
    }
}
