#include "model/verdict.h"

const char *field_name(enum field field) {
    static const char *const names[] = {"post", "title", "article-title", "article", "host", "author", "reference"};
    return field < FIELD_COUNT ? names[field] : "";
}

const char *polarity_name(enum polarity polarity) {
    static const char *const names[] = {"neutral", "positive", "negative"};
    return names[polarity];
}

const char *stance_name(enum stance stance) {
    static const char *const names[] = {"none", "mentions", "promotes", "debunks"};
    return names[stance];
}

const char *hit_state_name(enum hit_state state) {
    static const char *const names[] = {"counted", "negated", "vetoed", "lonely", "shadowed"};
    return names[state];
}
