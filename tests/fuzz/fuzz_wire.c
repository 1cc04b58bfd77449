/* Any bytes as the answer of a hostile reading process: what is taken is sound. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "model/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    AUTO(buf_free)
    struct buf again = buf_new((size_t)16 * 1024 * 1024);
    struct slice bytes = slice_of((const char *)data, size), rest = bytes;
    struct fault fault = {0};
    struct page page;
    struct article article;
    if (arena == NULL) return 0;
    if (wire_take_page(&rest, arena, &page, &fault)) {
        if (!utf8_is_valid(page.feed.title)) abort();
        wire_add_page(&again, &page);
    }
    if (wire_take_article(&bytes, arena, &article, &fault)) wire_add_article(&again, &article);
    return 0;
}
