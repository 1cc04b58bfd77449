#include "store/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/mem.h"

#define PART_BYTES 255
#define TEMPORARY ".discern-new-" /* no name that file_name_holds allows begins so */
#define SLUG_BYTES 40
#define HASH_BYTES 12

static void close_fd(int *fd) {
    if (*fd >= 0) (void)close(*fd);
    *fd = -1;
}

static bool fail(struct fault *fault, const char *what, struct slice name, int error) {
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        return fault_set(fault, FAULT_STORE, "%.*s could not be written, the disk is full: make room and run again",
                         SLICE_ARGS(name));
    if (error == EACCES || error == EROFS || error == EPERM)
        return fault_set(fault, FAULT_STORE, "%.*s %s: make it and its folder writable", SLICE_ARGS(name), what);
    return fault_set(fault, FAULT_STORE, "%.*s %s: %s", SLICE_ARGS(name), what, strerror(error));
}

static bool part_holds(struct slice part) {
    if (part.len == 0 || part.len > PART_BYTES || part.at[0] == '.') return false;
    for (size_t i = 0; i < part.len; i++) {
        char c = part.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '_' || c == '.';
        if (!plain) return false;
    }
    return true;
}

bool file_name_holds(struct slice name) {
    if (name.len == 0 || name.len > LIMIT_FILE_NAME_BYTES) return false;
    struct slice rest = name;
    while (!slice_is_absent(rest))
        if (!part_holds(slice_next(&rest, '/'))) return false;
    return true;
}

static bool check_name(struct slice name, struct fault *fault) {
    return file_name_holds(name) ||
           fault_set(fault, FAULT_USAGE, "'%.*s' is not a file name that is written", SLICE_ARGS(name));
}

bool file_name_from(struct arena *arena, struct slice text, struct slice *out) {
    char slug[SLUG_BYTES + 1];
    char hash[HASH_HEX_BYTES];
    struct fault ignored = {0};
    size_t len = 0;
    for (size_t i = 0; i < text.len && len < SLUG_BYTES; i++) {
        char c = text.at[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) slug[len++] = c;
        if (!plain && len > 0 && slug[len - 1] != '-') slug[len++] = '-';
    }
    while (len > 0 && slug[len - 1] == '-') len--;
    slug[len] = '\0';
    bool whole = len > 0 && slice_equal(slice_of(slug, len), text);
    if (!whole && !hash_sha256_hex(text, hash, &ignored)) return false;
    const char *between = len > 0 ? "-" : "";
    char *name = whole ? arena_text(arena, text) : arena_printf(arena, "%s%s%.*s", slug, between, HASH_BYTES, hash);
    if (name == NULL) return false;
    *out = slice_from(name);
    return true;
}

/* Opens the folder `part` beneath `at`, made when missing. A link is not followed. */
static int open_part(int at, const char *part, enum folder_mode mode) {
    int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    int fd = openat(at, part, flags);
    if (fd >= 0 || errno != ENOENT || mode == FOLDER_MUST_EXIST) return fd;
    if (mkdirat(at, part, 0700) != 0 && errno != EEXIST) return -1;
    if (fsync(at) != 0) return -1;
    return openat(at, part, flags);
}

/* mkdir -p; here links are followed, since the path comes from the configuration. */
static bool make_path(char *path, struct fault *fault) {
    for (char *c = path + 1;; c++) {
        if (*c != '/' && *c != '\0') continue;
        char kept = *c;
        *c = '\0';
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        int error = errno;
        if (!made) return fail(fault, "cannot be made", slice_from(path), error);
        *c = kept;
        if (kept == '\0') return true;
    }
}

bool folder_open(const char *path, enum folder_mode mode, struct folder *out, struct fault *fault) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && mode == FOLDER_MAKE && path[0] != '\0') {
        AUTO(buf_free)
        struct buf copy = buf_new(LIMIT_PATH_BYTES);
        buf_add_text(&copy, path);
        if (!buf_check(&copy, "a folder's path", fault) || !make_path(copy.at, fault)) return false;
        fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    if (fd < 0) return fail(fault, "cannot be opened", slice_from(path), errno);
    out->fd_plus_one = fd + 1;
    return true;
}

void folder_close(struct folder *folder) {
    if (folder->fd_plus_one != 0) (void)close(folder->fd_plus_one - 1);
    folder->fd_plus_one = 0;
}

