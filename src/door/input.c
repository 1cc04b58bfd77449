#include "door/input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_BYTES ((size_t)64 * 1024)

static void close_file(int *file) {
    if (*file > STDIN_FILENO) (void)close(*file);
}

static size_t size_of(int file) {
    struct stat about;
    return fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0 ? (size_t)about.st_size : 0;
}

bool input_read(const char *path, struct buf *out, struct fault *fault) {
    AUTO(close_file)
    int file = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return fault_set(fault, FAULT_INPUT, "cannot be opened: %s", strerror(errno));
    size_t piece = size_of(file) + 1; /* one more, so that the end is seen at once */
    buf_clear(out);
    for (;;) {
        if (piece < PIECE_BYTES && out->len > 0) piece = PIECE_BYTES;
        size_t left = out->ceiling_bytes - out->len;
        char *room = buf_room(out, piece < left ? piece : left);
        if (room == NULL) return fault_memory(fault);
        if (left == 0) return fault_set(fault, FAULT_LIMIT, "larger than %zu bytes", out->ceiling_bytes - 1);
        ssize_t got = read(file, room, piece < left ? piece : left);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fault_set(fault, FAULT_INPUT, "cannot be read: %s", strerror(errno));
        if (got == 0) return true;
        buf_grown(out, (size_t)got);
    }
}
