#include "cite/citation.h"

#include <string.h>

#include "base/attr.h"

/* How far a list of authors may reach back from its year. */
#define REACH_BYTES ((size_t)160)
#define WORDS_MOST 24
#define YEAR_FIRST 1850
#define YEAR_LAST 2035

/* A word of the list of authors, with what stands around it cut off. */
struct word {
    size_t start, end;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

/* A letter of any language counts as one: only ASCII is looked at closer. */
static bool is_name_byte(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80 || c == '-' || c == '\'';
}

static bool is_one_of(struct slice word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(word, slice_from(words[i]))) return true;
    return false;
}

/* Capitalised words before a year that are no authors. */
static bool is_no_name(struct slice word) {
    static const char *const words[] = {
        "January",  "February",  "March",      "April",     "May",     "June",       "July",    "August",  "September",
        "October",  "November",  "December",   "Jan",       "Feb",     "Mar",        "Apr",     "Jun",     "Jul",
        "Aug",      "Sep",       "Sept",       "Oct",       "Nov",     "Dec",        "Monday",  "Tuesday", "Wednesday",
        "Thursday", "Friday",    "Saturday",   "Sunday",    "Spring",  "Summer",     "Autumn",  "Winter",  "Fall",
        "Easter",   "Christmas", "Year",       "Years",     "Term",    "Week",       "Chapter", "Table",   "Figure",
        "Volume",   "Vol",       "Part",       "Section",   "Act",     "Bill",       "School",  "Academy", "College",
        "Edition",  "Press",     "Olympics",   "Copyright", "Updated", "Published",  "Posted",  "Born",    "Since",
        "From",     "Until",     "In",         "By",        "The",     "Stage",      "Class",   "Page",    "Pages",
        "Code",     "Framework", "Curriculum", "Standards", "Report",  "Conference", "Day",     "Budget",  "Election",
        "London",   "Cup",       "Windows",    "Season",    "Episode", "Grade",      "Version", "Room",    "Cohort"};
    return is_one_of(word, words, COUNT_OF(words));
}

/* Words that a sentence begins with, or that lead to a citation: not part of the names. */
static bool is_lead(struct slice word) {
    static const char *const words[] = {"See",          "As",          "In",        "When",     "But",       "And",
                                        "The",          "While",       "Although",  "However",  "Like",      "By",
                                        "From",         "For",         "Since",     "That",     "This",      "What",
                                        "Both",         "Also",        "Cited",     "E.g",      "Eg",        "Cf",
                                        "Following",    "After",       "With",      "Research", "Study",     "Work",
                                        "If",           "Then",        "So",        "On",       "To",        "Is",
                                        "Or",           "Here",        "Read",      "Recently", "Professor", "Prof",
                                        "Dr",           "Sir",         "Dame",      "Mr",       "Ms",        "Mrs",
                                        "Psychologist", "Researchers", "Adapted",   "Based",    "Source",    "Via",
                                        "Later",        "Indeed",      "Similarly", "Drawing",  "Our",       "My"};
    return is_one_of(word, words, COUNT_OF(words));
}

static bool is_particle(struct slice word) {
    static const char *const words[] = {"van", "von", "de",  "der", "den", "du", "la",  "le",  "di", "da",
                                        "del", "ter", "ten", "dos", "al",  "el", "bin", "ibn", "zu", "zur"};
    return is_one_of(word, words, COUNT_OF(words));
}

static bool joins(struct slice word) {
    static const char *const words[] = {"and", "&", "et", "al", "with"};
    return is_one_of(word, words, COUNT_OF(words));
}

static struct slice text_of(struct slice text, struct word word) {
    struct slice all = slice_part(text, word.start, word.end);
    if (slice_ends(all, SLICE("'s"))) all.len -= 2;
    if (slice_ends(all, SLICE("\xE2\x80\x99s"))) all.len -= 4;
    if (slice_ends(all, SLICE("\xE2\x80\x99"))) all.len -= 3;
    while (all.len > 0 && (all.at[all.len - 1] == '\'' || all.at[all.len - 1] == '-')) all.len--;
    return all;
}

/* A name, an acronym, or an initial ("J."): begins with a capital letter, or with a letter beyond ASCII. */
static bool is_name(struct slice word) {
    return word.len > 0 && (is_upper(word.at[0]) || (unsigned char)word.at[0] >= 0xC3);
}

static bool is_initial(struct slice word) {
    return word.len == 1 && is_upper(word.at[0]);
}

/* The word that ends before `end`, its punctuation left out; false when what stands there ends the list of authors. */
static bool word_before(struct slice text, size_t least, size_t end, struct word *out, bool *broken) {
    while (end > least && (is_blank(text.at[end - 1]) || strchr(",.", text.at[end - 1]) != NULL)) {
        if (text.at[end - 1] == '\n') return false;
        end--;
    }
    if (end == least) return false;
    if (text.at[end - 1] == '&') {
        *out = (struct word){end - 1, end};
        return true;
    }
    size_t start = end;
    while (start > least && is_name_byte(text.at[start - 1])) start--;
    *broken = start == end || (start > 0 && is_digit(text.at[start - 1]));
    *out = (struct word){start, end};
    return !*broken;
}

/* A full stop between two words ends a sentence, but behind an initial or "al". */
static bool sentence_between(struct slice text, struct word before, size_t next) {
    struct slice gap = slice_part(text, before.end, next), word = text_of(text, before);
    bool stop = slice_find_byte(gap, '.', 0) != SLICE_NOT_FOUND;
    return stop && !is_initial(word) && !slice_equal_nocase(word, SLICE("al")) &&
           !slice_equal_nocase(word, SLICE("Dr"));
}

