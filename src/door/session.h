/* session: an opened home, as the door's functions share it. */
#ifndef DISCERN_DOOR_SESSION_H
#define DISCERN_DOOR_SESSION_H

#include "base/fault.h"
#include "base/problem.h"
#include "discern.h"
#include "stage/house.h"

struct discern {
    struct house house;
    struct arena *arena; /* paths and problems */
    discern_report *report;
    void *report_to;
};

/* The exit status that a fault comes to, its text put into *error. FAULT_NONE gives DISCERN_DONE. */
int door_status(const struct fault *fault, struct discern_error *error);
/* Shows every problem through the report (DISCERN_PROBLEM). */
void door_show_problems(const struct problems *problems, discern_report *report, void *report_to);
/* Writes the buf's bytes; a fault of the buf or a writer that stopped becomes FAULT_STORE. */
bool door_write(const struct buf *text, discern_write *write, void *to, struct fault *fault);

#endif
