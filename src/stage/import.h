/* import: what people have saved already: twarc's JSON lines, the ZIP or folder or a single .js file of an X archive,
 * and a list of retractions as CSV. Told apart by content. Memory stays flat whatever the size; nothing of an archive
 * is ever written to the disk under a name of its own; the same file again adds nothing. */
#ifndef DISCERN_STAGE_IMPORT_H
#define DISCERN_STAGE_IMPORT_H

#include "stage/house.h"

struct import_counts {
    int64_t seen, made, changed, skipped, retractions;
    int64_t bytes;
};

/* Reads the file or folder at `path`. Faults: INPUT (of no known kind, or damaged: what was read before it is kept),
 * STORE, MEMORY, LIMIT. */
MUST_USE bool import_path(struct house *house, const char *path, struct import_counts *out, struct fault *fault);

#endif
