#include "source/json_run.h"

#include <string.h>

bool json_run_line(struct slice *rest, struct slice *out) {
    while (!slice_is_absent(*rest)) {
        struct slice line = slice_trim(slice_next(rest, '\n'));
        if (line.len == 0) continue;
        *out = line;
        return true;
    }
    return false;
}

/* Offset behind the string that opens at `at`, or the length when it does not end. */
static size_t past_string(struct slice text, size_t at) {
    for (size_t i = at + 1; i < text.len; i++) {
        if (text.at[i] == '\\') i++;
        else if (text.at[i] == '"') return i + 1;
    }
    return text.len;
}

bool json_run_object(struct slice *rest, struct slice *out) {
    size_t open = slice_find_byte(*rest, '{', 0), depth = 0;
    if (open == SLICE_NOT_FOUND) {
        *rest = slice_part(*rest, rest->len, rest->len);
        return false;
    }
    for (size_t i = open; i < rest->len;) {
        char c = rest->at[i];
        if (c == '"') {
            i = past_string(*rest, i);
            continue;
        }
        i++;
        if (c == '{') depth++;
        if (c != '}' || --depth > 0) continue;
        *out = slice_part(*rest, open, i);
        *rest = slice_part(*rest, i, rest->len);
        return true;
    }
    *rest = slice_part(*rest, open, rest->len);
    return false;
}
