#include "curate/term.h"

#include <math.h>

#include "curate/said.h"

static const struct rank_term *const terms[] = {
#define LIST_TERM(name) &term_##name,
    RANK_TERMS(LIST_TERM)
#undef LIST_TERM
};

const struct rank_term *const *rank_terms(size_t *count) {
    *count = COUNT_OF(terms);
    return terms;
}

/* All of them, and one that brings the sum back. */
#define TERMS_MOST (COUNT_OF(terms) + 1)

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

static bool concerns(const struct taste *taste, const struct story *story) {
    if (taste->of == TASTE_SOURCE) return slice_equal(taste->id, story->lead->source);
    return slice_equal(taste->id, said_main_topic(story));
}

/* What readers said of such posts, as a term of its own, only where they said something. */
static bool add_taste(struct arena *arena, const struct story *story, const struct taste_list *taste,
                      struct term_list *list, double *sum) {
    struct term term = {.name = SLICE("readers")};
    for (size_t i = 0; i < taste->count; i++) {
        const struct taste *one = &taste->at[i];
        if (!concerns(one, story)) continue;
        term.points += one->points;
        bool first = slice_is_absent(term.words);
        if (!said_words(arena, &term.words, "%.*s%s%.*s", first ? 0 : (int)term.words.len, term.words.at,
                        first ? "" : "; ", SLICE_ARGS(one->words)))
            return false;
    }
    if (slice_is_absent(term.words)) return true;
    *sum += term.points;
    return add_term(arena, list, term);
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
    *list = (struct term_list){.at = arena_alloc(arena, TERMS_MOST, sizeof *list->at), .capacity = TERMS_MOST};
    if (list->at == NULL) return fault_memory(fault);
    for (size_t i = 0; i < COUNT_OF(terms); i++) {
        struct term_value value = {0};
        if (!terms[i]->judge(story, input, options, arena, &value)) return fault_memory(fault);
        double most = weight_of(terms[i], options), points = round(most * clip(value.share));
        if (terms[i]->deducts) points = points == 0 ? 0 : -points;
        sum += points;
        struct term term = {slice_from(terms[i]->name), points, round(most), value.words};
        if (!add_term(arena, list, term)) return fault_memory(fault);
    }
    if (!add_taste(arena, story, &input->taste, list, &sum)) return fault_memory(fault);
    if (!bring_back(arena, list, &sum)) return fault_memory(fault);
    *score = sum;
    return true;
}
