/* lock: one run at a time. An open file description lock: it goes with the process, however that ends. */
#ifndef DISCERN_STORE_LOCK_H
#define DISCERN_STORE_LOCK_H

#include "base/attr.h"
#include "base/fault.h"

struct lock {
    int fd_plus_one; /* 0 = not held, so that the zero value is empty */
};

/* Takes the lock on the file `path` (made when missing, never removed), or says FAULT_BUSY at once, naming the process
 * that holds it where that is known. */
MUST_USE bool lock_take(const char *path, struct lock *out, struct fault *fault);
/* For AUTO. */
void lock_release(struct lock *lock);

#endif
