#include "render/format.h"

static const struct format *const days[] = {
#define LIST_FORMAT(name) &format_##name,
    DAY_FORMATS(LIST_FORMAT)
#undef LIST_FORMAT
};

static const struct run_format *const runs[] = {
#define LIST_FORMAT(name) &run_##name,
    RUN_FORMATS(LIST_FORMAT)
#undef LIST_FORMAT
};

const struct run_format *const *run_formats(size_t *count) {
    *count = COUNT_OF(runs);
    return runs;
}

const struct format *const *day_formats(size_t *count) {
    *count = COUNT_OF(days);
    return days;
}

const struct format *day_format_find(struct slice name) {
    for (size_t i = 0; i < COUNT_OF(days); i++)
        if (slice_equal(name, slice_from(days[i]->name))) return days[i];
    return NULL;
}
