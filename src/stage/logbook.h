/* logbook (stage): a team's foci with notes, events and reminders, gathered out of the store. Reads only. */
#ifndef DISCERN_STAGE_LOGBOOK_H
#define DISCERN_STAGE_LOGBOOK_H

#include "base/buf.h"
#include "model/logbook.h"
#include "stage/house.h"

struct logbook_wish {
    struct slice team; /* absent = all */
    struct slice id;   /* one focus; absent = all of the team */
    enum logbook_which { LOGBOOK_ALL, LOGBOOK_OPEN } which;
};

/* By id; in arena. USAGE: no such focus. */
MUST_USE bool logbook_gather(struct house *house, const struct logbook_wish *wish, struct arena *arena,
                             struct logbook *out, struct fault *fault);
/* Its reminders as an iCalendar file: the same book, the same bytes. */
MUST_USE bool logbook_calendar(const struct logbook *book, struct arena *arena, struct buf *out, struct fault *fault);

#endif
