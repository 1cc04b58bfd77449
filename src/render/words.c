#include "render/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/line.h"

#define WORD_NAME(name, text) #name,
static const char *const names[] = {WORDS(WORD_NAME)};
#undef WORD_NAME

void words_default(struct words *out) {
#define WORD_TEXT(name, text) SLICE(text),
    *out = (struct words){{WORDS(WORD_TEXT)}};
#undef WORD_TEXT
}

void word_name(enum word word, char out[WORD_NAME_BYTES]) {
    const char *name = names[word];
    size_t i = 0;
    for (; name[i] != '\0' && i + 1 < WORD_NAME_BYTES; i++)
        out[i] = name[i] == '_' ? '-' : (char)tolower((unsigned char)name[i]);
    out[i] = '\0';
}

/* Index of the word called `name`, WORD_COUNT when there is none. */
static enum word find(struct slice name) {
    for (int i = 0; i < WORD_COUNT; i++) {
        char known[WORD_NAME_BYTES];
        word_name((enum word)i, known);
        if (slice_equal(name, slice_from(known))) return (enum word)i;
    }
    return WORD_COUNT;
}

/* "%1" and "%2" are filled in: the school's words must have the same ones. */
static bool same_gaps(struct slice ours, struct slice theirs) {
    for (int digit = 1; digit <= 2; digit++) {
        char gap[] = {'%', (char)('0' + digit), '\0'};
        bool wanted = slice_find(ours, slice_from(gap), 0) != SLICE_NOT_FOUND;
        if (wanted != (slice_find(theirs, slice_from(gap), 0) != SLICE_NOT_FOUND)) return false;
    }
    return true;
}

static void tell_unknown(struct problems *problems, const struct line *line) {
    const char *list[WORD_COUNT];
    char text[WORD_COUNT][WORD_NAME_BYTES];
    for (int i = 0; i < WORD_COUNT; i++) {
        word_name((enum word)i, text[i]);
        list[i] = text[i];
    }
    const char *near = problem_nearest(line->keyword, list, WORD_COUNT);
    char hint[WORD_NAME_BYTES + 32] = "the names are those of the file as shipped";
    if (near != NULL) snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    problem_add(problems, PROBLEM_ERROR, line->place, hint, "there are no words called '%.*s'",
                SLICE_ARGS(line->keyword));
}

bool words_read(struct slice file_name, struct slice text, struct arena *arena, struct words *out,
                struct problems *problems) {
    struct words shipped;
    words_default(&shipped);
    struct line_reader reader = line_reader_new(file_name, text, problems);
    struct line line;
    while (line_next(&reader, &line)) {
        enum word word = find(line.keyword);
        if (word == WORD_COUNT) {
            tell_unknown(problems, &line);
            continue;
        }
        if (line.rest.len == 0 || !same_gaps(shipped.at[word], line.rest)) {
            problem_add(problems, PROBLEM_ERROR, line.place, "keep the gaps %1 and %2 that the line as shipped has",
                        "'%.*s' needs words with the same gaps", SLICE_ARGS(line.keyword));
            continue;
        }
        if (!arena_copy(arena, line.rest, &out->at[word])) return false;
    }
    return true;
}
