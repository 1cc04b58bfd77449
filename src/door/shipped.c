#include "door/shipped.h"

#include <stdbool.h>
#include <unistd.h>

static bool is_beside_the_sources(void) {
    return access(DISCERN_DATA "/discern.conf", R_OK) == 0;
}

const char *shipped_dir(void) {
    return is_beside_the_sources() ? DISCERN_DATA : DISCERN_INSTALLED;
}

const char *shipped_rules_dir(void) {
    return is_beside_the_sources() ? DISCERN_DATA "/rules" : DISCERN_INSTALLED "/rules";
}
