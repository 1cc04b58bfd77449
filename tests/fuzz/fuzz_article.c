/* Any bytes as a web page: no crash, no leak, and what comes out is sound UTF-8 within its limits. */
#include <stdint.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "parse/article.h"
#include "parse/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) abort();
}

static void check_surety(const struct article_surety *surety) {
    const double all[] = {surety->title, surety->authors, surety->published,     surety->modified,    surety->site,
                          surety->lang,  surety->image,   surety->canonical_url, surety->description, surety->text};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) must(all[i] >= 0 && all[i] < 1);
}

static void check(const struct article *article) {
    must(utf8_is_valid(article->text) && utf8_is_valid(article->title) && utf8_is_valid(article->site));
    must(utf8_is_valid(article->description) && utf8_is_valid(article->lang));
    must(article->text.len <= LIMIT_PAGE_TEXT_BYTES && article->authors.count <= LIMIT_AUTHORS);
    must(article->links.count <= LIMIT_ITEM_LIST && article->confidence >= 0 && article->confidence <= 1);
    check_surety(&article->surety);
    must((article->surety.title > 0) == (article->title.len > 0) && (article->surety.text > 0) == (article->words > 0));
    must((article->surety.authors > 0) == (article->authors.count > 0));
    for (size_t i = 0; i < article->authors.count; i++) must(utf8_is_valid(article->authors.at[i]));
    for (size_t i = 0; i < article->links.count; i++)
        must(slice_starts_nocase(article->links.at[i].url, SLICE("http")) ||
             slice_starts_nocase(article->links.at[i].url, SLICE("mailto:")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(arena_free)
    struct arena *arena = arena_new((size_t)128 * 1024 * 1024);
    struct slice bytes = slice_of((const char *)data, size);
    struct fault fault = {0};
    struct article article;
    /* Poppler is fuzzed by its makers, and runs only in the jail. */
    if (arena == NULL || pdf_sniff(bytes)) {
        return 0;
    }
    if (article_parse(bytes, slice_from(NULL), SLICE("https://example.org/2026/03/05/post"), arena, &article, &fault))
        check(&article);
    else must(fault.kind != FAULT_NONE && fault.text[0] != '\0');
    return 0;
}
