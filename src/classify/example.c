#include "classify/example.h"

struct trial {
    const struct ruleset *set;
    struct arena *arena;
    struct scratch *scratch;
    struct problems *problems;
    struct example_counts counts;
};

static bool is_met(const struct ruleset *set, const struct match *match, uint32_t block) {
    for (size_t i = 0; i < match->hit_count; i++) {
        const struct raw_hit *hit = &match->hits[i];
        if (hit->block != block || hit->state != HIT_COUNTED) continue;
        if (set->blocks[block].lines[hit->line].kind != LINE_WEAK) return true;
    }
    return false;
}

static bool try_line(struct trial *trial, uint32_t block, const struct rule_line *line, struct fault *fault) {
    bool wanted = line->kind != LINE_NO, met;
    struct match match;
    if (trial->set->blocks[block].kind == BLOCK_HOSTS) {
        met = match_host(trial->set, line->text, trial->arena) == block;
    } else {
        struct field_text field = {FIELD_POST, line->text};
        if (!match_document(trial->scratch, trial->set, &field, 1, &match, fault)) return false;
        met = is_met(trial->set, &match, block);
    }
    if (met == wanted) {
        trial->counts.passed++;
        return true;
    }
    if (line->todo) trial->counts.todo++;
    else trial->counts.failed++;
    problem_add(trial->problems, line->todo ? PROBLEM_NOTE : PROBLEM_ERROR, line->place,
                wanted ? "add the words that it should be met by, or change the sentence"
                       : "add a 'not' line, or take the words away that it is met by",
                "%s '%.*s' %s this sentence", block_kind_name(trial->set->blocks[block].kind),
                SLICE_ARGS(trial->set->blocks[block].id), wanted ? "does not meet" : "should not meet");
    return true;
}

bool examples_run(const struct ruleset *set, struct arena *arena, struct problems *problems, struct example_counts *out,
                  struct fault *fault) {
    AUTO(scratch_free)
    struct scratch *scratch = scratch_new(set, fault);
    if (scratch == NULL) return false;
    struct trial trial = {set, arena, scratch, problems, {0}};
    for (size_t b = 0; b < set->block_count; b++)
        for (size_t i = 0; i < set->blocks[b].count; i++) {
            const struct rule_line *line = &set->blocks[b].lines[i];
            bool example = line->kind == LINE_YES || line->kind == LINE_NO || line->kind == LINE_DEBUNKS ||
                           line->kind == LINE_MENTIONS;
            if (example && !try_line(&trial, (uint32_t)b, line, fault)) return false;
        }
    *out = trial.counts;
    return true;
}
