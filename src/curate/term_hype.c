/* Big words, promotion, claims larger than their source. A story that must be checked first loses nothing for them:
 * they are why it is shown at all, in a place of its own. */
#include "curate/term.h"

#include "curate/said.h"

static const struct {
    const char *signal;
    double share;
} costs[] = {
    {"absolutes", 0.4},
    {"unsupported-claim", 0.2},
    {"single-study-overreach", 0.2},
    {"cause-from-correlation", 0.2},
    {"engagement-bait", 0.2},
    {"untraced-figure", 0.1},
};

static bool add_reason(struct arena *arena, struct slice *words, struct slice reason) {
    if (slice_is_empty(reason)) return true;
    if (slice_is_empty(*words)) return said_words(arena, words, "%.*s", SLICE_ARGS(reason));
    return said_words(arena, words, "%.*s; %.*s", SLICE_ARGS(*words), SLICE_ARGS(reason));
}

static bool judge(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                  struct arena *arena, struct term_value *out) {
    (void)input;
    (void)options;
    const struct verdict *verdict = story->lead->verdict;
    out->words = SLICE("no big words");
    if (verdict->check_first) {
        out->words = SLICE("nothing taken: it stands under 'Check first'");
        return true;
    }
    struct slice words = {NULL, 0};
    for (size_t i = 0; i < COUNT_OF(costs); i++) {
        const struct signal *signal = said_signal(story, costs[i].signal);
        if (signal == NULL) continue;
        out->share += costs[i].share;
        if (!add_reason(arena, &words, slice_is_empty(signal->words) ? signal->id : signal->words)) return false;
    }
    if (verdict->hype) out->share += 0.4;
    if (verdict->hype && !add_reason(arena, &words, SLICE("big words"))) return false;
    if (verdict->promotion) out->share += 0.4;
    if (verdict->promotion && !add_reason(arena, &words, SLICE("it sells or advertises something"))) return false;
    if (!slice_is_empty(words)) out->words = words;
    return true;
}

const struct rank_term term_hype = {
    .name = "hype",
    .help = "big words, promotion, claims larger than their source",
    .weight = offsetof(struct curate_options, hype),
    .deducts = true,
    .judge = judge,
};
