#include "parse/date.h"

#include "base/when.h"
#include "parse/date_iso.h"
#include "parse/date_word.h"

#define LONGEST 100u /* bytes: what is longer is a sentence */
#define NUMBERS 4u

struct number {
    int value;
    unsigned digits;
    char before; /* the separator in front of it */
};

/* What was found while walking through the text once. */
struct parts {
    struct number numbers[NUMBERS]; /* those that are neither of the clock nor of the zone */
    size_t count;
    int month;   /* by name, 0 = none */
    int weekday; /* by name, 1 = Sunday, 0 = none */
    size_t numbers_before_month;
    bool has_clock, has_zone, pm, am, korean;
    int hour, minute, second;
    int zone_minutes;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static int read_number(struct slice s, size_t *at, unsigned *digits) {
    int value = 0;
    *digits = 0;
    while (*at < s.len && is_digit(s.at[*at]) && *digits < 9) {
        value = value * 10 + (s.at[(*at)++] - '0');
        ++*digits;
    }
    return value;
}

/* "hh:mm[:ss[.f]]", the hour and its colon being read already. */
static bool read_clock(struct slice s, size_t *at, int hour, struct parts *p) {
    unsigned digits;
    if (p->has_clock) return false;
    p->has_clock = true;
    p->hour = hour;
    ++*at;
    p->minute = read_number(s, at, &digits);
    if (digits == 0) return false;
    if (*at + 1 < s.len && s.at[*at] == ':' && is_digit(s.at[*at + 1])) {
        ++*at;
        p->second = read_number(s, at, &digits);
    }
    if (*at + 1 < s.len && (s.at[*at] == '.' || s.at[*at] == ',') && is_digit(s.at[*at + 1])) {
        ++*at;
        (void)read_number(s, at, &digits);
    }
    return true;
}

/* "+hhmm", "-hh:mm", "+h"; what is no offset within a day is passed over. */
static void read_offset(struct slice s, size_t *at, struct parts *p) {
    unsigned digits;
    int sign = s.at[(*at)++] == '-' ? -1 : 1;
    int value = read_number(s, at, &digits);
    if (digits > 4) return;
    int minutes = digits > 2 ? value / 100 * 60 + value % 100 : value * 60;
    if (*at + 1 < s.len && s.at[*at] == ':' && is_digit(s.at[*at + 1]) && value < 100) {
        ++*at;
        minutes = value * 60 + read_number(s, at, &digits);
    }
    if (minutes < 0 || minutes > 18 * 60) return;
    p->zone_minutes = sign * minutes;
    p->has_zone = true;
}

/* "10:33", and "10h33" as French and Portuguese write it. */
static bool opens_minutes(struct slice s, size_t at) {
    if (at >= s.len) return false;
    return s.at[at] == ':' || (s.at[at] == 'h' && at + 1 < s.len && is_digit(s.at[at + 1]));
}

static bool take_number(struct slice s, size_t *at, char before, struct parts *p) {
    unsigned digits;
    int value = read_number(s, at, &digits);
    if (!p->has_clock && digits <= 2 && opens_minutes(s, *at)) return read_clock(s, at, value, p);
    if (p->has_clock && p->count == NUMBERS) return true;
    if (p->count == NUMBERS) return false;
    p->numbers[p->count++] = (struct number){value, digits, before};
    return true;
}

static void take_word(struct slice s, size_t *at, struct parts *p) {
    size_t start = *at;
    while (*at < s.len && is_letter(s.at[*at])) ++*at;
    struct slice word = slice_part(s, start, *at);
    struct date_word known = date_word_find(word);
    if (known.kind == DATE_WORD_MONTH && p->month == 0) {
        p->month = known.value;
        p->numbers_before_month = p->count;
    } else if (known.kind == DATE_WORD_WEEKDAY) p->weekday = known.value;
    else if (known.kind == DATE_WORD_AM) p->am = true;
    else if (known.kind == DATE_WORD_PM) p->pm = true;
    else if (known.kind == DATE_WORD_KOREAN) p->korean = true;
    else if (known.kind == DATE_WORD_ZONE && p->has_clock && !p->has_zone) {
        p->has_zone = true;
        p->zone_minutes = known.value;
    }
    if ((known.kind == DATE_WORD_AM || known.kind == DATE_WORD_PM) && (unsigned char)word.at[0] >= 0x80)
        p->korean = true;
}

static bool walk(struct slice s, struct parts *p) {
    char before = ' ';
    for (size_t at = 0; at < s.len;) {
        char c = s.at[at];
        if (is_digit(c)) {
            if (!take_number(s, &at, before, p)) return false;
            before = ' ';
        } else if (is_letter(c)) {
            take_word(s, &at, p);
        } else if ((c == '+' || c == '-') && p->has_clock && at + 1 < s.len && is_digit(s.at[at + 1])) {
            read_offset(s, &at, p);
        } else {
            before = c;
            at++;
        }
    }
    return true;
}

static int full_year(const struct number *n) {
    if (n->digits > 2) return n->value;
    return n->value + (n->value < 70 ? 2000 : 1900);
}

static bool by_name(const struct parts *p, struct civil *out) {
    out->month = p->month;
    if (p->count == 1) {
        if (p->numbers[0].digits != 4) return false;
        out->year = p->numbers[0].value;
        return true;
    }
    if (p->count < 2) return false;
    const struct number *day = &p->numbers[0], *year = &p->numbers[1];
    if (day->digits > 2 || day->value > 31) {
        day = &p->numbers[1];
        year = &p->numbers[0];
    }
    out->day = day->value;
    out->year = full_year(year);
    return true;
}

static bool falls_on(const struct civil *civil, int weekday) {
    return when_civil_holds(*civil) && when_weekday(when_from_civil(*civil)) + 1 == weekday;
}

/* Of two numbers that may both be the month: the day of the week decides, else what is known of the writer. */
static enum date_order order_of(const struct parts *p, enum date_order known) {
    const struct number *n = p->numbers;
    if (p->weekday == 0) return known;
    const struct civil day_first = {.year = full_year(&n[2]), .month = n[1].value, .day = n[0].value};
    const struct civil month_first = {.year = full_year(&n[2]), .month = n[0].value, .day = n[1].value};
    if (falls_on(&day_first, p->weekday)) return DATE_DAY_FIRST;
    return falls_on(&month_first, p->weekday) ? DATE_MONTH_FIRST : known;
}

static bool by_order(const struct parts *p, enum date_order order, struct civil *out) {
    if (p->count < 3) return false;
    const struct number *n = p->numbers;
    if (n[0].digits == 4) {
        *out = (struct civil){.year = n[0].value, .month = n[1].value, .day = n[2].value};
        return true;
    }
    bool day_first = n[1].before == '.' || n[0].value > 12, month_first = n[1].before != '.' && n[1].value > 12;
    if (day_first == month_first && n[0].value != n[1].value) {
        order = order_of(p, order);
        if (day_first || order == DATE_ORDER_UNKNOWN) return false;
        month_first = order == DATE_MONTH_FIRST;
    }
    out->year = full_year(&n[2]);
    out->day = n[month_first ? 1 : 0].value;
    out->month = n[month_first ? 0 : 1].value;
    return true;
}

static bool clock_holds(struct parts *p) {
    if (p->pm && p->hour < 12) p->hour += 12;
    if (p->am && p->hour == 12) p->hour = 0;
    if (p->second == 60) p->second = 59; /* a leap second is not worth losing the date for */
    return p->hour <= 24 && p->minute < 60 && p->second < 60;
}

bool date_read(struct slice text, enum date_order order, struct date_reading *out) {
    text = slice_trim(text);
    out->offset_minutes = 0;
    if (text.len < 4 || text.len > LONGEST) return false;
    if (date_iso_parse(text, &out->instant_s)) return true;
    struct parts p = {0};
    struct civil civil = {.month = 1, .day = 1};
    if (!walk(text, &p) || !clock_holds(&p)) return false;
    if (!(p.month > 0 ? by_name(&p, &civil) : by_order(&p, order, &civil))) return false;
    if (civil.year < 1000 || !date_civil_holds(civil)) return false;
    if (p.korean && p.has_clock && !p.has_zone) p.zone_minutes = 9 * 60;
    int seconds = p.hour * 3600 + p.minute * 60 + p.second, offset_s = p.zone_minutes * 60;
    out->instant_s = when_from_civil(civil) + seconds - offset_s;
    out->offset_minutes = p.zone_minutes;
    return true;
}

bool date_parse(struct slice text, int64_t *out_s) {
    struct date_reading reading;
    if (!date_read(text, DATE_ORDER_UNKNOWN, &reading)) return false;
    *out_s = reading.instant_s;
    return true;
}
