/* charset_convert: bytes of a known encoding become UTF-8. What cannot be read becomes U+FFFD and is counted. */
#ifndef DISCERN_PARSE_CHARSET_CONVERT_H
#define DISCERN_PARSE_CHARSET_CONVERT_H

#include <iconv.h>

#include "base/attr.h"
#include "base/buf.h"
#include "parse/charset_name.h"

enum charset_way { WAY_UTF8, WAY_WINDOWS, WAY_WIDE, WAY_ICONV, WAY_TABLE, WAY_UTF7, WAY_HZ };

struct charset_choice {
    enum charset_way way;
    char name[CHARSET_NAME_BYTES];
    bool valid;      /* of WAY_UTF8: it is known that all of it holds */
    size_t skip;     /* bytes of a byte order mark */
    unsigned width;  /* of WAY_WIDE: 2 or 4 */
    bool big_endian; /* of WAY_WIDE */
    const char *problem;
};

/* iconv's converter to UTF-8, by the name that an encoding has on the web. NULL when the system knows no such encoding.
 * Released by charset_close (AUTO). */
iconv_t charset_open(const char *name);
void charset_close(iconv_t *converter);

/* Appends the text in UTF-8; nothing where it is UTF-8 already. */
void charset_convert(struct slice bytes, const struct charset_choice *choice, struct buf *out, size_t *replaced);

#endif
