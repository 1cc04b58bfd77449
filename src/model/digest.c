#include "model/digest.h"

#include "base/attr.h"

static const char *const marks[] = {"none", "new-voice", "challenges", "deepens", "seen-before"};
static const char *const sections[] = {"focus", "ideas", "classroom", "check-first"};
static const char *const reasons[] = {"under-bar", "by-cap", "repeated", "parked", "unwanted", "no-room"};

static bool find(const char *const *names, size_t count, struct slice name, size_t *out) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal(name, slice_from(names[i]))) {
            *out = i;
            return true;
        }
    return false;
}

const char *entry_mark_name(enum entry_mark mark) {
    return (size_t)mark < COUNT_OF(marks) ? marks[mark] : marks[0];
}

bool entry_mark_from(struct slice name, enum entry_mark *out) {
    size_t at = 0;
    if (!find(marks, COUNT_OF(marks), name, &at)) return false;
    *out = (enum entry_mark)at;
    return true;
}

const char *section_kind_name(enum section_kind kind) {
    return (size_t)kind < COUNT_OF(sections) ? sections[kind] : sections[0];
}

bool section_kind_from(struct slice name, enum section_kind *out) {
    size_t at = 0;
    if (!find(sections, COUNT_OF(sections), name, &at)) return false;
    *out = (enum section_kind)at;
    return true;
}

const char *left_reason_name(enum left_reason reason) {
    return (size_t)reason < COUNT_OF(reasons) ? reasons[reason] : reasons[0];
}

bool left_reason_from(struct slice name, enum left_reason *out) {
    size_t at = 0;
    if (!find(reasons, COUNT_OF(reasons), name, &at)) return false;
    *out = (enum left_reason)at;
    return true;
}
