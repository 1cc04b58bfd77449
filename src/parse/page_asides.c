#include <string.h>

#include "base/limits.h"
#include "parse/page_line.h"
#include "parse/page_sheet.h"

/* Longer paragraphs than this say something of their own, whatever they begin with. */
#define NOTE_CHARS 450u
#define LINE_CHARS 110u

static bool holds(struct slice text, const char *words) {
    return slice_find_nocase(text, slice_from(words), 0) != SLICE_NOT_FOUND;
}

#define SHOUT_WORDS 4u

/* A line that is one link in capitals throughout shouts from one article into another. */
static bool shouts(const struct page_sheet *sheet, struct slice text, const struct page_block *block) {
    if (sheet->tree.at[block->home].name != HTML_E_P) return false;
    if (block->links != 1 || block->link_chars * 10 < block->chars * 9 || block->words < SHOUT_WORDS) return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] >= 'a' && text.at[i] <= 'z') return false;
    return true;
}

/* Who earns by the links, who owns the words. */
static bool is_legal_note(struct slice text) {
    if (holds(text, "affiliate") && (holds(text, "commission") || holds(text, "link") || holds(text, "earn")))
        return true;
    return holds(text, "all rights reserved") || slice_starts(text, SLICE("\xC2\xA9")) ||
           slice_starts_nocase(text, SLICE("copyright \xC2\xA9"));
}

/* The element around `node` that holds code, 0 = none. */
static uint32_t code_around(const struct page_sheet *sheet, uint32_t node) {
    uint32_t code = 0;
    for (unsigned up = 0; node != 0 && up < 8; up++, node = sheet->tree.at[node].parent) {
        if (sheet->tree.at[node].name == HTML_E_PRE) return node;
        if (sheet->tree.at[node].name == HTML_E_CODE && up < 4) code = node;
    }
    return code;
}

/* So much of it tells what it is; one in so many of a program's characters is a sign. */
#define CODE_BYTES 512u
#define CODE_SIGNS 14u

/* What was made out last: a listing can be one <pre> of as many blocks as it has lines. */
struct listing {
    uint32_t pre;
    bool is_program;
};

static bool reads_like_program(const struct page_sheet *sheet, uint32_t pre) {
    size_t signs = 0, chars = 0;
    for (uint32_t i = pre; i < sheet->tree.at[pre].end && chars < CODE_BYTES; i++) {
        struct slice text = sheet->tree.at[i].inside;
        for (size_t k = 0; sheet->tree.at[i].name == HTML_E_TEXT && k < text.len && chars < CODE_BYTES; k++) {
            if (text.at[k] <= ' ' && (unsigned char)text.at[k] < 0x80) continue;
            chars++;
            signs += strchr("{}()[]<>;=$#|\\/_*&@^~`\"", text.at[k]) != NULL;
        }
    }
    return signs * CODE_SIGNS >= chars;
}

/* What a machine reads, shown in an article: no words of it. Documentation, which is there to show code, does not call
 * itself an article. */
static bool is_program(const struct page_sheet *sheet, uint32_t node, struct listing *last) {
    if (sheet->type != PAGE_ARTICLE || !sheet->type_is_said) return false;
    uint32_t pre = code_around(sheet, node);
    if (pre == 0 || sheet->tree.at[pre].name != HTML_E_PRE) return false;
    if (pre != last->pre) *last = (struct listing){pre, reads_like_program(sheet, pre)};
    return last->is_program;
}

/* Settings for a script, left in the page as text. */
static bool is_data(const struct page_sheet *sheet, const struct page_block *block) {
    struct slice text = sheet->tree.at[block->first].inside;
    if (!slice_starts(text, SLICE("{\"")) && !slice_starts(text, SLICE("[{\"")) &&
        !slice_starts(text, SLICE("{&quot;")))
        return false;
    return code_around(sheet, block->home) == 0;
}

/* A heading that is no link: the text goes on with it. */
static bool heads(const struct page_sheet *sheet, const struct page_block *block) {
    unsigned name = sheet->tree.at[block->home].name;
    return block->keep && name >= HTML_E_H1 && name <= HTML_E_H3 && block->link_chars * 2 < block->chars;
}

