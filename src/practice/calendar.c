#include "practice/calendar.h"

#include "base/when.h"

#define MOST_DAYS 3660
#define DAYS_IN_WEEK 5

const struct holiday *calendar_holiday(int64_t day_s, const struct holiday_list *holidays) {
    for (size_t i = 0; i < holidays->count; i++)
        if (day_s >= holidays->at[i].from_s && day_s < holidays->at[i].to_s + DAY_S) return &holidays->at[i];
    return NULL;
}

bool calendar_is_school_day(int64_t day_s, const struct holiday_list *holidays) {
    int weekday = when_weekday(day_s);
    return weekday >= 1 && weekday <= 5 && calendar_holiday(day_s, holidays) == NULL;
}

int64_t calendar_school_days(int64_t from_s, int64_t to_s, const struct holiday_list *holidays) {
    int64_t days = 0;
    for (int64_t day = from_s, i = 0; day < to_s && i < MOST_DAYS; day += DAY_S, i++)
        if (calendar_is_school_day(day, holidays)) days++;
    return days;
}

int64_t calendar_school_week(int64_t from_s, int64_t today_s, const struct holiday_list *holidays) {
    int64_t passed = calendar_school_days(from_s, today_s, holidays);
    /* A day off belongs to the week of the school day before it. */
    if (!calendar_is_school_day(today_s, holidays) && passed > 0) passed--;
    return passed / DAYS_IN_WEEK + 1;
}

int64_t calendar_next_school_day(int64_t day_s, const struct holiday_list *holidays) {
    for (int64_t day = day_s, i = 0; i < 366; day += DAY_S, i++)
        if (calendar_is_school_day(day, holidays)) return day;
    return day_s;
}

int64_t calendar_week_opens(int64_t from_s, int64_t week, const struct holiday_list *holidays) {
    int64_t wanted = (week - 1) * DAYS_IN_WEEK;
    int64_t day = calendar_next_school_day(from_s, holidays);
    for (int64_t i = 0; wanted > 0 && i < MOST_DAYS; i++) {
        day = calendar_next_school_day(day + DAY_S, holidays);
        wanted--;
    }
    return day;
}
