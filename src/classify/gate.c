#include "classify/gate.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- building ---- */

/* One atom of one clause, before those of the same bytes come together. */
struct pair {
    struct slice atom;
    uint64_t first; /* see struct need_atom */
    struct gate_use use;
};

static int by_atom(const void *a, const void *b) {
    const struct pair *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    int order = slice_compare(x->atom, y->atom);
    if (order != 0) return order;
    return x->use.clause < y->use.clause ? -1 : x->use.clause > y->use.clause;
}

static uint32_t first_four(const char *at) {
    uint32_t bytes;
    memcpy(&bytes, at, 4);
    return bytes;
}

static uint32_t first_two(const char *at) {
    uint16_t bytes;
    memcpy(&bytes, at, 2);
    return bytes;
}

static uint32_t hash16(uint32_t bytes) {
    return (bytes * 2654435761u) >> 16;
}

static uint64_t first_eight(const char *at) {
    uint64_t bytes;
    memcpy(&bytes, at, GATE_LONG_BYTES);
    return bytes;
}

/* Atoms of two and three bytes are found by their first two, those of fewer than eight by their first four. */
#define SHORT_KEY ((uint64_t)1 << 32)

static struct gate_slot *slot_of(const struct gate *gate, uint64_t key) {
    size_t mask = gate->slot_size - 1;
    for (size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & mask;; i = (i + 1) & mask)
        if (!gate->slots[i].taken || gate->slots[i].key == key) return &gate->slots[i];
}

static struct gate_slot *take_slot(struct gate *gate, uint64_t key) {
    struct gate_slot *slot = slot_of(gate, key);
    slot->key = key;
    slot->taken = true;
    return slot;
}

static void file_under(struct gate *gate, uint32_t index, struct gate_slot *slot) {
    gate->atoms[index].next = slot->atom;
    slot->atom = index + 1;
}

static void file_atom(struct gate *gate, uint32_t index) {
    const struct gate_atom *atom = &gate->atoms[index];
    const char *bytes = (const char *)atom->bytes;
    uint32_t four = first_four(bytes), two = first_two(bytes);
    if (atom->len == 1) {
        gate->single[(unsigned char)bytes[0]] = index + 1;
    } else if (atom->len < 4) {
        gate->two[two >> 6] |= (uint64_t)1 << (two & 63);
        file_under(gate, index, take_slot(gate, two | SHORT_KEY));
    } else {
        gate->four[hash16(four) >> 6] |= (uint64_t)1 << (hash16(four) & 63);
        struct gate_slot *slot = take_slot(gate, four);
        slot->longer |= atom->len >= GATE_LONG_BYTES;
        file_under(gate, index, atom->len >= GATE_LONG_BYTES ? take_slot(gate, first_eight(bytes)) : slot);
    }
}

static size_t list_pairs_of(const struct need_clause *clause, uint32_t number, struct pair *out) {
    for (size_t i = 0; i < clause->count; i++) {
        const struct need_atom *atom = &clause->atoms[i];
        out[i] = (struct pair){atom->bytes, atom->first, {number, atom->before}};
    }
    return clause->count;
}

static size_t count_atoms(const struct need *need) {
    size_t atoms = 0;
    for (size_t w = 0; w < need->count; w++)
        for (size_t k = 0; k < need->ways[w].count; k++) atoms += need->ways[w].clauses[k].count;
    return atoms;
}

static size_t list_pairs_of_way(const struct need_way *way, size_t number, struct pair *out) {
    size_t made = 0;
    for (size_t k = 0; k < way->count; k++)
        made += list_pairs_of(&way->clauses[k], (uint32_t)(number * NEED_CLAUSES + k), out + made);
    return made;
}

/* All ways of the patterns in turn, and their atoms, sorted. */
static struct pair *list_pairs(struct gate *gate, const struct need *needs, struct arena *arena, size_t *out) {
    size_t total = 0, ways = 0, made = 0;
    for (size_t i = 0; i < gate->pattern_count; i++) {
        total += count_atoms(&needs[i]);
        ways += needs[i].count;
    }
    struct pair *pairs = arena_alloc(arena, total + 1, sizeof *pairs);
    gate->ways = arena_alloc(arena, ways + 1, sizeof *gate->ways);
    if (pairs == NULL || gate->ways == NULL) return NULL;
    for (size_t i = 0; i < gate->pattern_count; i++)
        for (size_t w = 0; w < needs[i].count; w++) {
            const struct need_way *way = &needs[i].ways[w];
            made += list_pairs_of_way(way, gate->way_count, pairs + made);
            gate->ways[gate->way_count++] =
                (struct gate_way){(uint32_t)i, (uint32_t)way->count, way->width, needs[i].original};
        }
    if (made > 1) qsort(pairs, made, sizeof *pairs, by_atom);
    *out = made;
    return pairs;
}

