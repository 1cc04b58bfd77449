#include "classify/change.h"

#include "classify/matcher.h"

void rules_change_free(struct rules_change *change) {
    judge_free(&change->before);
    judge_free(&change->after);
    *change = (struct rules_change){0};
}

/* ---- words that rules share ---- */

/* How the words of one set stand to those of the other; all by word, in arena. */
struct words {
    uint32_t *other; /* the word of the other set that it is, 0 = none met yet */
    size_t *forms, *shared;
};

static bool words_new(const struct vocab *vocab, struct arena *arena, struct words *out) {
    size_t count = (size_t)vocab->word_count + 1;
    out->other = arena_alloc(arena, count, sizeof *out->other);
    out->forms = arena_alloc(arena, count, sizeof *out->forms);
    out->shared = arena_alloc(arena, count, sizeof *out->shared);
    return out->other != NULL && out->forms != NULL && out->shared != NULL;
}

static void count_forms(const struct vocab *vocab, struct words *words) {
    for (size_t i = 0; i < vocab->size; i++)
        if (vocab->entries[i].word != 0) words->forms[vocab_root(vocab, vocab->entries[i].word)]++;
}

/* A new rule can make two words of old rules one (a form that both share), or give a word more forms: then rules that
 * nobody changed meet other texts. */
static bool same_words(const struct vocab *before, const struct vocab *after, struct arena *arena, bool *same) {
    struct words old, new;
    if (!words_new(before, arena, &old) || !words_new(after, arena, &new)) return false;
    count_forms(before, &old);
    count_forms(after, &new);
    *same = true;
    for (size_t i = 0; i < before->size; i++) {
        const struct vocab_entry *entry = &before->entries[i];
        uint32_t here = entry->word == 0 ? 0 : vocab_root(before, entry->word),
                 there = entry->word == 0 ? 0 : vocab_find(after, entry->at, entry->len);
        if (there == 0) continue;
        *same = *same && (old.other[here] == 0 || old.other[here] == there);
        old.other[here] = there;
        old.shared[here]++;
    }
    for (uint32_t w = 1; w <= before->word_count; w++)
        *same = *same &&
                (old.shared[w] == 0 || (old.shared[w] == old.forms[w] && old.shared[w] == new.forms[old.other[w]]));
    return true;
}

/* ---- rules that differ ---- */

static bool is_same(const struct rule_block *a, const struct rule_block *b) {
    return block_hash(a) == block_hash(b) && slice_equal(a->label, b->label) && a->unless_negated == b->unless_negated;
}

/* Rules that reach further than the words that stand in them. */
static bool reaches_everything(const struct rule_block *block) {
    return block->kind == BLOCK_SETTINGS || block->kind == BLOCK_NEGATION || block->kind == BLOCK_DEBUNK ||
           slice_equal(block_fact(block, "mark"), SLICE("composite"));
}

/* A synthesis is shown beside what is about its topics. */
static void mark_topics(const struct ruleset *set, const struct rule_block *synthesis, bool *differs) {
    for (size_t j = 0; j < synthesis->count; j++) {
        struct slice topics = synthesis->lines[j].text;
        if (!slice_equal(synthesis->lines[j].keyword, SLICE("topic"))) continue;
        while (!slice_is_absent(topics)) {
            size_t topic = ruleset_find(set, BLOCK_TOPIC, slice_trim(slice_next(&topics, '|')));
            if (topic != RULES_NOWHERE) differs[topic] = true;
        }
    }
}

/* Marks the rules of `set` that `other` does not have as they are. */
static void mark_other(const struct ruleset *set, const struct ruleset *other, struct rules_change *change,
                       bool *differs, size_t *missing) {
    for (size_t i = 0; i < set->block_count; i++) {
        const struct rule_block *block = &set->blocks[i];
        size_t at = ruleset_find(other, block->kind, block->id);
        if (at != RULES_NOWHERE && is_same(block, &other->blocks[at])) continue;
        if (at == RULES_NOWHERE) ++*missing;
        else change->changed++;
        change->everything |= reaches_everything(block);
        differs[i] = true;
        if (block->kind == BLOCK_SYNTHESIS) mark_topics(set, block, differs);
    }
}

bool rules_change_find(const struct ruleset *before, const struct ruleset *after, struct arena *arena,
                       struct rules_change *out, struct fault *fault) {
    bool same;
    *out =
        (struct rules_change){.differs_before =
                                  arena_alloc(arena, before->block_count + 1, sizeof *out->differs_before),
                              .differs_after = arena_alloc(arena, after->block_count + 1, sizeof *out->differs_after)};
    if (out->differs_before == NULL || out->differs_after == NULL) return fault_memory(fault);
    mark_other(before, after, out, out->differs_before, &out->removed);
    out->changed = 0; /* what changed is in both: counted once */
    mark_other(after, before, out, out->differs_after, &out->added);
    if (!same_words(&before->matcher->vocab, &after->matcher->vocab, arena, &same)) return fault_memory(fault);
    out->everything |= !same;
    for (size_t i = 0; i < before->block_count; i++) out->any_before |= out->differs_before[i];
    for (size_t i = 0; i < after->block_count; i++) out->any_after |= out->differs_after[i];
    out->before = judge_new(before, fault);
    if (out->before != NULL) out->after = judge_new(after, fault);
    return out->after != NULL;
}

bool rules_change_touches(struct rules_change *change, const struct document *document, struct arena *arena,
                          bool *touches, struct fault *fault) {
    *touches = change->everything;
    if (*touches) return true;
    if (change->any_before && !judge_meets(change->before, document, change->differs_before, arena, touches, fault))
        return false;
    return *touches || !change->any_after ||
           judge_meets(change->after, document, change->differs_after, arena, touches, fault);
}
