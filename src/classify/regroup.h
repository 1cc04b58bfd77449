/* regroup: (?:ask|add|begin|bring) as (?:a(?:sk|dd)|b(?:egin|ring)). A long list of words is tried word by word at each
 * place; by first letters most are passed over at once. The same texts match in the same way: words of different
 * letters never match at one place, and those of one letter keep their order. */
#ifndef DISCERN_CLASSIFY_REGROUP_H
#define DISCERN_CLASSIFY_REGROUP_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"

enum regroup_case { REGROUP_SMALL_LETTERS, REGROUP_ANY_LETTERS };

/* Appends `source` (PCRE2 syntax) with its long alternations in groups; as it is where it holds what is not understood.
 * With REGROUP_SMALL_LETTERS only words that begin with a small letter are put together: capitals may mean the same.
 * False only when out of memory. */
MUST_USE bool regroup(struct slice source, enum regroup_case letters, struct buf *out);

#endif
