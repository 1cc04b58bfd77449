/* term: the contract of a rank term, and the table of all. A term looks at one story and gives 0..1 and the words that
 * explain it; the table gives its weight. One file a term. Points are rounded to whole ones as they are made, so what
 * is printed always sums to the score. */
#ifndef DISCERN_CURATE_TERM_H
#define DISCERN_CURATE_TERM_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "curate/options.h"
#include "curate/story.h"
#include "model/history.h"

struct term_value {
    double share;       /* 0..1 of the most points */
    struct slice words; /* why, one clause without full stop; in arena or static */
};

struct rank_term {
    const char *name; /* evidence fit usable fresh shared tried hype repeat */
    const char *help; /* one sentence */
    size_t weight;    /* offset of its weight in struct curate_options */
    bool deducts;
    /* False only when out of memory. */
    bool (*judge)(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                  struct arena *arena, struct term_value *out);
};

/* One line a term. The order is the order in which they are printed. */
#define RANK_TERMS(LINE)                                                                                               \
    LINE(evidence)                                                                                                     \
    LINE(fit)                                                                                                          \
    LINE(usable)                                                                                                       \
    LINE(fresh)                                                                                                        \
    LINE(shared)                                                                                                       \
    LINE(tried)                                                                                                        \
    LINE(hype)                                                                                                         \
    LINE(repeat)

#define DECLARE_TERM(name) extern const struct rank_term term_##name;
RANK_TERMS(DECLARE_TERM)
#undef DECLARE_TERM

const struct rank_term *const *rank_terms(size_t *count);
/* Every term of the story, in order, and the sum: a whole number 0..100. A sum outside is brought back by a term
 * "other" that says so. */
MUST_USE bool rank_story(const struct story *story, const struct curate_input *input,
                         const struct curate_options *options, struct arena *arena, struct term_list *terms,
                         double *score, struct fault *fault);

#endif
