#include "stage/page_address.h"

bool page_address_may_be_cleaned(const struct article *article) {
    return slice_find_byte(article->canonical_url, '?', 0) != SLICE_NOT_FOUND ||
           slice_find_byte(article->canonical_url, '#', 0) != SLICE_NOT_FOUND;
}

bool page_address_clean(const struct canon_rules *rules, struct arena *arena, struct article *article,
                        struct fault *fault) {
    struct canonical page;
    struct fault wrong = {0};
    if (!page_address_may_be_cleaned(article)) return true;
    /* What is no address to the rules stays as the page wrote it. */
    if (!canonical_url(rules, article->canonical_url, arena, &page, &wrong))
        return wrong.kind != FAULT_MEMORY || fault_memory(fault);
    article->canonical_url = page.url;
    return true;
}
