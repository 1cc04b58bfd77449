/* calendar: school days and school weeks. Weekends and holidays stop the clock: week three stays week three over half
 * term. Pure; days are midnights UTC. */
#ifndef DISCERN_PRACTICE_CALENDAR_H
#define DISCERN_PRACTICE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "model/focus.h"

/* Monday to Friday and in no holiday. */
bool calendar_is_school_day(int64_t day_s, const struct holiday_list *holidays);
/* School days from `from_s` (included) to `to_s` (left out); 0 when there are none or to_s is earlier. At most ten
 * years are counted. */
int64_t calendar_school_days(int64_t from_s, int64_t to_s, const struct holiday_list *holidays);
/* The school week, from 1, in which `today_s` lies when the first school day at or after `from_s` opens week 1: five
 * school days make a week. On a day off it is the week of the last school day; before the start it is 1. */
int64_t calendar_school_week(int64_t from_s, int64_t today_s, const struct holiday_list *holidays);
/* The first school day at or after `day_s`; day_s itself when none comes within a year. */
int64_t calendar_next_school_day(int64_t day_s, const struct holiday_list *holidays);
/* The school day on which week `week` (from 1) of something chosen at `from_s` opens. */
int64_t calendar_week_opens(int64_t from_s, int64_t week, const struct holiday_list *holidays);
/* The holiday that `day_s` lies in, or NULL. */
const struct holiday *calendar_holiday(int64_t day_s, const struct holiday_list *holidays);

#endif
