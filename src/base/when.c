#include "base/when.h"

#include <stdio.h>

static const char *const weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool when_civil_holds(struct civil c) {
    if (c.year < -9999 || c.year > 9999 || c.month < 1 || c.month > 12) return false;
    if (c.day < 1 || c.day > month_days(c.year, c.month)) return false;
    return c.hour >= 0 && c.hour < 24 && c.minute >= 0 && c.minute < 60 && c.second >= 0 && c.second < 60;
}

/* Days since 1970-01-01, counting years from March so that the leap day comes last. */
int64_t when_from_civil(struct civil c) {
    int64_t year = c.month <= 2 ? c.year - 1 : c.year;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    int64_t days = era * 146097 + day_of_era - 719468;
    return days * DAY_S + (int64_t)c.hour * 3600 + (int64_t)c.minute * 60 + c.second;
}

static int64_t floor_day(int64_t instant_s) {
    return (instant_s >= 0 ? instant_s : instant_s - (DAY_S - 1)) / DAY_S;
}

struct civil when_to_civil(int64_t instant_s) {
    int64_t days = floor_day(instant_s);
    int seconds = (int)(instant_s - days * DAY_S);
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct civil c = {.day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
                      .month = (int)(month < 10 ? month + 3 : month - 9),
                      .hour = seconds / 3600,
                      .minute = seconds / 60 % 60,
                      .second = seconds % 60};
    c.year = (int)(year_of_era + era * 400 + (c.month <= 2 ? 1 : 0));
    return c;
}

int when_weekday(int64_t instant_s) {
    int64_t day = (floor_day(instant_s) + 4) % 7;
    return (int)(day < 0 ? day + 7 : day);
}

const char *when_weekday_name(int weekday) {
    return weekday >= 0 && weekday < 7 ? weekdays[weekday] : "";
}

const char *when_month_name(int month) {
    return month >= 1 && month <= 12 ? months[month - 1] : "";
}

void when_rfc3339(int64_t instant_s, char out[WHEN_TEXT_BYTES]) {
    out[0] = '\0';
    if (instant_s == WHEN_ABSENT) return;
    struct civil c = when_to_civil(instant_s);
    int written = snprintf(out, WHEN_TEXT_BYTES, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour,
                           c.minute, c.second);
    if (written < 0 || written >= WHEN_TEXT_BYTES) out[0] = '\0';
}

void when_date(int64_t instant_s, char out[WHEN_TEXT_BYTES]) {
    out[0] = '\0';
    if (instant_s == WHEN_ABSENT) return;
    struct civil c = when_to_civil(instant_s);
    int written = snprintf(out, WHEN_TEXT_BYTES, "%04d-%02d-%02d", c.year, c.month, c.day);
    if (written < 0 || written >= WHEN_TEXT_BYTES) out[0] = '\0';
}

void when_http(int64_t instant_s, char out[WHEN_TEXT_BYTES]) {
    out[0] = '\0';
    if (instant_s == WHEN_ABSENT) return;
    struct civil c = when_to_civil(instant_s);
    int written =
        snprintf(out, WHEN_TEXT_BYTES, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", weekdays[when_weekday(instant_s)],
                 c.day, months[c.month - 1], c.year, c.hour, c.minute, c.second);
    if (written < 0 || written >= WHEN_TEXT_BYTES) out[0] = '\0';
}

/* Reads exactly `width` digits at *at and moves on. */
static bool digits(struct slice text, size_t *at, size_t width, int *out) {
    if (text.len < *at + width) return false;
    int value = 0;
    for (size_t i = 0; i < width; i++) {
        char c = text.at[*at + i];
        if (c < '0' || c > '9') return false;
        value = value * 10 + (c - '0');
    }
    *at += width;
    *out = value;
    return true;
}

static bool mark(struct slice text, size_t *at, char wanted) {
    if (*at >= text.len || (text.at[*at] | 0x20) != (wanted | 0x20)) return false;
    (*at)++;
    return true;
}

static bool zone(struct slice text, size_t *at, int *offset_s) {
    if (mark(text, at, 'Z')) return true;
    if (*at >= text.len || (text.at[*at] != '+' && text.at[*at] != '-')) return false;
    int sign = text.at[(*at)++] == '-' ? -1 : 1, hours = 0, minutes = 0;
    if (!digits(text, at, 2, &hours) || !mark(text, at, ':') || !digits(text, at, 2, &minutes)) return false;
    if (hours > 23 || minutes > 59) return false;
    *offset_s = sign * (hours * 3600 + minutes * 60);
    return true;
}

bool when_parse_rfc3339(struct slice text, int64_t *out_s) {
    struct civil c = {0};
    size_t at = 0;
    int offset_s = 0;
    if (!digits(text, &at, 4, &c.year) || !mark(text, &at, '-') || !digits(text, &at, 2, &c.month) ||
        !mark(text, &at, '-') || !digits(text, &at, 2, &c.day))
        return false;
    if (at < text.len) {
        if (text.at[at] != 'T' && text.at[at] != 't' && text.at[at] != ' ') return false;
        at++;
        if (!digits(text, &at, 2, &c.hour) || !mark(text, &at, ':') || !digits(text, &at, 2, &c.minute) ||
            !mark(text, &at, ':') || !digits(text, &at, 2, &c.second))
            return false;
        if (c.second == 60) c.second = 59; /* a leap second is not worth losing the date for */
        if (at < text.len && text.at[at] == '.')
            for (at++; at < text.len && text.at[at] >= '0' && text.at[at] <= '9';) at++;
        if (!zone(text, &at, &offset_s)) return false;
    }
    if (at != text.len || !when_civil_holds(c)) return false;
    *out_s = when_from_civil(c) - offset_s;
    return true;
}
