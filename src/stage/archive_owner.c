#include "stage/archive_owner.h"

#include <sys/stat.h>

#include "base/buf.h"
#include "base/jtree.h"
#include "source/json_run.h"
#include "stage/stream.h"

#define ACCOUNT_BYTES ((size_t)64 * 1024)

static bool read_whole(struct stream *stream, struct buf *out) {
    struct fault ignored = {0};
    for (;;) {
        size_t got;
        char *room = buf_room(out, 4096);
        if (room == NULL || !stream_read(stream, room, 4096, &got, &ignored)) return false;
        if (got == 0) return true;
        buf_grown(out, got);
    }
}

/* The first member called account.js; a plain file has one, without a name. */
static bool find_account(struct stream *stream, struct buf *out) {
    struct fault ignored = {0};
    for (;;) {
        struct slice name;
        bool more;
        if (!stream_next(stream, &name, &more, &ignored) || !more) return false;
        if (slice_is_absent(name) || slice_ends(name, SLICE("data/account.js"))) return read_whole(stream, out);
    }
}

static bool take_username(struct slice text, struct arena *arena, struct slice *out) {
    struct fault ignored = {0};
    struct slice object;
    if (!json_run_object(&text, &object)) return true;
    AUTO(jtree_free)
    struct jtree *doc = jtree_read(object, &ignored);
    if (doc == NULL) return ignored.kind != FAULT_MEMORY;
    struct slice name = jtree_text(jtree_path(jtree_root(doc), "account.username"));
    return slice_is_empty(name) || arena_copy(arena, name, out);
}

bool archive_owner(const char *path, struct arena *arena, struct slice *out, struct fault *fault) {
    struct fault ignored = {0};
    struct stat about;
    AUTO(stream_free)
    struct stream *stream = NULL;
    AUTO(buf_free)
    struct buf text = buf_new(ACCOUNT_BYTES);
    *out = (struct slice){NULL, 0};
    if (stat(path, &about) != 0) return true;
    /* A single part of an archive has the account beside it. */
    struct slice folder = slice_from(path);
    bool part = slice_ends(folder, SLICE(".js"));
    while (part && folder.len > 0 && folder.at[folder.len - 1] != '/') folder.len--;
    const char *file = S_ISDIR(about.st_mode) ? arena_printf(arena, "%s/data/account.js", path)
                       : part                 ? arena_printf(arena, "%.*saccount.js", SLICE_ARGS(folder))
                                              : path;
    if (file == NULL) return fault_memory(fault);
    stream = stream_open(file, &ignored);
    bool ours = stream != NULL && (S_ISDIR(about.st_mode) || part || stream_is_zip(stream));
    if (!ours || !find_account(stream, &text)) return true;
    return take_username(buf_slice(&text), arena, out) || fault_memory(fault);
}
