/* Whether the author tried it, and says what happened. */
#include "curate/term.h"

#include "curate/said.h"

static bool says_any(const struct story *story, const char *const *ids, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (said_signal(story, ids[i]) != NULL) return true;
    return false;
}

static bool judge(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                  struct arena *arena, struct term_value *out) {
    static const char *const did[] = {"teacher-account", "teacher-trial-outcome", "own-study"};
    static const char *const saw[] = {"account-outcome", "teacher-trial-outcome", "null-or-mixed", "honest-revision"};
    (void)input;
    (void)options;
    (void)arena;
    bool tried = story->lead->verdict->level == 1 || says_any(story, did, COUNT_OF(did));
    bool told = tried && says_any(story, saw, COUNT_OF(saw));
    out->share = (tried ? 0.5 : 0) + (told ? 0.5 : 0);
    out->words = told    ? SLICE("the author tried it and says what happened")
                 : tried ? SLICE("the author says what was done")
                         : SLICE("nobody says that they tried it");
    return true;
}

const struct rank_term term_tried = {
    .name = "tried",
    .help = "whether the author tried it and says what happened",
    .weight = offsetof(struct curate_options, tried),
    .judge = judge,
};
