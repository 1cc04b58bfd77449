#include "base/limits.h"
#include "parse/page_sheet.h"

/* Words of the text that a box beside it says once more, in large letters. */

#define QUOTE_CHARS 320u
#define QUOTE_WORDS 5u
#define PARA_CHARS 10000u
#define QUOTES 24u /* looked at on a page: each is looked for in the whole text */

static bool is_set_apart(const struct page_sheet *sheet, uint32_t node) {
    const struct slice quote = SLICE("quot");
    for (unsigned up = 0; node != 0 && node != sheet->root && up < 4; up++, node = sheet->tree.at[node].parent) {
        const struct html_node *at = &sheet->tree.at[node];
        if (at->name == HTML_E_BLOCKQUOTE || slice_find_nocase(at->classes, quote, 0) != SLICE_NOT_FOUND) return true;
    }
    return false;
}

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* From its first letter to its last: the marks around it may differ. */
static struct slice bare(struct slice words) {
    while (words.len > 0 && !is_word_byte(words.at[0])) words = slice_part(words, 1, words.len);
    while (words.len > 0 && !is_word_byte(words.at[words.len - 1])) words.len--;
    return words;
}

/* Every kept paragraph that is not set apart itself. */
static void write_text(const struct page_sheet *sheet, struct buf *text) {
    for (size_t i = 0; i < sheet->block_count && text->len < LIMIT_PAGE_TEXT_BYTES / 2; i++) {
        const struct page_block *block = &sheet->blocks[i];
        if (!block->keep || !block->prose || block->chars > PARA_CHARS || is_set_apart(sheet, block->home)) continue;
        page_write_nodes(sheet, block->first, block->last, text);
        buf_add_char(text, '\n');
    }
}

bool page_quotes_drop(struct page_sheet *sheet, struct fault *fault) {
    AUTO(buf_free)
    struct buf text = buf_new(LIMIT_PAGE_TEXT_BYTES * 4);
    AUTO(buf_free)
    struct buf words = buf_new(LIMIT_FIELD_BYTES);
    size_t looked_at = 0;
    for (size_t i = 0; i < sheet->block_count && looked_at < QUOTES; i++) {
        struct page_block *block = &sheet->blocks[i];
        if (!block->keep || block->chars > QUOTE_CHARS || block->words < QUOTE_WORDS) continue;
        if (!is_set_apart(sheet, block->home)) continue;
        if (looked_at++ == 0) write_text(sheet, &text);
        buf_clear(&words);
        page_write_nodes(sheet, block->first, block->last, &words);
        struct slice said = bare(buf_slice(&words));
        if (said.len > 0 && slice_find(buf_slice(&text), said, 0) != SLICE_NOT_FOUND) block->keep = false;
    }
    return !(buf_failed(&text) || buf_failed(&words)) || fault_memory(fault);
}
