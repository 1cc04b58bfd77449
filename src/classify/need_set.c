#include "classify/need_set.h"

#include <stdlib.h>
#include <string.h>

#include "classify/need_cost.h"

bool need_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool need_set_one(struct arena *arena, struct slice string, struct need_set *out) {
    struct slice *at = arena_alloc(arena, 1, sizeof *at);
    if (at == NULL) return false;
    *at = string;
    *out = (struct need_set){at, 1};
    return true;
}

static size_t longest(const struct need_set *set) {
    size_t most = 0;
    for (size_t i = 0; i < set->count; i++)
        if (set->at[i].len > most) most = set->at[i].len;
    return most;
}

static size_t all_bytes(const struct need_set *set) {
    size_t sum = 0;
    for (size_t i = 0; i < set->count; i++) sum += set->at[i].len;
    return sum;
}

static char *add_bytes(char *to, struct slice bytes) {
    if (bytes.len > 0) memcpy(to, bytes.at, bytes.len);
    return to + bytes.len;
}

bool need_set_product(struct arena *arena, const struct need_set *a, const struct need_set *b, struct need_set *out,
                      bool *fits) {
    size_t count = a->count * b->count, most = a->count > 1 && b->count > 1 ? NEED_PRODUCT : NEED_STRINGS, made = 0;
    *fits = count > 0 && count <= most && longest(a) + longest(b) <= NEED_STRING_BYTES;
    if (!*fits) return true;
    struct slice *at = arena_alloc(arena, count, sizeof *at);
    char *bytes = arena_alloc(arena, all_bytes(a) * b->count + all_bytes(b) * a->count, 1);
    if (at == NULL || bytes == NULL) return false;
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++) {
            at[made++] = slice_of(bytes, a->at[i].len + b->at[j].len);
            bytes = add_bytes(add_bytes(bytes, a->at[i]), b->at[j]);
        }
    *out = (struct need_set){at, count};
    return true;
}

bool need_set_union(struct arena *arena, const struct need_set *a, const struct need_set *b, struct need_set *out,
                    bool *fits) {
    size_t count = a->count + b->count;
    *fits = count <= NEED_STRINGS;
    if (!*fits) return true;
    struct slice *at = arena_alloc(arena, count, sizeof *at);
    if (at == NULL) return false;
    for (size_t i = 0; i < a->count; i++) at[i] = a->at[i];
    for (size_t i = 0; i < b->count; i++) at[a->count + i] = b->at[i];
    *out = (struct need_set){at, count};
    return true;
}

bool need_set_ends_outside(const struct need_set *set, enum need_empty empty) {
    for (size_t i = 0; i < set->count; i++) {
        struct slice s = set->at[i];
        if (s.len == 0 ? empty == EMPTY_ENDS_INSIDE : need_is_letter(s.at[s.len - 1])) return false;
    }
    return set->count > 0;
}

/* ---- clauses ---- */

/* The bytes of a string without its borders. */
struct bare {
    char bytes[NEED_STRING_BYTES];
    size_t len;
    size_t word, mark; /* where the first word begins, and the rarest mark stands; SIZE_MAX = there is none */
    double mark_cost;
};

static void strip(struct slice s, struct bare *out) {
    bool outside = false;
    out->len = 0;
    out->word = out->mark = SIZE_MAX;
    out->mark_cost = NEED_COST_EVERYWHERE;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool letter = need_is_letter(c);
        if (letter && outside && out->word == SIZE_MAX) out->word = out->len;
        outside = !letter;
        if (c == NEED_BORDER) continue;
        if (!letter && need_mark_cost(c) < out->mark_cost) {
            out->mark = out->len;
            out->mark_cost = need_mark_cost(c);
        }
        out->bytes[out->len++] = c;
    }
}

static uint64_t first_bytes(struct slice bytes) {
    uint64_t number = 0;
    for (size_t i = 0; i < 8; i++) number = number << 8 | (i < bytes.len ? (unsigned char)bytes.at[i] : 0);
    return number;
}

