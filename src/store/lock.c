#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WHOLE_FILE                                                                                                     \
    { .l_type = F_WRLCK, .l_whence = SEEK_SET }

static bool busy(int fd, struct fault *fault) {
    char text[24] = {0};
    ssize_t got = pread(fd, text, sizeof text - 1, 0);
    long pid = got > 0 ? strtol(text, NULL, 10) : 0;
    if (pid <= 0) return fault_set(fault, FAULT_BUSY, "another run is under way: try again when it has ended");
    return fault_set(fault, FAULT_BUSY, "another run is under way (process %ld): try again when it has ended", pid);
}

/* Only for the message of who comes second: that it could not be written harms nothing, and the number is shown only
 * when it reads as one. */
static void sign(int fd) {
    char text[24];
    int len = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    bool emptied = ftruncate(fd, 0) == 0;
    if (emptied && len > 0 && pwrite(fd, text, (size_t)len, 0) != len && ftruncate(fd, 0) != 0) return;
}

bool lock_take(const char *path, struct lock *out, struct fault *fault) {
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return fault_set(fault, FAULT_STORE, "the lock %s cannot be opened (%s): make its folder writable", path,
                         strerror(errno));
    struct lock lock = {.fd_plus_one = fd + 1};
    struct flock whole = WHOLE_FILE;
    if (fcntl(fd, F_OFD_SETLK, &whole) == 0) {
        sign(fd);
        *out = lock;
        return true;
    }
    int error = errno;
    if (error == EAGAIN || error == EACCES) (void)busy(fd, fault);
    else (void)fault_set(fault, FAULT_STORE, "the lock %s cannot be taken: %s", path, strerror(error));
    lock_release(&lock);
    return false;
}

void lock_release(struct lock *lock) {
    if (lock->fd_plus_one != 0) (void)close(lock->fd_plus_one - 1);
    lock->fd_plus_one = 0;
}
