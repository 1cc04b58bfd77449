#include "stage/judge.h"

#include "base/limits.h"
#include "classify/judge.h"
#include "store/search.h"
#include "store/verdicts.h"

#define BATCH_ITEMS 500

struct judging {
    struct house *house;
    struct judge *judge;
    struct arena *arena;
    struct judge_counts counts;
};

static bool judge_one(struct judging *judging, const struct to_judge *item, struct fault *fault) {
    struct verdict verdict;
    if (!judge_document(judging->judge, &item->document, JUDGE_VERDICT_ONLY, judging->arena, &verdict, fault))
        return false;
    judging->counts.judged++;
    judging->counts.ideas += verdict.is_idea;
    return verdicts_put(judging->house->store, item->row, &verdict, fault);
}

/* *last is the row to go on behind; unchanged at the end. */
static bool judge_batch(struct judging *judging, int64_t *last, struct fault *fault) {
    struct to_judge_list batch = {0};
    AUTO(store_work_end)
    struct store_work work = {0};
    arena_reset(judging->arena);
    if (!store_begin(judging->house->store, &work, fault)) return false;
    if (!verdicts_next(judging->house->store, *last, BATCH_ITEMS, judging->arena, &batch, fault)) return false;
    for (size_t i = 0; i < batch.count; i++) {
        if (!judge_one(judging, &batch.at[i], fault))
            return fault_context(fault, "judging item %lld", (long long)batch.at[i].row);
        *last = batch.at[i].row;
    }
    return store_commit(&work, fault);
}

static bool begin_rules(struct judging *judging, const struct ruleset *rules, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(judging->house->store, &work, fault)) return false;
    if (!verdicts_rules(judging->house->store, slice_from(rules->id), &judging->counts.marked, fault)) return false;
    return store_commit(&work, fault);
}

/* The word index is filled here, behind the judging: nobody waits for it in between. */
static bool fill_index(struct judging *judging, struct fault *fault) {
    int64_t left = 1;
    while (left > 0) {
        AUTO(store_work_end)
        struct store_work work = {0};
        if (!store_begin(judging->house->store, &work, fault)) return false;
        if (!search_index(judging->house->store, BATCH_ITEMS * 10, &left, fault)) return false;
        if (!store_commit(&work, fault)) return false;
    }
    return true;
}

bool judge_run(struct house *house, const struct ruleset *rules, struct judge_counts *out, struct fault *fault) {
    AUTO(judge_free)
    struct judge *judge = judge_new(rules, fault);
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (judge == NULL) return false;
    if (arena == NULL) return fault_memory(fault);
    struct judging judging = {.house = house, .judge = judge, .arena = arena};
    int64_t last = 0, before = -1;
    if (!begin_rules(&judging, rules, fault)) return false;
    while (last != before) {
        before = last;
        if (!judge_batch(&judging, &last, fault)) return false;
        house_tell(house, STAGE_PROGRESS, "%lld posts judged", (long long)judging.counts.judged);
    }
    if (!fill_index(&judging, fault)) return false;
    *out = judging.counts;
    return true;
}
