/* pen: what every format writes with: the words in use and an arena for what is put together. It remembers a failure,
 * so that a page is checked once, at its end. */
#ifndef DISCERN_RENDER_PEN_H
#define DISCERN_RENDER_PEN_H

#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "render/format.h"
#include "render/safe_url.h"

struct pen {
    const struct look *look; /* borrowed */
    struct words words;
    struct arena *arena; /* borrowed */
    bool failed;         /* out of memory */
};

struct pen pen_new(const struct look *look, struct arena *arena);
/* The words, with %1 and %2 filled in. All results are in arena, or borrowed from the words; absent when failed. */
struct slice pen_say(struct pen *pen, enum word word, struct slice one, struct slice two);
struct slice pen_word(const struct pen *pen, enum word word);
struct slice pen_number(struct pen *pen, int64_t number);
/* One of two words for one and for many, the number filled in. */
struct slice pen_count(struct pen *pen, enum word one, enum word many, int64_t count);
struct slice pen_join(struct pen *pen, struct slice a, const char *between, struct slice b);
/* At most `most` bytes, cut at a character, with an ellipsis when it was. */
struct slice pen_cut(struct pen *pen, struct slice text, size_t most);
/* "Tuesday 24 November 2026", "24 November 2026"; absent for WHEN_ABSENT. */
struct slice pen_long_date(struct pen *pen, int64_t instant_s);
struct slice pen_date(struct pen *pen, int64_t instant_s);
/* An id ("ks3", "whole-school") as a word: "KS3", "Whole school". */
struct slice pen_label(struct pen *pen, struct slice id);
/* An absolute or relative link to a path of ours; absent text when it cannot be one. */
struct safe_url pen_own(struct pen *pen, struct slice base, struct slice path);
void pen_list_add(struct pen *pen, struct slice_list *list, struct slice text);
MUST_USE bool pen_check(const struct pen *pen, const char *what, struct fault *fault);

#endif
