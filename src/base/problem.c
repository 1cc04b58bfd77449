#include "base/problem.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"

#define WHAT_BYTES 600
#define WORD_BYTES 64

static bool keep(struct problems *problems, struct problem found) {
    struct problem *more =
        arena_grow(problems->arena, problems->at, problems->count, &problems->capacity, sizeof *more);
    if (more == NULL) return false;
    problems->at = more;
    struct problem *kept = &more[problems->count];
    *kept = found;
    if (!arena_copy(problems->arena, found.what, &kept->what) ||
        !arena_copy(problems->arena, found.hint, &kept->hint) ||
        !arena_copy(problems->arena, found.place.file, &kept->place.file) ||
        !arena_copy(problems->arena, found.place.text, &kept->place.text))
        return false;
    problems->count++;
    return true;
}

void problem_add(struct problems *problems, enum problem_weight weight, struct place place, const char *hint,
                 const char *what, ...) {
    if (weight == PROBLEM_ERROR) problems->errors++;
    if (problems->count >= LIMIT_PROBLEMS) return;
    char text[WHAT_BYTES];
    va_list args;
    va_start(args, what);
    int written = vsnprintf(text, sizeof text, what, args);
    va_end(args);
    if (written < 0) text[0] = '\0';
    struct slice cut = utf8_cut(slice_from(text), sizeof text - 1);
    /* A list without memory has counted the error: the caller still refuses the file. */
    (void)keep(problems, (struct problem){weight, place, cut, slice_from(hint)});
}

static void add_safe(struct buf *out, struct slice text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        buf_add_char(out, c < ' ' || c == 0x7f ? ' ' : (char)c);
    }
}

void problem_describe(const struct problem *problem, struct buf *out) {
    static const char *const words[] = {"", "warning: ", "note: "};
    struct place place = problem->place;
    add_safe(out, place.file);
    if (place.line > 0) buf_printf(out, ":%u", place.line);
    if (place.line > 0 && place.column > 0) buf_printf(out, ":%u", place.column);
    buf_printf(out, ": %s", words[problem->weight]);
    add_safe(out, problem->what);
    buf_add_char(out, '\n');
    if (place.line > 0 && !slice_is_empty(place.text)) {
        buf_add_text(out, "    ");
        add_safe(out, place.text);
        buf_add_char(out, '\n');
        if (place.column > 0) {
            buf_printf(out, "    %*s^", (int)place.column - 1, "");
            for (unsigned i = 1; i < place.width; i++) buf_add_char(out, '~');
            buf_add_char(out, '\n');
        }
    }
    if (slice_is_empty(problem->hint)) return;
    buf_add_text(out, "    ");
    add_safe(out, problem->hint);
    buf_add_char(out, '\n');
}

/* Levenshtein, one row. */
static size_t distance(struct slice a, struct slice b) {
    size_t row[WORD_BYTES + 1];
    if (a.len > WORD_BYTES || b.len > WORD_BYTES) return WORD_BYTES;
    for (size_t j = 0; j <= b.len; j++) row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            size_t change = diagonal + ((a.at[i - 1] | 0x20) != (b.at[j - 1] | 0x20));
            size_t least = above + 1 < row[j - 1] + 1 ? above + 1 : row[j - 1] + 1;
            row[j] = least < change ? least : change;
            diagonal = above;
        }
    }
    return row[b.len];
}

const char *problem_nearest(struct slice word, const char *const *known, size_t count) {
    const char *best = NULL;
    size_t least = word.len / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        size_t d = distance(word, slice_from(known[i]));
        if (d < least || (d == least && best == NULL && word.len >= 3)) {
            least = d;
            best = known[i];
        }
    }
    return best;
}
