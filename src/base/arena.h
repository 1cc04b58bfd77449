/* arena: memory that is released all at once. One arena a page in pull, a document in follow, a batch in judge and
 * digest. What is "in arena" lives until arena_reset or arena_free. */
#ifndef DISCERN_BASE_ARENA_H
#define DISCERN_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/slice.h"

struct arena;

/* An arena that gives out at most `ceiling_bytes`; owned by the caller. NULL when out of memory. */
MUST_USE struct arena *arena_new(size_t ceiling_bytes);
/* Releases the arena and all that is in it; *arena becomes NULL. For AUTO. */
void arena_free(struct arena **arena);
/* Forgets all that is in it, keeps one block of memory for the next use. */
void arena_reset(struct arena *arena);

/* `count` zeroed elements of `size_bytes`, aligned for any type. NULL when out of memory or past the ceiling. */
MUST_USE void *arena_alloc(struct arena *arena, size_t count, size_t size_bytes);
/* A copy of the bytes in the arena, NUL-terminated behind its length. Absent stays absent.
 * On failure *out is untouched and false comes back. */
MUST_USE bool arena_copy(struct arena *arena, struct slice bytes, struct slice *out);
/* The same as a NUL-terminated string; NULL on failure. An absent slice gives "". */
MUST_USE char *arena_text(struct arena *arena, struct slice bytes);
/* printf into the arena. NULL on failure. */
MUST_USE char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* Grows an array that lives in the arena so that one more element fits: returns the (perhaps moved) array, whose
 * element [count] is zeroed, and updates *capacity. NULL on failure, the old array untouched.
 *     struct link *more = arena_grow(arena, list.at, list.count, &list.capacity, sizeof *more);
 *     if (more == NULL) return fault_memory(fault);
 *     list.at = more; list.at[list.count++] = link; */
MUST_USE void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t size_bytes);
/* Bytes given out since the last reset. */
size_t arena_used_bytes(const struct arena *arena);

#endif
