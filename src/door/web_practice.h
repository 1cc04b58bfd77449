/* web_practice: what the pages of the focus and of the log share. */
#ifndef DISCERN_DOOR_WEB_PRACTICE_H
#define DISCERN_DOOR_WEB_PRACTICE_H

#include "door/web.h"
#include "model/logbook.h"

/* The form for a note on the focus. */
bool web_note_form(struct web *web, struct slice id);
/* The notes of a focus, newest first. */
void web_notes(struct web *web, const struct logbook_part *part);

#endif
