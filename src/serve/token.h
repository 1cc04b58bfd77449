/* token: a form that was shown may be sent once. Each form gets a random token; a token is spent by its first use, so
 * neither another site nor a replay can act. */
#ifndef DISCERN_SERVE_TOKEN_H
#define DISCERN_SERVE_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/slice.h"

#define TOKEN_TEXT_BYTES 33 /* 32 hexadecimal digits and a NUL */
#define TOKENS_KEPT 512     /* forms that can be open at once; older ones must be loaded again */

struct token_box {
    char tokens[TOKENS_KEPT][TOKEN_TEXT_BYTES]; /* "" = free or spent */
    size_t next;
};

/* 128 random bits of the kernel's (getrandom(2)), as text. False when the kernel gives none. */
MUST_USE bool token_random(char out[TOKEN_TEXT_BYTES]);
/* A new token of that kind. False when the kernel gives none. */
MUST_USE bool token_issue(struct token_box *box, char out[TOKEN_TEXT_BYTES]);
/* True exactly once for each issued token that is still kept. */
bool token_spend(struct token_box *box, struct slice token);

#endif
