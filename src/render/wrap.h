/* wrap: plain text in lines of 72 columns, for terminals and the text part of mails. Text from outside is one paragraph
 * whatever it holds; an address stands whole on its line. */
#ifndef DISCERN_RENDER_WRAP_H
#define DISCERN_RENDER_WRAP_H

#include "base/buf.h"
#include "model/item.h"

#define WRAP_COLUMNS 72

/* A paragraph: `first` before its first line, `rest` before the others (both of ours), then a line break. */
void wrap_paragraph(struct buf *out, const char *first, const char *rest, struct slice text);
/* A line of one character, as wide as the page. */
void wrap_rule(struct buf *out, char c);

#endif
