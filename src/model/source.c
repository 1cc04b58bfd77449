#include "model/source.h"

const struct source *source_list_find(const struct source_list *list, struct slice name) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i].name, name)) return &list->at[i];
    return NULL;
}
