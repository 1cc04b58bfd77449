/* date_iso: ISO 8601 as feeds write it: calendar, ordinal and week dates, with and without hyphens, down to a bare year
 * or with two digits of it, and a clock to any precision with or without zone. */
#ifndef DISCERN_PARSE_DATE_ISO_H
#define DISCERN_PARSE_DATE_ISO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/slice.h"
#include "base/when.h"

/* As date_parse, for these forms only; the whole of `text` must be one. */
MUST_USE bool date_iso_parse(struct slice text, int64_t *out_s);
/* Whether a date stands in a calendar. One to three days past a month's end do: programs that count on write 31 June
 * for 1 July, and a post whose date were dropped for that would be taken for news. */
bool date_civil_holds(struct civil civil);

#endif
