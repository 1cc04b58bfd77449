#include "stage/stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/late.h"
#include "base/mem.h"

#define BLOCK_BYTES ((size_t)64 * 1024)
#define LEAST_ALLOWED_BYTES ((int64_t)64 * 1024 * 1024)

struct stream {
    int file;
    struct archive *zip; /* NULL for a plain file */
    bool given;          /* the plain file's one member was handed out */
    int64_t size_bytes, unpacked_bytes;
};

static bool is_zip(int file) {
    unsigned char head[4];
    if (pread(file, head, sizeof head, 0) != (ssize_t)sizeof head) return false;
    return head[0] == 'P' && head[1] == 'K' && (head[2] == 3 || head[2] == 5 || head[2] == 7);
}

static bool open_zip(struct stream *stream, struct fault *fault) {
    if (!late_open(LATE_ARCHIVE, fault)) return false;
    stream->zip = archive_read_new();
    if (stream->zip == NULL) return fault_memory(fault);
    if (archive_read_support_format_zip(stream->zip) == ARCHIVE_OK &&
        archive_read_open_fd(stream->zip, stream->file, BLOCK_BYTES) == ARCHIVE_OK)
        return true;
    return fault_set(fault, FAULT_INPUT, "the ZIP cannot be read: %s", archive_error_string(stream->zip));
}

struct stream *stream_open(const char *path, struct fault *fault) {
    struct stat about;
    struct stream *stream = mem_new(1, sizeof *stream);
    if (stream == NULL) {
        fault_memory(fault);
        return NULL;
    }
    stream->file = open(path, O_RDONLY | O_CLOEXEC);
    bool good = stream->file >= 0 && fstat(stream->file, &about) == 0 && S_ISREG(about.st_mode);
    if (!good) {
        fault_set(fault, FAULT_INPUT, "%s: %s", path, stream->file < 0 ? strerror(errno) : "is no ordinary file");
    } else {
        stream->size_bytes = about.st_size;
        good = !is_zip(stream->file) || open_zip(stream, fault);
    }
    if (!good) stream_free(&stream);
    return stream;
}

void stream_free(struct stream **stream) {
    if (*stream == NULL) return;
    if ((*stream)->zip != NULL) (void)archive_read_free((*stream)->zip);
    if ((*stream)->file >= 0) (void)close((*stream)->file);
    mem_free(*stream);
    *stream = NULL;
}

bool stream_is_zip(const struct stream *stream) {
    return stream->zip != NULL;
}

bool stream_next(struct stream *stream, struct slice *name, bool *more, struct fault *fault) {
    struct archive_entry *entry;
    *more = false;
    if (stream->zip == NULL) {
        *more = !stream->given;
        stream->given = true;
        *name = (struct slice){NULL, 0};
        return true;
    }
    int answer = archive_read_next_header(stream->zip, &entry);
    if (answer == ARCHIVE_EOF) return true;
    if (answer < ARCHIVE_WARN)
        return fault_set(fault, FAULT_INPUT, "the ZIP is damaged: %s", archive_error_string(stream->zip));
    *name = slice_from(archive_entry_pathname(entry));
    *more = true;
    return true;
}

bool stream_read(struct stream *stream, char *at, size_t room, size_t *got, struct fault *fault) {
    ssize_t count;
    do count = stream->zip != NULL ? archive_read_data(stream->zip, at, room) : read(stream->file, at, room);
    while (count < 0 && stream->zip == NULL && errno == EINTR);
    if (count < 0)
        return fault_set(fault, FAULT_INPUT, "cannot be read to its end: %s",
                         stream->zip != NULL ? archive_error_string(stream->zip) : strerror(errno));
    *got = (size_t)count;
    stream->unpacked_bytes += count;
    int64_t allowed = stream->size_bytes * STREAM_ZIP_RATIO;
    if (allowed < LEAST_ALLOWED_BYTES) allowed = LEAST_ALLOWED_BYTES;
    if (stream->zip != NULL && stream->unpacked_bytes > allowed)
        return fault_set(fault, FAULT_LIMIT, "the ZIP unpacks to more than %d times its size: it is not read on",
                         STREAM_ZIP_RATIO);
    return true;
}
