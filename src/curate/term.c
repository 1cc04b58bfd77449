#include "curate/term.h"

#include <math.h>

static const struct rank_term *const terms[] = {
#define LIST_TERM(name) &term_##name,
    RANK_TERMS(LIST_TERM)
#undef LIST_TERM
};

const struct rank_term *const *rank_terms(size_t *count) {
    *count = COUNT_OF(terms);
    return terms;
}

static double clip(double share) {
    return isnan(share) || share < 0 ? 0 : share > 1 ? 1 : share;
}

static double weight_of(const struct rank_term *term, const struct curate_options *options) {
    return *(const double *)((const char *)options + term->weight);
}

static bool add_term(struct arena *arena, struct term_list *list, struct term term) {
    struct term *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->at[list->count++] = term;
    return true;
}

/* A sum outside 0..100 is brought back in the open. */
static bool bring_back(struct arena *arena, struct term_list *list, double *sum) {
    double target = *sum < 0 ? 0 : *sum > 100 ? 100 : *sum;
    if (target == *sum) return true;
    struct slice words = *sum < 0 ? SLICE("a score is not less than 0") : SLICE("a score is not more than 100");
    struct term other = {.name = SLICE("other"), .points = target - *sum, .words = words};
    *sum = target;
    return add_term(arena, list, other);
}

bool rank_story(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                struct arena *arena, struct term_list *list, double *score, struct fault *fault) {
    double sum = 0;
    *list = (struct term_list){0};
    for (size_t i = 0; i < COUNT_OF(terms); i++) {
        struct term_value value = {0};
        if (!terms[i]->judge(story, input, options, arena, &value)) return fault_memory(fault);
        double most = weight_of(terms[i], options), points = round(most * clip(value.share));
        if (terms[i]->deducts) points = points == 0 ? 0 : -points;
        sum += points;
        struct term term = {slice_from(terms[i]->name), points, round(most), value.words};
        if (!add_term(arena, list, term)) return fault_memory(fault);
    }
    if (!bring_back(arena, list, &sum)) return fault_memory(fault);
    *score = sum;
    return true;
}
