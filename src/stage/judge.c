#include "stage/judge.h"

#include "base/limits.h"
#include "classify/change.h"
#include "classify/judge.h"
#include "stage/judge_worker.h"
#include "stage/rules_kept.h"
#include "store/search.h"
#include "store/verdicts.h"

#define BATCH_ITEMS 500
#define BATCHES_OF_TRANSACTION 10
#define RESTING_TOLD 20

struct judging {
    struct house *house;
    struct judge_worker *worker;
    bool compares; /* only what a change of the rules touches is judged */
    struct judge_counts counts;
};

/* The next ones behind *last, which becomes the last of them. Empty at the end. */
static bool read_batch(const struct judging *judging, struct judge_batch *batch, int64_t *last, struct fault *fault) {
    struct store *store = judging->house->store;
    arena_reset(batch->arena);
    batch->items = (struct to_judge_list){0};
    if (!verdicts_next(store, *last, BATCH_ITEMS, batch->arena, &batch->items, fault)) return false;
    if (batch->items.count == 0) return true;
    batch->made = arena_alloc(batch->arena, batch->items.count, sizeof *batch->made);
    if (batch->made == NULL) return fault_memory(fault);
    for (size_t i = 0; i < batch->items.count && judging->compares; i++)
        if (!verdicts_stand(store, batch->items.at[i].row, &batch->made[i].may_stand, fault)) return false;
    *last = batch->items.at[batch->items.count - 1].row;
    return true;
}

static bool write_batch(struct judging *judging, const struct judge_batch *batch, struct fault *fault) {
    for (size_t i = 0; i < batch->items.count; i++) {
        const struct made *made = &batch->made[i];
        judging->counts.untouched += made->left_alone;
        if (made->left_alone) continue;
        judging->counts.judged++;
        judging->counts.ideas += made->verdict.is_idea;
        if (!verdicts_write(judging->house->store, batch->items.at[i].row, &made->verdict, fault)) return false;
    }
    return true;
}

/* While one batch is judged, the next is read and the one before is written. */
static bool judge_batches(struct judging *judging, int64_t *last, struct fault *fault) {
    struct judge_batch *now = judge_worker_batch(judging->worker, 0), *next = judge_worker_batch(judging->worker, 1);
    if (!read_batch(judging, now, last, fault)) return false;
    if (now->items.count > 0) judge_worker_begin(judging->worker, now);
    for (unsigned read = 1; now->items.count > 0; read++) {
        next->items.count = 0;
        if (read < BATCHES_OF_TRANSACTION && !read_batch(judging, next, last, fault)) return false;
        if (!judge_worker_await(judging->worker, fault)) return false;
        if (next->items.count > 0) judge_worker_begin(judging->worker, next);
        if (!write_batch(judging, now, fault)) return false;
        struct judge_batch *written = now;
        now = next;
        next = written;
    }
    return true;
}

/* *last is the row to go on behind; unchanged at the end. */
static bool judge_some(struct judging *judging, int64_t *last, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    int64_t before = *last;
    if (!store_begin(judging->house->store, &work, fault)) return false;
    if (!judge_batches(judging, last, fault)) {
        judge_worker_drop(judging->worker);
        return false;
    }
    if (*last != before && !verdicts_done(judging->house->store, before, *last, fault)) return false;
    return store_commit(&work, fault);
}

/* All that wait. */
static bool judge_due(struct judging *judging, struct fault *fault) {
    int64_t last = 0, before = -1;
    while (last != before) {
        before = last;
        if (!judge_some(judging, &last, fault)) return false;
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
    judging->compares = !change.everything;
    judge_worker_compare(judging->worker, judging->compares ? &change : NULL);
    bool done = judge_due(judging, fault);
    judge_worker_compare(judging->worker, NULL);
    judging->compares = false;
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
static bool tell_resting(struct judging *judging, const struct judge *judge, struct fault *fault) {
    struct resting resting[RESTING_TOLD];
    size_t count = judge_resting(judge, resting, RESTING_TOLD);
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
    if (judge == NULL) return false;
    AUTO(judge_worker_free)
    struct judge_worker *worker = judge_worker_new(judge, fault);
    if (worker == NULL) return false;
    struct judging judging = {.house = house, .worker = worker};
    if (!judge_all(&judging, rules, fault) || !tell_resting(&judging, judge, fault) || !fill_index(&judging, fault))
        return false;
    *out = judging.counts;
    return true;
}
