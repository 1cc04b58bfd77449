#include "model/article.h"

#include "base/limits.h"
#include "base/when.h"

static const char *const article_kinds[] = {"article", "listing", "video", "document", "error"};
static const char *const reference_kinds[] = {"doi", "arxiv", "eric", "pmid", "isbn", "host", "citation"};

static bool index_of(struct slice name, const char *const *names, size_t count, size_t *out) {
    for (size_t i = 0; i < count; i++) {
        if (!slice_equal(name, slice_from(names[i]))) continue;
        *out = i;
        return true;
    }
    return false;
}

const char *article_kind_name(enum article_kind kind) {
    return article_kinds[kind];
}

const char *reference_kind_name(enum reference_kind kind) {
    return reference_kinds[kind];
}

bool article_kind_from(struct slice name, enum article_kind *out) {
    size_t index;
    if (!index_of(name, article_kinds, COUNT_OF(article_kinds), &index)) return false;
    *out = (enum article_kind)index;
    return true;
}

bool reference_kind_from(struct slice name, enum reference_kind *out) {
    size_t index;
    if (!index_of(name, reference_kinds, COUNT_OF(reference_kinds), &index)) return false;
    *out = (enum reference_kind)index;
    return true;
}

void article_init(struct article *article) {
    *article = (struct article){.published_s = WHEN_ABSENT, .modified_s = WHEN_ABSENT};
}

bool reference_list_add(struct arena *arena, struct reference_list *list, struct reference reference) {
    if (list->count >= LIMIT_ITEM_LIST) return false;
    struct reference *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->at[list->count++] = reference;
    return true;
}

bool article_is_unsure(double surety) {
    return surety > 0 && surety < ARTICLE_SURE;
}
