/* source_numbers: a source's name as the number that rows refer to. */
#ifndef DISCERN_STORE_SOURCE_NUMBERS_H
#define DISCERN_STORE_SOURCE_NUMBERS_H

#include "store/db.h"

/* 0 when the store knows no such source. */
MUST_USE bool source_number(struct store *store, struct slice name, int64_t *number, struct fault *fault);
/* Makes it when it is new. */
MUST_USE bool source_number_made(struct store *store, struct slice name, int64_t *number, struct fault *fault);

#endif
