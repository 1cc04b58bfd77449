/* look: what the parts of the matcher share while they look through one field: phrases, patterns, and what becomes of
 * their hits. Internal to match. */
#ifndef DISCERN_CLASSIFY_LOOK_H
#define DISCERN_CLASSIFY_LOOK_H

#include "classify/match.h"
#include "classify/matcher.h"
#include "classify/token.h"

#define UNDECIDED_MOST 64
#define REGEX_FAILURES_TO_REST 3
#define CUE_WORDS_MOST 12 /* of one cue, as of any phrase */

struct hit_array {
    struct raw_hit *at; /* owned */
    size_t count, capacity;
};

/* Words that are no hits themselves but say what becomes of hits. In the order of their places. */
struct cue {
    struct raw_hit place;
    uint32_t within; /* words */
    uint8_t kind;    /* enum line_kind */
    uint8_t side;    /* enum phrase_side */
    /* Of a `near`: its line's number, and the cues of its second side around this one (index + 1, 0 = none). */
    uint32_t near, before, after;
};

struct cue_array {
    struct cue *at; /* owned */
    size_t count, capacity;
};

/* The lines `near` of the text at hand, by their number (from 1). */
struct near_met {
    uint32_t token, node;
};
struct near_finding {
    uint32_t *sides;          /* the sides that stand in it, below the generation of the text; owned */
    uint32_t *firsts, *lasts; /* the first and last cue of the second side (index + 1), of those with both; owned */
    size_t lines;
    uint32_t generation;
    struct near_met *met; /* where phrases of such lines ended, in the order of the text; owned */
    size_t met_count, met_capacity;
    bool any; /* a line has both sides */
};

enum cue_use { CUE_VETO, CUE_NEGATION, CUE_STOP, CUE_NEAR, CUE_USES };

/* Beginnings of a pattern, in the text that it looks at. */
struct window {
    uint32_t from, latest;
};
struct window_array {
    struct window *at; /* owned; sorted, apart from each other */
    size_t count, capacity;
};

struct scratch {
    struct fold fold;
    struct tokens tokens;
    struct hit_array hits, sorting;
    struct cue_array cues[CUE_USES]; /* of the field at hand */
    struct near_finding near;
    struct gate_found found;
    struct window_array windows; /* of the pattern at hand */
    struct pattern_room *room;
    uint32_t undecided[UNDECIDED_MOST];
    size_t undecided_count;
    uint8_t *regex_failures; /* by index: ceilings reached in this run; owned */
    size_t regex_count;
    unsigned documents;         /* seen; counted up to MATCH_WARM_DOCUMENTS */
    unsigned calls;             /* of patterns, in this document */
    int64_t began_us, clock_us; /* the clock when it was looked at first, and last */
    int64_t took_us;            /* what the last call took, where the clock was looked at; else 0 */
    bool out_of_time;
    bool too_many; /* more hits than are kept */
    bool ungated;  /* every pattern everywhere: for tests */
};

struct looking {
    struct scratch *scratch;
    const struct ruleset *set;
    enum field field;
    struct slice original;
    size_t first_hit; /* of this field */
    size_t step;      /* of the fold, near the place looked at last */
};

/* Adds a hit; past the ceiling it is dropped and noted. False when out of memory. */
MUST_USE bool look_add(struct looking *look, const struct raw_hit *hit);
/* Index of the first cue whose first word is at or behind `token`. */
size_t look_cue_from(const struct cue_array *cues, uint32_t token);

/* Makes the phrase that ends some words behind `first` a hit or a cue, where all that it asks for holds. */
MUST_USE bool look_take(struct looking *look, size_t first, const struct phrase *phrase);

MUST_USE bool near_finding_new(const struct matcher *matcher, struct near_finding *out);
void near_finding_free(struct near_finding *near);
/* A text begins. */
void near_begin(struct near_finding *near);
/* A node that ends phrases of lines `near` was met, by the words from `token` on. */
MUST_USE bool near_meet(struct looking *look, size_t token, uint32_t node);

/* The steps, in this order. False only when out of memory. */
MUST_USE bool look_for_phrases(struct looking *look);
MUST_USE bool look_for_company(struct looking *look);
MUST_USE bool look_for_patterns(struct looking *look);
MUST_USE bool look_settle(struct looking *look);

#endif
