/* Any bytes as an address: its canonical form is its own, and stays within the ceilings. */
#include <stdint.h>
#include <stdlib.h>

#include "normal/canonical.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    if (arena == NULL) return 0;
    struct problems problems = {.arena = arena};
    const struct canon_rules *rules = canon_rules_read(SLICE("urls.conf"), canon_rules_shipped(), &problems, arena);
    struct slice url = slice_of((const char *)data, size);
    struct canonical once, again;
    struct fault fault = {0};
    if (rules == NULL || !canonical_url(rules, url, arena, &once, &fault)) return 0;
    (void)link_role(rules, url, arena);
    if (!canonical_url(rules, once.key, arena, &again, &fault)) abort();
    if (!slice_equal(once.key, again.key)) abort();
    return 0;
}
