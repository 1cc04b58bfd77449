#include "parse/date_iso.h"

#include "base/when.h"
#include "parse/date_word.h"

struct cursor {
    struct slice s;
    size_t at;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t digits_ahead(const struct cursor *c) {
    size_t n = 0;
    while (c->at + n < c->s.len && is_digit(c->s.at[c->at + n])) n++;
    return n;
}

static int take(struct cursor *c, size_t width) {
    int value = 0;
    for (size_t i = 0; i < width; i++) value = value * 10 + (c->s.at[c->at++] - '0');
    return value;
}

static bool mark(struct cursor *c, char wanted) {
    if (c->at >= c->s.len || c->s.at[c->at] != wanted) return false;
    c->at++;
    return true;
}

bool date_civil_holds(struct civil civil) {
    if (civil.day > 28 && civil.day <= 31) civil.day = 28;
    return when_civil_holds(civil);
}

static int64_t day_of(int year, int month, int day) {
    struct civil civil = {.year = year, .month = month, .day = day};
    return date_civil_holds(civil) && year >= 1000 ? when_from_civil(civil) : WHEN_ABSENT;
}

static int64_t ordinal(int year, int day) {
    int64_t first = day_of(year, 1, 1), next = day_of(year + 1, 1, 1);
    if (first == WHEN_ABSENT || next == WHEN_ABSENT || day < 1 || first + (int64_t)(day - 1) * DAY_S >= next)
        return WHEN_ABSENT;
    return first + (int64_t)(day - 1) * DAY_S;
}

/* Week 1 holds 4 January; days count from Monday. */
static int64_t week(int year, int number, int day) {
    int64_t fourth = day_of(year, 1, 4);
    if (fourth == WHEN_ABSENT || number < 1 || number > 53 || day < 1 || day > 7) return WHEN_ABSENT;
    int64_t monday = fourth - (int64_t)((when_weekday(fourth) + 6) % 7) * DAY_S;
    return monday + ((int64_t)(number - 1) * 7 + day - 1) * DAY_S;
}

static int64_t week_date(struct cursor *c, int year) {
    if (digits_ahead(c) < 2) return WHEN_ABSENT;
    int number = take(c, 2), day = 1;
    (void)mark(c, '-');
    if (digits_ahead(c) >= 1) day = take(c, 1);
    return week(year, number, day);
}

/* What follows the year when it was written with a hyphen. */
static int64_t after_hyphen(struct cursor *c, int year) {
    size_t n = digits_ahead(c);
    if (mark(c, 'W')) return week_date(c, year);
    if (n == 3) return ordinal(year, take(c, 3));
    if (n == 4) { /* YYYY-MMDD */
        int month = take(c, 2);
        return day_of(year, month, take(c, 2));
    }
    if (n != 1 && n != 2) return WHEN_ABSENT;
    int month = take(c, n), day = 1;
    if (mark(c, '-')) {
        n = digits_ahead(c);
        if (n != 1 && n != 2) return WHEN_ABSENT;
        day = take(c, n);
    }
    return day_of(year, month, day);
}

static int century(int two_digits) {
    return two_digits + (two_digits < 70 ? 2000 : 1900);
}

/* Digits without a hyphen: YYYY, YYDDD, YYMMDD, YYYYDDD, YYYYMMDD, and YYYYMM. */
static int64_t run_of_digits(struct cursor *c, size_t n) {
    int year;
    switch (n) {
        case 4: return day_of(take(c, 4), 1, 1);
        case 5: year = century(take(c, 2)); return ordinal(year, take(c, 3));
        case 7: year = take(c, 4); return ordinal(year, take(c, 3));
        case 6: {
            int first = take(c, 2), second = take(c, 2), third = take(c, 2);
            if (second >= 1 && second <= 12) return day_of(century(first), second, third);
            return day_of(first * 100 + second, third, 1);
        }
        case 8: {
            year = take(c, 4);
            int month = take(c, 2);
            return day_of(year, month, take(c, 2));
        }
        default: return WHEN_ABSENT;
    }
}

/* "-YY", "-YYMM", "-YY-MM": the century left out. */
static int64_t short_year(struct cursor *c) {
    size_t n = digits_ahead(c);
    if (n != 2 && n != 4) return WHEN_ABSENT;
    int year = century(take(c, 2)), month = 1;
    if (n == 4) month = take(c, 2);
    else if (mark(c, '-')) {
        if (digits_ahead(c) != 2) return WHEN_ABSENT;
        month = take(c, 2);
    }
    return day_of(year, month, 1);
}

static int64_t date(struct cursor *c) {
    if (mark(c, '-')) return short_year(c);
    size_t n = digits_ahead(c);
    bool hyphen = c->at + n < c->s.len && c->s.at[c->at + n] == '-';
    if ((n == 4 || n == 2) && hyphen) {
        int year = take(c, n);
        c->at++;
        return after_hyphen(c, n == 2 ? century(year) : year);
    }
    if (n == 4 && c->at + 4 < c->s.len && c->s.at[c->at + 4] == 'W') {
        int year = take(c, 4);
        c->at++;
        return week_date(c, year);
    }
    return run_of_digits(c, n);
}

static bool pair(struct cursor *c, int *out) {
    size_t n = digits_ahead(c);
    if (n == 0) return false;
    *out = take(c, n == 1 ? 1 : 2);
    return true;
}

/* Seconds of the day, or -1. */
static int clock_time(struct cursor *c) {
    int hour = 0, minute = 0, second = 0;
    if (!pair(c, &hour)) return -1;
    if (mark(c, ':') || digits_ahead(c) > 0) {
        if (!pair(c, &minute)) return -1;
        if ((mark(c, ':') || digits_ahead(c) > 0) && !pair(c, &second)) return -1;
    }
    if (mark(c, '.') || mark(c, ',')) c->at += digits_ahead(c);
    if (second == 60) second = 59;
    if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && minute + second > 0)) return -1;
    return hour * 3600 + minute * 60 + second;
}

