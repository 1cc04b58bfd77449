/* html_text: markup becomes the words that a reader would see: entities resolved, white space folded, blocks as
 * paragraphs ("\n\n"), <br> as "\n", list items as "- ", script, style and the like left out. One pass, no tree, no
 * recursion, any nesting; works on bytes that were never HTML as well. */
#ifndef DISCERN_PARSE_HTML_TEXT_H
#define DISCERN_PARSE_HTML_TEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"
#include "model/item.h"

struct html_text {
    struct slice text;      /* valid UTF-8, trimmed; absent when no word is left */
    struct link_list links; /* <a href>, absolute (http, https, mailto), each address once; title = the link's words */
    struct slice image;     /* address of the first <img> that is no tracking pixel */
    bool cut;               /* longer than LIMIT_FIELD_BYTES: cut at a character */
};

/* Reads `markup` (valid UTF-8). Relative addresses are resolved against `base` (may be absent: then they are left
 * out). All in arena. False only when out of memory; *out untouched then. */
MUST_USE bool html_text_read(struct arena *arena, struct slice markup, struct slice base, struct html_text *out);
/* Only the words, on one line (all white space folded to one blank): for titles and names. Absent when none is left.
 * False only when out of memory. */
MUST_USE bool html_text_line(struct arena *arena, struct slice markup, struct slice *out);
/* Plain text as html_text would lay it out: white space folded line by line, blank lines as paragraphs; no markup is
 * looked for and no entity resolved. False only when out of memory. */
MUST_USE bool html_text_plain(struct arena *arena, struct slice text, struct slice *out);
/* The same on one line. */
MUST_USE bool html_text_plain_line(struct arena *arena, struct slice text, struct slice *out);
/* Resolves entities only (&amp; &#39; &hellip; and windows-1252 numbers), keeps everything else. */
MUST_USE bool html_text_unescape(struct arena *arena, struct slice text, struct slice *out);
/* True when `text` holds a tag or an entity, so that it can only be meant as markup. */
bool html_text_is_markup(struct slice text);
/* True when `text` holds whole elements (an end tag, a line break, a picture): markup even where nobody said so, while
 * "use the <b> tag" is not. */
bool html_text_has_elements(struct slice text);

#endif
