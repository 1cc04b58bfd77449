/* mem: the one door to the heap. Sizes are checked for overflow; nothing aborts: NULL is for the caller to answer. */
#ifndef DISCERN_BASE_MEM_H
#define DISCERN_BASE_MEM_H

#include <stddef.h>

#include "base/attr.h"

/* `count` zeroed elements of `size_bytes`; owned by the caller, released by mem_free. NULL when out of memory. */
MUST_USE void *mem_new(size_t count, size_t size_bytes);
/* `old` (may be NULL) resized to `count` elements, new bytes not zeroed; taken on success, untouched on failure (NULL).
 */
MUST_USE void *mem_resize(void *old, size_t count, size_t size_bytes);
/* Releases what mem_new or mem_resize gave; NULL does nothing. */
void mem_free(void *at);
/* Releases what a library made with malloc and handed over; NULL does nothing. */
void mem_free_theirs(void *at);

#endif
