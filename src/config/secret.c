#include "config/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "config/block.h"

#define PATH_BYTES 4096
#define FILE_BYTES ((size_t)64 * 1024)

struct secrets {
    char file[PATH_BYTES]; /* "" = none */
};

static void close_file(int *file) {
    if (*file >= 0) (void)close(*file);
}

struct secrets *secrets_new(struct slice file, struct fault *fault) {
    struct secrets *secrets = mem_new(1, sizeof *secrets);
    if (secrets == NULL) {
        fault_memory(fault);
        return NULL;
    }
    int written = snprintf(secrets->file, sizeof secrets->file, "%.*s", SLICE_ARGS(file));
    if (written >= 0 && written < (int)sizeof secrets->file) return secrets;
    fault_set(fault, FAULT_CONFIG, "the path of the secrets file is too long");
    secrets_free(&secrets);
    return NULL;
}

void secrets_free(struct secrets **secrets) {
    mem_free(*secrets);
    *secrets = NULL;
}

static bool read_all(int file, struct buf *out) {
    for (;;) {
        char *room = buf_room(out, 4096);
        if (room == NULL) return false;
        ssize_t got = read(file, room, 4096);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0;
        buf_grown(out, (size_t)got);
    }
}

/* A value ends with its line: an editor's line break at the end is no part of it. */
static void add_trimmed(struct buf *out, struct slice value) {
    buf_add(out, slice_trim(value));
}

static bool from_credential(struct slice name, struct buf *out) {
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    char path[PATH_BYTES];
    if (folder == NULL || folder[0] != '/') return false;
    int written = snprintf(path, sizeof path, "%s/%.*s", folder, SLICE_ARGS(name));
    if (written < 0 || written >= (int)sizeof path) return false;
    AUTO(close_file)
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    AUTO(buf_free)
    struct buf text = buf_new(FILE_BYTES);
    if (file < 0 || !read_all(file, &text)) return false;
    add_trimmed(out, buf_slice(&text));
    explicit_bzero(text.at, text.cap);
    return out->len > 0;
}

/* The line "NAME VALUE" of the file; *found says whether it was there. */
static bool from_file(const struct secrets *secrets, struct slice name, struct buf *out, bool *found,
                      struct fault *fault) {
    *found = false;
    if (secrets->file[0] == '\0') return true;
    AUTO(close_file)
    int file = open(secrets->file, O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) return true;
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0)
        return fault_set(fault, FAULT_CONFIG, "%s: cannot be read: %s", secrets->file, strerror(errno));
    if (about.st_uid != geteuid() || (about.st_mode & 077) != 0)
        return fault_set(fault, FAULT_CONFIG, "%s: others may read this file: do 'chmod 600' on it, as its owner",
                         secrets->file);
    AUTO(buf_free)
    struct buf text = buf_new(FILE_BYTES);
    if (!read_all(file, &text)) return fault_set(fault, FAULT_CONFIG, "%s: cannot be read whole", secrets->file);
    struct slice rest = buf_slice(&text);
    while (!slice_is_absent(rest) && !*found) {
        struct slice line = slice_trim(slice_next(&rest, '\n'));
        size_t end = 0;
        while (end < line.len && line.at[end] != ' ' && line.at[end] != '\t') end++;
        if (!slice_equal(slice_part(line, 0, end), name)) continue;
        add_trimmed(out, slice_part(line, end, line.len));
        *found = true;
    }
    if (text.at != NULL) explicit_bzero(text.at, text.cap);
    return true;
}

static bool from_environment(struct slice name, struct buf *out) {
    char variable[80] = "DISCERN_SECRET_";
    size_t start = strlen(variable);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        variable[start + i] = (char)(c == '-' ? '_' : c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    variable[start + name.len] = '\0';
    const char *value = getenv(variable);
    if (value == NULL || value[0] == '\0') return false;
    add_trimmed(out, slice_from(value));
    return true;
}

bool secrets_get(const struct secrets *secrets, struct slice name, struct buf *out, struct fault *fault) {
    bool found = false;
    if (!block_name_holds(name))
        return fault_set(fault, FAULT_CONFIG, "'%.*s' is no name of a secret (small letters, digits and '-')",
                         SLICE_ARGS(name));
    if (from_credential(name, out)) return buf_check(out, "a secret", fault);
    if (!from_file(secrets, name, out, &found, fault)) return false;
    if (found || from_environment(name, out)) return buf_check(out, "a secret", fault);
    return fault_set(fault, FAULT_CONFIG,
                     "there is no secret '%.*s': put a line '%.*s VALUE' into the secrets file (secrets-file in "
                     "discern.conf), readable by nobody else",
                     SLICE_ARGS(name), SLICE_ARGS(name));
}
