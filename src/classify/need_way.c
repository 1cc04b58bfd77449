#include "classify/need_way.h"

#include "classify/need_set.h"

/* A run of a pattern costs as much as trying it at so many places. */
#define RUN_PLACES 8.0
#define PLACES_MOST 512u
/* Noting a word takes time in every text, and saves some only where the words before it were met and it was not. */
#define WORTH_TIMES 30
#define WORTH_COST 120
#define NEARBY_WORDS 12

/* What it costs to run the pattern wherever one of these words is met. */
static double anchor_cost(const struct need_clause *clause) {
    double cost = 0;
    for (size_t i = 0; i < clause->count; i++) {
        uint32_t places = need_plus(clause->atoms[i].before, clause->before);
        cost += (double)clause->atoms[i].cost * (RUN_PLACES + (places < PLACES_MOST ? places : PLACES_MOST));
    }
    return cost;
}

static void choose_anchor(struct need_way *way) {
    size_t best = 0;
    double least = 0;
    for (size_t i = 0; i < way->count; i++) {
        double cost = anchor_cost(&way->clauses[i]);
        if (i > 0 && cost >= least) continue;
        best = i;
        least = cost;
    }
    struct need_clause anchor = way->clauses[best];
    for (; best > 0; best--) way->clauses[best] = way->clauses[best - 1];
    way->clauses[0] = anchor;
}

static void drop_needless(struct need_way *way) {
    double met = 1;
    for (size_t i = 1; i < way->count; i++) {
        double cost = way->clauses[i].cost;
        if (cost > WORTH_COST || cost > WORTH_TIMES * met * way->clauses[0].cost) {
            way->count = i; /* those behind it are commoner still */
            return;
        }
        met *= cost * NEARBY_WORDS < 1000 ? cost * NEARBY_WORDS / 1000 : 1;
    }
}

/* Ways of one clause are one way: they need nothing but one of its words. */
static bool join_simple(struct need_ways *ways, struct arena *arena, const struct need_way *way, bool *joined) {
    *joined = false;
    if (way->count != 1 || ways->simple == 0) return true;
    struct need_way *simple = &ways->at[ways->simple - 1];
    if (!need_clause_either(arena, &simple->clauses[0], &way->clauses[0], &simple->clauses[0], joined)) return false;
    if (*joined && way->width > simple->width) simple->width = way->width;
    return true;
}

bool need_ways_add(struct need_ways *ways, struct arena *arena, const struct need_way *given) {
    struct need_way way = *given;
    bool joined;
    if (way.width > ways->width) ways->width = way.width;
    ways->anywhere |= way.count == 0;
    if (ways->anywhere) return true;
    choose_anchor(&way);
    drop_needless(&way);
    if (!join_simple(ways, arena, &way, &joined) || joined) return joined;
    struct need_way *more = arena_grow(arena, ways->at, ways->count, &ways->capacity, sizeof *more);
    if (more == NULL) return false;
    ways->at = more;
    ways->at[ways->count++] = way;
    if (way.count == 1) ways->simple = ways->count;
    return true;
}

static bool keep_way(struct arena *arena, const struct need_way *way, struct need_way *out) {
    *out = *way;
    for (size_t i = 0; i < way->count; i++)
        if (!need_clause_copy(arena, &way->clauses[i], &out->clauses[i])) return false;
    return true;
}

bool need_ways_keep(const struct need_ways *ways, struct arena *arena, struct need *out) {
    if (ways->anywhere) return true;
    out->ways = arena_alloc(arena, ways->count + 1, sizeof *out->ways);
    if (out->ways == NULL) return false;
    for (size_t i = 0; i < ways->count; i++)
        if (!keep_way(arena, &ways->at[i], &out->ways[out->count++])) return false;
    return true;
}