/* From the first place where a word begins, or one mark, what is rarer. */
static bool atom_of(struct arena *arena, struct slice s, struct need_atom *out) {
    struct bare bare;
    strip(s, &bare);
    if (bare.word == SIZE_MAX && bare.mark == SIZE_MAX) return true;
    size_t from = bare.word, end = bare.len;
    double cost = NEED_COST_EVERYWHERE;
    if (from != SIZE_MAX) {
        if (end - from > NEED_ATOM_BYTES) end = from + NEED_ATOM_BYTES;
        cost = need_cost(slice_of(bare.bytes + from, end - from));
    }
    if (from == SIZE_MAX || cost > bare.mark_cost) {
        from = bare.mark;
        end = from + 1;
        cost = bare.mark_cost;
    }
    out->before = (uint32_t)from;
    out->cost = (float)cost;
    out->first = first_bytes(slice_of(bare.bytes + from, end - from));
    return arena_copy(arena, slice_of(bare.bytes + from, end - from), &out->bytes);
}

static int by_bytes(const void *a, const void *b) {
    const struct need_atom *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    return slice_compare(x->bytes, y->bytes);
}

/* What begins with another one is met where that one is. */
static size_t without_longer(struct need_atom *atoms, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct need_atom *last = kept == 0 ? NULL : &atoms[kept - 1];
        if (last == NULL || !slice_starts(atoms[i].bytes, last->bytes)) atoms[kept++] = atoms[i];
        else if (atoms[i].before > last->before) last->before = atoms[i].before;
    }
    return kept;
}

bool need_set_clause(struct arena *arena, const struct need_set *set, struct need_clause *out, bool *usable) {
    struct need_atom *atoms = arena_alloc(arena, set->count, sizeof *atoms);
    double cost = 0;
    *usable = false;
    if (atoms == NULL) return false;
    for (size_t i = 0; i < set->count; i++) {
        atoms[i] = (struct need_atom){.before = 0};
        if (set->at[i].len > NEED_STRING_BYTES) return true;
        if (!atom_of(arena, set->at[i], &atoms[i])) return false;
        if (slice_is_empty(atoms[i].bytes)) return true;
    }
    if (set->count > 1) qsort(atoms, set->count, sizeof *atoms, by_bytes);
    size_t kept = without_longer(atoms, set->count);
    for (size_t i = 0; i < kept; i++) cost += (double)atoms[i].cost;
    *usable = kept > 0;
    *out = (struct need_clause){atoms, kept, cost, 0};
    return true;
}

uint32_t need_plus(uint32_t a, uint32_t b) {
    return a > NEED_UNBOUNDED - b ? NEED_UNBOUNDED : a + b;
}

static void add_atoms(struct need_clause *clause, const struct need_clause *more) {
    for (size_t i = 0; i < more->count; i++) {
        clause->atoms[clause->count] = more->atoms[i];
        clause->atoms[clause->count++].before = need_plus(more->atoms[i].before, more->before);
    }
}

bool need_clause_either(struct arena *arena, const struct need_clause *a, const struct need_clause *b,
                        struct need_clause *out, bool *fits) {
    *fits = a->count + b->count <= NEED_STRINGS;
    if (!*fits) return true;
    struct need_clause clause = {.cost = a->cost + b->cost};
    clause.atoms = arena_alloc(arena, a->count + b->count, sizeof *clause.atoms);
    if (clause.atoms == NULL) return false;
    add_atoms(&clause, a);
    add_atoms(&clause, b);
    *out = clause;
    return true;
}

bool need_clause_copy(struct arena *arena, const struct need_clause *clause, struct need_clause *out) {
    struct need_clause copy = {.cost = clause->cost};
    copy.atoms = arena_alloc(arena, clause->count + 1, sizeof *copy.atoms);
    if (copy.atoms == NULL) return false;
    add_atoms(&copy, clause);
    for (size_t i = 0; i < copy.count; i++)
        if (!arena_copy(arena, copy.atoms[i].bytes, &copy.atoms[i].bytes)) return false;
    *out = copy;
    return true;
}