/* False when what is left is no zone. */
static bool zone(struct cursor *c, int *minutes) {
    *minutes = 0;
    while (mark(c, ' ')) {}
    if (c->at == c->s.len) return true;
    char sign = c->s.at[c->at];
    if (sign != '+' && sign != '-') {
        struct slice word = slice_part(c->s, c->at, c->s.len);
        for (size_t i = 0; i < word.len; i++)
            if ((word.at[i] | 0x20) < 'a' || (word.at[i] | 0x20) > 'z') return false;
        struct date_word known = date_word_find(word);
        *minutes = known.value;
        c->at = c->s.len;
        return known.kind == DATE_WORD_ZONE;
    }
    c->at++;
    int hours = 0, rest = 0;
    if (!pair(c, &hours)) return false;
    if ((mark(c, ':') || digits_ahead(c) > 0) && !pair(c, &rest)) return false;
    if (hours > 18 || rest > 59) return false;
    *minutes = (sign == '-' ? -1 : 1) * (hours * 60 + rest);
    return c->at == c->s.len;
}

bool date_iso_parse(struct slice text, int64_t *out_s) {
    struct cursor c = {.s = text};
    if (text.len == 0 || (!is_digit(text.at[0]) && text.at[0] != '-')) return false;
    int64_t day = date(&c);
    int seconds = 0, minutes = 0;
    if (day == WHEN_ABSENT) return false;
    if (c.at < text.len) {
        bool apart = mark(&c, 'T') || mark(&c, 't');
        while (mark(&c, ' ')) apart = true;
        if (!apart) return false;
        if (c.at < text.len && is_digit(text.at[c.at]) && (seconds = clock_time(&c)) < 0) return false;
        if (!zone(&c, &minutes)) return false;
    }
    *out_s = day + seconds - (int64_t)minutes * 60;
    return true;
}
