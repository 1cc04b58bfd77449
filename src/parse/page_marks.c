#include <string.h>

#include "parse/page_sheet.h"
#include "parse/page_words.h"

bool page_is_within(const struct page_sheet *sheet, uint32_t node, uint32_t ancestor) {
    return node >= ancestor && node < sheet->tree.at[ancestor].end;
}

static uint16_t add16(uint16_t a, unsigned b) {
    unsigned sum = a + b;
    return sum > UINT16_MAX ? UINT16_MAX : (uint16_t)sum;
}

static void add_block(struct page_mark *mark, const struct page_block *block) {
    mark->chars += block->chars;
    mark->link_chars += block->link_chars;
    mark->links = add16(mark->links, block->links);
    if (!block->prose) return;
    mark->prose += block->link_chars * 2 > block->chars ? block->chars : block->chars - block->link_chars;
    mark->paras = add16(mark->paras, 1);
}

void page_marks_sum(struct page_sheet *sheet) {
    struct page_mark *marks = sheet->marks;
    for (size_t i = 0; i < sheet->tree.count; i++) {
        marks[i].chars = marks[i].link_chars = marks[i].prose = 0;
        marks[i].paras = marks[i].links = 0;
    }
    for (size_t i = 0; i < sheet->block_count; i++)
        if (!marks[sheet->blocks[i].home].dropped) add_block(&marks[sheet->blocks[i].home], &sheet->blocks[i]);
    /* A child comes after its parent, so going backwards every sum is whole before it is handed up. */
    for (size_t i = sheet->tree.count - 1; i > 0; i--) {
        struct page_mark *up = &marks[sheet->tree.at[i].parent];
        const struct page_mark *own = &marks[i];
        if (own->chars == 0) continue;
        up->chars += own->chars;
        up->link_chars += own->link_chars;
        up->prose += own->prose;
        up->paras = add16(up->paras, own->paras);
        up->links = add16(up->links, own->links);
    }
}

/* ---- what is no part of any text ---- */

static bool is_chrome_role(struct slice role) {
    static const char *const roles[] = {"navigation", "banner", "contentinfo", "search",  "complementary", "menu",
                                        "menubar",    "dialog", "alertdialog", "tooltip", "toolbar"};
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (slice_equal_nocase(role, slice_from(roles[i]))) return true;
    return false;
}

/* What a click opens is there to be read: an answer, a section folded away. A hidden menu or form is not. */
#define PANEL_REACH 4u

static bool is_in_panel(const struct page_sheet *sheet, uint32_t i) {
    for (unsigned up = 0; up < PANEL_REACH && i != 0; up++, i = sheet->tree.at[i].parent)
        if ((sheet->marks[i].words & PAGE_W_PANEL) != 0) return true;
    return false;
}

static bool is_panel(const struct page_sheet *sheet, uint32_t i) {
    const struct page_mark *mark = &sheet->marks[i];
    return mark->prose > 0 && mark->link_chars * 3 <= mark->chars && is_in_panel(sheet, i);
}

/* By what its author calls it, or only by what element it is. */
enum strictness { DROP_BY_NAME, DROP_BY_ELEMENT };

#define ALWAYS_CHROME                                                                                                  \
    (PAGE_W_NAV | PAGE_W_FOOTER | PAGE_W_SIDEBAR | PAGE_W_SHARE | PAGE_W_RELATED | PAGE_W_NOTICE | PAGE_W_ADVERT |     \
     PAGE_W_NEWSLETTER | PAGE_W_UNSEEN | PAGE_W_CONTENTS | PAGE_W_CONTROL | PAGE_W_AUTHOR)

/* These say what a box is only when there is little in it: "article-meta", "post-author", not a whole text. */
#define SMALL_CHROME (PAGE_W_META | PAGE_W_AUTHOR | PAGE_W_CONTROL | PAGE_W_UNSEEN | PAGE_W_COMMENT)
#define SMALL_PROSE 600u

static unsigned chrome_words(const struct page_sheet *sheet) {
    unsigned words = ALWAYS_CHROME;
    if (sheet->type != PAGE_FORUM) words |= PAGE_W_COMMENT;
    if (sheet->type == PAGE_ARTICLE) words |= PAGE_W_META | PAGE_W_CAPTION;
    if (sheet->type == PAGE_FORUM) words |= PAGE_W_META;
    if (sheet->type == PAGE_GENERAL) words &= ~(unsigned)(PAGE_W_RELATED | PAGE_W_AUTHOR | PAGE_W_CONTROL);
    return words;
}

static bool is_heading(const struct page_sheet *sheet, uint32_t i) {
    return sheet->tree.at[i].name >= HTML_E_H1 && sheet->tree.at[i].name <= HTML_E_H6;
}

/* A button is no larger, and says more than "Menu". */
#define BUTTON_NODES 64u
#define QUESTION_CHARS 20u

