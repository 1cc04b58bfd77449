#include "parse/page_sheet.h"

/* Boxes that stand among the paragraphs of an article and are none of it, known by their shape where their names say
 * nothing: a pointer to another article, a form, a picture with its words. */

#define BOX_CHARS 420u
#define BOX_PARAS 2u
#define BOX_CLIMB 12u

static bool is_box(const struct page_sheet *sheet, uint32_t i) {
    switch ((enum html_name)sheet->tree.at[i].name) {
        case HTML_E_BODY:
        case HTML_E_HTML:
        case HTML_E_MAIN:
        case HTML_E_TR:
        case HTML_E_TBODY:
        case HTML_E_LI: return false;
        default: return i != 0 && (html_name_traits((enum html_name)sheet->tree.at[i].name) & HTML_BLOCKY) != 0;
    }
}

/* A box with little in it has few elements too. */
#define BOX_NODES 300u

static bool holds_more(const struct page_sheet *sheet, uint32_t i) {
    if (sheet->tree.at[i].end - i > BOX_NODES) return true;
    for (uint32_t k = i; k < sheet->tree.at[i].end; k++)
        if (sheet->tree.at[k].name == HTML_E_TABLE || k == sheet->first_h1) return true;
    return false;
}

static bool is_small(const struct page_sheet *sheet, uint32_t i) {
    const struct page_mark *mark = &sheet->marks[i];
    if (holds_more(sheet, i)) return false;
    return mark->chars <= BOX_CHARS && mark->paras <= BOX_PARAS && mark->prose * 5 <= sheet->marks[sheet->body].prose;
}

/* The largest box around `node` with little in it, 0 = none. */
static uint32_t small_box(const struct page_sheet *sheet, uint32_t node) {
    uint32_t box = 0;
    for (unsigned up = 0; up < BOX_CLIMB && node != 0 && is_small(sheet, node); up++) {
        if (is_box(sheet, node)) box = node;
        node = sheet->tree.at[node].parent;
    }
    return box;
}

/* ---- forms ---- */

static bool asks_for_words(const struct html_node *input) {
    static const char *const others[] = {"hidden", "checkbox", "radio", "submit", "button", "image", "range", "color"};
    struct slice type = html_node_attribute(input, "type");
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (slice_equal_nocase(type, slice_from(others[i]))) return false;
    return true;
}

/* Why one should subscribe is soon told. */
#define PLEA_CHARS 260u

static void drop_forms(struct page_sheet *sheet) {
    for (uint32_t i = 1; i < sheet->tree.count; i++) {
        if (sheet->tree.at[i].name != HTML_E_INPUT || !asks_for_words(&sheet->tree.at[i])) continue;
        uint32_t box = small_box(sheet, sheet->tree.at[i].parent);
        if (box != 0 && sheet->marks[box].prose <= PLEA_CHARS) sheet->marks[box].dropped = true;
    }
}

/* ---- pointers to other articles ---- */

static bool leads_away(const struct page_sheet *sheet, const struct page_block *block) {
    uint32_t anchor = sheet->tree.at[block->first].anchor;
    if (anchor == 0 || block->links != 1 || block->link_chars * 10 < block->chars * 9) return false;
    struct slice href = html_node_attribute(&sheet->tree.at[anchor], "href");
    return href.len > 1 && slice_find_byte(href, '#', 0) == SLICE_NOT_FOUND;
}

/* Cards have headings of the first order too, but not the page's first one. */
static bool is_heading(const struct page_sheet *sheet, uint32_t i) {
    return sheet->tree.at[i].name >= HTML_E_H1 && sheet->tree.at[i].name <= HTML_E_H6 && i != sheet->first_h1;
}

/* The box of a heading that is one link, with some words about where it leads; 0 = none. */
static uint32_t teaser(const struct page_sheet *sheet, const struct page_block *block) {
    if (sheet->marks[block->home].dropped || !is_heading(sheet, block->home) || !leads_away(sheet, block)) return 0;
    uint32_t box = small_box(sheet, block->home);
    return box != block->home && sheet->marks[box].chars > block->chars ? box : 0;
}

/* Of a list of things, each has such a box; in an article they are few. */
#define TEASER_PART 6u

/* Boxes of this kind beside each other. */
struct shelf {
    uint32_t holder; /* the element that they stand in, 0 = none */
    uint32_t last, boxes, prose;
    uint32_t before; /* prose of the page before the first of them */
};

#define SHELF_BOXES 3u
#define SHELF_TEXT_CHARS 600u

/* A shelf of pointers behind a text: nearly all that is in its holder, and not much more than the text before it. A
 * list of things that the text is about stands among its paragraphs. */
