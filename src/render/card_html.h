/* card_html: one entry as part of a page. */
#ifndef DISCERN_RENDER_CARD_HTML_H
#define DISCERN_RENDER_CARD_HTML_H

#include "model/digest.h"
#include "render/html.h"
#include "render/pen.h"

/* An <article> whose id is the entry's code. */
void card_html_write(struct html *html, struct pen *pen, const struct entry *entry);

#endif
