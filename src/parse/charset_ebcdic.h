/* charset_ebcdic: documents in IBM's own encodings, as far as all of these are alike: enough to read which one it is.
 */
#ifndef DISCERN_PARSE_CHARSET_EBCDIC_H
#define DISCERN_PARSE_CHARSET_EBCDIC_H

#include <stdbool.h>

#include "base/slice.h"

#define CHARSET_EBCDIC_BYTES 200u

/* Begins with "<?xml" in EBCDIC. */
bool charset_is_ebcdic(struct slice bytes);
/* The declaration in ASCII, up to its end; what the kinds write differently (the quotes among it) is a '"'. In `text`.
 */
struct slice charset_ebcdic_head(struct slice bytes, char text[CHARSET_EBCDIC_BYTES]);

#endif
