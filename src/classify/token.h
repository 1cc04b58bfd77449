/* token: the words of a folded text: runs of letters and digits, apostrophes within (they are no part of the key).
 * Hashtags in camel case are split at their humps. */
#ifndef DISCERN_CLASSIFY_TOKEN_H
#define DISCERN_CLASSIFY_TOKEN_H

#include <stdint.h>

#include "base/attr.h"
#include "classify/fold.h"
#include "classify/mask.h"

struct token {
    uint32_t start, end; /* in the folded text */
    uint32_t word;       /* id in the vocabulary, 0 = not in it; set by the matcher */
    uint32_t sentence;   /* from 0 */
    bool break_before;   /* punctuation or a line break stands before it: no phrase crosses that */
    bool hashtag;        /* a whole hashtag in one piece */
    bool plain;          /* its key is its bytes: no apostrophe in it */
};

struct tokens {
    struct token *at; /* owned */
    size_t count, capacity;
    uint32_t sentences;
    struct masks masks; /* of the text that was read last */
};

void tokens_free(struct tokens *tokens);
/* The words of fold->text. False only when out of memory. */
MUST_USE bool tokens_read(struct tokens *tokens, const struct fold *fold);
/* The key of a token: its letters without apostrophes and without a possessive 's, written to `out` (room for the
 * token's length). Returns its length. */
size_t token_key(const struct fold *fold, const struct token *token, char *out);
#define TOKEN_KEY_BYTES 64 /* longer words are in no vocabulary */

#endif
