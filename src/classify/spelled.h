/* spelled: what the words of a line accept, spelled out: every form of every word, so that an author can read it. */
#ifndef DISCERN_CLASSIFY_SPELLED_H
#define DISCERN_CLASSIFY_SPELLED_H

#include "classify/rules.h"

struct speller; /* the words of a rule set by their ids; owned by the caller */

/* NULL when out of memory. `set` is borrowed. */
MUST_USE struct speller *speller_new(const struct ruleset *set, struct fault *fault);
void speller_free(struct speller **speller);

struct spelled {
    struct slice_list *words; /* in arena: for each word of the form, the forms it is met in; the one written first */
    size_t count;
};

/* Spells `form` out: one alternative, as written, of a line of this kind (words of an exact line stand as written).
 * False only when out of memory. */
MUST_USE bool speller_spell(struct speller *speller, struct slice form, enum line_kind kind, struct arena *arena,
                            struct spelled *out);

#endif
