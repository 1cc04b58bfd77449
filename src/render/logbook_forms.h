/* logbook_forms: the printed pages of a logbook: one side of A4 for the half term, a card of A5 for the desk. */
#ifndef DISCERN_RENDER_LOGBOOK_FORMS_H
#define DISCERN_RENDER_LOGBOOK_FORMS_H

#include "render/logbook.h"

MUST_USE bool logbook_summary(const struct logbook *book, const struct look *look, struct buf *out,
                              struct fault *fault);
MUST_USE bool logbook_card(const struct logbook *book, const struct look *look, struct buf *out, struct fault *fault);

#endif
