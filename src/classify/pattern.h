/* pattern: regular expressions, the one door to PCRE2. Bounded: a match limit for each call, a heap limit, no \C, no
 * callouts. Machine code where the processor allows it; the answer is the same without. */
#ifndef DISCERN_CLASSIFY_PATTERN_H
#define DISCERN_CLASSIFY_PATTERN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"
#include "classify/need.h"

struct pattern;
struct pattern_room; /* memory that all matches of one thread share */

enum pattern_text {
    PATTERN_FOLDED,  /* bytes in lower case: capitals in the pattern match them too */
    PATTERN_ORIGINAL /* UTF-8 as written, capitals matter */
};

/* *offset is the byte of `source` where it goes wrong. FAULT_CONFIG with PCRE2's words, or when it matches the empty
 * string. Owned by the caller; NULL on failure. What it needs is in arena; `work`
 * is for what is forgotten. */
MUST_USE struct pattern *pattern_new(struct slice source, enum pattern_text text, struct arena *work,
                                     struct arena *arena, size_t *offset, struct fault *fault);
void pattern_free(struct pattern *pattern);
/* Makes its machine code, once, when it is first to be run: most patterns are never run on a day's posts, and making
 * code costs more than reading the pattern. Without it the pattern is interpreted. */
void pattern_make_ready(struct pattern *pattern);
bool pattern_is_ready(const struct pattern *pattern);
/* Calls with this pattern's machine code switched off, for tests that compare the two. */
void pattern_interpret(struct pattern *pattern);

MUST_USE struct pattern_room *pattern_room_new(struct fault *fault);
void pattern_room_free(struct pattern_room **room);

/* What it cannot do without. Borrowed from the arena of pattern_new. */
const struct need *pattern_need(const struct pattern *pattern);
/* Whether places in its text must be on character borders. */
bool pattern_is_wide(const struct pattern *pattern);

enum pattern_answer {
    PATTERN_NO,
    PATTERN_YES,
    PATTERN_UNDECIDED /* a ceiling was reached */
};

struct pattern_window {
    struct slice text; /* valid UTF-8: all before is seen, nothing behind */
    size_t from;       /* a match begins here at the earliest … */
    size_t latest;     /* … and there at the latest */
    bool cut;          /* the text goes on behind the window */
};

struct pattern_match {
    size_t start, end;
    bool dear; /* it took more than a small ceiling: time to look at the clock */
};

/* The first match in the window. */
enum pattern_answer pattern_find(const struct pattern *pattern, struct pattern_room *room,
                                 const struct pattern_window *window, struct pattern_match *out);

#endif