/* Pairs of the same bytes become one atom; what names one clause twice has the longer reach of the two. */
static void join_pairs(struct gate *gate, const struct pair *pairs, size_t count) {
    uint32_t uses = 0;
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && slice_equal(pairs[i].atom, pairs[i - 1].atom);
        if (same && pairs[i].use.clause == pairs[i - 1].use.clause) {
            struct gate_use *use = &gate->uses[uses - 1];
            if (pairs[i].use.before > use->before) use->before = pairs[i].use.before;
            continue;
        }
        if (!same) {
            struct gate_atom *atom = &gate->atoms[gate->atom_count++];
            *atom = (struct gate_atom){.len = (uint32_t)pairs[i].atom.len, .first = uses};
            memcpy(atom->bytes, pairs[i].atom.at, atom->len);
            memset(atom->mask, 0xFF, atom->len);
        }
        gate->atoms[gate->atom_count - 1].count++;
        gate->uses[uses++] = pairs[i].use;
    }
}

/* How many keys the atoms take at most; atoms of one beginning stand together. */
static size_t count_keys(const struct gate *gate) {
    size_t keys = 0;
    for (size_t i = 0; i < gate->atom_count; i++) {
        const struct gate_atom *atom = &gate->atoms[i], *before = i == 0 ? NULL : atom - 1;
        bool four = before == NULL || memcmp(atom->bytes, before->bytes, 4) != 0;
        bool eight = atom->len >= GATE_LONG_BYTES && (four || atom->bytes[0] != before->bytes[0]);
        keys += (size_t)four + (size_t)eight;
    }
    return keys;
}

static bool file_atoms(struct gate *gate, struct arena *arena) {
    size_t keys = count_keys(gate);
    gate->slot_size = 64;
    while (gate->slot_size < keys * 2) gate->slot_size *= 2;
    gate->slots = arena_alloc(arena, gate->slot_size, sizeof *gate->slots);
    if (gate->slots == NULL) return false;
    for (size_t i = 0; i < gate->atom_count; i++) file_atom(gate, (uint32_t)i);
    return true;
}

bool gate_build(const struct need *needs, size_t count, struct arena *arena, struct gate *out) {
    size_t pair_count = 0;
    *out = (struct gate){.pattern_count = count};
    struct pair *pairs = list_pairs(out, needs, arena, &pair_count);
    out->atoms = arena_alloc(arena, pair_count + 1, sizeof *out->atoms);
    out->uses = arena_alloc(arena, pair_count + 1, sizeof *out->uses);
    out->ungated = arena_alloc(arena, count + 1, sizeof *out->ungated);
    if (pairs == NULL || out->atoms == NULL || out->uses == NULL || out->ungated == NULL) return false;
    join_pairs(out, pairs, pair_count);
    if (!file_atoms(out, arena)) return false;
    for (size_t i = 0; i < count; i++)
        if (needs[i].count == 0) out->ungated[out->ungated_count++] = (uint32_t)i;
    return true;
}

/* ---- scanning ---- */

bool gate_found_new(const struct gate *gate, struct gate_found *out) {
    size_t clauses = gate->way_count * NEED_CLAUSES + 1, patterns = gate->pattern_count + 1;
    *out = (struct gate_found){.zones = mem_new(clauses, sizeof *out->zones),
                               .stamps = mem_new(clauses, sizeof *out->stamps),
                               .opened = mem_new(patterns, sizeof *out->opened),
                               .heads = mem_new(patterns, sizeof *out->heads),
                               .tails = mem_new(patterns, sizeof *out->tails),
                               .touched = mem_new(patterns, sizeof *out->touched)};
    return out->zones != NULL && out->stamps != NULL && out->opened != NULL && out->heads != NULL &&
           out->tails != NULL && out->touched != NULL;
}

void gate_found_free(struct gate_found *found) {
    mem_free(found->candidates);
    mem_free(found->zones);
    mem_free(found->stamps);
    mem_free(found->opened);
    mem_free(found->heads);
    mem_free(found->tails);
    mem_free(found->touched);
    *found = (struct gate_found){0};
}

static bool add_candidate(const struct gate *gate, struct gate_found *found, struct gate_candidate candidate) {
    uint32_t pattern = gate->ways[candidate.way].pattern;
    if (found->candidate_count == found->candidate_capacity) {
        size_t wider = found->candidate_capacity == 0 ? 256 : found->candidate_capacity * 2;
        struct gate_candidate *more = mem_resize(found->candidates, wider, sizeof *more);
        if (more == NULL) return false;
        found->candidates = more;
        found->candidate_capacity = wider;
    }
    found->candidates[found->candidate_count++] = candidate;
    uint32_t index = (uint32_t)found->candidate_count;
    if (found->opened[pattern] != found->stamp) {
        found->opened[pattern] = found->stamp;
        found->heads[pattern] = index;
        found->touched[found->touched_count++] = pattern;
    } else {
        found->candidates[found->tails[pattern] - 1].next = index;
    }
    found->tails[pattern] = index;
    return true;
}

