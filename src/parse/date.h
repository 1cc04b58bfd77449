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

/* How "04/11/2019" is read, which is no date to who does not know. */
enum date_order { DATE_ORDER_UNKNOWN, DATE_DAY_FIRST, DATE_MONTH_FIRST };

struct date_reading {
    int64_t instant_s;
    int offset_minutes; /* of the writer's clock, 0 where ISO 8601 was written */
};

/* The same, where the order of numbers is known by where the text stands. */
MUST_USE bool date_read(struct slice text, enum date_order order, struct date_reading *out);

#endif
