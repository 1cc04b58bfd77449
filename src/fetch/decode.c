#include "fetch/decode.h"

#include <brotli/decode.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"

#define WINDOW_BYTES ((size_t)16 * 1024)
/* Window of 8 MiB: the most that RFC 9659 lets a server use. */
#define ZSTD_WINDOW_LOG_MOST 23

enum coding coding_of(struct slice content_encoding) {
    static const struct {
        const char *word;
        enum coding coding;
    } known[] = {{"gzip", CODING_GZIP},  {"x-gzip", CODING_GZIP}, {"deflate", CODING_DEFLATE},
                 {"br", CODING_BROTLI},  {"zstd", CODING_ZSTD},   {"identity", CODING_PLAIN},
                 {"none", CODING_PLAIN}, {"utf-8", CODING_PLAIN}, {"binary", CODING_PLAIN}};
    enum coding found = CODING_PLAIN;
    while (!slice_is_empty(content_encoding)) {
        struct slice word = slice_trim(slice_next(&content_encoding, ','));
        enum coding coding = CODING_UNKNOWN;
        for (size_t i = 0; i < COUNT_OF(known); i++)
            if (slice_equal_nocase(word, slice_from(known[i].word))) coding = known[i].coding;
        if (word.len == 0 || coding == CODING_PLAIN) continue;
        found = found == CODING_PLAIN ? coding : CODING_UNKNOWN;
    }
    return found;
}

static bool begin_zlib(struct decode *decode, int window_bits) {
    z_stream *stream = mem_new(1, sizeof *stream);
    if (stream != NULL && inflateInit2(stream, window_bits) == Z_OK) {
        decode->stream = stream;
        return true;
    }
    mem_free(stream);
    return false;
}

static bool begin_zstd(struct decode *decode) {
    ZSTD_DStream *stream = ZSTD_createDStream();
    if (stream == NULL) return false;
    (void)ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG_MOST);
    decode->stream = stream;
    return true;
}

bool decode_begin(struct decode *decode, enum coding coding, struct buf *out) {
    *decode = (struct decode){.coding = coding, .out = out};
    switch (coding) {
        case CODING_GZIP: return begin_zlib(decode, 16 + MAX_WBITS);
        case CODING_DEFLATE: return begin_zlib(decode, MAX_WBITS);
        case CODING_BROTLI:
            decode->stream = BrotliDecoderCreateInstance(NULL, NULL, NULL);
            return decode->stream != NULL;
        case CODING_ZSTD: return begin_zstd(decode);
        case CODING_PLAIN:
        case CODING_UNKNOWN: break;
    }
    return true;
}

void decode_free(struct decode *decode) {
    if (decode->coding == CODING_BROTLI) {
        BrotliDecoderDestroyInstance(decode->stream);
    } else if (decode->coding == CODING_ZSTD) {
        (void)ZSTD_freeDStream(decode->stream);
    } else if (decode->stream != NULL) {
        (void)inflateEnd(decode->stream);
        mem_free(decode->stream);
    }
    *decode = (struct decode){0};
}

static enum decode_state give(struct decode *decode, const char *at, size_t len) {
    buf_add(decode->out, slice_of(at, len));
    decode->decoded_bytes += len;
    if (decode->out->failed)
        return decode->decoded_bytes > decode->out->ceiling_bytes ? DECODE_TOO_LARGE : DECODE_MEMORY;
    bool grows = decode->decoded_bytes > (size_t)DECODE_RATIO_FROM_BYTES &&
                 decode->decoded_bytes / DECODE_RATIO_MOST > decode->wire_bytes;
    return grows ? DECODE_BOMB : DECODE_FINE;
}

/* After a gzip member's end: another member may follow (RFC 1952 2.2); anything else is padding and ignored. */
static bool next_member(struct decode *decode, z_stream *stream) {
    bool another = decode->coding == CODING_GZIP && stream->avail_in > 0 && stream->next_in[0] == 0x1f;
    if (another) decode->ended = inflateReset(stream) != Z_OK;
    return another && !decode->ended;
}

