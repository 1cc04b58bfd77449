/* words: every word of ours that a reader sees, by name, so that a school can change them without building. The table
 * of defaults is the list of what can be changed; config/words.conf holds the same lines: NAME and the words. */
#ifndef DISCERN_RENDER_WORDS_H
#define DISCERN_RENDER_WORDS_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/problem.h"
#include "base/slice.h"

/* LINE(name, words as shipped). In words, %1 and %2 stand for what is filled in. */
#include "render/words_table.h"

enum word {
#define WORD_ENUM(name, text) WORD_##name,
    WORDS(WORD_ENUM)
#undef WORD_ENUM
        WORD_COUNT
};

struct words {
    struct slice at[WORD_COUNT];
};

/* The words as shipped. */
void words_default(struct words *out);
/* Replaces those that the file names; in arena. Mistakes are added to problems. False only when out of memory. */
MUST_USE bool words_read(struct slice file_name, struct slice text, struct arena *arena, struct words *out,
                         struct problems *problems);
/* The name of a word as it stands in the file: lower case, '-' between. In out. */
#define WORD_NAME_BYTES 48
void word_name(enum word word, char out[WORD_NAME_BYTES]);

#endif
