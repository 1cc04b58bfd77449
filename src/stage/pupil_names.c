#include "stage/pupil_names.h"

#include "base/buf.h"
#include "base/limits.h"
#include "practice/names.h"

#define NAMES_MOST 16u
/* Words between "pupil" and "called": "a pupil in my form called …". */
#define WORDS_BETWEEN 5u

struct names {
    struct slice at[NAMES_MOST];
    size_t count;
};

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_one_of(struct slice word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(word, slice_from(list[i]))) return true;
    return false;
}

static bool is_pupil(struct slice word) {
    static const char *const words[] = {"pupil", "student", "boy", "girl", "child", "learner", "kid", "lad"};
    return is_one_of(word, words, COUNT_OF(words));
}

static bool is_called(struct slice word) {
    static const char *const words[] = {"called", "named"};
    return is_one_of(word, words, COUNT_OF(words));
}

/* The next run of letters from *at on; *gap is what stands before it. */
static bool next_word(struct slice text, size_t *at, struct slice *gap, struct slice *word) {
    size_t from = *at;
    while (*at < text.len && !is_letter(text.at[*at])) ++*at;
    *gap = slice_part(text, from, *at);
    from = *at;
    while (*at < text.len && is_letter(text.at[*at])) ++*at;
    *word = slice_part(text, from, *at);
    return word->len > 0;
}

/* Only blanks, as between the words of one phrase. */
static bool is_plain(struct slice gap) {
    return slice_trim(gap).len == 0 && gap.len > 0;
}

static bool is_capital(struct slice word) {
    return word.len > 1 && word.at[0] >= 'A' && word.at[0] <= 'Z' && word.at[1] >= 'a';
}

static bool is_first_name(struct slice word) {
    struct slice found;
    return is_capital(word) && names_find(word, (struct slice){NULL, 0}, &found) == NAME_LIKELY;
}

/* "…, Year 8", "… (Y8)", "… in Year 8". */
static bool is_in_a_year(struct slice text, size_t at) {
    struct slice gap, word;
    if (!next_word(text, &at, &gap, &word)) return false;
    if (slice_equal(word, SLICE("in")) && !next_word(text, &at, &gap, &word)) return false;
    bool year =
        slice_equal_nocase(word, SLICE("year")) || slice_equal(word, SLICE("Y")) || slice_equal(word, SLICE("Yr"));
    while (at < text.len && text.at[at] == ' ') at++;
    return year && gap.len <= 3 && at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

static void add(struct names *names, struct slice name) {
    for (size_t i = 0; i < names->count; i++)
        if (slice_equal(names->at[i], name)) return;
    if (names->count < NAMES_MOST) names->at[names->count++] = name;
}

static void find(struct slice text, struct names *names) {
    struct slice before = {NULL, 0}, gap, word;
    size_t since_pupil = WORDS_BETWEEN + 1;
    for (size_t at = 0; next_word(text, &at, &gap, &word); before = word) {
        bool joined = is_plain(gap);
        bool called = joined && is_called(before) && since_pupil <= WORDS_BETWEEN && is_capital(word);
        bool pupil = joined && is_pupil(before) && is_first_name(word);
        if (called || pupil || (is_first_name(word) && is_in_a_year(text, at))) add(names, word);
        since_pupil = is_pupil(word) ? 0 : since_pupil + 1;
    }
}

static bool is_hidden(const struct names *names, struct slice word) {
    for (size_t i = 0; i < names->count; i++)
        if (slice_equal(names->at[i], word)) return true;
    return false;
}

bool pupil_names_hide(struct arena *arena, struct slice *text) {
    struct names names = {0};
    find(*text, &names);
    if (names.count == 0) return true;
    AUTO(buf_free)
    struct buf out = buf_new(text->len * 4 + LIMIT_CONFIG_LINE_BYTES);
    struct slice gap, word;
    size_t at = 0;
    while (next_word(*text, &at, &gap, &word)) {
        buf_add(&out, gap);
        buf_add(&out, is_hidden(&names, word) ? SLICE(PUPIL_NAME_HIDDEN) : word);
    }
    buf_add(&out, gap);
    return !buf_failed(&out) && arena_copy(arena, buf_slice(&out), text);
}