/* A button that is a heading, or in one, or a question, folds the section under it away. */
static bool opens_section(const struct page_sheet *sheet, uint32_t i) {
    if (is_heading(sheet, sheet->tree.at[i].parent)) return true;
    for (uint32_t inner = i + 1; inner < sheet->tree.at[i].end && inner < i + BUTTON_NODES; inner++)
        if (is_heading(sheet, inner)) return true;
    return sheet->marks[i].chars >= QUESTION_CHARS && is_in_panel(sheet, i) &&
           !slice_is_absent(html_node_attribute(&sheet->tree.at[i], "aria-expanded"));
}

/* In a list, each entry has a header of its own. */
static bool heads_an_entry(const struct page_sheet *sheet, uint32_t i) {
    for (unsigned up = 0; up < 3 && i != 0; up++, i = sheet->tree.at[i].parent)
        if (sheet->tree.at[i].name == HTML_E_ARTICLE || sheet->tree.at[i].name == HTML_E_LI) return true;
    return false;
}

/* What points to another text has a link: paragraphs with none to speak of are a text's own beginning. */
static bool points_nowhere(const struct page_mark *mark) {
    return mark->paras >= 2 && mark->link_chars * 8 < mark->chars;
}

static bool is_chrome(const struct page_sheet *sheet, uint32_t i, enum strictness strictness) {
    const struct html_node *node = &sheet->tree.at[i];
    unsigned words = sheet->marks[i].words;
    switch ((enum html_name)node->name) {
        case HTML_E_BODY:
        case HTML_E_HTML:
        case HTML_E_MAIN: return false;
        case HTML_E_NAV:
        case HTML_E_FOOTER:
        case HTML_E_ASIDE:
        case HTML_E_DIALOG:
        case HTML_E_MENU:
        case HTML_E_LABEL:
        case HTML_E_LEGEND: return true;
        case HTML_E_BUTTON: return !opens_section(sheet, i);
        case HTML_E_HEADER: return sheet->type != PAGE_GENERAL || !heads_an_entry(sheet, i);
        case HTML_E_FIGCAPTION: return sheet->type != PAGE_FORUM;
        default: break;
    }
    if (node->hidden && !is_panel(sheet, i)) return true;
    if (is_chrome_role(html_node_attribute(node, "role"))) return true;
    if ((words & PAGE_W_BODY) != 0 || strictness == DROP_BY_ELEMENT) return false;
    words &= chrome_words(sheet);
    if ((words & PAGE_W_RELATED) != 0 && points_nowhere(&sheet->marks[i])) words &= ~(unsigned)PAGE_W_RELATED;
    if ((words & PAGE_W_CONTROL) != 0 && opens_section(sheet, i)) words &= ~(unsigned)PAGE_W_CONTROL;
    if ((words & ~(unsigned)SMALL_CHROME) == 0 && sheet->marks[i].prose > SMALL_PROSE && (words & PAGE_W_COMMENT) == 0)
        return false;
    /* A paragraph is judged by what it says. */
    if (node->name == HTML_E_P && sheet->marks[i].prose > 150) return false;
    return words != 0;
}

/* A box that holds much of what can be read on the page is not beside the point, whatever it is called: a header that
 * was never closed, a "content-sidebar-wrap". */
static bool holds_the_text(const struct page_sheet *sheet, uint32_t i) {
    const struct page_mark *mark = &sheet->marks[i], *all = &sheet->marks[sheet->body];
    if (all->prose > 0 && (mark->prose * 3 > sheet->prose || mark->prose * 2 > all->prose)) return true;
    return all->prose == 0 && mark->chars * 2 > all->chars;
}

/* A text's own box has its heading and paragraphs in it, however much else (comments, teasers) the page holds. */
#define TEXT_PARAS 3u

static bool holds_headed_text(const struct page_sheet *sheet, uint32_t i) {
    const struct html_node *node = &sheet->tree.at[i];
    const struct page_mark *mark = &sheet->marks[i];
    if (mark->paras < TEXT_PARAS || node->hidden || mark->link_chars * 3 > mark->chars) return false;
    return sheet->first_h1 > i && sheet->first_h1 < node->end;
}

/* Comments can be longer than what they are about, so they are only measured against what would be left. */
#define LEFT_WITHOUT_COMMENTS 500u

static bool is_droppable(const struct page_sheet *sheet, uint32_t i) {
    const struct page_mark *mark = &sheet->marks[i], *all = &sheet->marks[sheet->body];
    if ((mark->words & PAGE_W_COMMENT) != 0 && (mark->words & (PAGE_W_BODY | PAGE_W_POST)) == 0 &&
        all->prose - mark->prose > LEFT_WITHOUT_COMMENTS)
        return true;
    return !holds_the_text(sheet, i) && !holds_headed_text(sheet, i);
}

/* What readers wrote is out of the reckoning before the page's own boxes are weighed against each other. */
static bool drop_comments(struct page_sheet *sheet) {
    bool any = false;
    for (uint32_t i = 1; sheet->type != PAGE_FORUM && i < sheet->tree.count; i++) {
        struct page_mark *mark = &sheet->marks[i];
        bool inside = sheet->marks[sheet->tree.at[i].parent].dropped;
        bool comments = (mark->words & PAGE_W_COMMENT) != 0 && mark->prose > 0;
        if (inside || (comments && is_chrome(sheet, i, DROP_BY_NAME) && is_droppable(sheet, i)))
            any = mark->dropped = true;
    }
    return any;
}

