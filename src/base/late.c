#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

bool late_find(const char *library, const char *name, void *function) {
    void *opened = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    void *found = opened == NULL ? NULL : dlsym(opened, name);
    if (found == NULL) return false;
    memcpy(function, &found, sizeof found);
    return true;
}

bool late_open(const char *library, struct fault *fault) {
    if (dlopen(library, RTLD_LAZY | RTLD_LOCAL) != NULL) return true;
    const char *why = dlerror();
    return fault_set(fault, FAULT_CONFIG, "a library is missing (scripts/bootstrap installs what discern needs): %s",
                     why == NULL ? library : why);
}
