/* Any bytes as an answer of each social network: no crash, no leak, the same answer twice, sound UTF-8 within its
 * limits, and a cursor that can be asked with again. */
#include <stdint.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"
#include "source/kind.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) abort();
}

static void check_items(const struct item_list *items) {
    must(items->count <= LIMIT_FEED_ITEMS);
    for (size_t i = 0; i < items->count; i++) {
        const struct item *item = &items->at[i];
        must(utf8_is_valid(item->text) && utf8_is_valid(item->title) && !slice_is_empty(item->id));
        must(item->text.len <= LIMIT_FIELD_BYTES && item->links.count <= LIMIT_ITEM_LIST);
    }
}

static void check_kind(const struct source_kind *kind, struct slice body, struct arena *arena) {
    struct response response = {.state = RESPONSE_ANSWERED,
                                .status = 200,
                                .body = body,
                                .date_s = WHEN_ABSENT,
                                .expires_s = WHEN_ABSENT,
                                .retry_at_s = WHEN_ABSENT};
    struct page one = {0}, two = {0};
    struct fault first = {0}, second = {0};
    struct slice none = {NULL, 0};
    bool read = kind->take(NULL, none, &response, 1795590000, arena, &one, &first);
    must(read == kind->take(NULL, none, &response, 1795590000, arena, &two, &second));
    if (!read) {
        must(first.kind != FAULT_NONE && first.text[0] != '\0' && first.kind == second.kind);
        return;
    }
    must(one.items.count == two.items.count && slice_equal(one.cursor, two.cursor));
    check_items(&one.items);
    check_items(&one.originals);
    (void)kind->take(NULL, one.cursor, &response, 1795590000, arena, &two, &second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const names[] = {"x", "bluesky", "mastodon", "twarc", "x-archive"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        AUTO(arena_free)
        struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
        if (arena == NULL) return 0;
        check_kind(source_kind_find(slice_from(names[i])), slice_of((const char *)data, size), arena);
    }
    return 0;
}