/* Walks back over names and what joins them; *first is the first of them. */
static bool authors_before(struct slice text, size_t least, size_t end, struct word *first, struct word *last) {
    size_t next = end, names = 0;
    bool broken = false;
    struct word word;
    for (int i = 0; i < WORDS_MOST && word_before(text, least, next, &word, &broken); i++) {
        struct slice letters = text_of(text, word);
        if (letters.len == 0 && names == 0) { /* the "'s" of "et al.'s" */
            next = word.start;
            continue;
        }
        if (i > 0 && sentence_between(text, word, next)) break;
        bool name = is_name(letters) && !(names > 0 && is_lead(letters));
        if (!name && !joins(letters) && !is_particle(letters)) break;
        if (name && names == 0 && (is_no_name(letters) || is_lead(letters))) return false;
        if (name) {
            *first = word;
            if (names++ == 0) *last = word;
        } else if (is_particle(letters) && !joins(letters) && names > 0) *first = word;
        next = word.start;
    }
    return names > 0;
}

/* The last name among "John Hattie", "Hattie, J." or "van der Kleij": the first word that is no initial, and the last
 * before a comma or an "and". */
static struct slice first_author(struct slice text, struct word first, size_t end) {
    struct slice best = text_of(text, first);
    size_t at = first.end;
    while (at < end) {
        size_t start = at;
        while (start < end && (is_blank(text.at[start]) || text.at[start] == '.')) start++;
        size_t stop = start;
        while (stop < end && is_name_byte(text.at[stop])) stop++;
        struct slice word = text_of(text, (struct word){start, stop});
        if (stop == start || joins(word) || (!is_name(word) && !is_particle(word))) break;
        if (!is_initial(word)) best = word;
        at = stop;
    }
    return best;
}

static bool year_at(struct slice text, size_t at, size_t *end) {
    if (at + 4 > text.len || (at > 0 && (is_digit(text.at[at - 1]) || strchr("-/.", text.at[at - 1]) != NULL)))
        return false;
    int year = 0;
    for (size_t i = at; i < at + 4; i++) {
        if (!is_digit(text.at[i])) return false;
        year = year * 10 + text.at[i] - '0';
    }
    *end = at + 4;
    if (*end < text.len && text.at[*end] >= 'a' && text.at[*end] <= 'd') (*end)++;
    bool goes_on =
        *end < text.len && (is_digit(text.at[*end]) || (is_name_byte(text.at[*end]) && text.at[*end] != '-'));
    return year >= YEAR_FIRST && year <= YEAR_LAST && !goes_on;
}

/* Inside which bracket the year stands, looking back: where it opens, or where the part behind the last ';' begins. */
static bool part_start(struct slice text, size_t least, size_t at, size_t *start) {
    bool found = false;
    for (size_t i = at; i > least; i--) {
        char c = text.at[i - 1];
        if (c == ')' || c == ']' || c == '\n') return found;
        if (c == ';' && !found) {
            *start = i;
            found = true;
        }
        if (c == '(' || c == '[') {
            if (!found) *start = i;
            return true;
        }
    }
    return false;
}

/* "See Kalyuga, 2007": a word that leads to a source stands before the name. */
static bool is_led_to(struct slice text, size_t start) {
    static const char *const words[] = {"see", "cf", "as", "by", "from", "following"};
    struct word word;
    bool broken;
    return word_before(text, 0, start, &word, &broken) && is_one_of(text_of(text, word), words, COUNT_OF(words));
}

bool citation_at(struct slice text, size_t at, struct citation *out) {
    size_t end, start, least = at > REACH_BYTES ? at - REACH_BYTES : 0;
    struct word first, last;
    if (at == 0 || !year_at(text, at, &end)) return false;
    if (text.at[at - 1] == '(' || text.at[at - 1] == '[') {
        /* "Rosenshine (2012)": a page, a letter or nothing follows. */
        if (end < text.len && strchr("),;:]", text.at[end]) == NULL) return false;
        if (at < 3 || text.at[at - 2] != ' ' || !authors_before(text, least, at - 2, &first, &last)) return false;
        /* The names stand right before the bracket. */
        if (strchr(",;", text.at[at - 3]) != NULL) return false;
        *out = (struct citation){first.start, end, first_author(text, first, at - 2), slice_part(text, at, at + 4)};
        return out->first.len > 1;
    }
    bool comma = text.at[at - 1] == ' ' && at > 1 && text.at[at - 2] == ',';
    bool bracketed = part_start(text, least, at, &start);
    if (!bracketed && !comma) return false;
    if (!bracketed) start = least;
    if (end < text.len && strchr(bracketed ? "),;:] " : "),;:] .", text.at[end]) == NULL) return false;
    if (text.at[at - 1] != ' ' || !authors_before(text, start, at - 1, &first, &last)) return false;
    /* One capitalised word before a year is more often a place or a term than an author: a bracket and a comma, "see"
     * before it or "et al." behind it tell. */
    bool others = slice_find(slice_part(text, last.end, at), SLICE("et al"), 0) != SLICE_NOT_FOUND;
    bool alone = first.start == last.start && !others;
    if (alone && (bracketed ? !comma : !is_led_to(text, first.start))) return false;
    *out = (struct citation){first.start, end, first_author(text, first, at - 1), slice_part(text, at, at + 4)};
    return out->first.len > 1;
}
