#include "parse/page_line.h"

#include <string.h>

#include "base/attr.h"
#include "parse/date.h"

static const char *const pointers[] = {
    "related:",         "related article", "related post",   "related reading", "read more",    "read also",
    "read next",        "read:",           "also read",      "see also:",       "see also |",   "recommended:",
    "recommended read", "more:",           "must read:",     "don't miss",      "don’t miss",   "check out:",
    "also check",       "click here to",   "you may also",   "you might also",  "keep reading", "continue reading",
    "up next",          "more from",       "more on this",   "next:",           "previous:",    "watch:",
    "in pictures:",     "lesen sie auch",  "lesen sie mehr", "mehr zum thema",  "lire aussi",   "à lire",
    "À lire",           "voir aussi",      "leer también",   "lee también",     "lea también",  "ver también",
    "leia também",      "leia mais",       "veja também",    "leggi anche",     "lees ook",     "les også",
    "læs også",         "läs också",       "czytaj też",     "czytaj takż",     "zobacz też"};

static const char *const buttons[] = {"learn more", "get started", "shop now", "buy now",   "sign up",
                                      "subscribe",  "read more",   "see more", "show more", "view gallery",
                                      "order now",  "book now",    "join now", "click here"};

static const char *const labels[] = {"tags:",
                                     "tag:",
                                     "filed under",
                                     "categories:",
                                     "category:",
                                     "posted in",
                                     "last updated",
                                     "updated on",
                                     "updated:",
                                     "published on",
                                     "published:",
                                     "posted on",
                                     "last modified",
                                     "last reviewed",
                                     "a version of this article appear",
                                     "this article appears in the",
                                     "this article appeared in the",
                                     "photo:",
                                     "photo by",
                                     "photo credit",
                                     "image:",
                                     "image credit",
                                     "image source",
                                     "featured image",
                                     "share this",
                                     "share on",
                                     "share:",
                                     "follow us",
                                     "advertisement",
                                     "sponsored",
                                     "subscribe to",
                                     "sign up for",
                                     "back to top",
                                     "print this",
                                     "powered by",
                                     "thank you! your submission",
                                     "oops! something went wrong",
                                     "no items found",
                                     "all times are"};

static const char *const whole_labels[] = {"ad", "ads", "related", "recommended", "tags", "share", "print", "e-mail"};

static const char *const ends[] = {"related articles",
                                   "related posts",
                                   "related stories",
                                   "related news",
                                   "related content",
                                   "related reading",
                                   "related resources",

                                   "you may also",
                                   "you might also",
                                   "more from",
                                   "more on this story",
                                   "more on this topic",
                                   "more articles",
                                   "more stories",
                                   "more news",
                                   "more posts",
                                   "more helpful articles",
                                   "also in the news",
                                   "recent posts",
                                   "recent articles",
                                   "recent news",
                                   "latest posts",
                                   "latest articles",
                                   "latest news",
                                   "latest stories",
                                   "popular posts",
                                   "popular articles",
                                   "most popular",
                                   "most read",
                                   "read next",
                                   "what to read next",
                                   "up next",
                                   "keep reading",
                                   "recommended for you",
                                   "recommended articles",
                                   "recommended reading",
                                   "trending",
                                   "about the author",
                                   "about the writer",
                                   "leave a comment",
                                   "leave a reply",
                                   "post a comment",
                                   "join the conversation",
                                   "share this",
                                   "other articles",
                                   "similar articles",
                                   "similar posts",
                                   "editor's picks",
                                   "subscribe to our",
                                   "join our newsletter",
                                   "sign up to our",
                                   "sign up for our",
                                   "explore more",
                                   "view all posts",
                                   "if you liked this",
                                   "if you enjoyed this",
                                   "mehr zum thema",
                                   "das könnte sie auch",
                                   "sur le même sujet",
                                   "articles similaires",
                                   "artículos relacionados",
                                   "noticias relacionadas",
                                   "te puede interesar",
                                   "notícias relacionadas",
                                   "articoli correlati",
                                   "potrebbe interessarti"};

static const char *const whole_ends[] = {"related", "recommended", "read more", "comments", "topics", "more"};

static bool starts_with_any(struct slice text, const char *const *leads, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_starts_nocase(text, slice_from(leads[i]))) return true;
    return false;
}

static bool is_one_of(struct slice text, const char *const *lines, size_t count) {
    while (text.len > 0 && strchr(":.!> ", text.at[text.len - 1]) != NULL) text.len--;
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(text, slice_from(lines[i]))) return true;
    return false;
}

bool page_line_points(struct slice text) {
    while (text.len > 0 && (text.at[0] == '>' || text.at[0] == ' ' || text.at[0] == '['))
        text = slice_part(text, 1, text.len);
    return starts_with_any(text, pointers, COUNT_OF(pointers));
}

bool page_line_is_button(struct slice text) {
    return is_one_of(text, buttons, COUNT_OF(buttons));
}

bool page_line_is_label(struct slice text) {
    return starts_with_any(text, labels, COUNT_OF(labels)) || is_one_of(text, whole_labels, COUNT_OF(whole_labels));
}

bool page_line_ends_text(struct slice text) {
    return starts_with_any(text, ends, COUNT_OF(ends)) || is_one_of(text, whole_ends, COUNT_OF(whole_ends));
}

bool page_line_is_clock(struct slice text) {
    size_t digits = 0;
    if (text.len < 4 || text.len > 12) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("0123456789:. apmAPM", text.at[i]) == NULL) return false;
        digits += text.at[i] >= '0' && text.at[i] <= '9';
    }
    return digits >= 3 && digits <= 6 && slice_find_byte(text, ':', 0) != SLICE_NOT_FOUND;
}

static size_t count_words(struct slice text) {
    size_t words = 0;
    while (!slice_is_absent(text)) words += slice_next(&text, ' ').len > 0;
    return words;
}

#define BYLINE_BYTES 90u
#define BYLINE_WORDS 9u

static bool names_author(struct slice text) {
    static const char *const leads[] = {"by ", "by: ", "written by ", "posted by ", "von ", "par ", "por ", "door "};
    for (size_t i = 0; i < COUNT_OF(leads); i++) {
        struct slice lead = slice_from(leads[i]);
        if (!slice_starts_nocase(text, lead) || text.len == lead.len) continue;
        char first = text.at[lead.len];
        return (first >= 'A' && first <= 'Z') || (unsigned char)first >= 0x80;
    }
    return false;
}

/* The reader of dates passes over words that it does not know: a line with more of them is none. */
static bool is_day(struct slice text) {
    struct date_reading reading;
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) digits += text.at[i] >= '0' && text.at[i] <= '9';
    return digits >= 5 && digits <= 14 && date_read(text, DATE_DAY_FIRST, &reading);
}

bool page_line_is_byline(struct slice text) {
    if (text.len > BYLINE_BYTES || count_words(text) > BYLINE_WORDS || slice_ends(text, SLICE("."))) return false;
    return names_author(text) || is_day(text);
}

bool page_line_heads_contents(struct slice text) {
    static const char *const heads[] = {"table of contents", "contents", "in this article", "on this page",
                                        "jump to section"};
    static const char *const switches[] = {"", ":", " show", " hide", " toggle", " [hide]", " [show]"};
    for (size_t i = 0; i < COUNT_OF(heads); i++)
        for (size_t k = 0; slice_starts_nocase(text, slice_from(heads[i])) && k < COUNT_OF(switches); k++)
            if (slice_equal_nocase(slice_part(text, slice_from(heads[i]).len, text.len), slice_from(switches[k])))
                return true;
    return false;
}
