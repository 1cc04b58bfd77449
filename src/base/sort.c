#include "base/sort.h"

#include <string.h>

/* Shell's sort with the gaps of Ciura (2001), then by 9/4. */
static size_t next_gap(size_t gap) {
    static const size_t gaps[] = {1, 4, 10, 23, 57, 132, 301, 701};
    size_t count = sizeof gaps / sizeof gaps[0];
    for (size_t i = count; i-- > 0;)
        if (gaps[i] < gap) return gap > gaps[count - 1] * 9 / 4 ? gap * 4 / 9 : gaps[i];
    return 0;
}

void sort_in_place(void *at, size_t count, size_t size_bytes, int (*compare)(const void *one, const void *other)) {
    char *bytes = at, moved[SORT_ELEMENT_BYTES];
    if (size_bytes > sizeof moved || count < 2) return;
    for (size_t gap = next_gap(count); gap > 0; gap = next_gap(gap))
        for (size_t i = gap; i < count; i++) {
            size_t to = i;
            memcpy(moved, bytes + i * size_bytes, size_bytes);
            for (; to >= gap && compare(moved, bytes + (to - gap) * size_bytes) < 0; to -= gap)
                memcpy(bytes + to * size_bytes, bytes + (to - gap) * size_bytes, size_bytes);
            memcpy(bytes + to * size_bytes, moved, size_bytes);
        }
}
