/* input: the files that a filter verb is given, one whole file at a time, with a ceiling. */
#ifndef DISCERN_DOOR_INPUT_H
#define DISCERN_DOOR_INPUT_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"

/* Reads the whole of the file at `path` ("-" is standard input) into `out`, which is emptied first; its ceiling is the
 * file's. Faults: INPUT (cannot be opened or read, is a folder), LIMIT, MEMORY. */
MUST_USE bool input_read(const char *path, struct buf *out, struct fault *fault);

#endif
