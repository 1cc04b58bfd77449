/* Any bytes as a page, and as what a person typed. */
#include <stdint.h>

#include "normal/discover.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    struct slice text = slice_of((const char *)data, size), page;
    struct proposal_list list = {0};
    struct fault fault = {0};
    if (arena == NULL) return 0;
    if (!discover_page(text, SLICE("https://school.example/blog/"), arena, &list, &fault)) return 0;
    if (!discover_address(slice_part(text, 0, 8192), arena, &list, &page, &fault)) return 0;
    return list.count > 24;
}
