/* base64: RFC 4648, without line breaks. */
#ifndef DISCERN_RENDER_BASE64_H
#define DISCERN_RENDER_BASE64_H

#include "base/buf.h"

void base64_add(struct buf *out, struct slice bytes);

#endif
