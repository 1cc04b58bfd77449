/* Any bytes through the whole reading of feeds: no crash, no leak, and what comes out is sound UTF-8 within its limits.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "parse/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) abort();
}

static void check(const struct page *page) {
    must(page->items.count <= LIMIT_FEED_ITEMS);
    for (size_t i = 0; i < page->items.count; i++) {
        const struct item *item = &page->items.at[i];
        must(utf8_is_valid(item->title) && utf8_is_valid(item->text) && utf8_is_valid(item->id));
        must(item->text.len <= LIMIT_FIELD_BYTES && item->links.count <= LIMIT_ITEM_LIST);
        must(slice_is_absent(item->url) || slice_starts_nocase(item->url, SLICE("http")) ||
             slice_starts_nocase(item->url, SLICE("mailto:")));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    struct feed_hints hints = {.base_url = SLICE("https://example.org/feed")};
    struct fault fault = {0};
    struct page page;
    if (arena == NULL) return 0;
    if (feed_parse(slice_of((const char *)data, size), &hints, arena, &page, &fault)) check(&page);
    else must(fault.kind != FAULT_NONE && fault.text[0] != '\0');
    return 0;
}
