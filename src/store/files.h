/* files: whole files beneath one folder, each the old one or the new one at every moment, never half. Temporary file in
 * the same folder, written, fsync, rename, fsync of the folder. Nothing is ever opened outside the folder: names are
 * checked, and symbolic links are not followed. */
#ifndef DISCERN_STORE_FILES_H
#define DISCERN_STORE_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"
#include "model/item.h"

struct folder {
    int fd_plus_one; /* 0 = closed, so that the zero value is empty */
};

enum folder_mode { FOLDER_MUST_EXIST, FOLDER_MAKE }; /* made 0700, with its parents */
MUST_USE bool folder_open(const char *path, enum folder_mode mode, struct folder *out, struct fault *fault);
/* For AUTO. */
void folder_close(struct folder *folder);

/* "a/b/c.html": parts of letters, digits, '-', '_', '.', no part empty, "." or "..", none beginning with '.', at most
 * 255 bytes each and 1024 in all. */
bool file_name_holds(struct slice name);
/* A name part made of any text: a-z 0-9 - of its words, and a hash where that is not the whole text; at most 64 bytes;
 * in arena. The same text gives the same name, different texts different ones. */
MUST_USE bool file_name_from(struct arena *arena, struct slice text, struct slice *out);

enum file_outcome { FILE_WRITTEN, FILE_UNCHANGED };
enum file_access { FILE_PRIVATE, FILE_PUBLIC }; /* 0600, or 0644 for pages that a web server shows */
struct file_put {
    struct slice name; /* folders in it are made */
    struct slice bytes;
    enum file_access access;
};
/* A file that holds the same bytes already is not touched. `outcome` may be NULL. */
MUST_USE bool file_put(const struct folder *folder, const struct file_put *put, enum file_outcome *outcome,
                       struct fault *fault);
/* Many files that take their places together: written one after the other, brought to the disk in one go, then named.
 * A kill leaves old files and new ones, each whole. */
struct file_batch;
/* Borrows the folder; owned by the caller. NULL when out of memory. */
MUST_USE struct file_batch *file_batch_new(const struct folder *folder);
/* Takes away what was not named. For AUTO. */
void file_batch_free(struct file_batch **batch);
/* As file_put, but the file takes its place with file_batch_end. */
MUST_USE bool file_batch_put(struct file_batch *batch, const struct file_put *put, enum file_outcome *outcome,
                             struct fault *fault);
MUST_USE bool file_batch_end(struct file_batch *batch, struct fault *fault);
/* The whole file, appended to `out` (its ceiling holds). *found = false when there is none: no fault. */
MUST_USE bool file_get(const struct folder *folder, struct slice name, struct buf *out, bool *found,
                       struct fault *fault);
/* *found = false when there was none. */
MUST_USE bool file_remove(const struct folder *folder, struct slice name, bool *found, struct fault *fault);
/* Names of the files in `name` (empty = the folder itself), sorted by bytes, without temporary ones. */
MUST_USE bool file_list(const struct folder *folder, struct slice name, struct arena *arena, struct slice_list *out,
                        struct fault *fault);
/* Removes temporary files that a killed run left behind, in all folders beneath. */
MUST_USE bool folder_sweep(const struct folder *folder, int64_t *removed, struct fault *fault);

#endif
