/* sort: in place, without the heap: qsort of glibc takes memory for more than a kilobyte, and what judges a document
 * must not. Not stable: the comparison tells all that matters apart. */
#ifndef DISCERN_BASE_SORT_H
#define DISCERN_BASE_SORT_H

#include <stddef.h>

#define SORT_ELEMENT_BYTES 128 /* of one element, at most */

/* Sorts `count` elements of `size_bytes` each. */
void sort_in_place(void *at, size_t count, size_t size_bytes, int (*compare)(const void *one, const void *other));

#endif
