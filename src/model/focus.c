#include "model/focus.h"

static const char *const step_names[] = {"plan",   "try",      "evaluate", "refine", "again",
                                         "decide", "embedded", "adapted",  "stopped"};

const char *focus_step_name(enum focus_step step) {
    return step_names[step];
}

bool focus_step_from(struct slice name, enum focus_step *out) {
    for (size_t i = 0; i < COUNT_OF(step_names); i++) {
        if (!slice_equal(name, slice_from(step_names[i]))) continue;
        *out = (enum focus_step)i;
        return true;
    }
    return false;
}

bool focus_is_open(const struct focus *focus) {
    return focus->step < FOCUS_EMBEDDED;
}
