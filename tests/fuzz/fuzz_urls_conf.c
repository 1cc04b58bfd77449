/* Any bytes as rules for addresses: told or taken, and then used. */
#include <stdint.h>

#include "normal/canonical.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    if (arena == NULL) return 0;
    struct problems problems = {.arena = arena};
    struct slice text = slice_of((const char *)data, size);
    const struct canon_rules *rules = canon_rules_read(SLICE("f"), text, &problems, arena);
    struct canonical made;
    struct fault fault = {0};
    struct slice url = SLICE("https://m.example.org/a/b/c/index.html?utm_source=x&id=3#top");
    return rules != NULL && canonical_url(rules, url, arena, &made, &fault) && slice_is_absent(made.key);
}
