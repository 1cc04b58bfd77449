#include "fetch/fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/when.h"

static void close_file(const int *file) {
    if (*file >= 0) (void)close(*file);
}

static bool failed(struct arena *arena, const char *reason, struct response *out, struct fault *fault) {
    if (reason == NULL) return fault_memory(fault);
    *out = (struct response){.state = RESPONSE_FAILED,
                             .date_s = WHEN_ABSENT,
                             .expires_s = WHEN_ABSENT,
                             .retry_at_s = WHEN_ABSENT};
    return arena_copy(arena, slice_from(reason), &out->reason) || fault_memory(fault);
}

/* Reads to the end, however long the file said that it is. -1: errno says why; more than max_bytes: it is too long. */
static ssize_t read_all(int file, char *at, size_t max_bytes) {
    size_t len = 0;
    while (len <= max_bytes) {
        ssize_t got = read(file, at + len, max_bytes + 1 - len);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        len += (size_t)got;
    }
    return (ssize_t)len;
}

bool fetch_file(const char *path, size_t max_bytes, struct arena *arena, struct response *out, struct fault *fault) {
    if (max_bytes == 0) max_bytes = LIMIT_DOCUMENT_BYTES;
    /* O_NONBLOCK: opening a pipe that nobody writes to would wait for ever; files do not care. */
    AUTO(close_file)
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0)
        return failed(arena, arena_printf(arena, "the file %s cannot be read: %s", path, strerror(errno)), out, fault);
    if (!S_ISREG(about.st_mode))
        return failed(arena, arena_printf(arena, "%s is not an ordinary file", path), out, fault);
    if (about.st_size > (off_t)max_bytes)
        return failed(arena, arena_printf(arena, "the file %s is larger than %zu bytes", path, max_bytes), out, fault);
    /* One byte more than it says, to see that it has not grown meanwhile. */
    size_t size = (size_t)about.st_size;
    char *bytes = arena_alloc(arena, size + 2, 1);
    if (bytes == NULL) return fault_memory(fault);
    ssize_t got = read_all(file, bytes, size);
    if (got < 0)
        return failed(arena, arena_printf(arena, "the file %s cannot be read: %s", path, strerror(errno)), out, fault);
    if ((size_t)got != size)
        return failed(arena, arena_printf(arena, "the file %s was changed while it was read", path), out, fault);
    const char *tag = arena_printf(arena, "file:%lld:%lld.%09ld", (long long)size, (long long)about.st_mtim.tv_sec,
                                   about.st_mtim.tv_nsec);
    if (tag == NULL) return fault_memory(fault);
    *out = (struct response){.state = RESPONSE_ANSWERED,
                             .status = 200,
                             .body = slice_of(bytes, size),
                             .etag = slice_from(tag),
                             .date_s = WHEN_ABSENT,
                             .expires_s = WHEN_ABSENT,
                             .retry_at_s = WHEN_ABSENT};
    return true;
}