/* Most of the text must stand before such a heading, or it is one of the text's own. */
#define HEAD_CHARS 60u
#define PART_BEFORE 60u /* hundredths */
#define LEAST_BEFORE 500u

/* Paragraphs of the text itself are longer than those on cards; one alone may tell of the author. */
#define OWN_CHARS 250u
#define OWN_PARAS 2u

static bool is_own(const struct page_block *block) {
    return block->keep && block->prose && block->chars >= OWN_CHARS && block->link_chars * 4 < block->chars;
}

/* `own`: paragraphs of the text itself that are still to come. */
static void drop_from(struct page_sheet *sheet, size_t head, size_t own) {
    for (size_t i = head; i < sheet->block_count; i++) {
        if (own >= OWN_PARAS && i > head && (is_own(&sheet->blocks[i]) || heads(sheet, &sheet->blocks[i]))) return;
        sheet->blocks[i].keep = false;
    }
}

static void drop_tail(struct page_sheet *sheet, struct buf *words) {
    uint32_t all = 0, before = 0;
    size_t own = 0;
    for (size_t i = 0; i < sheet->block_count; i++) {
        if (sheet->blocks[i].keep && sheet->blocks[i].prose) all += sheet->blocks[i].chars;
        own += is_own(&sheet->blocks[i]);
    }
    for (size_t i = 0; i < sheet->block_count; i++) {
        const struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        own -= is_own(block);
        if (block->prose) before += block->chars;
        if (block->chars > HEAD_CHARS || before < LEAST_BEFORE || (uint64_t)before * 100 < (uint64_t)all * PART_BEFORE)
            continue;
        buf_clear(words);
        page_write_nodes(sheet, block->first, block->last, words);
        if (page_line_ends_text(buf_slice(words))) drop_from(sheet, i, own);
    }
}

/* When an entry of a running report was written. In a table, it is a time told. */
static bool is_clock(const struct page_sheet *sheet, struct slice text, const struct page_block *block) {
    enum html_name home = (enum html_name)sheet->tree.at[block->home].name;
    return home != HTML_E_TD && home != HTML_E_TH && home != HTML_E_LI && page_line_is_clock(text);
}

static bool points_elsewhere(struct slice text, const struct page_block *block) {
    return block->links > 0 && block->link_chars * 5 > block->chars * 2 && page_line_points(text);
}

static bool is_button(struct slice text, const struct page_block *block) {
    return block->link_chars == block->chars && page_line_is_button(text);
}

/* A line that is no part of what the text tells. The head of contents is one, since its list is gone already. */
static bool says_nothing(const struct page_sheet *sheet, struct slice text, const struct page_block *block) {
    if (page_line_is_label(text) || page_line_heads_contents(text) || points_elsewhere(text, block)) return true;
    return sheet->type == PAGE_ARTICLE &&
           (is_button(text, block) || shouts(sheet, text, block) || is_clock(sheet, text, block));
}

bool page_asides_drop(struct page_sheet *sheet, struct fault *fault) {
    AUTO(buf_free)
    struct buf words = buf_new(LIMIT_FIELD_BYTES);
    struct listing last = {0};
    for (size_t i = 0; i < sheet->block_count; i++) {
        struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        if (is_data(sheet, block) || is_program(sheet, block->home, &last)) block->keep = false;
        if (!block->keep || block->chars > NOTE_CHARS || block->last - block->first > 60) continue;
        buf_clear(&words);
        page_write_nodes(sheet, block->first, block->last, &words);
        struct slice text = buf_slice(&words);
        bool line = block->chars <= LINE_CHARS;
        if (is_legal_note(text)) block->keep = false;
        if (line && says_nothing(sheet, text, block)) block->keep = false;
    }
    if (sheet->type == PAGE_ARTICLE) drop_tail(sheet, &words);
    return !buf_failed(&words) || fault_memory(fault);
}
