#include "stage/judge.h"

#include "base/limits.h"
#include "classify/change.h"
#include "classify/judge.h"
#include "stage/rules_kept.h"
#include "store/search.h"
#include "store/verdicts.h"

#define BATCH_ITEMS 500
#define RESTING_TOLD 20

struct judging {
    struct house *house;
    struct judge *judge;
    struct arena *arena;
    struct rules_change *change; /* what the rules differ in from those of the verdicts; NULL = not asked */
    struct judge_counts counts;
};

/* Whether what changed in the rules leaves its verdict as it is. */
static bool leave_one(struct judging *judging, const struct to_judge *item, bool *left, struct fault *fault) {
    bool touches = true;
    *left = false;
    if (judging->change == NULL) return true;
    if (!rules_change_touches(judging->change, &item->document, judging->arena, &touches, fault)) return false;
    if (touches) return true;
    if (!verdicts_stand(judging->house->store, item->row, left, fault)) return false;
    judging->counts.untouched += *left;
    return true;
}

static bool judge_one(struct judging *judging, const struct to_judge *item, struct fault *fault) {
    struct verdict verdict;
    bool left;
    if (!leave_one(judging, item, &left, fault)) return false;
    if (left) return true;
    if (!judge_document(judging->judge, &item->document, JUDGE_VERDICT_ONLY, judging->arena, &verdict, fault))
        return false;
    judging->counts.judged++;
    judging->counts.ideas += verdict.is_idea;
    return verdicts_write(judging->house->store, item->row, &verdict, fault);
}

/* *last is the row to go on behind; unchanged at the end. */
static bool judge_batch(struct judging *judging, int64_t *last, struct fault *fault) {
    struct to_judge_list batch = {0};
    AUTO(store_work_end)
    struct store_work work = {0};
    int64_t before = *last;
    arena_reset(judging->arena);
    if (!store_begin(judging->house->store, &work, fault)) return false;
    if (!verdicts_next(judging->house->store, *last, BATCH_ITEMS, judging->arena, &batch, fault)) return false;
    for (size_t i = 0; i < batch.count; i++) {
        if (!judge_one(judging, &batch.at[i], fault))
            return fault_context(fault, "judging item %lld", (long long)batch.at[i].row);
        *last = batch.at[i].row;
    }
    if (batch.count > 0 && !verdicts_done(judging->house->store, before, *last, fault)) return false;
    return store_commit(&work, fault);
}

/* All that wait. */
static bool judge_due(struct judging *judging, struct fault *fault) {
    int64_t last = 0, before = -1;
    while (last != before) {
        before = last;
        if (!judge_batch(judging, &last, fault)) return false;
        house_tell(judging->house, STAGE_PROGRESS, "%lld posts judged", (long long)judging->counts.judged);
    }
    return true;
}

static bool begin_rules(struct judging *judging, const struct ruleset *rules, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(judging->house->store, &work, fault)) return false;
    if (!verdicts_rules(judging->house->store, slice_from(rules->id), &judging->counts.marked, fault)) return false;
    return rules_keep(judging->house, rules, fault) && store_commit(&work, fault);
}

/* Until the change is through, no rules are in force: cut off here, the next run judges all again. */
static bool suspend_rules(struct judging *judging, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(judging->house->store, &work, fault)) return false;
    return verdicts_rules_kept(judging->house->store, SLICE(""), fault) && store_commit(&work, fault);
}

/* What waits is judged first, so that afterwards only those wait that the change of the rules may touch. */
static bool judge_changed(struct judging *judging, const struct ruleset *before, const struct ruleset *rules,
                          struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(rules_change_free)
    struct rules_change change = {0};
    if (arena == NULL) return fault_memory(fault);
    if (!rules_change_find(before, rules, arena, &change, fault) || !suspend_rules(judging, fault) ||
        !judge_due(judging, fault) || !begin_rules(judging, rules, fault))
        return false;
    judging->change = &change;
    bool done = judge_due(judging, fault);
    judging->change = NULL;
    house_tell(judging->house, STAGE_INFO,
               "the rules changed (%zu added, %zu removed, %zu changed): %lld of %lld posts "
               "are not touched by that",
               change.added, change.removed, change.changed, (long long)judging->counts.untouched,
               (long long)judging->counts.marked);
    return done;
}

static bool judge_all(struct judging *judging, const struct ruleset *rules, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(ruleset_free)
    struct ruleset before = {0};
    struct slice told;
    bool kept = false;
    if (arena == NULL) return fault_memory(fault);
    if (!verdicts_rules_told(judging->house->store, arena, &told, fault)) return false;
    bool differ = !slice_is_empty(told) && !slice_equal(told, slice_from(rules->id));
    if (differ && !rules_kept(judging->house, arena, &before, &kept, fault)) return false;
    if (kept && slice_equal(told, slice_from(before.id))) return judge_changed(judging, &before, rules, fault);
    return begin_rules(judging, rules, fault) && judge_due(judging, fault);
}

/* Patterns that were left undecided so often that they rested: named, with their places. */
static bool tell_resting(struct judging *judging, struct fault *fault) {
    struct resting resting[RESTING_TOLD];
    size_t count = judge_resting(judging->judge, resting, RESTING_TOLD);
    AUTO(buf_free)
    struct buf words = buf_new((size_t)64 * 1024);
    for (size_t i = 0; i < count; i++) {
        const struct place *place = &resting[i].line->place;
        buf_clear(&words);
        buf_printf(&words,
                   "a pattern of '%.*s' took too long in three posts and rested for the rest of this run: mend it "
                   "(%.*s:%u)",
                   SLICE_ARGS(resting[i].block->id), SLICE_ARGS(place->file), place->line);
        house_tell(judging->house, STAGE_TROUBLE, "%s", buf_text(&words));
    }
    if (count == 0) return true;
    return arena_copy(judging->house->arena, buf_slice(&words), &judging->counts.resting) || fault_memory(fault);
}

/* The word index is filled here, behind the judging: nobody waits for it in between. */
static bool fill_index(struct judging *judging, struct fault *fault) {
    int64_t left = 1;
    while (left > 0) {
        AUTO(store_work_end)
        struct store_work work = {0};
        if (!store_begin(judging->house->store, &work, fault)) return false;
        if (!search_index(judging->house->store, (int64_t)BATCH_ITEMS * 10, &left, fault)) return false;
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
    if (!judge_all(&judging, rules, fault) || !tell_resting(&judging, fault) || !fill_index(&judging, fault))
        return false;
    *out = judging.counts;
    return true;
}
