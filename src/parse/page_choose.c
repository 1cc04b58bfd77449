#include <string.h>

#include "parse/page_sheet.h"
#include "parse/page_words.h"

/* ---- where the text is ---- */

/* Of a box's prose, the share that one child must hold for the search to go on in it. */
static uint32_t share_needed(const struct page_sheet *sheet, uint32_t prose) {
    return sheet->type == PAGE_ARTICLE ? prose - prose / 4 : prose - prose / 10;
}

/* Prose, or on a page without any, all words outside links. */
static uint32_t weight(const struct page_sheet *sheet, uint32_t i) {
    const struct page_mark *mark = &sheet->marks[i];
    return sheet->marks[sheet->body].prose >= 200 ? mark->prose : mark->chars - mark->link_chars;
}

static uint32_t heaviest_child(const struct page_sheet *sheet, uint32_t i) {
    uint32_t best = 0;
    for (uint32_t child = i + 1; child < sheet->tree.at[i].end; child = sheet->tree.at[child].end)
        if (best == 0 || weight(sheet, child) > weight(sheet, best)) best = child;
    return best;
}

static uint32_t descend(const struct page_sheet *sheet, uint32_t root) {
    for (;;) {
        uint32_t child = heaviest_child(sheet, root);
        if (child == 0 || (html_name_traits((enum html_name)sheet->tree.at[child].name) & HTML_BLOCKY) == 0)
            return root;
        if (sheet->marks[child].paras < 2 && sheet->marks[root].paras > 0) return root;
        if (weight(sheet, child) < share_needed(sheet, weight(sheet, root))) return root;
        root = child;
    }
}

static bool is_declared_body(const struct page_sheet *sheet, uint32_t i) {
    const struct html_node *node = &sheet->tree.at[i];
    if ((sheet->marks[i].words & PAGE_W_BODY) != 0) return true;
    return slice_find(node->inside, SLICE("articleBody"), 0) != SLICE_NOT_FOUND;
}

/* The element that its author calls the body of the article, when it holds most of what the search found. */
static uint32_t declared_body(const struct page_sheet *sheet, uint32_t root) {
    uint32_t best = 0, all = weight(sheet, root);
    for (uint32_t i = root + 1; i < sheet->tree.at[root].end; i++) {
        if (sheet->tree.at[i].name == HTML_E_TEXT || weight(sheet, i) * 5 < all * 3) continue;
        if (is_declared_body(sheet, i)) best = i;
    }
    return best;
}

static uint32_t find_main(const struct page_sheet *sheet) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < sheet->tree.count; i++) {
        const struct html_node *node = &sheet->tree.at[i];
        if (node->name != HTML_E_MAIN && !slice_equal_nocase(html_node_attribute(node, "role"), SLICE("main")))
            continue;
        if (best == 0 || weight(sheet, i) > weight(sheet, best)) best = i;
    }
    return best;
}

#define ARTICLE_PARAS 3u

static bool is_headed_article(const struct page_sheet *sheet, uint32_t i) {
    if (sheet->tree.at[i].name != HTML_E_ARTICLE || sheet->marks[i].paras < ARTICLE_PARAS) return false;
    for (uint32_t k = i + 1; k < sheet->tree.at[i].end; k++)
        if (sheet->tree.at[k].name == HTML_E_H1) return true;
    return false;
}

/* Where one article after the other stands on a page to be read on and on, the first is the one that was asked for;
 * 0 = there are not several. */
static uint32_t first_of_several(const struct page_sheet *sheet, uint32_t root) {
    uint32_t first = 0;
    for (uint32_t i = root + 1; i < sheet->tree.at[root].end; i++) {
        if (!is_headed_article(sheet, i)) continue;
        if (first != 0) return first;
        first = i;
        i = sheet->tree.at[i].end - 1;
    }
    return 0;
}

static uint32_t choose_root(struct page_sheet *sheet) {
    uint32_t start = sheet->body, main = find_main(sheet);
    if (main != 0 && weight(sheet, main) * 2 > weight(sheet, start)) start = main;
    uint32_t root = descend(sheet, start);
    if (sheet->type == PAGE_GENERAL) return main != 0 && start == main ? main : root;
    uint32_t first = sheet->type_is_said && sheet->type == PAGE_ARTICLE ? first_of_several(sheet, start) : 0;
    if (first != 0) return first;
    uint32_t declared = sheet->type == PAGE_ARTICLE ? declared_body(sheet, start) : 0;
    return declared != 0 ? declared : root;
}

/* ---- what of it is the text ---- */

/* Where the page's name ends that stands before the root, 0 = there is none. */
static uint32_t after_heading(const struct page_sheet *sheet) {
    uint32_t after = 0;
    for (uint32_t i = sheet->body; i < sheet->root; i++)
        if (sheet->tree.at[i].name == HTML_E_H1) after = sheet->tree.at[i].end;
    return after <= sheet->root ? after : 0;
}

static bool is_between(const struct page_sheet *sheet, const struct page_block *block, uint32_t after) {
    enum html_name home = (enum html_name)sheet->tree.at[block->home].name;
    return block->first >= after && block->first < sheet->root && block->link_chars * 4 < block->chars &&
           (home == HTML_E_P || (home == HTML_E_LI && block->prose)) && !sheet->marks[block->home].dropped;
}

/* Paragraphs between an article's name and its body are its beginning, whatever box they stand in. One alone is a
 * standfirst, which says the same as the text. */
#define BEGINNING_PARAS 2u

/* The first node of the beginning; the root when there is none. */
static uint32_t find_beginning(const struct page_sheet *sheet) {
    uint32_t after = after_heading(sheet), paras = 0, first = 0;
    for (size_t i = 0; after != 0 && i < sheet->block_count; i++) {
        const struct page_block *block = &sheet->blocks[i];
        bool item = sheet->tree.at[block->home].name == HTML_E_LI;
        if (!block->prose || (!block->sentence && !item) || !is_between(sheet, block, after)) continue;
        if (paras++ == 0) first = block->first;
    }
    return paras >= BEGINNING_PARAS ? first : sheet->root;
}

static void keep_blocks(struct page_sheet *sheet) {
    uint32_t beginning = sheet->type == PAGE_ARTICLE ? find_beginning(sheet) : sheet->root;
    for (size_t i = 0; i < sheet->block_count; i++) {
        struct page_block *block = &sheet->blocks[i];
        bool inside = page_is_within(sheet, block->first, sheet->root) || is_between(sheet, block, beginning);
        block->keep =
            inside && !sheet->marks[block->home].dropped && !sheet->marks[sheet->tree.at[block->first].parent].dropped;
    }
}

void page_choose(struct page_sheet *sheet) {
    sheet->root = choose_root(sheet);
    keep_blocks(sheet);
}
