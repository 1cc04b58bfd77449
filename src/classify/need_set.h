/* need_set: sets of strings while the need of a pattern is worked out. A string may hold NEED_BORDER: here what is no
 * letter or digit stands before, or a word begins. Internal to need. */
#ifndef DISCERN_CLASSIFY_NEED_SET_H
#define DISCERN_CLASSIFY_NEED_SET_H

#include "classify/need.h"

#define NEED_BORDER '\x01'
#define NEED_STRINGS 400     /* in one set */
#define NEED_STRING_BYTES 48 /* of one string */
#define NEED_PRODUCT 64      /* strings of a product of two real sets */

struct need_set {
    struct slice *at;
    size_t count;
};

bool need_is_letter(char c);
/* The set of one string. */
MUST_USE bool need_set_one(struct arena *arena, struct slice string, struct need_set *out);
/* Each of `a` followed by each of `b`. *fits is false (and *out untouched) when that is too much. */
MUST_USE bool need_set_product(struct arena *arena, const struct need_set *a, const struct need_set *b,
                               struct need_set *out, bool *fits);
MUST_USE bool need_set_union(struct arena *arena, const struct need_set *a, const struct need_set *b,
                             struct need_set *out, bool *fits);
/* What the empty string is taken to end in, when it is one of the set. */
enum need_empty { EMPTY_ENDS_INSIDE, EMPTY_ENDS_OUTSIDE };
/* Whether each of them ends in a border or in what is no letter or digit. */
bool need_set_ends_outside(const struct need_set *set, enum need_empty empty);
/* The clause that the set gives. *usable is false when one of the strings holds nothing to look for. */
MUST_USE bool need_set_clause(struct arena *arena, const struct need_set *set, struct need_clause *out, bool *usable);
/* The clause of which one or the other holds. *fits is false (and *out untouched) when that is too much. */
MUST_USE bool need_clause_either(struct arena *arena, const struct need_clause *a, const struct need_clause *b,
                                 struct need_clause *out, bool *fits);
/* The clause with a copy of its atoms, each with all that may stand before it. */
MUST_USE bool need_clause_copy(struct arena *arena, const struct need_clause *clause, struct need_clause *out);
uint32_t need_plus(uint32_t a, uint32_t b);

#endif
