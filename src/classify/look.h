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

enum cue_use { CUE_VETO, CUE_NEGATION, CUE_STOP, CUE_NEAR, CUE_USES };

struct scratch {
    struct fold fold;
    struct tokens tokens;
    struct hit_array hits, sorting;
    struct cue_array cues[CUE_USES];    /* of the field at hand */
    uint32_t *near_firsts, *near_lasts; /* by number of a `near`: the first and last cue of its second side; owned */
    struct gate_found found;
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

/* The steps, in this order. False only when out of memory. */
MUST_USE bool look_for_phrases(struct looking *look);
MUST_USE bool look_for_patterns(struct looking *look);
MUST_USE bool look_settle(struct looking *look);

#endif
