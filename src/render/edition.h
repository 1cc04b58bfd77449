/* edition: a week's digests as an e-book (EPUB 3.2): for those who read on Sunday, or where there is no network. */
#ifndef DISCERN_RENDER_EDITION_H
#define DISCERN_RENDER_EDITION_H

#include "render/format.h"

/* "2026-W48": year and week of ISO 8601, which begins on Monday. */
#define EDITION_NAME_BYTES 24
void edition_name(int64_t date_s, char out[EDITION_NAME_BYTES]);

/* The digests of one week and one reader, newest first, at least one. The same digests give the same bytes. */
MUST_USE bool edition_write(const struct digest_list *digests, const struct look *look, struct buf *out,
                            struct fault *fault);

#endif
