#include "source/kind.h"

static const struct source_kind *const kinds[] = {
#define LIST_KIND(name) &source_##name,
    SOURCE_KINDS(LIST_KIND)
#undef LIST_KIND
};

const struct source_kind *const *source_kinds(size_t *count) {
    *count = COUNT_OF(kinds);
    return kinds;
}

const struct source_kind *source_kind_find(struct slice name) {
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (slice_equal(name, slice_from(kinds[i]->schema.name))) return kinds[i];
    return NULL;
}
