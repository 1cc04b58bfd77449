/* walls: what a process can be forbidden, once and for all. Within jail/ only. Nothing here allocates after a wall that
 * would forbid it, and a wall that this kernel does not have is left out, not failed on. */
#ifndef DISCERN_JAIL_WALLS_H
#define DISCERN_JAIL_WALLS_H

#include <stddef.h>

#include "jail/jail.h"

/* Closes every file but `keep_fd`, which stays, points 0, 1 and 2 at /dev/null, and ties the process's life to its
 * parent's. To be called first. */
void walls_detach(int keep_fd);
/* Raises all walls; what holds is in the answer. `memory_bytes` is the ceiling of its address space. */
struct jail_protections walls_raise(size_t memory_bytes);

#endif