/* Walks down to the folder that holds the last part of `name`; `last` gets that part. The caller closes. */
static bool open_parent(const struct folder *folder, struct slice name, enum folder_mode mode,
                        char last[PART_BYTES + 1], int *out, struct fault *fault) {
    int at = openat(folder->fd_plus_one - 1, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (at < 0) return fail(fault, "cannot be opened", name, errno);
    struct slice rest = name;
    for (;;) {
        struct slice part = slice_next(&rest, '/');
        memcpy(last, part.at, part.len);
        last[part.len] = '\0';
        if (slice_is_absent(rest)) break;
        int below = open_part(at, last, mode);
        int error = errno;
        close_fd(&at);
        if (below < 0) {
            if (error == ENOENT && mode == FOLDER_MUST_EXIST) {
                *out = -1;
                return true;
            }
            return fail(fault, "cannot be opened", name, error);
        }
        at = below;
    }
    *out = at;
    return true;
}

static bool read_all(int fd, struct slice name, struct buf *out, struct fault *fault) {
    for (;;) {
        char block[16 * 1024];
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(fault, "cannot be read", name, errno);
        if (got == 0) return buf_check(out, "a file", fault);
        buf_add(out, slice_of(block, (size_t)got));
        if (buf_failed(out)) return buf_check(out, "a file", fault);
    }
}

static bool write_all(int fd, struct slice bytes) {
    size_t done = 0;
    while (done < bytes.len) {
        ssize_t put = write(fd, bytes.at + done, bytes.len - done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        if (put == 0) {
            errno = ENOSPC;
            return false;
        }
        done += (size_t)put;
    }
    return true;
}

static mode_t mode_of(enum file_access access) {
    return access == FILE_PUBLIC ? 0644 : 0600;
}

static bool holds_already(int parent, const char *last, const struct file_put *put) {
    AUTO(close_fd)
    int fd = openat(parent, last, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return false;
    if (about.st_size < 0 || (size_t)about.st_size != put->bytes.len) return false;
    if ((about.st_mode & 0777) != mode_of(put->access)) return false;
    struct fault ignored = {0};
    AUTO(buf_free)
    struct buf now = buf_new(put->bytes.len + 1);
    return read_all(fd, put->name, &now, &ignored) && slice_equal(buf_slice(&now), put->bytes);
}

/* A name that no other process writes at the same time, and none before `first` of this one. */
static int open_temporary(int parent, size_t first, char name[64]) {
    for (size_t i = first; i < first + 100; i++) {
        int len = snprintf(name, 64, TEMPORARY "%ld-%zu", (long)getpid(), i);
        if (len < 0 || len >= 64) return -1;
        int fd = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

enum fill_how { FILL_SYNCED, FILL_SYNCED_LATER };

/* Every step is asked whether it worked, closing included: a write that fails late is a write that failed. */
static bool fill(int *fd, const struct file_put *put, enum fill_how how) {
    if (!write_all(*fd, put->bytes) || fchmod(*fd, mode_of(put->access)) != 0) return false;
    if (how == FILL_SYNCED && fsync(*fd) != 0) return false;
    int closing = *fd;
    *fd = -1;
    return close(closing) == 0;
}

static bool replace(int parent, const char *last, const struct file_put *put, struct fault *fault) {
    char temporary[64];
    AUTO(close_fd)
    int fd = open_temporary(parent, 0, temporary);
    if (fd < 0) return fail(fault, "cannot be written", put->name, errno);
    if (!fill(&fd, put, FILL_SYNCED) || renameat(parent, temporary, parent, last) != 0) {
        int error = errno;
        (void)unlinkat(parent, temporary, 0);
        return fail(fault, "cannot be written", put->name, error);
    }
    /* Without this a power cut may take the name away again. */
    return fsync(parent) == 0 || fail(fault, "cannot be made safe", put->name, errno);
}

static bool check_put(const struct file_put *put, struct fault *fault) {
    if (!check_name(put->name, fault)) return false;
    return put->bytes.len <= LIMIT_FILE_BYTES ||
           fault_set(fault, FAULT_LIMIT, "%.*s is too large to be written", SLICE_ARGS(put->name));
}

bool file_put(const struct folder *folder, const struct file_put *put, enum file_outcome *outcome,
              struct fault *fault) {
    char last[PART_BYTES + 1];
    AUTO(close_fd)
    int parent = -1;
    if (!check_put(put, fault)) return false;
    if (!open_parent(folder, put->name, FOLDER_MAKE, last, &parent, fault)) return false;
    bool same = holds_already(parent, last, put);
    if (!same && !replace(parent, last, put, fault)) return false;
    if (outcome != NULL) *outcome = same ? FILE_UNCHANGED : FILE_WRITTEN;
    return true;
}

/* ---- many files ---- */

/* The names of its own temporary files begin behind those of file_put. */
#define BATCH_FIRST 1000

struct pending {
    struct slice name;
    char temporary[64];
};

struct file_batch {
    const struct folder *folder;
    struct arena *arena;
    struct pending *at;
    size_t count, capacity, named; /* named: how many have their place */
};

struct file_batch *file_batch_new(const struct folder *folder) {
    struct file_batch *batch = mem_new(1, sizeof *batch);
    if (batch == NULL) return NULL;
    batch->folder = folder;
    batch->arena = arena_new(LIMIT_ARENA_BYTES);
    if (batch->arena == NULL) file_batch_free(&batch);
    return batch;
}

void file_batch_free(struct file_batch **batch) {
    if (*batch == NULL) return;
    for (size_t i = (*batch)->named; i < (*batch)->count; i++) {
        char last[PART_BYTES + 1];
        AUTO(close_fd)
        int parent = -1;
        struct fault ignored = {0};
        if (open_parent((*batch)->folder, (*batch)->at[i].name, FOLDER_MUST_EXIST, last, &parent, &ignored) &&
            parent >= 0)
            (void)unlinkat(parent, (*batch)->at[i].temporary, 0);
    }
    arena_free(&(*batch)->arena);
    mem_free(*batch);
    *batch = NULL;
}

static bool add_pending(struct file_batch *batch, int parent, const struct file_put *put, struct fault *fault) {
    struct pending *more = arena_grow(batch->arena, batch->at, batch->count, &batch->capacity, sizeof *more);
    if (more == NULL) return fault_memory(fault);
    batch->at = more;
    struct pending *pending = &more[batch->count];
    if (!arena_copy(batch->arena, put->name, &pending->name)) return fault_memory(fault);
    AUTO(close_fd)
    int fd = open_temporary(parent, BATCH_FIRST + batch->count, pending->temporary);
    if (fd < 0) return fail(fault, "cannot be written", put->name, errno);
    batch->count++; /* from now on it is taken away when it gets no name */
    return fill(&fd, put, FILL_SYNCED_LATER) || fail(fault, "cannot be written", put->name, errno);
}

bool file_batch_put(struct file_batch *batch, const struct file_put *put, enum file_outcome *outcome,
                    struct fault *fault) {
    char last[PART_BYTES + 1];
    AUTO(close_fd)
    int parent = -1;
    if (!check_put(put, fault)) return false;
    if (!open_parent(batch->folder, put->name, FOLDER_MAKE, last, &parent, fault)) return false;
    bool same = holds_already(parent, last, put);
    if (!same && !add_pending(batch, parent, put, fault)) return false;
    if (outcome != NULL) *outcome = same ? FILE_UNCHANGED : FILE_WRITTEN;
    return true;
}

/* The folder part of a name. */
static struct slice folder_of(struct slice name) {
    while (name.len > 0 && name.at[name.len - 1] != '/') name.len--;
    return name;
}

/* The bytes are on the disk already; the file's own fsync says so, and costs nothing any more. */
static bool name_one(int parent, const struct pending *pending, const char *last, struct fault *fault) {
    AUTO(close_fd)
    int fd = openat(parent, pending->temporary, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fsync(fd) != 0 || renameat(parent, pending->temporary, parent, last) != 0)
        return fail(fault, "cannot be written", pending->name, errno);
    return true;
}

bool file_batch_end(struct file_batch *batch, struct fault *fault) {
    if (batch->named < batch->count && syncfs(batch->folder->fd_plus_one - 1) != 0)
        return fail(fault, "cannot be made safe", batch->at[batch->named].name, errno);
    while (batch->named < batch->count) {
        AUTO(close_fd)
        int parent = -1;
        struct slice folder = folder_of(batch->at[batch->named].name);
        char last[PART_BYTES + 1];
        for (; batch->named < batch->count; batch->named++) {
            const struct pending *pending = &batch->at[batch->named];
            if (!slice_equal(folder_of(pending->name), folder)) break;
            if (parent < 0 && !open_parent(batch->folder, pending->name, FOLDER_MUST_EXIST, last, &parent, fault))
                return false;
            if (parent < 0) return fail(fault, "cannot be written", pending->name, ENOENT);
            memcpy(last, pending->name.at + folder.len, pending->name.len - folder.len);
            last[pending->name.len - folder.len] = '\0';
            if (!name_one(parent, pending, last, fault)) return false;
        }
        /* Without this a power cut may take the names away again. */
        if (fsync(parent) != 0) return fail(fault, "cannot be made safe", folder, errno);
    }
    return true;
}

bool file_get(const struct folder *folder, struct slice name, struct buf *out, bool *found, struct fault *fault) {
    char last[PART_BYTES + 1];
    AUTO(close_fd)
    int parent = -1;
    if (!check_name(name, fault) || !open_parent(folder, name, FOLDER_MUST_EXIST, last, &parent, fault)) return false;
    AUTO(close_fd)
    int fd = parent < 0 ? -1 : openat(parent, last, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (parent >= 0 && fd < 0 && errno != ENOENT) return fail(fault, "cannot be read", name, errno);
    if (fd >= 0 && !read_all(fd, name, out, fault)) return false;
    *found = fd >= 0;
    return true;
}

bool file_remove(const struct folder *folder, struct slice name, bool *found, struct fault *fault) {
    char last[PART_BYTES + 1];
    AUTO(close_fd)
    int parent = -1;
    if (!check_name(name, fault) || !open_parent(folder, name, FOLDER_MUST_EXIST, last, &parent, fault)) return false;
    bool removed = parent >= 0 && unlinkat(parent, last, 0) == 0;
    if (parent >= 0 && !removed && errno != ENOENT) return fail(fault, "cannot be removed", name, errno);
    if (removed && fsync(parent) != 0) return fail(fault, "cannot be made safe", name, errno);
    *found = removed;
    return true;
}

static void close_entries(DIR **entries) {
    if (*entries != NULL) (void)closedir(*entries);
    *entries = NULL;
}

/* Takes the descriptor. */
static DIR *open_entries(int *fd) {
    DIR *entries = fdopendir(*fd);
    if (entries != NULL) *fd = -1;
    return entries;
}

/* Opens the folder `name` beneath; -1 when there is none. */
static bool open_below(const struct folder *folder, struct slice name, int *out, struct fault *fault) {
    char last[PART_BYTES + 1];
    AUTO(close_fd)
    int parent = -1;
    if (name.len == 0) {
        *out = openat(folder->fd_plus_one - 1, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        return *out >= 0 || fail(fault, "cannot be opened", SLICE("the folder"), errno);
    }
    if (!check_name(name, fault) || !open_parent(folder, name, FOLDER_MUST_EXIST, last, &parent, fault)) return false;
    *out = parent < 0 ? -1 : open_part(parent, last, FOLDER_MUST_EXIST);
    return *out >= 0 || parent < 0 || errno == ENOENT || fail(fault, "cannot be opened", name, errno);
}

static int by_bytes(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

static bool add_name(struct arena *arena, struct slice_list *list, const char *name, struct fault *fault) {
    struct slice copy;
    if (list->count >= LIMIT_FOLDER_FILES) return fault_set(fault, FAULT_LIMIT, "a folder holds too many files");
    struct slice *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL || !arena_copy(arena, slice_from(name), &copy)) return fault_memory(fault);
    list->at = more;
    list->at[list->count++] = copy;
    return true;
}

static bool is_regular(int at, const char *name) {
    struct stat about;
    return fstatat(at, name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(about.st_mode);
}

bool file_list(const struct folder *folder, struct slice name, struct arena *arena, struct slice_list *out,
               struct fault *fault) {
    AUTO(close_fd)
    int fd = -1;
    struct slice_list list = {0};
    if (!open_below(folder, name, &fd, fault)) return false;
    AUTO(close_entries)
    DIR *entries = fd < 0 ? NULL : open_entries(&fd);
    for (const struct dirent *entry = NULL; entries != NULL && (entry = readdir(entries)) != NULL;)
        if (entry->d_name[0] != '.' && is_regular(dirfd(entries), entry->d_name) &&
            !add_name(arena, &list, entry->d_name, fault))
            return false;
    if (list.count > 0) qsort(list.at, list.count, sizeof list.at[0], by_bytes);
    *out = list;
    return true;
}

#define SWEEP_DEPTH 8

static void sweep(int fd, unsigned depth, int64_t *removed) {
    AUTO(close_fd)
    int own = fd;
    AUTO(close_entries)
    DIR *entries = open_entries(&own);
    for (const struct dirent *entry = NULL; entries != NULL && (entry = readdir(entries)) != NULL;) {
        bool temporary = strncmp(entry->d_name, TEMPORARY, sizeof TEMPORARY - 1) == 0;
        if (temporary && unlinkat(dirfd(entries), entry->d_name, 0) == 0) (*removed)++;
        if (entry->d_name[0] == '.' || depth == 0) continue;
        int below = open_part(dirfd(entries), entry->d_name, FOLDER_MUST_EXIST);
        if (below >= 0) sweep(below, depth - 1, removed);
    }
}

bool folder_sweep(const struct folder *folder, int64_t *removed, struct fault *fault) {
    int fd = -1;
    if (!open_below(folder, (struct slice){NULL, 0}, &fd, fault)) return false;
    *removed = 0;
    sweep(fd, SWEEP_DEPTH, removed);
    return true;
}
