/* charset_name: the labels that documents give to encodings, and which kind of encoding each means. */
#ifndef DISCERN_PARSE_CHARSET_NAME_H
#define DISCERN_PARSE_CHARSET_NAME_H

#include "base/slice.h"

#define CHARSET_NAME_BYTES 32

enum charset_family {
    CHARSET_REFUSED, /* no name at all, or one of what no document is written in */
    CHARSET_UTF8,
    CHARSET_ASCII,
    CHARSET_LATIN1,
    CHARSET_WINDOWS_1252,
    CHARSET_WIDE, /* UTF-16, UTF-32 and kin: two or four bytes a unit */
    CHARSET_UTF7,
    CHARSET_HZ,
    CHARSET_OTHER /* for iconv, which may not know it */
};

/* Writes the name that `label` means: lower case, '-' for '_' and blanks, and the superset where everybody means that
 * (gb2312: gb18030). "" when the label could not be a name. */
enum charset_family charset_name_of(struct slice label, char name[CHARSET_NAME_BYTES]);

#endif
