/* date_iso: ISO 8601 as feeds write it: calendar, ordinal and week dates, with and without hyphens, down to a bare year
 * or with two digits of it, and a clock to any precision with or without zone. */
#ifndef DISCERN_PARSE_DATE_ISO_H
#define DISCERN_PARSE_DATE_ISO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/slice.h"

/* As date_parse, for these forms only; the whole of `text` must be one. */
MUST_USE bool date_iso_parse(struct slice text, int64_t *out_s);

#endif
