/* A maildir (Bernstein): tmp, then new. The file's name comes from the Message-ID, so the same message delivered twice
 * is one file, also after it was read and moved to cur. */
#include "deliver/target.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"

#define PATH_MOST 4096

static void fd_close(int *fd) {
    if (*fd >= 0) (void)close(*fd);
}

static bool store_fault(struct fault *fault, const char *path) {
    return fault_set(fault, FAULT_STORE, "%s: %s", path, strerror(errno));
}

static bool make_folder(const char *path, struct fault *fault) {
    return mkdir(path, 0700) == 0 || errno == EEXIST || store_fault(fault, path);
}

static void close_folder(DIR **folder) {
    if (*folder != NULL) (void)closedir(*folder);
}

/* Whether the folder has a file of that name, or of that name with flags behind a colon. */
static bool has_file(const char *path, const char *name) {
    AUTO(close_folder)
    DIR *folder = opendir(path);
    size_t len = strlen(name);
    const struct dirent *found;
    while (folder != NULL && (found = readdir(folder)) != NULL)
        if (strncmp(found->d_name, name, len) == 0 && (found->d_name[len] == '\0' || found->d_name[len] == ':'))
            return true;
    return false;
}

static bool write_all(int fd, struct slice bytes) {
    while (bytes.len > 0) {
        ssize_t wrote = write(fd, bytes.at, bytes.len);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        bytes = slice_part(bytes, (size_t)wrote, bytes.len);
    }
    return true;
}

static bool write_file(const char *path, struct slice bytes, struct fault *fault) {
    AUTO(fd_close)
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return store_fault(fault, path);
    if (write_all(fd, bytes) && fsync(fd) == 0) return true;
    store_fault(fault, path);
    (void)unlink(path);
    return false;
}

static bool sync_folder(const char *path, struct fault *fault) {
    AUTO(fd_close)
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return (fd >= 0 && fsync(fd) == 0) || store_fault(fault, path);
}

struct maildir {
    char tmp[PATH_MOST], fresh[PATH_MOST], cur[PATH_MOST], from[PATH_MOST], to[PATH_MOST];
};

static bool name_paths(struct maildir *dir, struct slice root, const char *name) {
    struct {
        char *at;
        const char *folder, *file;
    } paths[] = {{dir->tmp, "tmp", ""},
                 {dir->fresh, "new", ""},
                 {dir->cur, "cur", ""},
                 {dir->from, "tmp/", name},
                 {dir->to, "new/", name}};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        int len = snprintf(paths[i].at, PATH_MOST, "%.*s/%s%s", SLICE_ARGS(root), paths[i].folder, paths[i].file);
        if (len < 0 || len >= PATH_MOST) return false;
    }
    return true;
}

static bool hand_over(const struct target_settings *settings, const struct parcel *parcel, bool *may_have_gone,
                      struct fault *fault) {
    char hex[HASH_HEX_BYTES], name[80], root[PATH_MOST];
    struct maildir dir;
    *may_have_gone = false;
    if (!parcel_holds(parcel, fault) || !hash_sha256_hex(parcel->message_id, hex, fault)) return false;
    int len = snprintf(root, sizeof root, "%.*s", SLICE_ARGS(settings->folder));
    snprintf(name, sizeof name, "%lld.%.32s.discern", (long long)parcel->date_s, hex);
    if (len <= 0 || len >= PATH_MOST || !name_paths(&dir, settings->folder, name))
        return fault_set(fault, FAULT_CONFIG, "the maildir's path does not hold");
    if (!make_folder(root, fault) || !make_folder(dir.tmp, fault) || !make_folder(dir.fresh, fault) ||
        !make_folder(dir.cur, fault))
        return false;
    if (has_file(dir.fresh, name) || has_file(dir.cur, name)) return true;
    AUTO(buf_free)
    struct buf lines = buf_new(parcel->message.len + 1);
    if (!parcel_lines(parcel, &lines, fault) || !write_file(dir.from, buf_slice(&lines), fault)) return false;
    if (rename(dir.from, dir.to) != 0) return store_fault(fault, dir.to);
    return sync_folder(dir.fresh, fault);
}

const struct target target_maildir = {
    .name = "maildir",
    .help = "puts each mail into a maildir",
    .hand_over = hand_over,
};
