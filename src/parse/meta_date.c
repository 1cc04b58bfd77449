#include "parse/meta_date.h"

#include "base/url.h"
#include "base/when.h"
#include "parse/date_word.h"

/* ---- the order of numbers ---- */

/* The last part of a host's name, which for most lands is their own. */
static struct slice last_label(struct slice host) {
    for (size_t i = host.len; i > 0; i--)
        if (host.at[i - 1] == '.') return slice_part(host, i, host.len);
    return (struct slice){NULL, 0};
}

static bool is_one_of(struct slice text, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(text, slice_from(list[i]))) return true;
    return false;
}

static enum date_order order_of_host(struct slice host) {
    static const char *const american[] = {"us", "edu", "gov", "mil"};
    /* Lands whose names are used as words, and Canada, which writes both. */
    static const char *const nowhere[] = {"io", "ai", "co", "tv", "me", "ly", "fm", "gg", "so", "to", "cc", "ca", "sh"};
    struct slice label = last_label(host);
    if (is_one_of(label, american, COUNT_OF(american))) return DATE_MONTH_FIRST;
    if (label.len != 2 || is_one_of(label, nowhere, COUNT_OF(nowhere))) return DATE_ORDER_UNKNOWN;
    return DATE_DAY_FIRST;
}

static struct slice page_lang(const struct page_sheet *sheet) {
    for (uint32_t i = 1; i < sheet->tree.count; i++)
        if (sheet->tree.at[i].name == HTML_E_HTML) return slice_trim(html_node_attribute(&sheet->tree.at[i], "lang"));
    return (struct slice){NULL, 0};
}

enum date_order meta_date_order(const struct page_sheet *sheet, struct slice url) {
    struct slice lang = page_lang(sheet);
    enum date_order by_host = order_of_host(url_host(sheet->arena, url));
    if (slice_is_empty(lang) || by_host == DATE_MONTH_FIRST) return by_host;
    if (!slice_starts_nocase(lang, SLICE("en"))) return DATE_DAY_FIRST;
    /* Many programs say en-US wherever they run. */
    if (by_host != DATE_ORDER_UNKNOWN) return by_host;
    bool american = lang.len == 2 || slice_equal_nocase(slice_part(lang, 3, lang.len), SLICE("US"));
    return american ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
}

/* ---- what is written ---- */

/* Seconds, or thousandths of them, since 1970. */
static bool is_count(struct slice text, int64_t *out_s) {
    int64_t value = 0;
    if (text.len != 10 && text.len != 13) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return false;
        value = value * 10 + (text.at[i] - '0');
    }
    *out_s = text.len == 13 ? value / 1000 : value;
    return true;
}

bool meta_date_say(struct arena *arena, enum date_order order, struct slice text, struct slice *out) {
    struct date_reading reading = {0};
    int64_t plain;
    char iso[WHEN_TEXT_BYTES];
    text = slice_trim(text);
    *out = (struct slice){NULL, 0};
    bool counted = is_count(text, &reading.instant_s);
    if (!counted && !date_read(text, order, &reading)) return true;
    if (!counted && reading.offset_minutes == 0 && date_parse(text, &plain)) {
        *out = text;
        return true;
    }
    int minutes = reading.offset_minutes < 0 ? -reading.offset_minutes : reading.offset_minutes;
    when_rfc3339(reading.instant_s + (int64_t)reading.offset_minutes * 60, iso);
    char *written = arena_printf(arena, "%.19s%c%02d:%02d", iso, reading.offset_minutes < 0 ? '-' : '+', minutes / 60,
                                 minutes % 60);
    *out = slice_from(written);
    return written != NULL;
}

/* ---- addresses ---- */

struct cursor {
    struct slice url;
    size_t at;
};

/* A number of `least` to `most` digits and no more. */
static bool number(struct cursor *c, size_t least, size_t most, int *out) {
    size_t digits = 0;
    *out = 0;
    while (c->at + digits < c->url.len && c->url.at[c->at + digits] >= '0' && c->url.at[c->at + digits] <= '9') {
        if (digits++ == most) return false;
        *out = *out * 10 + (c->url.at[c->at + digits - 1] - '0');
    }
    c->at += digits;
    return digits >= least;
}

static bool month(struct cursor *c, int *out) {
    size_t start = c->at;
    while (c->at < c->url.len && (c->url.at[c->at] | 0x20) >= 'a' && (c->url.at[c->at] | 0x20) <= 'z') c->at++;
    if (c->at == start) return number(c, 1, 2, out);
    struct date_word word = date_word_find(slice_part(c->url, start, c->at));
    *out = word.value;
    return word.kind == DATE_WORD_MONTH;
}

static bool mark(struct cursor *c, char wanted) {
    return c->at < c->url.len && c->url.at[c->at++] == wanted;
}

static int64_t day_of(int year, int month_number, int day) {
    const struct civil civil = {.year = year, .month = month_number, .day = day};
    return year >= 1995 && year < 2100 && when_civil_holds(civil) ? when_from_civil(civil) : WHEN_ABSENT;
}

/* The day that is written at `at`. */
static int64_t day_at(struct slice url, size_t at) {
    struct cursor c = {.url = url, .at = at};
    int year, month_number, day, run;
    if (number(&c, 8, 8, &run)) return day_of(run / 10000, run / 100 % 100, run % 100);
    c.at = at;
    if (!number(&c, 4, 4, &year) || c.at >= url.len) return WHEN_ABSENT;
    char separator = url.at[c.at];
    if ((separator != '/' && separator != '-') || !mark(&c, separator) || !month(&c, &month_number)) return WHEN_ABSENT;
    if (!mark(&c, separator) || !number(&c, 1, 2, &day)) return WHEN_ABSENT;
    return day_of(year, month_number, day);
}

int64_t meta_date_in_url(struct slice url) {
    for (size_t i = 0; i + 8 < url.len; i++) {
        if (url.at[i] != '/' && url.at[i] != '-' && url.at[i] != '_') continue;
        int64_t day = day_at(url, i + 1);
        if (day != WHEN_ABSENT) return day;
    }
    return WHEN_ABSENT;
}
