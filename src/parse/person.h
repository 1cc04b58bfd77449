/* person: names and addresses of people as feeds write them in one line: "me@example.org (Ann Example)", "Ann Example
 * <me@example.org>", "Ann Example". */
#ifndef DISCERN_PARSE_PERSON_H
#define DISCERN_PARSE_PERSON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "model/item.h"

/* Everything in *out is in arena; all absent when nothing is said. False only when out of memory. */
MUST_USE bool person_read(struct arena *arena, struct slice text, struct person *out);

#endif
