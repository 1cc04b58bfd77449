#include "classify/label.h"

bool label_names(struct slice alternatives, struct slice id) {
    while (!slice_is_absent(alternatives))
        if (slice_equal(slice_trim(slice_next(&alternatives, '|')), id)) return true;
    return false;
}

bool label_means(const struct label *label, struct slice topic) {
    for (size_t i = 0; i < label->topics.count; i++)
        if (label_names(label->topics.at[i], topic)) return true;
    return false;
}
