/* Any UTF-8 as markup: the text is sound, trimmed and within its limit. */
#include <stdint.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "parse/html_text.h"
#include "parse/person.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    AUTO(buf_free)
    struct buf repaired = buf_new((size_t)16 * 1024 * 1024);
    struct html_text found;
    struct person person;
    struct slice line;
    if (arena == NULL) return 0;
    utf8_repair(slice_of((const char *)data, size), &repaired);
    struct slice markup = buf_slice(&repaired);
    must(html_text_read(arena, markup, SLICE("https://example.org/"), &found));
    must(utf8_is_valid(found.text) && found.text.len <= LIMIT_FIELD_BYTES);
    must(slice_is_absent(found.text) || slice_trim(found.text).len == found.text.len);
    must(html_text_line(arena, markup, &line) && utf8_is_valid(line));
    must(slice_find_byte(line, '\n', 0) == SLICE_NOT_FOUND);
    must(html_text_plain(arena, markup, &line) && utf8_is_valid(line));
    must(html_text_unescape(arena, markup, &line) && utf8_is_valid(line));
    must(person_read(arena, markup, &person) && utf8_is_valid(person.name) && utf8_is_valid(person.email));
    (void)html_text_is_markup(markup);
    return 0;
}
