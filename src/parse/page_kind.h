/* page_kind: what stands behind a link, judged once its text is known: an article, a list, a video, an error; and why
 * there is no text where there is none. Within parse/ only. */
#ifndef DISCERN_PARSE_PAGE_KIND_H
#define DISCERN_PARSE_PAGE_KIND_H

#include "parse/meta.h"

/* Sets kind, problem, paywalled, confidence and from.text of an article whose text, title and words are set. */
void page_kind_judge(const struct page_sheet *sheet, const struct meta_facts *facts, struct article *article);
/* Fills article->links with those of the kept blocks, absolute, each once. False only when out of memory. */
MUST_USE bool page_links_read(const struct page_sheet *sheet, struct article *article);

#endif
