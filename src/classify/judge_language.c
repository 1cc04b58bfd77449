/* Is it English? The rules are; of other texts only names, addresses and references can be judged. */
#include <string.h>

#include "classify/weigh.h"

/* Enough of a text to tell; the commonest words make up about a third of English prose. */
#define LANGUAGE_BYTES 4096u
#define LANGUAGE_WORDS 12u
#define LANGUAGE_SHARE 25u /* one in so many words must be one of them */

static bool is_common(const char *at, size_t len) {
    static const char *const words[] = {"the", "and", "of",  "to",   "with", "that", "this", "you",
                                        "are", "it",  "how", "your", "from", "is",   "for",  "what"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strlen(words[i]) == len && memcmp(words[i], at, len) == 0) return true;
    return false;
}

static bool is_letter(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static char lower(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool text_is_foreign(struct slice lang, struct slice text) {
    bool said_english = slice_starts_nocase(lang, SLICE("en"));
    size_t words = 0, common = 0, end = text.len < LANGUAGE_BYTES ? text.len : LANGUAGE_BYTES;
    for (size_t i = 0; i < end;) {
        char word[8];
        size_t len = 0;
        for (; i < end && is_letter((unsigned char)text.at[i]); i++, len++)
            if (len < sizeof word) word[len] = lower(text.at[i]);
        if (len > 0) words++;
        if (len > 0 && len <= sizeof word) common += is_common(word, len);
        while (i < end && !is_letter((unsigned char)text.at[i])) i++;
    }
    if (words < LANGUAGE_WORDS) return !said_english && lang.len > 0 && common == 0;
    return common * LANGUAGE_SHARE < words;
}
