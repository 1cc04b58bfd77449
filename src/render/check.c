#include "render/check.h"

const struct check_format *check_format_find(struct slice name) {
#define CHECK_FORMAT_ENTRY(name) &check_##name,
    static const struct check_format *const formats[] = {CHECK_FORMATS(CHECK_FORMAT_ENTRY)};
#undef CHECK_FORMAT_ENTRY
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (slice_equal(name, slice_from(formats[i]->name))) return formats[i];
    return NULL;
}
