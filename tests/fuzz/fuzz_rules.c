/* Rules of any bytes: read, compiled, linted, tidied; what holds is matched against its own text. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "classify/example.h"
#include "classify/lint.h"
#include "classify/tidy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_set(const struct ruleset *set, struct slice text, struct arena *arena, struct problems *problems) {
    struct fault fault = {0};
    struct lint_counts counts;
    struct example_counts examples;
    struct match match;
    AUTO(scratch_free)
    struct scratch *scratch = scratch_new(set, &fault);
    struct field_text field = {FIELD_POST, text};
    if (scratch == NULL || !utf8_is_valid(text) || !match_document(scratch, set, &field, 1, &match, &fault)) return;
    for (size_t i = 0; i < match.hit_count; i++)
        if (match.hits[i].end > text.len || match.hits[i].start > match.hits[i].end) abort();
    (void)!lint_rules(set, SLICE("quiz 90\n"), arena, problems, &counts);
    (void)!examples_run(set, arena, problems, &examples, &fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fault fault = {0};
    struct slice text = slice_of((const char *)data, size);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset set = {0};
    AUTO(buf_free)
    struct buf tidied = buf_new((size_t)16 * 1024 * 1024);
    struct problems problems = {.arena = arena};
    struct rules_file file = {SLICE("fuzz.rules"), text};
    if (arena == NULL || size > 20000 || !ruleset_read(&file, 1, arena, &set, &problems, &fault)) return 0;
    try_set(&set, text, arena, &problems);
    tidy_rules(text, &tidied);
    return 0;
}
