#include "stage/run.h"

#include "base/when.h"
#include "stage/rules_kept.h"
#include "store/runs.h"

/* Pull, follow, judge, digest, deliver. */
#define LEGS 5u

struct walk {
    struct house *house;
    const struct run_options *options;
    const struct ruleset *rules;
    struct run_result *result;
    struct run_leg waiting[LEGS]; /* rows of the ledger that are not written yet */
    size_t waiting_count;
};

/* ---- the ledger ---- */

/* Within the caller's transaction. */
static bool put_rows(struct walk *walk, struct fault *fault) {
    for (size_t i = 0; i < walk->waiting_count; i++) {
        struct run_leg *leg = &walk->waiting[i];
        if (!runs_start(walk->house->store, leg->leg, leg->started_s, &leg->id, fault)) return false;
        if (!runs_end(walk->house->store, leg, fault)) return false;
    }
    walk->waiting_count = 0;
    return true;
}

static bool is_idle(const struct run_leg *leg) {
    return leg->done == 0 && leg->failed == 0 && leg->skipped == 0 && leg->made == 0 && slice_is_absent(leg->words);
}

/* The rows that are left go into one transaction. Where none of these legs found anything to do there is none: a run
 * over unchanged sources writes once. */
static bool write_rows(struct walk *walk, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    bool idle = true;
    for (size_t i = 0; i < walk->waiting_count; i++) idle = idle && is_idle(&walk->waiting[i]);
    if (idle) return true;
    return store_begin(walk->house->store, &work, fault) && put_rows(walk, fault) && store_commit(&work, fault);
}

/* ---- the legs ---- */

static void tell_pull(const struct walk *walk) {
    const struct pull_counts *counts = &walk->result->pull;
    if (counts->again.asked > 0)
        house_tell(walk->house, STAGE_INFO, "posts asked for again: %lld; %lld are gone, %lld were edited",
                   (long long)counts->again.asked, (long long)counts->again.gone, (long long)counts->again.changed);
    house_tell(walk->house, STAGE_INFO, "pull: %lld sources asked, %lld unchanged, %lld failed; %lld new posts",
               (long long)counts->asked, (long long)counts->unchanged, (long long)counts->failed,
               (long long)counts->items_new);
    if (counts->left_out > 0)
        house_tell(walk->house, STAGE_INFO, "pull: %lld sources are left to the next run", (long long)counts->left_out);
}

static bool do_pull(struct walk *walk, struct run_leg *leg, struct fault *fault) {
    struct pull_counts *counts = &walk->result->pull;
    struct pull_options options = {.only = walk->options->source};
    AUTO(store_work_end)
    struct store_work last = {0};
    if (!pull_run(walk->house, &options, counts, &last, fault)) return false;
    leg->done = counts->answered + counts->unchanged;
    leg->failed = counts->failed;
    leg->skipped = counts->items_skipped;
    leg->made = counts->items_new;
    leg->wire_bytes = counts->wire_bytes + counts->again.wire_bytes;
    leg->ended_s = walk->house->options.now_s;
    walk->result->sources_to_act_on = counts->alarms;
    walk->result->nothing_reached = counts->asked > 0 && counts->unreached == counts->asked;
    if (!put_rows(walk, fault) || !store_commit(&last, fault)) return false;
    tell_pull(walk);
    return true;
}

static bool do_follow(struct walk *walk, struct run_leg *leg, struct fault *fault) {
    struct follow_counts *counts = &walk->result->follow;
    if (!follow_run(walk->house, walk->rules, counts, fault)) return false;
    leg->done = counts->pages_read;
    leg->failed = counts->pages_failed;
    leg->wire_bytes = counts->wire_bytes;
    house_tell(walk->house, STAGE_INFO, "follow: %lld pages asked, %lld read; %lld studies looked up, %lld found",
               (long long)counts->pages_asked, (long long)counts->pages_read, (long long)counts->works_asked,
               (long long)counts->works_found);
    return true;
}

