#include "cite/notice.h"

#include "base/attr.h"

/* So far is a sentence's beginning or end looked for. */
#define SENTENCE_BYTES ((size_t)400)

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/* A full stop, and a word with a capital behind it; not of an initial. */
static bool ends_sentence(struct slice text, size_t at) {
    char c = text.at[at];
    if (c == '\n') return true;
    if ((c != '.' && c != '!' && c != '?') || at + 2 >= text.len || text.at[at + 1] != ' ') return false;
    bool initial = c == '.' && at > 0 && is_capital(text.at[at - 1]) &&
                   (at == 1 || text.at[at - 2] == ' ' || text.at[at - 2] == '.');
    return is_capital(text.at[at + 2]) && !initial;
}

static size_t sentence_start(struct slice text, size_t at) {
    size_t from = at;
    while (from > 0 && at - from < SENTENCE_BYTES && !ends_sentence(text, from - 1)) from--;
    return from;
}

static size_t sentence_end(struct slice text, size_t at) {
    size_t to = at;
    while (to < text.len && to - at < SENTENCE_BYTES && !ends_sentence(text, to)) to++;
    return to;
}

static bool follows_any(struct slice words, size_t at, const char *const *others, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_starts_nocase(slice_part(words, at, words.len), slice_from(others[i]))) return true;
    return false;
}

static bool precedes_any(struct slice words, size_t at, const char *const *others, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_ends_nocase(slice_part(words, 0, at), slice_from(others[i]))) return true;
    return false;
}

/* "Retraction Watch" reports on others, "has not been retracted" says the opposite, and banners are retractable. */
static bool is_meant(struct slice words, size_t at) {
    static const char *const names[] = {"retraction watch", "retractab", "retraction database"};
    static const char *const denials[] = {"not been ", "never been ", "not ", "never ", "no ", "neither "};
    return !follows_any(words, at, names, COUNT_OF(names)) && !precedes_any(words, at, denials, COUNT_OF(denials));
}

bool notice_in(struct slice words) {
    static const char *const signs[] = {"retract",
                                        "expression of concern",
                                        "was withdrawn",
                                        "been withdrawn",
                                        "corrigendum",
                                        "erratum",
                                        "correction notice",
                                        "correction was published",
                                        "published a correction",
                                        "corrected after publication"};
    for (size_t i = 0; i < COUNT_OF(signs); i++) {
        const struct slice sign = slice_from(signs[i]);
        for (size_t at = slice_find_nocase(words, sign, 0); at != SLICE_NOT_FOUND;
             at = slice_find_nocase(words, sign, at + 1))
            if (is_meant(words, at)) return true;
    }
    return false;
}

static bool goes_on(struct slice sentence) {
    static const char *const leads[] = {"It ",        "This ",      "That ",      "They ",
                                        "Both ",      "The paper ", "The study",  "The article",
                                        "The trial ", "The work",   "The report", "The journal"};
    for (size_t i = 0; i < COUNT_OF(leads); i++)
        if (slice_starts(sentence, slice_from(leads[i]))) return true;
    return false;
}

bool notice_by(struct slice text, size_t start, size_t end) {
    size_t to = sentence_end(text, end);
    if (notice_in(slice_part(text, sentence_start(text, start), to))) return true;
    if (to + 2 >= text.len || text.at[to] == '\n') return false;
    struct slice next = slice_part(text, to + 2, sentence_end(text, to + 2));
    return goes_on(next) && notice_in(next);
}
