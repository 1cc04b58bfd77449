/* The first line is a path, the rest a robots.txt. */
#include <stdint.h>

#include "fetch/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    struct slice rest = slice_of((const char *)data, size);
    struct slice path = slice_part(slice_next(&rest, '\n'), 0, 8192);
    struct robots robots;
    if (arena == NULL || path.len == 0 || !robots_read(rest, SLICE("discern"), arena, &robots)) return 0;
    (void)robots_allows(&robots, path);
    return 0;
}
