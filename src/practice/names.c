#include "practice/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"

/* First names given to many children now in British schools, in the order of the alphabet. Those that are also common
 * words at the start of a sentence (May, Will, Grace, Mark, Faith, Jack …) are doubtful ones, in the second list. */
static const char *const first_names[] = {
    "aaliyah",   "aaron",    "abdul",     "abdullah",  "abigail",   "adam",     "ahmad",     "ahmed",    "aidan",
    "aisha",     "alex",     "alexander", "alexandra", "alfie",     "ali",      "alice",     "alicia",   "alisha",
    "amelia",    "amelie",   "amina",     "amir",      "amy",       "ananya",   "andrei",    "andrew",   "anna",
    "annabelle", "anya",     "archie",    "aria",      "arjun",     "arlo",     "arthur",    "arya",     "ava",
    "ayaan",     "ayesha",   "bartosz",   "beatrice",  "bella",     "ben",      "benjamin",  "bethany",  "bilal",
    "blessing",  "bobby",    "brandon",   "callum",    "cameron",   "charlie",  "charlotte", "chloe",    "christopher",
    "connor",    "daisy",    "daniel",    "danny",     "david",     "dexter",   "dylan",     "ebony",    "eden",
    "edward",    "eleanor",  "elena",     "eliza",     "elizabeth", "ella",     "ellie",     "ellis",    "elsie",
    "emilia",    "emily",    "emma",      "erin",      "esme",      "ethan",    "eva",       "evan",     "evelyn",
    "evie",      "ewan",     "ezra",      "farah",     "fatima",    "finlay",   "finley",    "finn",     "florence",
    "francesca", "frankie",  "freddie",   "freya",     "gabriel",   "gabriela", "george",    "georgia",  "georgina",
    "hamza",     "hannah",   "harley",    "harriet",   "harris",    "harrison", "harry",     "harvey",   "hassan",
    "heidi",     "henry",    "hollie",    "holly",     "hugo",      "ibrahim",  "imogen",    "imran",    "isaac",
    "isabel",    "isabella", "isabelle",  "isla",      "ismail",    "jacob",    "jaden",     "jake",     "jakub",
    "james",     "jamie",    "jasmine",   "jason",     "jayden",    "jenson",   "jessica",   "joel",     "joseph",
    "joshua",    "jude",     "julia",     "kacper",    "kai",       "kaitlyn",  "katie",     "kayla",    "keira",
    "khadija",   "kian",     "kieran",    "kyle",      "lara",      "lauren",   "layla",     "leah",     "leo",
    "leon",      "lewis",    "lexi",      "liam",      "libby",     "lilly",    "lily",      "logan",    "lola",
    "louie",     "louis",    "luca",      "lucas",     "lucy",      "luis",     "luke",      "lydia",    "maddison",
    "madison",   "maisie",   "malik",     "maria",     "mariam",    "martha",   "maryam",    "mason",    "mateo",
    "matilda",   "matthew",  "maya",      "megan",     "mia",       "michael",  "mila",      "millie",   "mohammad",
    "mohammed",  "molly",    "muhammad",  "mustafa",   "nadia",     "natalia",  "nathan",    "niamh",    "nicole",
    "nikita",    "noah",     "oliver",    "olivia",    "oluwaseun", "omar",     "orla",      "oscar",    "osian",
    "owen",      "paige",    "patryk",    "phoebe",    "priya",     "rahul",    "reece",     "reggie",   "reuben",
    "rhys",      "riley",    "robert",    "robin",     "rohan",     "ronnie",   "rory",      "rosie",    "ruby",
    "ryan",      "saanvi",   "sadia",     "samir",     "samuel",    "sara",     "sarah",     "scarlett", "sean",
    "sebastian", "seren",    "shannon",   "sienna",    "simran",    "skye",     "sofia",     "sophia",   "sophie",
    "stanley",   "stefan",   "summayah",  "tegan",     "teddy",     "theo",     "theodore",  "thomas",   "tilly",
    "toby",      "tommy",    "tyler",     "umar",      "victoria",  "vihaan",   "william",   "willow",   "yasmin",
    "yusuf",     "zachary",  "zain",      "zainab",    "zara",      "zofia",    "zoe",       "zuzanna",
};

/* Written with a capital in the middle of a sentence, and no name of a pupil. */
static const char *const no_names[] = {
    "a",         "afl",       "amber",     "green",       "red",       "april",    "art",      "august",    "autumn",
    "biology",   "britain",   "chemistry", "christmas",   "computing", "cpd",      "december", "dt",        "easter",
    "eef",       "egypt",     "england",   "english",     "eyfs",      "february", "french",   "friday",    "gcse",
    "geography", "german",    "google",    "hod",         "i",         "i'd",      "i'll",     "i'm",       "i've",
    "ict",       "it",        "january",   "july",        "june",      "key",      "ks1",      "ks2",       "ks3",
    "ks4",       "ks5",       "latin",     "level",       "london",    "macbeth",  "march",    "maths",     "may",
    "mfl",       "monday",    "music",     "november",    "october",   "ofsted",   "paper",    "pe",        "physics",
    "pshe",      "re",        "reception", "roman",       "saturday",  "sats",     "science",  "scotland",  "senco",
    "send",      "september", "set",       "shakespeare", "sixth",     "slt",      "spanish",  "spring",    "stage",
    "sunday",    "ta",        "teams",     "term",        "thursday",  "tuesday",  "unit",     "victorian", "wales",
    "wednesday", "week",      "year",
};

