#include "stage/topics.h"

#include "stage/rules_kept.h"

#define TOPICS_GUESSED 3

bool topic_guide_open(const struct house *house, struct arena *arena, struct topic_guide *out, struct fault *fault) {
    struct problems problems = {.arena = arena};
    struct rules_force force;
    *out = (struct topic_guide){.judge = NULL};
    if (!rules_in_force(house, arena, &out->rules, &force, &problems, fault)) return false;
    out->judge = judge_new(&out->rules, fault);
    return out->judge != NULL;
}

void topic_guide_free(struct topic_guide *guide) {
    judge_free(&guide->judge);
    ruleset_free(&guide->rules);
}

static bool is_topic(const struct rule_block *block) {
    return block->kind == BLOCK_TOPIC || block->kind == BLOCK_GROUP;
}

struct slice topic_named(const struct topic_guide *guide, struct slice word) {
    for (size_t i = 0; i < guide->rules.block_count; i++) {
        const struct rule_block *block = &guide->rules.blocks[i];
        if (!is_topic(block)) continue;
        if (slice_equal_nocase(block->id, word) || slice_equal_nocase(block->label, word)) return block->id;
    }
    return (struct slice){NULL, 0};
}

struct slice topic_label(const struct topic_guide *guide, struct slice id) {
    for (size_t i = 0; i < guide->rules.block_count; i++) {
        const struct rule_block *block = &guide->rules.blocks[i];
        if (is_topic(block) && slice_equal(block->id, id) && !slice_is_empty(block->label)) return block->label;
    }
    return id;
}

bool topics_of_words(const struct topic_guide *guide, struct slice words, struct arena *arena, struct slice_list *out,
                     struct fault *fault) {
    struct document document = {.text = words};
    struct verdict verdict;
    if (!judge_document(guide->judge, &document, JUDGE_VERDICT_ONLY, arena, &verdict, fault)) return false;
    for (size_t i = 0; i < verdict.topics.count && i < TOPICS_GUESSED; i++)
        if (!slice_list_add_once(arena, out, verdict.topics.at[i].id)) return fault_memory(fault);
    return true;
}
