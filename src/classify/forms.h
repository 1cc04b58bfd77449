/* forms: the closed list of forms in which a word of a rule is met: plural and singular, British and American spelling.
 * No stemming at run time: what is accepted can be listed (discern rules show --forms). */
#ifndef DISCERN_CLASSIFY_FORMS_H
#define DISCERN_CLASSIFY_FORMS_H

#include <stddef.h>

#include <stdbool.h>

#include "base/slice.h"

#define FORMS_MOST 24
#define FORM_BYTES 68

struct forms {
    char bytes[FORMS_MOST][FORM_BYTES];
    struct slice at[FORMS_MOST]; /* of bytes; the word itself first */
    size_t count;
};

/* All forms of `word` (folded, no apostrophes, at most 60 bytes), which lie in *out itself: do not copy it. */
void forms_of(struct slice word, struct forms *out);

#endif
