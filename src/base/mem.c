#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>

void *mem_new(size_t count, size_t size_bytes) {
    if (count == 0 || size_bytes == 0) count = size_bytes = 1;
    return calloc(count, size_bytes);
}

void *mem_resize(void *old, size_t count, size_t size_bytes) {
    if (size_bytes != 0 && count > SIZE_MAX / size_bytes) return NULL;
    size_t total = count * size_bytes;
    return realloc(old, total == 0 ? 1 : total);
}

void mem_free(void *at) {
    free(at);
}

void mem_free_theirs(void *at) {
    free(at);
}
