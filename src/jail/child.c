#include "jail/child.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "jail/walls.h"

static bool read_all(int fd, char *at, size_t len) {
    while (len > 0) {
        ssize_t got = read(fd, at, len);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}

static bool write_all(int fd, const char *at, size_t len) {
    while (len > 0) {
        ssize_t put = write(fd, at, len);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        at += put;
        len -= (size_t)put;
    }
    return true;
}

static bool answer(int fd, struct slice bytes, enum fault_kind kind) {
    struct jail_frame frame = {.len = bytes.len, .fault = (uint32_t)kind, .magic = JAIL_MAGIC};
    return write_all(fd, (const char *)&frame, sizeof frame) && write_all(fd, bytes.at, bytes.len);
}

static bool work(int fd, const struct jail_task *task, struct slice input, struct buf *out) {
    struct fault fault = {0};
    buf_clear(out);
    bool done = task->worker(task->user, input, out, &fault) && buf_check(out, "what was read", &fault);
    if (!done) return answer(fd, slice_from(fault.text), fault.kind == FAULT_NONE ? FAULT_INPUT : fault.kind);
    return answer(fd, buf_slice(out), FAULT_NONE);
}

_Noreturn void child_serve(int fd, const struct jail_task *task) {
    struct jail_frame frame;
    struct buf out = buf_new(task->answer_bytes);
    char *input = NULL;
    size_t room = 0;
    bool walled = false;
    walls_detach(fd);
    while (read_all(fd, (char *)&frame, sizeof frame) && frame.magic == JAIL_MAGIC) {
        if (frame.len >= room) {
            char *more = mem_resize(input, frame.len + 1, 1);
            if (more == NULL) break;
            input = more;
            room = frame.len + 1;
        }
        if (!read_all(fd, input, frame.len)) break;
        /* The first request may need what lies outside (a library's tables) to be at hand before the walls rise. */
        if (!walled && task->prepare != NULL) task->prepare(task->user, slice_of(input, frame.len));
        if (!walled) {
            struct jail_protections held = walls_raise(task->memory_bytes);
            if (frame.fault == JAIL_ASK_WALLS) {
                (void)answer(fd, slice_of((const char *)&held, sizeof held), FAULT_NONE);
                break;
            }
        }
        walled = true;
        if (!work(fd, task, slice_of(input, frame.len), &out)) break;
    }
    _exit(0);
}
