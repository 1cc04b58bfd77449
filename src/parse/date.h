/* date: every form of date that feeds really use: RFC 822/2822 and its broken kin, RFC 3339 and W3CDTF down to a bare
 * year, ISO 8601 basic, ordinal and week dates, asctime, Unix date(1), SQL and American orders where unambiguous, and
 * Korean, Greek, Hungarian, German, French, Spanish … names. No locale, no clock. */
#ifndef DISCERN_PARSE_DATE_H
#define DISCERN_PARSE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/slice.h"

/* The instant in seconds since 1970, UTC where no zone is named; missing parts are the earliest (a bare year is its
 * first second). False, *out_s untouched, when it is no date. Years 1000..9999. */
MUST_USE bool date_parse(struct slice text, int64_t *out_s);

#endif
