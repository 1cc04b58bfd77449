#include "stage/same_answer.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/hash.h"
#include "stage/reading_version.h"

/* What parts of a sum are written with: 16 hexadecimal digits and a '-'. */
#define WAY_BYTES 17u

static uint64_t add(uint64_t sum, struct slice text) {
    /* Its length keeps two texts apart from one. */
    return hash_fnv64(text, hash_fnv64(slice_of((const char *)&text.len, sizeof text.len), sum));
}

/* How answers of this source are read: by which program, and by what its configuration says. */
static void way_of(const struct house *house, const struct source *source, char out[WAY_BYTES + 1]) {
    const struct slice texts[] = {slice_from(reading_version),
                                  slice_from(source->schema->name),
                                  source->title,
                                  source->folder,
                                  source->site,
                                  source->publisher};
    uint64_t sum = house->url_rules_sum;
    for (size_t i = 0; i < COUNT_OF(texts); i++) sum = add(sum, texts[i]);
    for (size_t i = 0; i < source->need_words.count; i++) sum = add(sum, source->need_words.at[i]);
    (void)snprintf(out, WAY_BYTES + 1, "%016" PRIx64 "-", sum);
}

static uint64_t context_of(const struct response *response) {
    const struct slice texts[] = {response->final_url, response->content_type,
                                  response_header(response, "content-location"),
                                  response_header(response, "content-language")};
    uint64_t sum = (uint64_t)response->status;
    for (size_t i = 0; i < COUNT_OF(texts); i++) sum = add(sum, texts[i]);
    return sum;
}

bool same_answer_sum(const struct house *house, const struct source *source, const struct response *response,
                     struct arena *arena, struct slice *out, struct fault *fault) {
    char way[WAY_BYTES + 1], body[HASH_QUICK_BYTES];
    way_of(house, source, way);
    hash_quick_hex(response->body, body);
    char *sum = arena_printf(arena, "%s%016" PRIx64 "-%s", way, context_of(response), body);
    if (sum == NULL) return fault_memory(fault);
    *out = slice_from(sum);
    return true;
}

bool same_answer_holds(const struct house *house, const struct source *source, const struct source_state *state) {
    char way[WAY_BYTES + 1];
    way_of(house, source, way);
    return slice_starts(state->body_hash, slice_from(way));
}