/* Within a paragraph: what is not to be seen, or only to be seen when the pointer rests on it. */
static bool is_hidden_aside(const struct page_sheet *sheet, uint32_t i) {
    const struct html_node *node = &sheet->tree.at[i];
    return node->hidden || (sheet->marks[i].words & PAGE_W_UNSEEN) != 0 ||
           slice_equal_nocase(html_node_attribute(node, "role"), SLICE("tooltip"));
}

static void drop_chrome(struct page_sheet *sheet, enum strictness strictness) {
    for (uint32_t i = 1; i < sheet->tree.count; i++) {
        struct page_mark *mark = &sheet->marks[i];
        if (sheet->marks[sheet->tree.at[i].parent].dropped) mark->dropped = true;
        if (mark->dropped || sheet->tree.at[i].name == HTML_E_TEXT) continue;
        if (mark->chars == 0) mark->dropped = mark->block_home != i && is_hidden_aside(sheet, i);
        if (mark->chars == 0) continue;
        if (is_chrome(sheet, i, strictness) && is_droppable(sheet, i)) mark->dropped = true;
    }
}

/* ---- what kind of page it is, by its shape ---- */

/* Paragraphs of an article are this long on average, and so many. */
#define ARTICLE_PARA_CHARS 150u
#define ARTICLE_PARAS 4u

static bool is_article_box(const struct page_sheet *sheet, uint32_t i) {
    return sheet->tree.at[i].name == HTML_E_ARTICLE || (sheet->marks[i].words & PAGE_W_BODY) != 0;
}

static bool has_few_links(const struct page_mark *mark, uint32_t one_in) {
    return mark->link_chars * one_in <= mark->chars;
}

/* One box holds nearly all the prose of the page, in paragraphs; or the whole page is prose. */
static bool reads_like_article(const struct page_sheet *sheet) {
    const struct page_mark *all = &sheet->marks[sheet->body];
    for (uint32_t i = 1; i < sheet->tree.count; i++) {
        const struct page_mark *mark = &sheet->marks[i];
        if (mark->prose * 5 < all->prose * 4 || mark->paras < ARTICLE_PARAS || !is_article_box(sheet, i)) continue;
        if (mark->prose >= mark->paras * ARTICLE_PARA_CHARS && has_few_links(mark, 6)) return true;
    }
    uint32_t best = sheet->body;
    for (uint32_t i = 1; i < sheet->tree.count; i++)
        if (sheet->marks[i].prose * 10 >= all->prose * 9) best = i;
    const struct page_mark *mark = &sheet->marks[best];
    return mark->paras >= 2 * ARTICLE_PARAS && mark->prose >= mark->paras * ARTICLE_PARA_CHARS * 4 / 3 &&
           mark->prose * 5 >= mark->chars * 4 && has_few_links(mark, 10);
}

/* The id of a heading, and a long one, is made of the words that it leads to. */
#define SLUG_HYPHENS 3u

static bool is_slug(const struct html_node *node) {
    size_t hyphens = 0;
    if (node->name >= HTML_E_H1 && node->name <= HTML_E_H6) return true;
    for (size_t i = 0; i < node->id.len; i++) hyphens += node->id.at[i] == '-' || node->id.at[i] == '_';
    return hyphens >= SLUG_HYPHENS;
}

/* So much prose is a text by itself, however much more (comments, other texts) was dropped around it. */
#define A_TEXT_CHARS 1200u

bool page_marks_read(struct page_sheet *sheet, struct fault *fault) {
    (void)fault;
    for (size_t i = 1; i < sheet->tree.count; i++) {
        const struct html_node *node = &sheet->tree.at[i];
        if (!slice_is_empty(node->classes)) sheet->marks[i].words = page_words_of(node->classes);
        if (!slice_is_empty(node->id) && !is_slug(node)) sheet->marks[i].words |= page_words_of(node->id);
    }
    page_marks_sum(sheet);
    sheet->type_is_said = sheet->type != PAGE_GENERAL;
    if (!sheet->type_is_said && reads_like_article(sheet)) sheet->type = PAGE_ARTICLE;
    sheet->prose = sheet->marks[sheet->body].prose;
    if (drop_comments(sheet)) page_marks_sum(sheet);
    uint32_t own = sheet->marks[sheet->body].prose;
    drop_chrome(sheet, DROP_BY_NAME);
    page_marks_sum(sheet);
    uint32_t left = sheet->marks[sheet->body].prose;
    if (left * 3 >= own || left >= A_TEXT_CHARS) return true;
    /* Names mean something else on this page. */
    for (size_t i = 0; i < sheet->tree.count; i++) sheet->marks[i].dropped = false;
    page_marks_sum(sheet);
    if (drop_comments(sheet)) page_marks_sum(sheet);
    drop_chrome(sheet, DROP_BY_ELEMENT);
    page_marks_sum(sheet);
    return true;
}