static bool do_judge(struct walk *walk, struct run_leg *leg, struct fault *fault) {
    struct judge_counts *counts = &walk->result->judge;
    if (!judge_run(walk->house, walk->rules, counts, fault)) return false;
    leg->done = counts->judged;
    leg->made = counts->ideas;
    leg->words = counts->resting;
    house_tell(walk->house, STAGE_INFO, "judge: %lld posts, %lld with an idea", (long long)counts->judged,
               (long long)counts->ideas);
    return true;
}

static bool do_digest(struct walk *walk, struct run_leg *leg, struct fault *fault) {
    struct digest_counts *counts = &walk->result->digest;
    struct digest_options options = walk->options->digest;
    options.owe = (walk->options->legs & RUN_DELIVER) != 0;
    if (!digest_run(walk->house, &options, counts, fault)) return false;
    /* What stands there already to the last byte was not made. */
    if (counts->files_written == 0) return true;
    leg->done = counts->readers;
    leg->made = counts->entries;
    return true;
}

static bool do_deliver(struct walk *walk, struct run_leg *leg, struct fault *fault) {
    struct deliver_counts *counts = &walk->result->deliver;
    if (!deliver_run(walk->house, walk->options->again, counts, fault)) return false;
    leg->done = counts->sent;
    leg->failed = counts->failed;
    leg->skipped = counts->waiting + counts->unsure;
    if (counts->sent > 0 || counts->waiting > 0)
        house_tell(walk->house, STAGE_INFO, "deliver: %lld sent, %lld waiting", (long long)counts->sent,
                   (long long)counts->waiting);
    walk->result->mails_to_act_on = counts->failed + counts->unsure;
    return true;
}

/* The legs in the order of the walk. */
static const struct {
    enum run_leg_bit bit;
    const char *name;
    bool (*go)(struct walk *walk, struct run_leg *leg, struct fault *fault);
} legs[LEGS] = {
    {RUN_PULL, "pull", do_pull},       {RUN_FOLLOW, "follow", do_follow},    {RUN_JUDGE, "judge", do_judge},
    {RUN_DIGEST, "digest", do_digest}, {RUN_DELIVER, "deliver", do_deliver},
};

static bool walk_legs(struct walk *walk, struct fault *fault) {
    for (size_t i = 0; i < COUNT_OF(legs); i++) {
        if ((walk->options->legs & legs[i].bit) == 0) continue;
        struct run_leg *leg = &walk->waiting[walk->waiting_count++];
        *leg = (struct run_leg){.leg = slice_from(legs[i].name),
                                .started_s = walk->house->options.now_s,
                                .ended_s = WHEN_ABSENT};
        bool done = legs[i].go(walk, leg, fault);
        house_tell(walk->house, STAGE_PROGRESS, "%s", ""); /* what is drawn on a terminal is of the leg */
        if (!done) {
            leg->words = slice_from(fault->text);
            return fault_context(fault, "%s", legs[i].name);
        }
        leg->ended_s = walk->house->options.now_s;
    }
    return true;
}

/* The rows say also where a run broke off. That they cannot be written then is no news: the reason is on its way. */
static bool walk_and_note(struct walk *walk, struct fault *fault) {
    struct fault ignored = {0};
    bool done = walk_legs(walk, fault);
    return write_rows(walk, done ? fault : &ignored) && done;
}

bool run_walk(struct house *house, const struct run_options *options, struct problems *problems, struct run_result *out,
              struct fault *fault) {
    AUTO(lock_release)
    struct lock lock = {0};
    AUTO(ruleset_free)
    struct ruleset rules = {0};
    struct run_result result = {0};
    struct walk walk = {.house = house, .options = options, .rules = &rules, .result = &result};
    house->network_ms = 0;
    if (!house_lock(house, &lock, fault)) return false;
    bool needed = (options->legs & (RUN_FOLLOW | RUN_JUDGE)) != 0;
    if (needed && !rules_in_force(house, house->arena, &rules, &result.rules, problems, fault)) return false;
    if (!walk_and_note(&walk, fault)) return false;
    *out = result;
    return true;
}
