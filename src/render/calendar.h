/* calendar: reminders for calendars (iCalendar, RFC 5545): whole days, one event a step of what is in focus. */
#ifndef DISCERN_RENDER_CALENDAR_H
#define DISCERN_RENDER_CALENDAR_H

#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"

struct calendar_event {
    struct slice uid; /* the same on every run; letters, digits, - and . */
    int64_t day_s;    /* midnight */
    struct slice title, words;
};

/* The same events give the same bytes: the stamp is the event's own day. */
MUST_USE bool calendar_write(struct slice name, const struct calendar_event *events, size_t count, struct buf *out,
                             struct fault *fault);

#endif
