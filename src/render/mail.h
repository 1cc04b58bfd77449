/* mail: the day as a mail, and its name. */
#ifndef DISCERN_RENDER_MAIL_H
#define DISCERN_RENDER_MAIL_H

#include "base/arena.h"
#include "model/digest.h"
#include "render/format.h"

/* HTML part at most: some mail programs hide what comes after 102 kB. Entries are left out before the foot is. */
#define MAIL_HTML_BYTES ((size_t)90 * 1024)

/* The Message-ID (without brackets) of the digest to that receiver: the same whenever it is made. In arena; false when
 * out of memory. `to` may be absent. */
MUST_USE bool mail_message_id(const struct digest *digest, struct slice to, struct arena *arena, struct slice *out);

#endif
