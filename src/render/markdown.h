/* markdown: CommonMark written so that text from outside stays text: no heading, list, link, picture, table, emphasis,
 * raw HTML, and no address that a reader program would make a link of itself. Markup comes from literals alone. */
#ifndef DISCERN_RENDER_MARKDOWN_H
#define DISCERN_RENDER_MARKDOWN_H

#include "base/buf.h"
#include "model/item.h"
#include "render/safe_url.h"

struct markdown {
    struct buf *out; /* borrowed */
};

struct markdown markdown_to(struct buf *out);
#define markdown_raw(md, literal) markdown_markup((md), SLICE(literal))
void markdown_markup(struct markdown *md, struct slice literal);
/* One line, escaped. */
void markdown_text(struct markdown *md, struct slice text);
void markdown_strong(struct markdown *md, struct slice text);
void markdown_link(struct markdown *md, struct slice text, struct safe_url url);
void markdown_joined(struct markdown *md, const struct slice_list *list, struct slice between);

#endif
