/* pages (stage): the pages of many days of a reader: all days, feeds, and the archive. Made of what is remembered;
 * built anew only when that, or the look, has changed. */
#ifndef DISCERN_STAGE_PAGES_H
#define DISCERN_STAGE_PAGES_H

#include "model/digest.h"
#include "render/format.h"
#include "stage/house.h"
#include "store/files.h"

enum pages_when { PAGES_IF_CHANGED, PAGES_ALWAYS };
struct pages_options {
    enum pages_when when;
    const struct reader *reader;
    const struct look *look;
    const struct folder *folder;
};

/* Faults: STORE, MEMORY, LIMIT. *files_written is added to. */
MUST_USE bool pages_write(struct house *house, const struct pages_options *options, int64_t *files_written,
                          struct fault *fault);

#endif
