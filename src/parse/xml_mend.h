/* xml_mend: rewrites a document that is not well-formed so that it is, as a patient reader would have understood it:
 * tags are closed where their parents or next siblings are, attributes quoted, stray '<' taken for text, CDATA sections
 * ended where their element is. */
#ifndef DISCERN_PARSE_XML_MEND_H
#define DISCERN_PARSE_XML_MEND_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"

/* `text` as xml_ready gives it. Appends to `out`. Faults: LIMIT, MEMORY. */
MUST_USE bool xml_mend(struct slice text, struct buf *out, struct fault *fault);

#endif
