/* zip: an archive of whole files, kept as they are (APPNOTE 6.3, method 0), in the order in which they were added: the
 * same files give the same bytes on every machine. What it is for, a week's e-book, is a few pages of text. */
#ifndef DISCERN_RENDER_ZIP_H
#define DISCERN_RENDER_ZIP_H

#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"

#define ZIP_FILES 64

struct zip {
    struct buf *out; /* borrowed */
    struct {
        const char *name; /* borrowed until zip_end; plain ASCII */
        uint32_t crc, size, at;
    } files[ZIP_FILES];
    size_t count;
    bool overfull;
};

struct zip zip_to(struct buf *out);
void zip_add(struct zip *zip, const char *name, struct slice bytes);
/* Writes the directory. FAULT_LIMIT when there were too many files or bytes. */
MUST_USE bool zip_end(struct zip *zip, const char *what, struct fault *fault);

#endif