static bool is_behind_text(const struct page_sheet *sheet, const struct shelf *shelf) {
    if (shelf->holder == 0 || shelf->holder == sheet->body || shelf->boxes < SHELF_BOXES) return false;
    uint32_t prose = sheet->marks[shelf->holder].prose;
    return shelf->prose * 10 >= prose * 9 && shelf->before >= SHELF_TEXT_CHARS && prose <= shelf->before * 2;
}

static void close_shelf(struct page_sheet *sheet, struct shelf *shelf) {
    if (sheet->type_is_said && is_behind_text(sheet, shelf)) sheet->marks[shelf->holder].dropped = true;
    *shelf = (struct shelf){0};
}

static bool are_few(const struct page_sheet *sheet) {
    uint32_t chars = 0, last = 0;
    for (size_t i = 0; i < sheet->block_count; i++) {
        uint32_t box = teaser(sheet, &sheet->blocks[i]);
        if (box != 0 && box != last) chars += sheet->marks[box].chars;
        if (box != 0) last = box;
    }
    return chars * TEASER_PART <= sheet->marks[sheet->body].prose;
}

static void drop_teasers(struct page_sheet *sheet) {
    bool few = are_few(sheet);
    struct shelf shelf = {0};
    uint32_t before = 0;
    for (size_t i = 0; i < sheet->block_count; i++) {
        const struct page_block *block = &sheet->blocks[i];
        uint32_t box = teaser(sheet, block), holder = sheet->tree.at[box].parent;
        if (block->prose && !sheet->marks[block->home].dropped) before += block->chars - block->link_chars;
        if (box == 0 || box == shelf.last) continue;
        if (few) sheet->marks[box].dropped = true;
        if (holder != shelf.holder) {
            close_shelf(sheet, &shelf);
            shelf = (struct shelf){.holder = holder, .before = before};
        }
        shelf.last = box;
        shelf.boxes++;
        shelf.prose += sheet->marks[box].prose;
    }
    close_shelf(sheet, &shelf);
}

/* ---- pictures ---- */

#define CAPTION_CHARS 220u

/* The largest box around a block that holds no other words. */
static uint32_t lone_box(const struct page_sheet *sheet, const struct page_block *block) {
    uint32_t box = 0, node = block->home;
    for (unsigned up = 0; up < BOX_CLIMB && node != 0 && sheet->marks[node].chars == block->chars; up++) {
        if (is_box(sheet, node)) box = node;
        node = sheet->tree.at[node].parent;
    }
    return box;
}

static bool shows_picture(const struct page_sheet *sheet, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++)
        if (sheet->tree.at[i].name == HTML_E_IMG || sheet->tree.at[i].name == HTML_E_PICTURE) return true;
    return false;
}

/* The box of a picture and of this block, which are its words; 0 = it is none. */
static uint32_t caption(const struct page_sheet *sheet, const struct page_block *block) {
    enum html_name home = (enum html_name)sheet->tree.at[block->home].name;
    if (block->chars > CAPTION_CHARS || sheet->marks[block->home].dropped) return 0;
    if (home >= HTML_E_H1 && home <= HTML_E_H6) return 0;
    uint32_t box = lone_box(sheet, block);
    if (box == 0 || (home == HTML_E_P && (box == block->home || block->prose))) return 0;
    return shows_picture(sheet, box, block->first) ? box : 0;
}

/* Where so much of a page stands beside pictures, it is what the pictures are there for. */
#define CAPTION_PART 3u

static void drop_captions(struct page_sheet *sheet) {
    uint32_t chars = 0;
    for (size_t i = 0; i < sheet->block_count; i++)
        if (caption(sheet, &sheet->blocks[i]) != 0) chars += sheet->blocks[i].chars;
    if (chars * CAPTION_PART > sheet->marks[sheet->body].prose) return;
    for (size_t i = 0; i < sheet->block_count; i++) {
        uint32_t box = caption(sheet, &sheet->blocks[i]);
        if (box != 0) sheet->marks[box].dropped = true;
    }
}

/* A page of so little prose has none to spare. */
#define LEAST_PROSE 600u

void page_boxes_drop(struct page_sheet *sheet) {
    if (sheet->type != PAGE_ARTICLE || sheet->marks[sheet->body].prose < LEAST_PROSE) return;
    drop_forms(sheet);
    drop_teasers(sheet);
    drop_captions(sheet);
    for (uint32_t i = 1; i < sheet->tree.count; i++)
        if (sheet->marks[sheet->tree.at[i].parent].dropped) sheet->marks[i].dropped = true;
    page_marks_sum(sheet);
}
