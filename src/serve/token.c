#include "serve/token.h"

#include <string.h>
#include <sys/random.h>

bool token_random(char out[TOKEN_TEXT_BYTES]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
    for (size_t i = 0; i < sizeof bytes; i++) {
        out[i * 2] = digits[bytes[i] >> 4];
        out[i * 2 + 1] = digits[bytes[i] & 15];
    }
    out[TOKEN_TEXT_BYTES - 1] = '\0';
    return true;
}

bool token_issue(struct token_box *box, char out[TOKEN_TEXT_BYTES]) {
    if (!token_random(out)) return false;
    memcpy(box->tokens[box->next], out, TOKEN_TEXT_BYTES);
    box->next = (box->next + 1) % TOKENS_KEPT;
    return true;
}

/* The time it takes must not tell how much of a guess was right. */
static bool same(const char *kept, struct slice token) {
    unsigned char differs = kept[0] == '\0';
    for (size_t i = 0; i < TOKEN_TEXT_BYTES - 1; i++) differs |= (unsigned char)(kept[i] ^ token.at[i]);
    return differs == 0;
}

bool token_spend(struct token_box *box, struct slice token) {
    if (token.len != TOKEN_TEXT_BYTES - 1) return false;
    bool found = false;
    for (size_t i = 0; i < TOKENS_KEPT; i++) {
        if (!same(box->tokens[i], token)) continue;
        box->tokens[i][0] = '\0';
        found = true;
    }
    return found;
}
