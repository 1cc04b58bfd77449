/* fold: text as rules see it: lower case, Unicode compatibility forms and marks folded (NFKD and case folding by
 * utf8proc), curly quotes and dashes plain, zero-width and soft hyphens gone, one level of left-over entities resolved,
 * emoji and other symbols blank. Never joins words: what separated them still does. Offsets lead back to the original.
 */
#ifndef DISCERN_CLASSIFY_FOLD_H
#define DISCERN_CLASSIFY_FOLD_H

#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/slice.h"

/* From `folded` on, original = folded + shift, until the next step. */
struct fold_step {
    uint32_t folded;
    uint32_t original;
};

#define FOLD_PADDING_BYTES 64 /* zeros that may be read behind the text */

struct fold {
    struct buf text;         /* valid UTF-8 */
    struct fold_step *steps; /* owned */
    size_t step_count, step_capacity;
    struct slice original; /* borrowed: what was folded */
    bool cut;              /* the folded text would have been longer than the ceiling */
};

/* A fold that keeps its memory from one text to the next. */
void fold_free(struct fold *fold);
/* Folds `text` (valid UTF-8, borrowed until the next call) up to `ceiling_bytes` of folded text, cut at a word. False
 * only when out of memory. */
MUST_USE bool fold_text(struct fold *fold, struct slice text, size_t ceiling_bytes);
/* The original offset of folded offset `at`: of the character that it came from. `at` may be the length. */
uint32_t fold_original(const struct fold *fold, uint32_t at);
/* The folded offset of original offset `original`, or of what stands there. */
uint32_t fold_folded(const struct fold *fold, uint32_t original);

#endif
