/* charset_seven: encodings that write everything in seven bits, between signs that open and close a run: UTF-7 (RFC
 * 2152) and HZ (RFC 1843). Believed only where a feed declares them: in a page they hide markup from every check. */
#ifndef DISCERN_PARSE_CHARSET_SEVEN_H
#define DISCERN_PARSE_CHARSET_SEVEN_H

#include "base/buf.h"
#include "base/slice.h"

/* Appends what `text` means as UTF-8; ill-formed parts become U+FFFD and are counted. */
void charset_from_utf7(struct slice text, struct buf *out, size_t *replaced);
/* Appends the same text in GB 18030, which has what HZ has. */
void charset_hz_to_gb(struct slice text, struct buf *out);

#endif
