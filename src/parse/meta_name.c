#include "parse/meta_name.h"

#include <stdbool.h>
#include <string.h>

#include "base/attr.h"
#include "base/utf8.h"

static bool is_any(struct slice name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(name, slice_from(names[i]))) return true;
    return false;
}

static bool is_placeholder(struct slice name) {
    static const char *const names[] = {
        "admin",   "administrator", "editor",    "editors",    "staff",     "author",       "follow",
        "guest",   "user",          "webmaster", "unknown",    "anonymous", "team",         "editorial",
        "root",    "none",          "null",      "by",         "wordpress", "undefined",    "authors:",
        "author:", "wpengine",      "wpadmin",   "learn more", "read more", "view profile", "view full profile"};
    return is_any(name, names, COUNT_OF(names));
}

/* Takes "By", "Written by", "Posted by" and the like from the front. */
static struct slice without_by(struct slice name) {
    static const char *const leads[] = {"written by:", "written by", "posted by:",  "posted by",    "reviewed by",
                                        "author:",     "authors:",   "authored by", "published by", "story by",
                                        "words by",    "by:",        "by ",         "from "};
    name = slice_trim(name);
    for (size_t i = 0; i < COUNT_OF(leads); i++) {
        struct slice lead = slice_from(leads[i]);
        if (slice_starts_nocase(name, lead) && name.len > lead.len)
            return slice_trim(slice_part(name, lead.len, name.len));
    }
    return name;
}

static size_t count_words(struct slice text) {
    size_t words = 0;
    while (!slice_is_absent(text)) words += slice_next(&text, ' ').len > 0;
    return words;
}

/* "Von Hanna Roth": a name of two words or more after it shows that it is none itself, as in "Von Miller". */
static struct slice without_by_of_others(struct slice name) {
    static const char *const leads[] = {"von ", "par ", "por ", "di ", "door ", "av ", "af ", "autor: ", "auteur: "};
    for (size_t i = 0; i < COUNT_OF(leads); i++) {
        struct slice lead = slice_from(leads[i]);
        if (!slice_starts_nocase(name, lead)) continue;
        struct slice rest = slice_trim(slice_part(name, lead.len, name.len));
        if (count_words(rest) >= 2 && meta_name_starts(rest)) return rest;
    }
    return name;
}

/* "Ann Lee@annlee", whose second half stands apart on the page. */
static struct slice without_handle(struct slice name) {
    size_t at = slice_find_byte(name, '@', 0);
    return at != SLICE_NOT_FOUND && count_words(slice_part(name, 0, at)) >= 2 ? slice_part(name, 0, at) : name;
}

static bool ends_with(struct slice text, const char *end) {
    size_t len = strlen(end);
    return text.len >= len && slice_equal_nocase(slice_part(text, text.len - len, text.len), slice_from(end));
}

static bool is_month(struct slice name) {
    static const char *const months[] = {"jan",   "feb",    "mar",       "apr",     "may",      "june",
                                         "jun",   "july",   "jul",       "aug",     "sep",      "sept",
                                         "oct",   "nov",    "dec",       "january", "february", "march",
                                         "april", "august", "september", "october", "november", "december"};
    if (ends_with(name, ".")) name.len--;
    return is_any(name, months, COUNT_OF(months));
}

/* "Ann Lee September", of "Ann Lee September 3, 2026". */
static struct slice without_month(struct slice name) {
    size_t last = name.len;
    while (last > 0 && name.at[last - 1] != ' ') last--;
    return last > 2 && is_month(slice_part(name, last, name.len)) ? slice_trim(slice_part(name, 0, last)) : name;
}

/* A name that a page sets apart with a blank that does not break. */
static struct slice without_fixed_blank(struct slice name) {
    const struct slice blank = SLICE("\xC2\xA0");
    while (slice_ends(name, blank)) name = slice_trim(slice_part(name, 0, name.len - blank.len));
    while (slice_starts(name, blank)) name = slice_trim(slice_part(name, blank.len, name.len));
    return name;
}

