/* match: where the words of the rules stand in a text. One struct scratch is used for one document after the other and
 * allocates nothing once it has seen a large one and MATCH_WARM_DOCUMENTS of any size. A document's hits do not depend
 * on its neighbours, nor on the order of the rules, nor on whether PCRE2 compiles to machine code. */
#ifndef DISCERN_CLASSIFY_MATCH_H
#define DISCERN_CLASSIFY_MATCH_H

#include "classify/rules.h"
#include "model/verdict.h"

struct scratch;

/* Until then a pattern becomes machine code when it is met first; then all others as well. */
#define MATCH_WARM_DOCUMENTS 64

/* One place where a line's words stand. */
struct raw_hit {
    uint32_t block, line;   /* indices into the rule set */
    uint32_t form;          /* index of the alternative in line.words (0 for regex) */
    uint16_t field;         /* enum field */
    uint16_t state;         /* enum hit_state */
    uint32_t start, end;    /* bytes of the field's original text, on character borders */
    uint32_t token, tokens; /* first word and number of words, within the field */
    uint32_t sentence;      /* number of the sentence that it begins in, within the field */
};

struct field_text {
    enum field field;
    struct slice text; /* valid UTF-8, borrowed for the call */
};

/* What was found in a document, borrowed from the scratch until the next call. */
struct match {
    const struct raw_hit *hits; /* by field, start, block, line; also negated and vetoed ones */
    size_t hit_count;
    uint32_t words[FIELD_COUNT]; /* number of words of each field */
    uint32_t sentences[FIELD_COUNT];
    bool cut[FIELD_COUNT];     /* longer than its ceiling, or more hits than are kept: the rest was not looked at */
    const uint32_t *undecided; /* blocks with a regex that reached a ceiling: not decided, not "no" */
    size_t undecided_count;
};

/* Owned by the caller. NULL when out of memory. */
MUST_USE struct scratch *scratch_new(const struct ruleset *set, struct fault *fault);
void scratch_free(struct scratch **scratch);
/* From now on every pattern runs everywhere, without asking first whether it can match: for tests that compare. */
void scratch_run_everything(struct scratch *scratch);
/* Whether the pattern of this index (of the matcher) reached its ceiling so often that it is not tried any more. */
bool scratch_rests(const struct scratch *scratch, size_t regex);
/* Looks through the fields (each kind at most once). Fault: MEMORY. */
MUST_USE bool match_document(struct scratch *scratch, const struct ruleset *set, const struct field_text *fields,
                             size_t count, struct match *out, struct fault *fault);
/* Index of the hosts block that the address falls under (label borders, longest path first), or RULES_NOWHERE. */
size_t match_host(const struct ruleset *set, struct slice url, struct arena *arena);

#endif
