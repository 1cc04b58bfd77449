#include "render/report.h"

const struct report_format *report_format_find(struct slice name) {
#define REPORT_FORMAT_ENTRY(name) &report_##name,
    static const struct report_format *const formats[] = {REPORT_FORMATS(REPORT_FORMAT_ENTRY)};
#undef REPORT_FORMAT_ENTRY
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (slice_equal(name, slice_from(formats[i]->name))) return formats[i];
    return NULL;
}
