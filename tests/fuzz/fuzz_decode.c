/* The first byte chooses the coding, the second the size of the pieces, the rest is the body. */
#include <stdint.h>

#include "fetch/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    AUTO(buf_free)
    struct buf out = buf_new((size_t)1024 * 1024);
    AUTO(decode_free)
    struct decode decode = {0};
    if (!decode_begin(&decode, (enum coding)(data[0] % (CODING_ZSTD + 1)), &out)) return 0;
    size_t piece = (size_t)data[1] + 1;
    for (size_t at = 2; at < size; at += piece) {
        size_t len = size - at < piece ? size - at : piece;
        if (decode_add(&decode, slice_of((const char *)data + at, len)) != DECODE_FINE) break;
    }
    (void)decode_end(&decode);
    return 0;
}
