/* pattern: regular expressions, the one door to PCRE2. Bounded: a match limit for each call, a heap limit, no \C, no
 * callouts. Machine code where the processor allows it; the answer is the same without. */
#ifndef DISCERN_CLASSIFY_PATTERN_H
#define DISCERN_CLASSIFY_PATTERN_H

#include <stdint.h>

#include "base/attr.h"
#include "base/fault.h"
#include "base/slice.h"

struct pattern;
struct pattern_room; /* memory that all matches of one thread share */

enum pattern_text {
    PATTERN_FOLDED,  /* bytes in lower case: capitals in the pattern match them too */
    PATTERN_ORIGINAL /* UTF-8 as written, capitals matter */
};

/* *offset is the byte of `source` where it goes wrong. FAULT_CONFIG with PCRE2's words, or when it matches the empty
 * string. Owned by the caller; NULL on failure. */
MUST_USE struct pattern *pattern_new(struct slice source, enum pattern_text text, size_t *offset, struct fault *fault);
void pattern_free(struct pattern *pattern);
/* Calls with this pattern's machine code switched off, for tests that compare the two. */
void pattern_interpret(struct pattern *pattern);

MUST_USE struct pattern_room *pattern_room_new(struct fault *fault);
void pattern_room_free(struct pattern_room **room);

enum pattern_answer { PATTERN_NO, PATTERN_YES, PATTERN_UNDECIDED /* a ceiling was reached */ };
/* The first match at or after `from`. `text` is valid UTF-8. */
enum pattern_answer pattern_find(const struct pattern *pattern, struct pattern_room *room, struct slice text,
                                 size_t from, size_t *start, size_t *end);

#endif
