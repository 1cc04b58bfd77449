/* What a browser sends: the path, the query and a form, the two headers that say who asks, and the notes that a form
 * brings. Nothing of it leads out of the pages or is bytes that are no text. */
#include <stdlib.h>

#include "base/utf8.h"
#include "practice/names.h"
#include "serve/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds) {
    if (!holds) abort();
}

static void try_path(struct arena *arena, struct slice bytes) {
    struct slice path;
    if (!path_read(arena, bytes, &path)) return;
    check(slice_starts(path, SLICE("/")) && utf8_is_valid(path));
    check(slice_find(path, SLICE("/.."), 0) == SLICE_NOT_FOUND && slice_find(path, SLICE("//"), 0) == SLICE_NOT_FOUND);
    for (size_t i = 0; i < path.len; i++) check((unsigned char)path.at[i] >= ' ' && path.at[i] != '\\');
}

static void try_form(struct arena *arena, struct slice bytes) {
    struct pair_list pairs;
    struct slice word;
    if (!pairs_read(arena, bytes, &pairs)) return;
    check(pairs.count <= REQUEST_PAIRS);
    for (size_t i = 0; i < pairs.count; i++) {
        check(utf8_is_valid(pairs.at[i].name) && utf8_is_valid(pairs.at[i].value));
        if (names_find(pairs.at[i].value, pairs.at[i].name, &word) == NAME_NONE) continue;
        check(word.at >= pairs.at[i].value.at && word.at + word.len <= pairs.at[i].value.at + pairs.at[i].value.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct slice bytes = slice_of((const char *)data, size), none = {NULL, 0};
    struct arena *arena = arena_new((size_t)16 * 1024 * 1024);
    if (arena == NULL) return 0;
    try_path(arena, bytes);
    try_form(arena, bytes);
    if (host_is_ours(bytes, none, 8787)) check(bytes.len <= 14);
    if (origin_is_ours(bytes, none, none, 8787)) check(slice_starts_nocase(bytes, SLICE("http://")));
    arena_free(&arena);
    return 0;
}
