/* child: the life of the process inside, and the frames that both sides speak. Within jail/ only. */
#ifndef DISCERN_JAIL_CHILD_H
#define DISCERN_JAIL_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "jail/jail.h"

/* The largest request: a document of the largest size, with what is said of it. */
#define JAIL_REQUEST_BYTES (LIMIT_DOCUMENT_BYTES + (size_t)1024 * 1024)

/* Rings for each request and each answer, whose bytes lie in shared memory; in the machine's own byte order, since both
 * ends are the same program. */
struct jail_frame {
    uint64_t len;
    uint32_t fault; /* of an answer: enum fault_kind, the bytes are its text; FAULT_NONE: the bytes are the answer */
    uint32_t magic;
};
#define JAIL_MAGIC 0x6a61696cu
/* In the fault field of a request: do no work, answer with a struct jail_protections. */
#define JAIL_ASK_WALLS 1u

struct jail_task {
    jail_worker *worker;
    jail_prepare *prepare; /* may be NULL */
    void *user;
    char *shared; /* JAIL_REQUEST_BYTES for the request, then answer_bytes for the answer */
    size_t memory_bytes, answer_bytes;
};

/* Serves requests on `fd` until it is closed. Never returns. */
_Noreturn void child_serve(int fd, const struct jail_task *task);

#endif
