/* gate: which patterns can match at all, and where. One pass over the beginnings of words finds the words that patterns
 * cannot do without (need.h); a pattern is a candidate where one of its ways has all its clauses met, at the places of
 * the rarest one. */
#ifndef DISCERN_CLASSIFY_GATE_H
#define DISCERN_CLASSIFY_GATE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "classify/mask.h"
#include "classify/need.h"

/* A clause that an atom fulfils. */
struct gate_use {
    uint32_t clause; /* way * NEED_CLAUSES + which; which 0 is the way's anchor */
    uint32_t before; /* see struct need_atom */
};

/* One of the ways in which a pattern can match. */
struct gate_way {
    uint32_t pattern;
    uint32_t clauses; /* how many it has */
    uint32_t width;   /* see struct need_way */
    bool original;    /* see struct need */
};

struct gate_atom {
    uint64_t bytes[NEED_ATOM_BYTES / 8], mask[NEED_ATOM_BYTES / 8]; /* as they lie in memory; zeros behind the last */
    uint32_t len;
    uint32_t first, count; /* into gate.uses */
    uint32_t next;         /* another atom of the same key, index + 1; 0 = none */
};

struct gate_slot {
    uint64_t key;
    uint32_t atom; /* index + 1, 0 = none */
    bool taken;
    bool longer; /* of a key of four bytes: atoms of GATE_LONG_BYTES and more begin with them */
};

/* Atoms of so many bytes and more are told apart by the first of them: many begin with "the " or "stud". */
#define GATE_LONG_BYTES 8u

struct gate {
    struct gate_atom *atoms;
    size_t atom_count;
    struct gate_use *uses; /* of each atom in turn */
    struct gate_slot *slots;
    size_t slot_size;     /* a power of two */
    uint64_t four[1024];  /* by the hash of the first four bytes of all others */
    uint64_t two[1024];   /* by the first two bytes of atoms of two or three */
    uint32_t single[256]; /* atoms of one byte: index + 1 */
    struct gate_way *ways;
    size_t way_count, pattern_count;
    uint32_t *ungated; /* patterns that must be run everywhere */
    size_t ungated_count;
};

/* Builds the gate of so many patterns, all in arena. False only when out of memory. */
MUST_USE bool gate_build(const struct need *needs, size_t count, struct arena *arena, struct gate *out);

struct gate_candidate {
    uint32_t at;     /* in the folded text */
    uint32_t before; /* see struct need_atom */
    uint32_t way;    /* whose anchor it is */
    uint32_t next;   /* index + 1; 0 = last of its pattern */
};

/* What was found in one text. Kept from text to text, reset by its stamp. */
struct gate_found {
    struct gate_candidate *candidates; /* owned */
    size_t candidate_count, candidate_capacity;
    uint64_t *zones;   /* by clause: in which sixty-fourths of the text it was met; owned */
    uint32_t *stamps;  /* by clause; owned */
    uint32_t *opened;  /* by pattern, the stamp of the text where it has candidates; owned */
    uint32_t *heads;   /* by pattern: first candidate + 1; owned */
    uint32_t *tails;   /* by pattern: last candidate + 1; owned */
    uint32_t *touched; /* patterns with candidates, in the order of being met; owned */
    size_t touched_count;
    uint32_t stamp;
    unsigned shift; /* of a place to its zone */
};

MUST_USE bool gate_found_new(const struct gate *gate, struct gate_found *out);
void gate_found_free(struct gate_found *found);
/* Looks through a folded text (NEED_ATOM_BYTES behind its end may be read). False only when out of memory. */
MUST_USE bool gate_scan(const struct gate *gate, struct slice folded, const struct masks *masks,
                        struct gate_found *found);
/* Whether all clauses of the candidate's way were met within `reach` bytes of its place. */
bool gate_is_open(const struct gate *gate, const struct gate_found *found, const struct gate_candidate *candidate,
                  uint32_t reach);

#endif
