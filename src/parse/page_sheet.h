/* page_sheet: one page under reading: its tree, a row of figures for each element, and its words cut into blocks.
 * Within parse/ only. Filled in passes, each a walk over an array: page_marks, page_blocks, page_choose, page_write. */
#ifndef DISCERN_PARSE_PAGE_SHEET_H
#define DISCERN_PARSE_PAGE_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "model/article.h"
#include "parse/html_tree.h"

/* What kind of page it is to a reader, which decides what of it is its text. */
enum page_type {
    PAGE_ARTICLE, /* one text by somebody */
    PAGE_FORUM,   /* contributions of many: all of them are the text */
    PAGE_GENERAL  /* anything else: a service, a product, a list, documentation */
};

/* Figures of one element, over all that is in it. */
struct page_mark {
    unsigned words;      /* enum page_word of its own names */
    uint32_t block_home; /* the nearest element that makes a paragraph: itself or one around it */
    uint32_t chars, link_chars;
    uint32_t prose; /* characters of its blocks that read like sentences */
    uint16_t paras; /* number of such blocks, at most 65535 */
    uint16_t links; /* the same for links */
    bool dropped;   /* it is no part of the text, with all that is in it */
};

/* A run of text without a paragraph's end in it. */
struct page_block {
    uint32_t home;        /* the element that makes it a paragraph */
    uint32_t first, last; /* its nodes, `last` included */
    uint32_t chars, link_chars;
    uint16_t words, links, commas;
    bool sentence; /* ends like one */
    bool prose;    /* reads like sentences */
    bool keep;     /* it is part of the text */
};

struct page_sheet {
    struct arena *arena;
    struct html_tree tree;
    struct page_mark *marks; /* one for each node of the tree */
    struct page_block *blocks;
    size_t block_count, block_capacity;
    enum page_type type;
    bool type_is_said; /* by the page or its address; else its shape shows it */
    uint32_t body;     /* the <body>, or the document */
    uint32_t prose;    /* of the whole page, with what readers wrote */
    uint32_t first_h1; /* 0 = none */
    uint32_t title;    /* the heading that names the page, 0 = none */
    uint32_t root;     /* the element that holds the text */
};

/* In this order. False only when out of memory. */
MUST_USE bool page_blocks_read(struct page_sheet *sheet, struct fault *fault);
MUST_USE bool page_marks_read(struct page_sheet *sheet, struct fault *fault);
/* Drops the boxes of an article whose shape shows that they are no part of it. */
void page_boxes_drop(struct page_sheet *sheet);
/* Chooses root and sets `keep` of each block. */
void page_choose(struct page_sheet *sheet);
/* Takes out of what is kept what only stands around the text. False only when out of memory. */
MUST_USE bool page_trim(struct page_sheet *sheet, struct fault *fault);
/* Takes out what stands on the page a second time (for wide and for narrow screens). False only when out of memory. */
MUST_USE bool page_repeat_drop(struct page_sheet *sheet, struct fault *fault);
/* Takes out quotations set apart that the text has as well. False only when out of memory. */
MUST_USE bool page_quotes_drop(struct page_sheet *sheet, struct fault *fault);
/* Takes out lines that lead elsewhere or speak of the page, not of its matter. False only when out of memory. */
MUST_USE bool page_asides_drop(struct page_sheet *sheet, struct fault *fault);
/* Writes the kept blocks as plain text. */
void page_write(const struct page_sheet *sheet, struct buf *out);

/* Appends the words of the nodes from `first` to `last`, entities resolved, white space folded. */
void page_write_nodes(const struct page_sheet *sheet, uint32_t first, uint32_t last, struct buf *out);
/* Sums the figures of all blocks that are in no dropped element. */
void page_marks_sum(struct page_sheet *sheet);
/* True when `node` is `ancestor` or in it. */
bool page_is_within(const struct page_sheet *sheet, uint32_t node, uint32_t ancestor);

#endif
