/* need: what a pattern cannot do without, read from its source: for each of the ways in which it can match (a|b|c) sets
 * of words of which each match holds one ("any of these" and "any of those"), and how long a match can be. With it most
 * patterns are never run on most texts, and the others only where their words stand. Careful by nature: what it does
 * not understand gives no need, never a wrong one.
 */
#ifndef DISCERN_CLASSIFY_NEED_H
#define DISCERN_CLASSIFY_NEED_H

#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"

#define NEED_CLAUSES 3
#define NEED_ATOM_BYTES 16
#define NEED_UNBOUNDED UINT32_MAX
#define NEED_START '\x02' /* as the one byte of an atom: the beginning of the text */

/* Some bytes of the folded text: they begin at the beginning of a run of letters and digits, or they are one mark. */
struct need_atom {
    struct slice bytes;
    uint64_t first;  /* the first eight of them as a number, zeros behind the last: in the order of slice_compare */
    uint32_t before; /* bytes of a match before it at most, or NEED_UNBOUNDED */
    float cost;      /* how often it is met, roughly, in a thousand words */
};

struct need_clause {
    struct need_atom *atoms; /* any of these */
    size_t count;
    double cost;     /* of all of them */
    uint32_t before; /* and so many before each of them: only while the need is worked out */
};

enum need_text { NEED_FOLDED, NEED_ORIGINAL };

struct need_way {
    struct need_clause clauses[NEED_CLAUSES]; /* all of these; where the first is met the pattern is run */
    size_t count;
    uint32_t width; /* bytes of the longest match, or NEED_UNBOUNDED */
};

struct need {
    struct need_way *ways; /* each match is one of these */
    size_t count;          /* 0 = it could match anywhere */
    uint32_t width;        /* of the widest */
    uint32_t ahead;        /* bytes that it looks at behind its end */
    bool original;         /* of the text as written: places differ from those of the folded text */
    bool to_the_end;       /* has to see the end of the text */
    bool endless;          /* a repetition of a repetition: may take for ever */
};

/* Reads `pattern` (PCRE2 syntax; PCRE2 has accepted it). The result is in arena; `work` is for what is forgotten, and
 * is reset first. False only when out of memory. */
MUST_USE bool need_of(struct slice pattern, enum need_text text, struct arena *work, struct arena *arena,
                      struct need *out);

#endif
