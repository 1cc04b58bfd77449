/* day_txt: the day as plain text. The text part of the mail is the same. */
#ifndef DISCERN_RENDER_DAY_TXT_H
#define DISCERN_RENDER_DAY_TXT_H

#include "model/digest.h"
#include "render/pen.h"

void day_txt_write(struct pen *pen, const struct digest *digest, struct buf *out);

#endif
