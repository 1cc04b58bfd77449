#include "classify/source_flags.h"

#include "base/attr.h"

static bool is_fact(const struct rule_block *block, const char *mark) {
    return slice_equal(block_fact(block, "mark"), slice_from(mark));
}

enum report_measure source_flag_of(const struct rule_block *block) {
    static const struct {
        const char *mark;
        enum report_measure measure;
    } marks[] = {{"overclaim", MEASURE_OVERCLAIM}, {"composite", MEASURE_OVERCLAIM}, {"promotion", MEASURE_PROMOTION},
                 {"hype", MEASURE_HYPE},           {"account", MEASURE_OWN_RESULTS}, {"outcome", MEASURE_OWN_RESULTS},
                 {"trace", MEASURE_TRACEABLE},     {"synthesis", MEASURE_TRACEABLE}};
    if (block->kind == BLOCK_MYTH) return MEASURE_MYTH;
    if (slice_equal(block->id, SLICE("interest-declared"))) return MEASURE_INTEREST;
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (is_fact(block, marks[i].mark)) return marks[i].measure;
    return MEASURE_COUNT;
}

/* One's own results are an account of a class together with what came of it. */
struct seen {
    report_flags flags;
    bool account, outcome;
};

static struct seen signals_of(const struct ruleset *rules, const struct verdict *verdict) {
    struct seen seen = {0};
    for (size_t i = 0; i < verdict->signals.count; i++) {
        size_t at = ruleset_find(rules, BLOCK_SIGNAL, verdict->signals.at[i].id);
        if (at == RULES_NOWHERE) continue;
        const struct rule_block *block = &rules->blocks[at];
        enum report_measure measure = source_flag_of(block);
        if (measure < MEASURE_COUNT) seen.flags |= REPORT_FLAG(measure);
        seen.account |= is_fact(block, "account");
        seen.outcome |= is_fact(block, "outcome");
    }
    return seen;
}

report_flags source_flags(const struct ruleset *rules, const struct verdict *verdict) {
    struct seen seen = signals_of(rules, verdict);
    report_flags flags = seen.flags & REPORT_FLAG(MEASURE_INTEREST);
    if (!verdict->elsewhere) flags |= seen.flags & REPORT_FLAG(MEASURE_OVERCLAIM);
    if (verdict->level >= 3) flags |= REPORT_FLAG(MEASURE_TRACEABLE);
    if (verdict->level >= 1 && seen.account && seen.outcome) flags |= REPORT_FLAG(MEASURE_OWN_RESULTS);
    if (verdict->myth_stance == STANCE_PROMOTES) flags |= REPORT_FLAG(MEASURE_MYTH);
    if (verdict->hype) flags |= REPORT_FLAG(MEASURE_HYPE);
    if (verdict->promotion) flags |= REPORT_FLAG(MEASURE_PROMOTION);
    return flags;
}
