/* Any bytes as a list of subscriptions; what is read is written and read again. */
#include <stdint.h>
#include <stdlib.h>

#include "parse/opml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    AUTO(buf_free)
    struct buf out = buf_new((size_t)16 * 1024 * 1024);
    struct opml opml, again;
    struct fault fault = {0};
    if (arena == NULL || !opml_parse(slice_of((const char *)data, size), arena, &opml, &fault)) return 0;
    opml_write(&opml, 0, &out);
    if (!out.failed && !opml_parse(buf_slice(&out), arena, &again, &fault)) abort();
    if (!out.failed && again.outlines.count != opml.outlines.count) abort();
    return 0;
}