static bool meet(const struct gate *gate, struct gate_found *found, const struct gate_atom *atom, uint32_t at) {
    uint64_t zone = (uint64_t)1 << (at >> found->shift);
    for (uint32_t i = atom->first; i < atom->first + atom->count; i++) {
        uint32_t clause = gate->uses[i].clause, way = clause / NEED_CLAUSES;
        bool first = found->stamps[clause] != found->stamp;
        found->zones[clause] = first ? zone : found->zones[clause] | zone;
        found->stamps[clause] = found->stamp;
        if (clause % NEED_CLAUSES != 0) continue;
        if (!add_candidate(gate, found, (struct gate_candidate){at, gate->uses[i].before, way, 0})) return false;
    }
    return true;
}

static bool stands_at(const struct gate_atom *atom, const char *at) {
    uint64_t here[NEED_ATOM_BYTES / 8];
    memcpy(here, at, sizeof here);
    return ((here[0] & atom->mask[0]) ^ atom->bytes[0]) == 0 && ((here[1] & atom->mask[1]) ^ atom->bytes[1]) == 0;
}

static bool meet_all(const struct gate *gate, struct gate_found *found, uint32_t index, struct slice text,
                     uint32_t at) {
    for (; index != 0; index = gate->atoms[index - 1].next) {
        const struct gate_atom *atom = &gate->atoms[index - 1];
        bool there = stands_at(atom, text.at + at) && at + atom->len <= text.len;
        if (there && !meet(gate, found, atom, at)) return false;
    }
    return true;
}

static bool meet_four(const struct gate *gate, struct gate_found *found, struct slice text, uint32_t at) {
    const struct gate_slot *slot = slot_of(gate, first_four(text.at + at));
    if (!meet_all(gate, found, slot->atom, text, at)) return false;
    return !slot->longer || meet_all(gate, found, slot_of(gate, first_eight(text.at + at))->atom, text, at);
}

static bool look_at(const struct gate *gate, struct gate_found *found, struct slice text, uint32_t at) {
    uint32_t single = gate->single[(unsigned char)text.at[at]];
    if (single != 0 && !meet(gate, found, &gate->atoms[single - 1], at)) return false;
    uint32_t hash = hash16(first_four(text.at + at)), two = first_two(text.at + at);
    if ((gate->four[hash >> 6] >> (hash & 63) & 1) != 0 && !meet_four(gate, found, text, at)) return false;
    return (gate->two[two >> 6] >> (two & 63) & 1) == 0 ||
           meet_all(gate, found, slot_of(gate, two | SHORT_KEY)->atom, text, at);
}

static void start(struct gate_found *found, const struct gate *gate, size_t len) {
    found->candidate_count = found->touched_count = 0;
    found->shift = 0;
    while (len >> found->shift >= 64) found->shift++;
    if (++found->stamp != 0) return;
    memset(found->stamps, 0, (gate->way_count * NEED_CLAUSES + 1) * sizeof *found->stamps);
    memset(found->opened, 0, (gate->pattern_count + 1) * sizeof *found->opened);
    found->stamp = 1;
}

bool gate_scan(const struct gate *gate, struct slice folded, const struct masks *masks, struct gate_found *found) {
    uint64_t before = 0;
    uint32_t beginning = gate->single[(unsigned char)NEED_START];
    start(found, gate, folded.len);
    if (beginning != 0 && !meet(gate, found, &gate->atoms[beginning - 1], 0)) return false;
    for (size_t b = 0; b < masks->count; b++) {
        uint64_t letter = masks->at[b].letter, bits = (letter & ~(letter << 1 | before)) | masks->at[b].mark;
        before = letter >> 63;
        for (; bits != 0; bits &= bits - 1)
            if (!look_at(gate, found, folded, (uint32_t)(b * 64 + mask_lowest(bits)))) return false;
    }
    return true;
}

bool gate_is_open(const struct gate *gate, const struct gate_found *found, const struct gate_candidate *candidate,
                  uint32_t reach) {
    uint32_t at = candidate->at, first = candidate->way * NEED_CLAUSES;
    uint32_t from = (at > reach ? at - reach : 0) >> found->shift, to = (at + reach) >> found->shift;
    uint64_t zones = (to >= 63 ? ~(uint64_t)0 : ((uint64_t)2 << to) - 1) & ~(((uint64_t)1 << from) - 1);
    for (uint32_t clause = first + 1; clause < first + gate->ways[candidate->way].clauses; clause++)
        if (found->stamps[clause] != found->stamp || (found->zones[clause] & zones) == 0) return false;
    return true;
}