/* A grown-up follows. */
static const char *const titles[] = {"dr", "lady", "lord",      "madame", "miss", "mr",    "mrs", "ms",
                                     "mx", "prof", "professor", "queen",  "king", "saint", "sir", "st"};
/* A pupil follows. */
static const char *const pupils[] = {"boy", "called", "child", "girl", "named", "pupil", "student"};

struct word {
    struct slice text; /* letters, with ' and - within */
    bool opens;        /* first of a sentence */
};

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool holds(const char *const *list, size_t count, struct slice word) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(word, slice_from(list[i]))) return true;
    return false;
}
#define HOLDS(list, word) holds((list), COUNT_OF(list), (word))

/* The next word at or after *at; what ends a sentence before it makes it an opening one. */
static bool next_word(struct slice text, size_t *at, bool *opens, struct word *out) {
    while (*at < text.len && !is_letter(text.at[*at]) && !is_digit(text.at[*at])) {
        char c = text.at[(*at)++];
        if (c == '.' || c == '!' || c == '?' || c == ':' || c == '\n' || c == '"') *opens = true;
    }
    size_t from = *at;
    while (*at < text.len &&
           (is_letter(text.at[*at]) || is_digit(text.at[*at]) || text.at[*at] == '\'' || text.at[*at] == '-'))
        (*at)++;
    *out = (struct word){slice_part(text, from, *at), *opens};
    *opens = false;
    return out->text.len > 0;
}

/* Without 's and a trailing quote; curly ones as well. */
static struct slice stem(struct slice word) {
    static const char *const ends[] = {"'s", "\xE2\x80\x99s", "'", "\xE2\x80\x99"};
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (slice_ends(word, slice_from(ends[i]))) return slice_part(word, 0, word.len - strlen(ends[i]));
    return word;
}

static bool is_capital(struct slice word) {
    return word.len > 1 && word.at[0] >= 'A' && word.at[0] <= 'Z';
}

/* All capitals or digits in it: GCSE, 8B, KS3, VIII. */
static bool is_short_form(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (is_digit(word.at[i])) return true;
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] < 'A' || word.at[i] > 'Z') return false;
    return true;
}

static bool is_colleague(struct slice word, struct slice colleague) {
    size_t at = 0;
    bool opens = true;
    struct word one;
    while (next_word(colleague, &at, &opens, &one))
        if (slice_equal_nocase(stem(one.text), word)) return true;
    return false;
}

/* "Henry VIII", "Elizabeth I": a ruler; "Willow class", "Robin house": a group. */
static bool is_ruler_or_group(struct slice text, size_t at) {
    static const char *const groups[] = {"class", "group", "house", "set", "team", "form"};
    bool opens = false;
    struct word next;
    if (!next_word(text, &at, &opens, &next)) return false;
    if (HOLDS(groups, next.text)) return true;
    for (size_t i = 0; i < next.text.len; i++)
        if (strchr("IVX", next.text.at[i]) == NULL) return false;
    return true;
}

static enum name_doubt doubt_of(struct slice name, const struct word *word, struct slice before) {
    if (!is_capital(name) || is_short_form(name) || HOLDS(no_names, name) || HOLDS(titles, name)) return NAME_NONE;
    if (HOLDS(titles, before)) return NAME_NONE;
    if (HOLDS(first_names, name)) return NAME_LIKELY;
    if (HOLDS(pupils, before)) return NAME_LIKELY;
    return word->opens ? NAME_NONE : NAME_PERHAPS;
}

enum name_doubt names_find(struct slice text, struct slice colleague, struct slice *word) {
    enum name_doubt most = NAME_NONE;
    struct slice before = {NULL, 0};
    struct word one;
    size_t at = 0;
    bool opens = true;
    while (next_word(text, &at, &opens, &one)) {
        struct slice name = stem(one.text);
        enum name_doubt doubt = doubt_of(name, &one, before);
        if (doubt != NAME_NONE && (is_colleague(name, colleague) || is_ruler_or_group(text, at))) doubt = NAME_NONE;
        if (doubt > most) {
            most = doubt;
            *word = name;
        }
        /* The surname behind a title is a grown-up's as well as the word next to it. */
        if (!(HOLDS(titles, before) && is_capital(name))) before = name;
    }
    return most;
}
