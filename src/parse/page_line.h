/* page_line: what a line of a page is by its words alone, in the languages that were met. Within parse/ only. Every
 * text is one line of words, entities resolved, white space folded. */
#ifndef DISCERN_PARSE_PAGE_LINE_H
#define DISCERN_PARSE_PAGE_LINE_H

#include <stdbool.h>

#include "base/slice.h"

/* "Related: How to …", "Lire aussi …": it leads elsewhere, if what follows is a link. */
bool page_line_points(struct slice text);
/* "Learn more": what stands on a button. */
bool page_line_is_button(struct slice text);
/* "Tags: …", "Photo by …": what a page says of itself. */
bool page_line_is_label(struct slice text);
/* "Related articles": a heading after which nothing of the text comes. */
bool page_line_ends_text(struct slice text);
/* "14:35", "2:10 pm". */
bool page_line_is_clock(struct slice text);
/* "By Ann Lee", "Posted Monday, November 4, 2019": who wrote and when, as it stands under a title. */
bool page_line_is_byline(struct slice text);
/* The head of a list of the text's own headings; "hide" and "show" are its switch. */
bool page_line_heads_contents(struct slice text);

#endif
