#include "render/base64.h"

void base64_add(struct buf *out, struct slice bytes) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t have = bytes.len - i < 3 ? bytes.len - i : 3;
        unsigned long group = 0;
        for (size_t j = 0; j < 3; j++) group = group << 8 | (j < have ? (unsigned char)bytes.at[i + j] : 0);
        char four[4];
        for (size_t j = 0; j < 4; j++) four[j] = j <= have ? digits[group >> (18 - 6 * j) & 63] : '=';
        buf_add(out, slice_of(four, 4));
    }
}
