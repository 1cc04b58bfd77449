/* decode: content codings (gzip, deflate, br, zstd) undone as the bytes come, with our own count. libcurl's ceilings
 * look at the wire only, and its 7.88 calls a gzip that was cut short a success: so it hands us the bytes as sent. */
#ifndef DISCERN_FETCH_DECODE_H
#define DISCERN_FETCH_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/slice.h"

enum coding { CODING_PLAIN, CODING_GZIP, CODING_DEFLATE, CODING_BROTLI, CODING_ZSTD, CODING_UNKNOWN };

enum decode_state {
    DECODE_FINE,
    DECODE_CUT,       /* only decode_end: the coding's own end did not come */
    DECODE_BROKEN,    /* the bytes are not of that coding */
    DECODE_TOO_LARGE, /* more than the ceiling of the buf */
    DECODE_BOMB,      /* grows more than DECODE_RATIO_MOST times */
    DECODE_MEMORY
};

/* Growth beyond this is no document (after DECODE_RATIO_FROM_BYTES of output). */
#define DECODE_RATIO_MOST 200u
#define DECODE_RATIO_FROM_BYTES (1024u * 1024)
/* What we can undo, for Accept-Encoding. */
#define DECODE_ACCEPTED "gzip, br, zstd"

struct decode {
    enum coding coding;
    void *stream;         /* owned: the library's state */
    struct buf *out;      /* borrowed */
    size_t wire_bytes;    /* taken in */
    size_t decoded_bytes; /* given out */
    bool ended;           /* the coding's end was seen (of the last member) */
    bool raw;             /* deflate without its zlib wrapping */
};

/* The coding that a Content-Encoding value names; more than one is CODING_UNKNOWN. */
enum coding coding_of(struct slice content_encoding);
/* Prepares for one body whose decoded bytes are added to `out`. False when out of memory. Release with decode_free. */
MUST_USE bool decode_begin(struct decode *decode, enum coding coding, struct buf *out);
enum decode_state decode_add(struct decode *decode, struct slice bytes);
/* Called after the last byte. An empty body is whole in any coding. */
enum decode_state decode_end(const struct decode *decode);
/* Releases; *decode is zero afterwards. For AUTO. */
void decode_free(struct decode *decode);

#endif
