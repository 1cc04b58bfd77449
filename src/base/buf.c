#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

struct buf buf_new(size_t ceiling_bytes) {
    return (struct buf){.ceiling_bytes = ceiling_bytes};
}

void buf_free(struct buf *buf) {
    mem_free(buf->at);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf) {
    buf->len = 0;
    buf->failed = false;
    if (buf->at != NULL) buf->at[0] = '\0';
}

char *buf_room(struct buf *buf, size_t more) {
    if (buf->failed) return NULL;
    if (more > buf->ceiling_bytes || buf->len > buf->ceiling_bytes - more) {
        buf->failed = true;
        return NULL;
    }
    size_t need = buf->len + more + 1;
    if (need > buf->cap) {
        size_t cap = buf->cap < 64 ? 64 : buf->cap + buf->cap / 2;
        if (cap < need) cap = need;
        if (cap > buf->ceiling_bytes + 1) cap = buf->ceiling_bytes + 1;
        char *grown = mem_resize(buf->at, cap, 1);
        if (grown == NULL) {
            buf->failed = true;
            return NULL;
        }
        buf->at = grown;
        buf->cap = cap;
    }
    return buf->at + buf->len;
}

void buf_grown(struct buf *buf, size_t actual) {
    buf->len += actual;
    buf->at[buf->len] = '\0';
}

void buf_add(struct buf *buf, struct slice bytes) {
    if (bytes.len == 0) return;
    char *room = buf_room(buf, bytes.len);
    if (room == NULL) return;
    memcpy(room, bytes.at, bytes.len);
    buf_grown(buf, bytes.len);
}

void buf_add_text(struct buf *buf, const char *text) {
    buf_add(buf, slice_from(text));
}

void buf_add_char(struct buf *buf, char c) {
    buf_put(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *room = need < 0 ? NULL : buf_room(buf, (size_t)need);
    if (room != NULL && vsnprintf(room, (size_t)need + 1, format, again) == need) buf_grown(buf, (size_t)need);
    else buf->failed = true;
    va_end(again);
}

void buf_cut(struct buf *buf, size_t len) {
    if (len >= buf->len) return;
    buf->len = len;
    buf->at[len] = '\0';
}

bool buf_failed(const struct buf *buf) {
    return buf->failed;
}

bool buf_check(const struct buf *buf, const char *what, struct fault *fault) {
    if (!buf->failed) return true;
    if (buf->len >= buf->ceiling_bytes / 2)
        return fault_set(fault, FAULT_LIMIT, "%s is larger than %zu bytes", what, buf->ceiling_bytes);
    return fault_set(fault, FAULT_MEMORY, "%s: out of memory, or larger than %zu bytes", what, buf->ceiling_bytes);
}

struct slice buf_slice(const struct buf *buf) {
    return slice_of(buf_text(buf), buf->len);
}

const char *buf_text(const struct buf *buf) {
    return buf->at == NULL ? "" : buf->at;
}
