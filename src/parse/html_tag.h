/* html_tag: one tag, comment or declaration of HTML at a time, as browsers cut them (WHATWG 13.2.5), whatever comes. */
#ifndef DISCERN_PARSE_HTML_TAG_H
#define DISCERN_PARSE_HTML_TAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/slice.h"

enum html_markup {
    HTML_NOTHING, /* this '<' is text */
    HTML_OPEN,    /* <name …> */
    HTML_CLOSE,   /* </name> */
    HTML_OTHER    /* <!-- -->, <!…>, <?…> */
};

struct html_tag {
    enum html_markup markup;
    struct slice name;   /* as written; borrowed */
    struct slice inside; /* what stands between the name and '>', borrowed: attributes */
    size_t end;          /* offset behind the '>' */
};

/* Ends that were looked for in vain in this text, so that "<a<a<a…" costs one search and not one each. Zero at first;
 * one for each text. */
struct html_ends {
    bool no_tag_end, no_comment_end;
};

/* What stands at `at`, where a '<' is. A tag that the text ends in is HTML_NOTHING. */
struct html_tag html_tag_read(struct slice text, size_t at, struct html_ends *ends);
/* Value of the attribute called `name` (lower case) in tag.inside, entities unresolved; present and empty when it has
 * no value; absent when it is not there. Borrowed. */
struct slice html_tag_attribute(const struct html_tag *tag, const char *name);
/* Walks the attributes of a tag: start with *at = 0; false at the end. Borrowed. */
bool html_tag_next(const struct html_tag *tag, size_t *at, struct slice *name, struct slice *value);

/* What an element means to running text. */
enum html_role {
    HTML_UNKNOWN,   /* no element of HTML, SVG or MathML */
    HTML_INLINE,    /* changes nothing */
    HTML_BLOCK,     /* a paragraph of its own */
    HTML_LINE,      /* a line of its own: tr, dt, div in a row of such */
    HTML_BREAK,     /* br */
    HTML_ITEM,      /* li */
    HTML_CELL,      /* td, th, option: blank around */
    HTML_PREFORMAT, /* pre, textarea: white space counts */
    HTML_ANCHOR,    /* a */
    HTML_IMAGE,     /* img */
    HTML_HIDDEN     /* script, style …: not for readers, with all that is in it */
};
/* Of an element's name, in any case. */
enum html_role html_tag_role(struct slice name);

#endif
