/* absence: what becomes of a focus that nobody wrote or did anything on. Holidays are none of it: school weeks count. A
 * team forgets, or has a hard month; nothing is held against it, and nothing is held back for ever. Also what comes
 * back after a holiday, and 2, 5 and 12 school weeks after an idea was kept. Pure. */
#ifndef DISCERN_PRACTICE_ABSENCE_H
#define DISCERN_PRACTICE_ABSENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/focus.h"

#define ABSENCE_SHORT_WEEKS 2
#define ABSENCE_LONG_WEEKS 5
#define ABSENCE_REST_WEEKS 12

enum absence {
    ABSENCE_NONE,
    ABSENCE_SHORT, /* two school weeks: it is mentioned */
    ABSENCE_LONG,  /* five: its clock stands still and its daily questions pause */
    ABSENCE_RESTS  /* twelve: nothing is held back for it any more */
};

/* School weeks without a sign of an open focus; 0 for a closed one. */
int64_t absence_weeks(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays);
enum absence absence_of(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays);

/* The school day on which an open focus is, or would be, away for long: its clock stands still from there. */
int64_t absence_long_opens(const struct focus *focus, const struct holiday_list *holidays);

/* The days on which somebody is asked at all. */
struct asking_days {
    unsigned weekdays; /* a reader's days: bit 0 = Sunday */
    const struct holiday_list *holidays;
};

/* Whether an absence is told of on this day: on the first asking day of each school week of it, and from the twelfth on
 * of every fourth. */
bool absence_is_told(const struct focus *focus, int64_t today_s, const struct asking_days *days);
/* The school weeks (2, 5 or 12) after which a focus that was embedded or adapted comes back on this day; 0 = not today.
 */
int64_t absence_return(const struct focus *focus, int64_t today_s, const struct asking_days *days);
/* The place of `weeks` among 2, 5 and 12. */
size_t absence_turn(int64_t weeks);
/* The holiday of a week or more that ended since the asking day before; NULL when today is not the first after one. */
const struct holiday *absence_holiday(int64_t today_s, const struct asking_days *days);

#endif
