/* xml_ready: makes text ready for a strict XML parser in one quick pass, before the parser sees any of it. Takes off
 * what stands before the document, its declaration and its DOCTYPE; removes characters that XML forbids; writes HTML's
 * named entities, the document's own plain ones and bare ampersands as XML means them; refuses bombs. */
#ifndef DISCERN_PARSE_XML_READY_H
#define DISCERN_PARSE_XML_READY_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"

/* What had to be mended, as bits, and the words for each. */
enum xml_mending {
    XML_JUNK_BEFORE = 1 << 0,
    XML_FORBIDDEN = 1 << 1,
    XML_BARE_AMPERSAND = 1 << 2,
    XML_HTML_ENTITY = 1 << 3,
    XML_CUT_OFF = 1 << 4,  /* unclosed comment, CDATA section or tag */
    XML_BROKEN = 1 << 5,   /* tags that do not match, unquoted attributes … */
    XML_NAMESPACE = 1 << 6 /* prefixes that are not declared */
};
/* Words for the lowest bit of `mending`, which is taken out; NULL when none is left. */
const char *xml_mending_words(unsigned *mending);

struct xml_text {
    struct slice text; /* borrowed from the input or the scratch buf */
    unsigned mending;  /* XML_JUNK_BEFORE … */
    struct slice root; /* name of the first element as written, absent = none; borrowed */
};

/* `input` is valid UTF-8. Faults: LIMIT (more than LIMIT_XML_ATTRIBUTES in one tag, too large), MEMORY. */
MUST_USE bool xml_ready(struct slice input, struct buf *scratch, struct xml_text *out, struct fault *fault);

#endif
