#include "jail/child.h"

#include <errno.h>
#include <malloc.h>
#include <string.h>
#include <unistd.h>

#include "jail/walls.h"

#define KEPT_BYTES (8 * 1024 * 1024)

static bool next_request(int fd, struct jail_frame *frame) {
    ssize_t got;
    do got = read(fd, frame, sizeof *frame);
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof *frame && frame->magic == JAIL_MAGIC && frame->len <= JAIL_REQUEST_BYTES;
}

static bool answer(int fd, const struct jail_task *task, struct slice bytes, enum fault_kind kind) {
    struct jail_frame frame = {.len = bytes.len, .fault = (uint32_t)kind, .magic = JAIL_MAGIC};
    if (bytes.len > task->answer_bytes) return false;
    if (bytes.len > 0) memcpy(task->shared + JAIL_REQUEST_BYTES, bytes.at, bytes.len);
    return write(fd, &frame, sizeof frame) == (ssize_t)sizeof frame;
}

static bool work(int fd, const struct jail_task *task, struct slice input, struct buf *out) {
    struct fault fault = {0};
    buf_clear(out);
    bool done = task->worker(task->user, input, out, &fault) && buf_check(out, "what was read", &fault);
    if (!done) return answer(fd, task, slice_from(fault.text), fault.kind == FAULT_NONE ? FAULT_INPUT : fault.kind);
    return answer(fd, task, buf_slice(out), FAULT_NONE);
}

_Noreturn void child_serve(int fd, const struct jail_task *task) {
    struct jail_frame frame;
    struct buf out = buf_new(task->answer_bytes);
    bool walled = false, more = true;
    walls_detach(fd);
    /* Memory is kept between documents: giving it back and asking again costs more than the work on a small one. */
    (void)mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    while (more && next_request(fd, &frame)) {
        struct slice input = slice_of(task->shared, frame.len);
        /* The first request may need what lies outside (a library's tables) to be at hand before the walls rise. */
        if (!walled && task->prepare != NULL) task->prepare(task->user, input);
        struct jail_protections held = {0};
        if (!walled) held = walls_raise(task->memory_bytes);
        walled = true;
        if (frame.fault == JAIL_ASK_WALLS)
            more = answer(fd, task, slice_of((const char *)&held, sizeof held), FAULT_NONE);
        else more = work(fd, task, input, &out);
    }
    _exit(0);
}
