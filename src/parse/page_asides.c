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

/* What is known when a heading may end the text. */
struct tail {
    size_t own;      /* paragraphs of the text itself that are still to come */
    uint32_t parent; /* the element that the paragraph before stands in */
};

static bool is_paragraph(const struct page_sheet *sheet, const struct page_block *block) {
    return block->keep && block->prose && block->link_chars * 4 < block->chars &&
           sheet->tree.at[block->home].name == HTML_E_P;
}

/* A paragraph in the same box as those before, or in one that is called the same. */
static bool is_kin(const struct page_sheet *sheet, const struct page_block *block, uint32_t parent) {
    if (!is_paragraph(sheet, block) || parent == 0) return false;
    uint32_t own = sheet->tree.at[block->home].parent;
    struct slice classes = sheet->tree.at[own].classes;
    return own == parent || (!slice_is_empty(classes) && slice_equal(classes, sheet->tree.at[parent].classes));
}

#define KIN_REACH 40u
#define KIN_PARAS 2u

static bool text_goes_on(const struct page_sheet *sheet, size_t head, const struct tail *tail) {
    size_t kin = 0;
    if (tail->own >= OWN_PARAS) return true;
    for (size_t i = head + 1; i < sheet->block_count && i <= head + KIN_REACH; i++)
        kin += is_kin(sheet, &sheet->blocks[i], tail->parent);
    return kin >= KIN_PARAS;
}

static void drop_from(struct page_sheet *sheet, size_t head, const struct tail *tail) {
    bool goes_on = text_goes_on(sheet, head, tail);
    for (size_t i = head; i < sheet->block_count; i++) {
        const struct page_block *block = &sheet->blocks[i];
        if (goes_on && i > head && (is_own(block) || is_kin(sheet, block, tail->parent) || heads(sheet, block))) return;
        sheet->blocks[i].keep = false;
    }
}

static bool is_link(const struct page_block *block) {
    return block->link_chars * 5 > block->chars * 3;
}

/* Links under such a heading, and it with them. */
static void drop_pointers(struct page_sheet *sheet, size_t head) {
    size_t next = head + 1;
    while (next < sheet->block_count && !sheet->blocks[next].keep) next++;
    if (next == sheet->block_count || !is_link(&sheet->blocks[next])) return;
    sheet->blocks[head].keep = false;
    for (; next < sheet->block_count && (!sheet->blocks[next].keep || is_link(&sheet->blocks[next])); next++)
        sheet->blocks[next].keep = false;
}

static void drop_tail(struct page_sheet *sheet, struct buf *words) {
    uint32_t all = 0, before = 0;
    struct tail tail = {0};
    for (size_t i = 0; i < sheet->block_count; i++) {
        if (sheet->blocks[i].keep && sheet->blocks[i].prose) all += sheet->blocks[i].chars;
        tail.own += is_own(&sheet->blocks[i]);
    }
    for (size_t i = 0; i < sheet->block_count; i++) {
        const struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        tail.own -= is_own(block);
        if (block->prose) before += block->chars;
        if (is_paragraph(sheet, block)) tail.parent = sheet->tree.at[block->home].parent;
        if (block->chars > HEAD_CHARS) continue;
        buf_clear(words);
        page_write_nodes(sheet, block->first, block->last, words);
        if (!page_line_ends_text(buf_slice(words))) continue;
        bool last = before >= LEAST_BEFORE && (uint64_t)before * 100 >= (uint64_t)all * PART_BEFORE;
        if (last) drop_from(sheet, i, &tail);
        else drop_pointers(sheet, i);
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

/* A name and a day stand before a text, or behind its standfirst. */
#define STANDFIRSTS 1u

static bool is_byline(const struct page_sheet *sheet, struct slice text, const struct page_block *block) {
    enum html_name home = (enum html_name)sheet->tree.at[block->home].name;
    bool line = home == HTML_E_P || home == HTML_E_DIV || home == HTML_E_SECTION || home == HTML_E_ARTICLE;
    return line && !block->prose && page_line_is_byline(text);
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
    size_t prose = 0;
    for (size_t i = 0; i < sheet->block_count; i++) {
        struct page_block *block = &sheet->blocks[i];
        if (!block->keep) continue;
        prose += block->prose;
        if (is_data(sheet, block) || is_program(sheet, block->home, &last)) block->keep = false;
        if (!block->keep || block->chars > NOTE_CHARS || block->last - block->first > 60) continue;
        buf_clear(&words);
        page_write_nodes(sheet, block->first, block->last, &words);
        struct slice text = buf_slice(&words);
        bool line = block->chars <= LINE_CHARS;
        bool early = sheet->type == PAGE_ARTICLE && prose <= STANDFIRSTS;
        if (is_legal_note(text)) block->keep = false;
        if (line && says_nothing(sheet, text, block)) block->keep = false;
        if (line && early && is_byline(sheet, text, block)) block->keep = false;
    }
    if (sheet->type == PAGE_ARTICLE) drop_tail(sheet, &words);
    return !buf_failed(&words) || fault_memory(fault);
}
