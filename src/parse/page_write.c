#include "base/limits.h"
#include "base/utf8.h"
#include "parse/entity.h"
#include "parse/mojibake.h"
#include "parse/page_sheet.h"

/* Text is collected with what is owed before the next word, so that gaps never double. */
struct pen {
    struct buf *out;
    const char *owed; /* "" = nothing */
    bool preformatted;
};

static void put(struct pen *pen, const char *at, size_t len) {
    if (pen->owed[0] != '\0') buf_add_text(pen->out, pen->owed);
    pen->owed = "";
    buf_add(pen->out, slice_of(at, len));
}

static void put_space(struct pen *pen, char c) {
    if (pen->preformatted && c == '\n') pen->owed = "\n";
    else if (pen->preformatted && pen->owed[0] == '\n') put(pen, " ", 1);
    else if (pen->owed[0] == '\0') pen->owed = " ";
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t put_entity(struct pen *pen, struct slice text, size_t at) {
    uint32_t code_point;
    char bytes[4];
    size_t len = entity_read(text, at, &code_point);
    if (len == 0) {
        put(pen, "&", 1);
        return 1;
    }
    if (code_point == 0xA0 || code_point == ' ' || (code_point >= '\t' && code_point <= '\r')) put_space(pen, ' ');
    else if (code_point == 0x200B || code_point == 0xAD || code_point < ' ' || code_point == 0x7f) return len;
    else put(pen, bytes, utf8_encode(code_point, bytes));
    return len;
}

/* The no-break space is a blank; the zero-width one and the soft hyphen are nothing. */
static size_t special_bytes(struct pen *pen, struct slice text, size_t at) {
    const char *c = text.at + at;
    size_t left = text.len - at;
    if (left >= 2 && c[0] == '\xC2' && c[1] == '\xA0') {
        put_space(pen, ' ');
        return 2;
    }
    if (left >= 2 && c[0] == '\xC2' && c[1] == '\xAD') return 2;
    if (left >= 3 && c[0] == '\xE2' && c[1] == '\x80' && c[2] == '\x8B') return 3;
    return 0;
}

static void put_text(struct pen *pen, struct slice text) {
    size_t at = 0;
    while (at < text.len) {
        char c = text.at[at];
        size_t special;
        if (is_space(c)) {
            put_space(pen, c);
            at++;
        } else if (c == '&') {
            at += put_entity(pen, text, at);
        } else if ((c == '\xC2' || c == '\xE2') && (special = special_bytes(pen, text, at)) > 0) {
            at += special;
        } else {
            size_t start = at++;
            while (at < text.len && !is_space(text.at[at]) && text.at[at] != '&' && text.at[at] != '\xC2' &&
                   text.at[at] != '\xE2')
                at++;
            put(pen, text.at + start, at - start);
        }
    }
}

static bool is_plain_inline(enum html_name name) {
    return name == HTML_E_SPAN || name == HTML_E_A || name == HTML_E_TIME || name == HTML_E_OTHER ||
           name == HTML_E_LABEL;
}

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

/* <span>By</span><span>Ann Lee</span>: style sheets set them apart where the page has no blank. A capital or a digit
 * that follows a letter shows it; "<span>D</span>ear" stays one word. */
static bool runs_together(const struct page_sheet *sheet, uint32_t node, char last) {
    const struct html_node *at = &sheet->tree.at[node];
    char first = at->inside.at[0];
    bool starts = (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9');
    if (!starts || !is_word_byte(last) || at->gap) return false;
    return is_plain_inline((enum html_name)sheet->tree.at[at->parent].name) &&
           sheet->tree.at[node - 1].name != HTML_E_TEXT;
}

static char last_of(const struct pen *pen) {
    return pen->out->len == 0 || pen->owed[0] != '\0' ? ' ' : pen->out->at[pen->out->len - 1];
}

static void put_nodes(const struct page_sheet *sheet, uint32_t first, uint32_t last, struct pen *pen) {
    for (uint32_t i = first; i <= last; i++) {
        const struct html_node *node = &sheet->tree.at[i];
        if (i > first && node->gap) put_space(pen, ' ');
        if (node->name == HTML_E_BR && i > first) pen->owed = "\n";
        if (node->name != HTML_E_TEXT || sheet->marks[node->parent].dropped) continue;
        if (i > first && runs_together(sheet, i, last_of(pen))) put_space(pen, ' ');
        put_text(pen, node->inside);
    }
}

void page_write_nodes(const struct page_sheet *sheet, uint32_t first, uint32_t last, struct buf *out) {
    struct pen pen = {.out = out, .owed = ""};
    size_t start = out->len;
    for (uint32_t i = first; i <= last; i++) {
        const struct html_node *node = &sheet->tree.at[i];
        if (out->len > start && (node->gap || node->name == HTML_E_BR)) put_space(&pen, ' ');
        if (node->name != HTML_E_TEXT) continue;
        if (out->len > start && runs_together(sheet, i, last_of(&pen))) put_space(&pen, ' ');
        put_text(&pen, node->inside);
    }
}

/* The element around `node` called `name`, 0 = none. */
static uint32_t around(const struct page_sheet *sheet, uint32_t node, enum html_name name) {
    for (unsigned depth = 0; node != 0 && depth < 6; depth++, node = sheet->tree.at[node].parent)
        if (sheet->tree.at[node].name == name) return node;
    return 0;
}

/* What stands between two kept blocks: cells of a row in one line, rows and items in lines of their own. */
static const char *between(const struct page_sheet *sheet, const struct page_block *before,
                           const struct page_block *block) {
    uint32_t row = around(sheet, block->home, HTML_E_TR);
    if (row != 0 && row == around(sheet, before->home, HTML_E_TR)) return " | ";
    if (row != 0 && around(sheet, before->home, HTML_E_TR) != 0) return "\n";
    bool item = sheet->tree.at[block->home].name == HTML_E_LI;
    if (item && sheet->tree.at[before->home].name == HTML_E_LI) return "\n";
    return "\n\n";
}

/* Words that were encoded twice are put right paragraph by paragraph. */
static void mend(struct buf *scratch, struct buf *out, size_t from) {
    buf_clear(scratch);
    buf_add(scratch, slice_part(buf_slice(out), from, out->len));
    if (buf_failed(scratch) || !mojibake_undo(scratch)) return;
    buf_cut(out, from);
    buf_add(out, buf_slice(scratch));
}

void page_write(const struct page_sheet *sheet, struct buf *out) {
    AUTO(buf_free)
    struct buf scratch = buf_new(LIMIT_PAGE_TEXT_BYTES);
    const struct page_block *before = NULL;
    for (size_t i = 0; i < sheet->block_count; i++) {
        const struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        struct pen pen = {.out = out, .owed = before == NULL ? "" : between(sheet, before, block)};
        pen.preformatted = around(sheet, block->home, HTML_E_PRE) != 0;
        size_t len = out->len;
        if (sheet->tree.at[block->home].name == HTML_E_LI) put(&pen, "- ", 2);
        put_nodes(sheet, block->first, block->last, &pen);
        if (out->len > len) mend(&scratch, out, len);
        if (out->len > len) before = block;
    }
}
