#include "stage/run.h"

#include "stage/recheck.h"
#include "stage/rules_kept.h"
#include "store/runs.h"

struct walk {
    struct house *house;
    const struct run_options *options;
    const struct ruleset *rules;
    struct run_result *result;
};

static bool do_pull(struct walk *walk, struct run_leg *leg, struct fault *fault) {
    struct pull_counts *counts = &walk->result->pull;
    struct pull_options options = {.only = walk->options->source};
    if (!pull_run(walk->house, &options, counts, fault)) return false;
    leg->done = counts->answered + counts->unchanged;
    leg->failed = counts->failed;
    leg->skipped = counts->items_skipped;
    leg->made = counts->items_new;
    struct recheck_counts again = {0};
    if (slice_is_absent(options.only) && !recheck_run(walk->house, &again, fault)) return false;
    if (again.asked > 0)
        house_tell(walk->house, STAGE_INFO, "posts asked for again: %lld; %lld are gone, %lld were edited",
                   (long long)again.asked, (long long)again.gone, (long long)again.changed);
    leg->wire_bytes = counts->wire_bytes + again.wire_bytes;
    walk->result->sources_to_act_on = counts->alarms;
    walk->result->nothing_reached = counts->asked > 0 && counts->unreached == counts->asked;
    house_tell(walk->house, STAGE_INFO, "pull: %lld sources asked, %lld unchanged, %lld failed; %lld new posts",
               (long long)counts->asked, (long long)counts->unchanged, (long long)counts->failed,
               (long long)counts->items_new);
    if (counts->left_out > 0)
        house_tell(walk->house, STAGE_INFO, "pull: %lld sources are left to the next run", (long long)counts->left_out);
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
} legs[] = {
    {RUN_PULL, "pull", do_pull},       {RUN_FOLLOW, "follow", do_follow},    {RUN_JUDGE, "judge", do_judge},
    {RUN_DIGEST, "digest", do_digest}, {RUN_DELIVER, "deliver", do_deliver},
};

static bool start_leg(struct walk *walk, const char *name, struct run_leg *leg, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    if (!store_begin(walk->house->store, &work, fault)) return false;
    if (!runs_start(walk->house->store, slice_from(name), walk->house->options.now_s, &leg->id, fault)) return false;
    return store_commit(&work, fault);
}

static bool end_leg(struct walk *walk, struct run_leg *leg, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    leg->ended_s = walk->house->options.now_s;
    if (!store_begin(walk->house->store, &work, fault)) return false;
    return runs_end(walk->house->store, leg, fault) && store_commit(&work, fault);
}

static bool walk_legs(struct walk *walk, struct fault *fault) {
    for (size_t i = 0; i < COUNT_OF(legs); i++) {
        struct run_leg leg = {0};
        if ((walk->options->legs & legs[i].bit) == 0) continue;
        bool done =
            start_leg(walk, legs[i].name, &leg, fault) && legs[i].go(walk, &leg, fault) && end_leg(walk, &leg, fault);
        house_tell(walk->house, STAGE_PROGRESS, "%s", ""); /* what is drawn on a terminal is of the leg */
        if (!done) return fault_context(fault, "%s", legs[i].name);
    }
    return true;
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
    if (!walk_legs(&walk, fault)) return false;
    *out = result;
    return true;
}
