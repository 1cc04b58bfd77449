/* buf: a growing run of bytes with a compulsory ceiling. Failure sticks: after one refused growth every further call
 * does nothing, so a chain of calls is checked once, by buf_failed. The zero value is a buf whose ceiling is 0. */
#ifndef DISCERN_BASE_BUF_H
#define DISCERN_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

struct buf {
    char *at; /* owned; NUL-terminated whenever not NULL */
    size_t len;
    size_t cap;
    size_t ceiling_bytes;
    bool failed;
};

/* An empty buf that holds at most `ceiling_bytes`. Allocates nothing. Release with buf_free. */
struct buf buf_new(size_t ceiling_bytes);
void buf_free(struct buf *buf);
/* Empties and un-fails, keeps the memory. */
void buf_clear(struct buf *buf);

void buf_add(struct buf *buf, struct slice bytes);
/* The same for a few bytes: no call where there is room for them. */
static inline void buf_put(struct buf *buf, const void *bytes, size_t len) {
    if (buf->failed || buf->cap - buf->len <= len) {
        buf_add(buf, (struct slice){bytes, len});
        return;
    }
    memcpy(buf->at + buf->len, bytes, len);
    buf->len += len;
    buf->at[buf->len] = '\0';
}
void buf_add_text(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
/* Room for `more` bytes at the end, or NULL (and failed). Write there, then buf_grown(actual). */
char *buf_room(struct buf *buf, size_t more);
void buf_grown(struct buf *buf, size_t actual);
/* Cuts to `len` bytes (no effect if shorter). */
void buf_cut(struct buf *buf, size_t len);

/* Out of memory or past the ceiling at some point. */
bool buf_failed(const struct buf *buf);
/* True when all went in; else sets FAULT_LIMIT or FAULT_MEMORY, naming `what`. */
MUST_USE bool buf_check(const struct buf *buf, const char *what, struct fault *fault);
/* What it holds, borrowed until the next change. Never absent. */
struct slice buf_slice(const struct buf *buf);
/* NUL-terminated view, borrowed until the next change; "" when empty. */
const char *buf_text(const struct buf *buf);

#endif
