/* charset: bytes from outside become valid UTF-8, once. Evidence in this order: byte order mark, the HTTP header's
 * charset, the document's own declaration, UTF-8 that holds, the shape of the bytes (East Asian and Cyrillic
 * encodings), windows-1252. iso-8859-1 is read as windows-1252 and gb2312 as gb18030, as everybody means it; unknown
 * names are not believed, nor are UTF-7 and HZ in a page, where they hide markup from every check. */
#ifndef DISCERN_PARSE_CHARSET_H
#define DISCERN_PARSE_CHARSET_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"

enum charset_syntax {
    CHARSET_XML,  /* <?xml … encoding="…"?> */
    CHARSET_HTML, /* <meta charset>, <meta http-equiv> in the first 4 KiB; an XML declaration before them */
    CHARSET_TEXT  /* no declaration inside (JSON, plain text) */
};

struct charset_result {
    struct slice text;   /* valid UTF-8 without byte order mark; borrowed from the input or from the scratch buf */
    char name[32];       /* what was used, lower case: "utf-8", "windows-1252", "utf-16be" … */
    bool contradicted;   /* what was said of the encoding did not hold, or nothing was said and it is not UTF-8 */
    size_t replaced;     /* ill-formed parts that became U+FFFD */
    const char *problem; /* words for the above, static; NULL = none */
};

/* For a process that will lose the right to open files, as iconv does for most encodings: the name that `bytes` will
 * need ("" = none), and keeping that one at hand. charset_keep gives what charset_drop releases; NULL when the system
 * does not know the name (dropping NULL does nothing). */
void charset_needed(struct slice bytes, struct slice content_type, enum charset_syntax syntax, char name[32]);
void *charset_keep(const char *name);
void charset_drop(void *kept);

/* Decodes `bytes`. `content_type` is the HTTP header's value (absent = none). `scratch` receives the text when it had
 * to be converted; result->text lives as long as both. Faults: LIMIT (larger than the scratch's ceiling), MEMORY. */
MUST_USE bool charset_decode(struct slice bytes, struct slice content_type, enum charset_syntax syntax,
                             struct buf *scratch, struct charset_result *result, struct fault *fault);
/* The charset parameter of a Content-Type value, unquoted; absent when there is none. Borrowed. */
struct slice charset_of_content_type(struct slice content_type);
/* The media type of a Content-Type value (before ';'), trimmed, case as written. Borrowed; may be empty. */
struct slice charset_media_type(struct slice content_type);

#endif
