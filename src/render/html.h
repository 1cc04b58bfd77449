/* html: the only way in which this program writes HTML and XML. Markup comes from string literals alone (the macros
 * paste "" on both sides, so a variable does not compile), everything else goes through text, attr or link, which
 * escape. What is opened is closed in order, or html_end says so. There is no way to put anything from outside into a
 * script, a style sheet or a comment.
 *     html_tag(&h, "a"); html_link(&h, "href", url); html_attr(&h, "class", SLICE("x")); html_text(&h, title);
 *     html_close(&h, "a"); */
#ifndef DISCERN_RENDER_HTML_H
#define DISCERN_RENDER_HTML_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "render/plain.h"
#include "render/safe_url.h"

#define HTML_DEPTH 40

struct html {
    struct buf *out; /* borrowed */
    const char *open[HTML_DEPTH];
    size_t depth;
    bool in_tag;       /* attributes may still follow */
    bool xml;          /* empty elements end in "/>" */
    const char *wrong; /* the first thing that did not hold, a bug of ours */
};

struct html html_to(struct buf *out);
struct html xml_to(struct buf *out); /* the same for XML */

/* Markup as it is written, without anything to fill in. */
#define html_raw(html, literal) html_markup((html), SLICE(literal))
/* Opens <name; attributes follow until the next other call. */
#define html_tag(html, literal) html_tag_open((html), "" literal "")
/* Closes the element that must be the innermost open one. */
#define html_close(html, literal) html_tag_close((html), "" literal "")
/* An element without content. */
#define html_void(html, literal) html_tag_void((html), "" literal "")
/* An attribute of the tag just opened; no event handler, style or address goes this way. */
#define html_attr(html, literal, value) html_attribute((html), "" literal "", (value))
/* The same with words of ours. */
#define html_attr_is(html, literal, value) html_attribute((html), "" literal "", SLICE(value))
/* An inline style of ours: for mail, whose readers drop style sheets. */
#define html_inline(html, literal) html_inline_style((html), SLICE(literal))
#define html_link(html, literal, url) html_url((html), "" literal "", (url))
/* <img class="class" alt=""> with the picture in it: nothing is loaded for it, and what is in it cannot run. */
#define html_picture(html, class_literal, bytes) html_svg_picture((html), SLICE(class_literal), (bytes))
/* <name class="class">text</name>. */
#define html_element(html, literal, class_literal, text)                                                               \
    html_simple((html), "" literal "", SLICE(class_literal), (text))

void html_markup(struct html *html, struct slice literal);
void html_tag_open(struct html *html, const char *name);
void html_tag_close(struct html *html, const char *name);
void html_tag_void(struct html *html, const char *name);
void html_attribute(struct html *html, const char *name, struct slice value);
void html_inline_style(struct html *html, struct slice literal);
void html_url(struct html *html, const char *name, struct safe_url url);
void html_svg_picture(struct html *html, struct slice class_name, struct slice svg);
void html_simple(struct html *html, const char *name, struct slice class_name, struct slice text);
/* One line of text, escaped. */
void html_text(struct html *html, struct slice text);
/* Text whose line breaks are kept as <br> and whose empty lines are kept as two of them. */
void html_lines(struct html *html, struct slice text);
void html_int(struct html *html, int64_t value);
/* A style sheet of the school's: refused (wrong) when it could end the element. */
void html_style(struct html *html, struct slice css);
/* True when everything went in and everything open was closed. */
MUST_USE bool html_end(struct html *html, const char *what, struct fault *fault);

#endif
