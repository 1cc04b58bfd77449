/* keeper: a process without threads, forked while this one has none, from which the children of a jail start later. A
 * fork from a process with other threads copies whatever locks they hold, and nobody in the copy ever lets them go: a
 * name that is being looked up is such a thread. Within jail/ only. */
#ifndef DISCERN_JAIL_KEEPER_H
#define DISCERN_JAIL_KEEPER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/attr.h"
#include "base/fault.h"
#include "jail/child.h"

struct keeper {
    pid_t pid; /* 0 = there is none */
    int fd;
};

/* Forks the keeper, which remembers `task` and all that it points to as they are now. MEMORY when it cannot be. */
MUST_USE bool keeper_begin(const struct jail_task *task, struct keeper *out, struct fault *fault);
/* Ends the keeper, and with it the child that it has. Harmless where there is none. */
void keeper_end(struct keeper *keeper);
/* Starts a child that serves on `fd`, which stays the caller's too. Its process, or -1 when none could be
 * started: errno says why, EPIPE that the keeper is gone. */
pid_t keeper_start(const struct keeper *keeper, int fd);
/* Waits for the end of a child that keeper_start gave; its status as waitpid gives it, or 0 when that is not known. */
int keeper_wait(const struct keeper *keeper, pid_t child);

#endif
