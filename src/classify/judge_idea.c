/* Is there an idea in it: something concrete that a teacher could do, adapt or stop doing? The cues of the rules add
 * and take points, once or for each time per hundred words. */
#include <math.h>

#include "classify/weigh.h"

static double cue_points(const struct judge *judge, size_t block) {
    const struct role *role = &judge->roles[block];
    const struct tally *tally = role->kind == BLOCK_CUE && role->mark == MARK_NONE ? weigh_tally(judge, block) : NULL;
    if (tally == NULL) return 0;
    if (!role->per_hundred) return role->adds;
    double rate = tally->count * 100.0 / (judge->words + judge->idea.damping);
    return role->adds * fmin(rate, judge->idea.most);
}

/* A topic that was given is among the rules that were met. */
static const struct role *role_of(const struct judge *judge, struct slice topic) {
    for (size_t m = 0; m < judge->met_count; m++) {
        const struct role *role = &judge->roles[judge->met[m]];
        if (role->kind == BLOCK_TOPIC && slice_equal(role->id, topic)) return role;
    }
    return NULL;
}

static double topic_points(const struct judge *judge, const struct topic_list *topics) {
    bool practice = false, system = false;
    for (size_t i = 0; i < topics->count; i++) {
        const struct role *role = role_of(judge, topics->at[i].id);
        practice |= role != NULL && role->speaks_of == SPEAKS_OF_PRACTICE;
        system |= role != NULL && role->speaks_of == SPEAKS_OF_SYSTEM;
    }
    if (practice) return judge->idea.practice;
    if (system) return judge->idea.system;
    return topics->count == 0 ? judge->idea.topicless : 0;
}

void judge_idea(struct judge *judge, struct verdict *out) {
    out->is_idea = false;
    out->idea_score = 0;
    if (!judge->about_education || judge->foreign) return;
    double points = judge->idea.education + topic_points(judge, &out->topics);
    if (out->level >= 3) points += judge->idea.traceable;
    if (out->level == 1) points += judge->idea.account;
    if (out->promotion) points += judge->idea.sells;
    if (judge->words > judge->idea.length_words) points += judge->idea.length;
    for (size_t m = 0; m < judge->met_count; m++) points += cue_points(judge, judge->met[m]);
    out->is_idea = points >= judge->idea.needs;
    out->idea_score = 1 / (1 + exp(judge->idea.needs - points));
}