/* What follows a name in a byline: a date, a role, a place. */
static struct slice before_rest(struct slice name) {
    static const char *const ends[] = {
        " | ", " \xE2\x80\xA2 ", " \xC2\xB7 ", "\xE2\x80\x93 ", " - ", " on ", " in ",          " @",
        " /",  " Published",     " Updated",   " Posted",       "|",   "(",    " \xE2\x80\x94 "};
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        size_t at = slice_find(name, slice_from(ends[i]), 0);
        if (at != SLICE_NOT_FOUND && at > 2) name = slice_part(name, 0, at);
    }
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] >= '0' && name.at[i] <= '9' && i > 3 && name.at[i - 1] == ' ') name = slice_part(name, 0, i);
    name = slice_trim(name);
    while (name.len > 0 && strchr(",;:.|-", name.at[name.len - 1]) != NULL &&
           !(name.len > 2 && name.at[name.len - 1] == '.'))
        name.len--;
    return slice_trim(name);
}

/* "Ann Lee, Science Editor": what somebody does, behind the comma. */
static struct slice without_role(struct slice name) {
    static const char *const roles[] = {"editor",    "writer",      "author",        "contributor", "manager",
                                        "director",  "coordinator", "educator",      "educators",   "specialist",
                                        "founder",   "reporter",    "correspondent", "journalist",  "teacher",
                                        "professor", "consultant",  "analyst",       "expert",      "columnist",
                                        "officer",   "strategist",  "lead",          "ceo"};
    size_t comma = slice_find(name, SLICE(", "), 0);
    if (comma == SLICE_NOT_FOUND || comma < 4) return name;
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (ends_with(name, roles[i])) return slice_part(name, 0, comma);
    return name;
}

static bool has_letter(struct slice name) {
    for (size_t i = 0; i < name.len; i++)
        if ((name.at[i] | 0x20) >= 'a' && (name.at[i] | 0x20) <= 'z') return true;
        else if ((unsigned char)name.at[i] >= 0x80) return true;
    return false;
}

struct slice meta_name(struct slice text) {
    const struct slice none = {NULL, 0};
    struct slice said = without_by_of_others(without_by(without_fixed_blank(text)));
    struct slice name = without_role(without_month(before_rest(without_handle(said))));
    if (name.len < 2 || name.len > 80 || is_placeholder(name) || is_month(name) || !has_letter(name)) return none;
    if (ends_with(name, " admin") || slice_starts_nocase(name, SLICE("http"))) return none;
    return slice_find(name, SLICE("://"), 0) != SLICE_NOT_FOUND ? none : name;
}

bool meta_name_starts(struct slice text) {
    uint32_t c = 0;
    if (text.len == 0) return false;
    (void)utf8_decode(text, 0, &c);
    return (c >= 'A' && c <= 'Z') || c >= 0xC0;
}

static bool holds_digit(struct slice text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] >= '0' && text.at[i] <= '9') return true;
    return false;
}

/* Words that stand with capitals in titles, headings and names of houses. */
static bool is_no_name(struct slice word) {
    static const char *const words[] = {"report",    "summary",   "guide",      "guidance",   "review",
                                        "paper",     "series",    "university", "department", "institute",
                                        "school",    "college",   "academy",    "foundation", "centre",
                                        "center",    "volume",    "appendix",   "contents",   "introduction",
                                        "abstract",  "research",  "education",  "project",    "evaluation",
                                        "executive", "working",   "table",      "figure",     "chapter",
                                        "council",   "trust",     "ministry",   "press",      "journal",
                                        "national",  "final",     "the",        "and",        "version",
                                        "draft",     "statistics"};
    return is_any(word, words, COUNT_OF(words));
}

bool meta_name_is_likely(struct slice name) {
    size_t words = 0;
    while (!slice_is_absent(name)) {
        struct slice word = slice_next(&name, ' ');
        if (word.len < 2 || !meta_name_starts(word) || holds_digit(word) || is_no_name(word)) return false;
        words++;
    }
    return words >= 2 && words <= 4;
}