/* Some servers send bare deflate (RFC 1951) where RFC 9110 asks for zlib's: found out at the first bytes. */
static bool turn_raw(struct decode *decode, z_stream *stream, struct slice bytes) {
    if (decode->coding != CODING_DEFLATE || decode->raw || decode->decoded_bytes > 0) return false;
    decode->raw = inflateReset2(stream, -MAX_WBITS) == Z_OK;
    stream->next_in = (z_const Bytef *)bytes.at;
    stream->avail_in = (uInt)bytes.len;
    return decode->raw;
}

static enum decode_state add_zlib(struct decode *decode, struct slice bytes) {
    char window[WINDOW_BYTES];
    z_stream *stream = decode->stream;
    stream->next_in = (z_const Bytef *)bytes.at;
    stream->avail_in = (uInt)bytes.len;
    if (decode->ended && !next_member(decode, stream)) return DECODE_FINE;
    while (!decode->ended) {
        stream->next_out = (Bytef *)window;
        stream->avail_out = sizeof window;
        int code = inflate(stream, Z_NO_FLUSH);
        if (code == Z_DATA_ERROR && turn_raw(decode, stream, bytes)) continue;
        if (code == Z_MEM_ERROR) return DECODE_MEMORY;
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return DECODE_BROKEN;
        enum decode_state state = give(decode, window, sizeof window - stream->avail_out);
        if (state != DECODE_FINE) return state;
        decode->ended = code == Z_STREAM_END;
        if (decode->ended && !next_member(decode, stream)) break;
        if (stream->avail_in == 0 && stream->avail_out > 0) break;
    }
    return DECODE_FINE;
}

static enum decode_state add_brotli(struct decode *decode, struct slice bytes) {
    char window[WINDOW_BYTES];
    const uint8_t *in = (const uint8_t *)bytes.at;
    size_t in_left = bytes.len;
    while (!decode->ended) {
        uint8_t *out = (uint8_t *)window;
        size_t out_left = sizeof window;
        BrotliDecoderResult result =
            BrotliDecoderDecompressStream(decode->stream, &in_left, &in, &out_left, &out, NULL);
        if (result == BROTLI_DECODER_RESULT_ERROR) return DECODE_BROKEN;
        enum decode_state state = give(decode, window, sizeof window - out_left);
        if (state != DECODE_FINE) return state;
        decode->ended = result == BROTLI_DECODER_RESULT_SUCCESS;
        if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) break;
    }
    return DECODE_FINE;
}

static enum decode_state add_zstd(struct decode *decode, struct slice bytes) {
    char window[WINDOW_BYTES];
    ZSTD_inBuffer in = {bytes.at, bytes.len, 0};
    for (bool full = true; full || in.pos < in.size;) {
        ZSTD_outBuffer out = {window, sizeof window, 0};
        size_t left = ZSTD_decompressStream(decode->stream, &out, &in);
        if (ZSTD_isError(left)) return DECODE_BROKEN;
        enum decode_state state = give(decode, window, out.pos);
        if (state != DECODE_FINE) return state;
        decode->ended = left == 0;
        full = !decode->ended && out.pos == sizeof window;
    }
    return DECODE_FINE;
}

enum decode_state decode_add(struct decode *decode, struct slice bytes) {
    decode->wire_bytes += bytes.len;
    switch (decode->coding) {
        case CODING_GZIP:
        case CODING_DEFLATE: return add_zlib(decode, bytes);
        case CODING_BROTLI: return add_brotli(decode, bytes);
        case CODING_ZSTD: return add_zstd(decode, bytes);
        case CODING_PLAIN: return give(decode, bytes.at, bytes.len);
        case CODING_UNKNOWN: break;
    }
    return DECODE_BROKEN;
}

enum decode_state decode_end(const struct decode *decode) {
    bool whole = decode->coding == CODING_PLAIN || decode->wire_bytes == 0 || decode->ended;
    return whole ? DECODE_FINE : DECODE_CUT;
}
