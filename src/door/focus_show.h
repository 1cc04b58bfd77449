/* focus_show: what a team has in focus, for a terminal or as a file: lists, one focus whole, the log and its forms. */
#ifndef DISCERN_DOOR_FOCUS_SHOW_H
#define DISCERN_DOOR_FOCUS_SHOW_H

#include "base/buf.h"
#include "door/session.h"

/* The acts that only read. */
bool focus_show(struct discern *home, const struct discern_focus *wanted, struct arena *arena, struct buf *out,
                struct fault *fault);

#endif
