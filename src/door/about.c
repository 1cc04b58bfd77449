#include "discern.h"

#include "base/attr.h"

const char *discern_version(void) {
    return DISCERN_VERSION;
}

/* Versions as found when built: asking each library at run time would open a second door to all of them. */
const char *discern_library(size_t index) {
    static const char *const libraries[] = {DISCERN_LIBRARY_VERSIONS};
    return index < COUNT_OF(libraries) ? libraries[index] : NULL;
}
