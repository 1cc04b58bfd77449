/* Texts of any bytes through folding, words and matching: places stay on character borders, and what is left out to be
 * quick changes no hit. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "classify/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char rules[] =
    "group g G\ntopic a A\n  parent g\n  phrase retrieval practice | quiz | brain dump\n"
    "  exact SEND\n  near 4 recall ~ test | starter\n  not quiz show\n"
    "  regex /\\b(?:one|two|[0-9]{1,2}) (?:\\w+ ){0,3}ways?\\b/\n  regex /(?:^|[.!?] )try (?:this|it)/\n"
    "  regex /[$%=] ?0?\\.\\d+/\n"
    "  yes quiz\n  no x\nsignal s S\n  phrase control group\n  unless negated\n  yes control group\n"
    "  no x\nnegation e\n  before 5 no | not\n  after 4 is a myth\n  stop but\n  false not only\n";

static void must(bool holds) {
    if (!holds) abort();
}

static void check_hits(const struct match *match, struct slice text) {
    for (size_t i = 0; i < match->hit_count; i++) {
        const struct raw_hit *hit = &match->hits[i];
        must(hit->start <= hit->end && hit->end <= text.len);
        must(utf8_is_valid(slice_part(text, hit->start, hit->end)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fault fault = {0};
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset set = {0};
    AUTO(buf_free)
    struct buf text = buf_new((size_t)1 << 20);
    struct problems problems = {.arena = arena};
    struct rules_file file = {SLICE("t.rules"), slice_from(rules)};
    if (arena == NULL || size > 20000 || !ruleset_read(&file, 1, arena, &set, &problems, &fault)) return 0;
    must(problems.errors == 0);
    utf8_repair(slice_of((const char *)data, size), &text);
    AUTO(scratch_free)
    struct scratch *gated = scratch_new(&set, &fault);
    AUTO(scratch_free)
    struct scratch *everything = scratch_new(&set, &fault);
    if (gated == NULL || everything == NULL) return 0;
    scratch_run_everything(everything);
    struct field_text field = {FIELD_POST, buf_slice(&text)};
    struct match one, other;
    must(match_document(gated, &set, &field, 1, &one, &fault));
    must(match_document(everything, &set, &field, 1, &other, &fault));
    check_hits(&one, field.text);
    must(one.hit_count == other.hit_count);
    if (one.hit_count > 0) must(memcmp(one.hits, other.hits, one.hit_count * sizeof *one.hits) == 0);
    return 0;
}
