/* How far the trail behind the post can be followed. Says what was found, never whether it is true. */
#include "curate/term.h"

#include "curate/said.h"

/* A teacher's honest account stands above a mention of research that leads nowhere. */
static const double shares[] = {0, 0.45, 0.35, 0.75, 0.9};
static const char *const words[] = {
    "no source given",
    "a teacher's own account; no outside source is claimed",
    "mentions research, with nothing to trace",
    "gives a source that can be traced",
    "gives several or pooled studies that can be traced",
};

static const struct work *found_work(const struct story *story) {
    for (size_t i = 0; i < story->member_count; i++)
        for (size_t j = 0; j < story->members[i]->works.count; j++)
            if (story->members[i]->works.at[j].state == WORK_FOUND) return &story->members[i]->works.at[j];
    return NULL;
}

static bool judge(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                  struct arena *arena, struct term_value *out) {
    (void)input;
    (void)options;
    int level = story->lead->verdict->level;
    level = level < 0 ? 0 : level > 4 ? 4 : level;
    out->share = shares[level];
    out->words = slice_from(words[level]);
    const struct work *work = level >= 3 ? found_work(story) : NULL;
    if (work == NULL) return true;
    if (work->notice == WORK_RETRACTED) {
        out->share = 0;
        out->words = SLICE("the study it rests on was retracted");
        return true;
    }
    out->share += 0.1;
    if (work->year == 0) return said_words(arena, &out->words, "%s, and one was found in the register", words[level]);
    return said_words(arena, &out->words, "%s, and one was found in the register (%d)", words[level], work->year);
}

const struct rank_term term_evidence = {
    .name = "evidence",
    .help = "how far the trail to a source can be followed",
    .weight = offsetof(struct curate_options, evidence),
    .judge = judge,
};
