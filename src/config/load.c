/* load: the one file of this room that touches the disk. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "config/config.h"

static void close_file(int *file) {
    if (*file >= 0) (void)close(*file);
}

bool config_read_file(const char *path, struct arena *arena, struct slice *out, bool *found, struct fault *fault) {
    AUTO(close_file)
    int file = open(path, O_RDONLY | O_CLOEXEC);
    *found = file >= 0;
    if (file < 0 && errno == ENOENT) return true;
    if (file < 0) return fault_set(fault, FAULT_CONFIG, "%s: cannot be read: %s", path, strerror(errno));
    struct stat about;
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode))
        return fault_set(fault, FAULT_CONFIG, "%s: is no ordinary file", path);
    if (about.st_size > (off_t)LIMIT_CONFIG_BYTES)
        return fault_set(fault, FAULT_CONFIG, "%s: is larger than %zu bytes", path, LIMIT_CONFIG_BYTES);
    AUTO(buf_free)
    struct buf text = buf_new((size_t)LIMIT_CONFIG_BYTES);
    for (;;) {
        char *room = buf_room(&text, 65536);
        if (room == NULL) break;
        ssize_t got = read(file, room, 65536);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fault_set(fault, FAULT_CONFIG, "%s: cannot be read: %s", path, strerror(errno));
        if (got == 0) break;
        buf_grown(&text, (size_t)got);
    }
    if (!buf_check(&text, path, fault)) return false;
    return arena_copy(arena, buf_slice(&text), out) || fault_memory(fault);
}

uint64_t config_stamp(const char *folder, const char *const *names, size_t count) {
    uint64_t stamp = 0;
    AUTO(close_file)
    int here = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (size_t i = 0; i < count; i++) {
        struct stat about = {0};
        if (here < 0 || fstatat(here, names[i], &about, 0) != 0) about = (struct stat){0};
        const int64_t facts[] = {(int64_t)about.st_dev, (int64_t)about.st_ino, (int64_t)about.st_size,
                                 about.st_mtim.tv_sec,  about.st_mtim.tv_nsec, about.st_ctim.tv_nsec};
        stamp = hash_fnv64(slice_of((const char *)facts, sizeof facts), stamp);
    }
    return stamp;
}

static bool read_one(const char *folder, const char *name, struct arena *arena, struct config_file *out,
                     struct fault *fault) {
    bool found;
    char *path = arena_printf(arena, "%s/%s", folder, name);
    if (path == NULL) return fault_memory(fault);
    *out = (struct config_file){.name = slice_from(path)};
    return config_read_file(path, arena, &out->text, &found, fault);
}

bool config_load(const struct config_tables *tables, const char *folder, struct arena *arena, struct config *out,
                 struct problems *problems, struct fault *fault) {
    struct config_files files;
    return read_one(folder, "discern.conf", arena, &files.discern, fault) &&
           read_one(folder, "sources.conf", arena, &files.sources, fault) &&
           read_one(folder, "prompts.conf", arena, &files.prompts, fault) &&
           read_one(folder, "placeholders.conf", arena, &files.placeholders, fault) &&
           config_read(tables, &files, arena, out, problems, fault);
}
