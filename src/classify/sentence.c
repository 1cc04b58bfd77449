#include "classify/sentence.h"

#include "base/utf8.h"

static bool ends_sentence(struct slice text, size_t at) {
    char c = text.at[at];
    bool blank_behind = at + 1 == text.len || text.at[at + 1] == ' ' || text.at[at + 1] == '\n';
    return c == '\n' || ((c == '.' || c == '!' || c == '?') && blank_behind);
}

static size_t to_blank_behind(struct slice text, size_t at, size_t end) {
    while (at > 0 && at < end && (unsigned char)text.at[at - 1] > ' ') at++;
    return at;
}

struct slice sentence_around(struct slice text, size_t start, size_t end, size_t most) {
    if (end > text.len) end = text.len;
    if (start > end) start = end;
    size_t room = end - start < most ? most - (end - start) : 0, from = start, to = end;
    while (from > 0 && start - from < room / 2 && !ends_sentence(text, from - 1)) from--;
    if (from > 0 && !ends_sentence(text, from - 1)) from = to_blank_behind(text, from, start);
    while (to < text.len && to - from < most && !ends_sentence(text, to)) to++;
    if (to < text.len && text.at[to] != '\n' && ends_sentence(text, to)) to++;
    else if (to < text.len)
        while (to > end && (unsigned char)text.at[to] > ' ') to--;
    return utf8_cut(slice_trim(slice_part(text, from, to)), most);
}
