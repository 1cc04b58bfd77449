/* ledger: how each rule fares: in how many documents its words count, how often only one wording of it gave a tag, and,
 * where labels say so, how often it was right. For whole rules and for each wording of them. Pure counting. */
#ifndef DISCERN_CLASSIFY_LEDGER_H
#define DISCERN_CLASSIFY_LEDGER_H

#include "base/jwrite.h"
#include "classify/label.h"
#include "classify/rules.h"

/* As many labelled documents must a rule have before anything is said of how often it is right. */
#define LEDGER_PROVEN 20u

struct ledger_row {
    size_t documents; /* in which it counted */
    size_t given;     /* of these, that were given its tag */
    size_t only;      /* of those, in which nothing else of its rule counted; of a rule: in which one wording did */
    size_t labelled, right;   /* of those given, that a label says something about; that it says the same of */
    uint32_t stamp, wordings; /* of the document at hand */
};

struct ledger {
    const struct ruleset *set; /* borrowed */
    size_t documents;
    struct ledger_row *rules;    /* by block; owned */
    struct ledger_row *wordings; /* of all lines; owned */
    uint32_t *lines;             /* by block: index of its first line in `firsts`; owned */
    uint32_t *firsts;            /* by line: index of its first wording; owned */
    uint32_t stamp;
};

/* Owned by the caller: ledger_free. `set` must outlive it. False and a fault when out of memory. */
MUST_USE bool ledger_new(const struct ruleset *set, struct ledger *out, struct fault *fault);
/* For AUTO. */
void ledger_free(struct ledger *ledger);
/* Counts one document. The verdict must carry its hits. `label` NULL = nothing was said of it. */
void ledger_add(struct ledger *ledger, const struct verdict *verdict, const struct label *label);
/* The row of wording `form` (0 of a pattern) of a line. */
const struct ledger_row *ledger_wording(const struct ledger *ledger, size_t block, size_t line, size_t form);
/* How many wordings a line has: 0 when it is none that matches. */
size_t ledger_forms(const struct rule_line *line);
/* The wording itself, as written. */
struct slice ledger_form(const struct rule_line *line, size_t form);
/* What is written as words: every rule that counted anywhere, or only those of which labels say something. */
enum ledger_choice { LEDGER_ALL, LEDGER_LABELLED };
void ledger_write_text(const struct ledger *ledger, enum ledger_choice choice, struct buf *out);
/* Appends the member "rules" to an open object: each rule that counted anywhere, with its wordings. */
void ledger_write_json(const struct ledger *ledger, struct jwrite *json);
/* The lower end of the 95 % range of how often it is right, for `right` of `all` (Wilson 1927). */
double ledger_bound(size_t right, size_t all);

#endif
