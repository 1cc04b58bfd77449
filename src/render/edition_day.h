/* edition_day: one day as a chapter of the week's e-book, in XHTML. */
#ifndef DISCERN_RENDER_EDITION_DAY_H
#define DISCERN_RENDER_EDITION_DAY_H

#include "render/html.h"
#include "render/pen.h"

/* The head of every page in the book, up to and with <body>; `title` is escaped. */
void edition_page_begin(struct html *xml, struct slice title);
void edition_page_end(struct html *xml);
void edition_day_write(struct html *xml, struct pen *pen, const struct digest *digest);

#endif
