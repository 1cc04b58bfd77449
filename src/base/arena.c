#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_BLOCK_BYTES ((size_t)16 * 1024)
#define LARGEST_BLOCK_BYTES ((size_t)1024 * 1024)

struct block {
    struct block *next;
    size_t used;
    size_t size;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *blocks; /* newest first */
    size_t ceiling_bytes;
    size_t used_bytes;
};

struct arena *arena_new(size_t ceiling_bytes) {
    struct arena *arena = mem_new(1, sizeof *arena);
    if (arena != NULL) arena->ceiling_bytes = ceiling_bytes;
    return arena;
}

static void free_blocks(struct block *block) {
    while (block != NULL) {
        struct block *next = block->next;
        mem_free(block);
        block = next;
    }
}

void arena_free(struct arena **arena) {
    if (*arena == NULL) return;
    free_blocks((*arena)->blocks);
    mem_free(*arena);
    *arena = NULL;
}

void arena_reset(struct arena *arena) {
    if (arena->blocks != NULL) {
        free_blocks(arena->blocks->next);
        arena->blocks->next = NULL;
        arena->blocks->used = 0;
    }
    arena->used_bytes = 0;
}

static struct block *add_block(struct arena *arena, size_t need) {
    size_t size = arena->blocks == NULL ? FIRST_BLOCK_BYTES : arena->blocks->size * 2;
    if (size > LARGEST_BLOCK_BYTES) size = LARGEST_BLOCK_BYTES;
    if (size < need) size = need;
    struct block *block = mem_resize(NULL, 1, sizeof *block + size);
    if (block == NULL) return NULL;
    *block = (struct block){.next = arena->blocks, .size = size};
    arena->blocks = block;
    return block;
}

/* Not zeroed. */
static void *take(struct arena *arena, size_t bytes) {
    size_t align = alignof(max_align_t);
    if (bytes > arena->ceiling_bytes || bytes > SIZE_MAX - align) return NULL;
    bytes = (bytes + align - 1) / align * align;
    if (bytes > arena->ceiling_bytes - arena->used_bytes) return NULL;
    struct block *block = arena->blocks;
    if (block == NULL || block->size - block->used < bytes) block = add_block(arena, bytes);
    if (block == NULL) return NULL;
    void *at = block->bytes + block->used;
    block->used += bytes;
    arena->used_bytes += bytes;
    return at;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size_bytes) {
    if (size_bytes != 0 && count > SIZE_MAX / size_bytes) return NULL;
    size_t bytes = count * size_bytes;
    void *at = take(arena, bytes == 0 ? 1 : bytes);
    if (at != NULL) memset(at, 0, bytes);
    return at;
}

char *arena_text(struct arena *arena, struct slice bytes) {
    if (bytes.len == SIZE_MAX) return NULL;
    char *at = take(arena, bytes.len + 1);
    if (at == NULL) return NULL;
    if (bytes.len > 0) memcpy(at, bytes.at, bytes.len);
    at[bytes.len] = '\0';
    return at;
}

bool arena_copy(struct arena *arena, struct slice bytes, struct slice *out) {
    if (bytes.at == NULL) {
        *out = bytes;
        return true;
    }
    char *at = arena_text(arena, bytes);
    if (at == NULL) return false;
    *out = slice_of(at, bytes.len);
    return true;
}

char *arena_printf(struct arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *at = need < 0 ? NULL : take(arena, (size_t)need + 1);
    if (at != NULL && vsnprintf(at, (size_t)need + 1, format, again) != need) at = NULL;
    va_end(again);
    return at;
}

void *arena_grow(struct arena *arena, void *array, size_t count, size_t *capacity, size_t size_bytes) {
    if (count < *capacity) {
        memset((char *)array + count * size_bytes, 0, size_bytes);
        return array;
    }
    size_t wider = *capacity == 0 ? 4 : *capacity * 2;
    void *moved = arena_alloc(arena, wider, size_bytes);
    if (moved == NULL) return NULL;
    if (count > 0) memcpy(moved, array, count * size_bytes);
    *capacity = wider;
    return moved;
}

size_t arena_used_bytes(const struct arena *arena) {
    return arena->used_bytes;
}
