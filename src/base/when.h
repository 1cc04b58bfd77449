/* when: instants and civil dates, without locale and without the system's time zone. An instant is seconds since
 * 1970-01-01T00:00:00Z (`_s`). The clock itself is read only in cli/ and handed down as `now_s`. */
#ifndef DISCERN_BASE_WHEN_H
#define DISCERN_BASE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* "Not said": no instant is known. */
#define WHEN_ABSENT INT64_MIN
#define DAY_S 86400

struct civil {
    int year, month, day;     /* month 1..12, day 1..31 */
    int hour, minute, second; /* second 0..59 */
};

/* Proleptic Gregorian calendar, any year in -9999..9999. The civil date must hold (when_civil_holds). */
int64_t when_from_civil(struct civil civil);
struct civil when_to_civil(int64_t instant_s);
bool when_civil_holds(struct civil civil);
/* 0 = Sunday .. 6 = Saturday. */
int when_weekday(int64_t instant_s);
/* "Monday".."Sunday", "January".."December" (1..12). English, static. */
const char *when_weekday_name(int weekday);
const char *when_month_name(int month);

#define WHEN_TEXT_BYTES 32
/* "2026-11-25T06:30:00Z" (RFC 3339, UTC); "" for WHEN_ABSENT. */
void when_rfc3339(int64_t instant_s, char out[WHEN_TEXT_BYTES]);
/* "2026-11-25"; "" for WHEN_ABSENT. */
void when_date(int64_t instant_s, char out[WHEN_TEXT_BYTES]);
/* "Wed, 25 Nov 2026 06:30:00 GMT" (RFC 9110 5.6.7, IMF-fixdate). */
void when_http(int64_t instant_s, char out[WHEN_TEXT_BYTES]);

/* A strict RFC 3339 date-time (zone required), or a bare YYYY-MM-DD (midnight UTC). False: *out untouched. */
bool when_parse_rfc3339(struct slice text, int64_t *out_s);

#endif
