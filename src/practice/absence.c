#include "practice/absence.h"

#include "base/attr.h"

#include "base/when.h"
#include "practice/calendar.h"

#define DAYS_IN_WEEK 5
#define LONG_HOLIDAY_DAYS 5 /* from Monday to Friday */
#define REST_TOLD_WEEKS 4

static const int64_t returns[] = {2, 5, 12};

static int64_t last_sign(const struct focus *focus) {
    int64_t sign_s = focus->sign_s > focus->step_since_s ? focus->sign_s : focus->step_since_s;
    return sign_s > focus->chosen_s ? sign_s : focus->chosen_s;
}

int64_t absence_weeks(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays) {
    if (!focus_is_open(focus)) return 0;
    return calendar_school_days(last_sign(focus), today_s, holidays) / DAYS_IN_WEEK;
}

enum absence absence_of(const struct focus *focus, int64_t today_s, const struct holiday_list *holidays) {
    int64_t weeks = absence_weeks(focus, today_s, holidays);
    if (weeks >= ABSENCE_REST_WEEKS) return ABSENCE_RESTS;
    if (weeks >= ABSENCE_LONG_WEEKS) return ABSENCE_LONG;
    return weeks >= ABSENCE_SHORT_WEEKS ? ABSENCE_SHORT : ABSENCE_NONE;
}

int64_t absence_long_opens(const struct focus *focus, const struct holiday_list *holidays) {
    return calendar_week_opens(last_sign(focus), ABSENCE_LONG_WEEKS + 1, holidays);
}

static bool is_asking_day(int64_t day_s, const struct asking_days *days) {
    return (days->weekdays >> when_weekday(day_s) & 1u) != 0 && calendar_is_school_day(day_s, days->holidays);
}

/* Whether today is the first asking day of the school week that opens `weeks` school weeks after `from_s`. */
static bool is_first_of(int64_t from_s, int64_t weeks, int64_t today_s, const struct asking_days *days) {
    int64_t opens_s = calendar_week_opens(from_s, weeks + 1, days->holidays);
    if (today_s < opens_s || !is_asking_day(today_s, days)) return false;
    if (calendar_school_days(opens_s, today_s, days->holidays) >= DAYS_IN_WEEK) return false;
    for (int64_t day_s = opens_s; day_s < today_s; day_s += DAY_S)
        if (is_asking_day(day_s, days)) return false;
    return true;
}

bool absence_is_told(const struct focus *focus, int64_t today_s, const struct asking_days *days) {
    int64_t weeks = absence_weeks(focus, today_s, days->holidays);
    if (weeks < ABSENCE_SHORT_WEEKS) return false;
    if (weeks > ABSENCE_REST_WEEKS && (weeks - ABSENCE_REST_WEEKS) % REST_TOLD_WEEKS != 0) return false;
    return is_first_of(last_sign(focus), weeks, today_s, days);
}

int64_t absence_return(const struct focus *focus, int64_t today_s, const struct asking_days *days) {
    bool kept = focus->step == FOCUS_EMBEDDED || focus->step == FOCUS_ADAPTED;
    if (!kept || focus->closed_s == WHEN_ABSENT) return 0;
    for (size_t i = 0; i < COUNT_OF(returns); i++)
        if (is_first_of(focus->closed_s, returns[i], today_s, days)) return returns[i];
    return 0;
}

size_t absence_turn(int64_t weeks) {
    size_t turn = 0;
    while (turn + 1 < COUNT_OF(returns) && returns[turn] < weeks) turn++;
    return turn;
}

static int64_t weekdays_in(const struct holiday *holiday) {
    int64_t days = 0;
    for (int64_t day_s = holiday->from_s; day_s <= holiday->to_s; day_s += DAY_S)
        days += when_weekday(day_s) >= 1 && when_weekday(day_s) <= 5;
    return days;
}

const struct holiday *absence_holiday(int64_t today_s, const struct asking_days *days) {
    if (!is_asking_day(today_s, days)) return NULL;
    for (size_t i = 0; i < days->holidays->count; i++) {
        const struct holiday *holiday = &days->holidays->at[i];
        if (holiday->to_s >= today_s || weekdays_in(holiday) < LONG_HOLIDAY_DAYS) continue;
        bool first = true;
        for (int64_t day_s = holiday->to_s + DAY_S; first && day_s < today_s; day_s += DAY_S)
            first = !is_asking_day(day_s, days);
        if (first) return holiday;
    }
    return NULL;
}
