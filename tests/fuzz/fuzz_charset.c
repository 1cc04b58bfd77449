/* Any bytes under any label: the text is valid UTF-8. The first line of the input is the Content-Type. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "parse/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    AUTO(buf_free)
    struct buf scratch = buf_new((size_t)16 * 1024 * 1024);
    struct slice rest = slice_of((const char *)data, size);
    struct slice label = slice_next(&rest, '\n');
    struct charset_result result;
    struct fault fault = {0};
    char name[32];
    enum charset_syntax syntax = (enum charset_syntax)(rest.len % 3);
    charset_needed(rest, label, syntax, name);
    if (!charset_decode(rest, label, syntax, &scratch, &result, &fault)) return 0;
    if (!utf8_is_valid(result.text)) abort();
    return 0;
}
