#include "stage/health.h"

#include "base/when.h"
#include "stage/answered.h"

/* Quiet beyond its rhythm: four times its usual gap, and a fortnight at least. */
#define QUIET_GAPS 4
#define QUIET_LEAST_S (14 * (int64_t)DAY_S)
/* Answers after which a source that never gave one post is of no use. */
#define USELESS_ANSWERS 5
/* Posts that say something of a source, and the share of them that speaks for all: four of five. */
#define CONTENTS_LEAST 5
#define MOST_OF 5
#define MOST_ARE 4

const char *health_word(enum health health) {
    static const char *const words[HEALTH_COUNT] = {
        "good",      "not read yet", "paused", "quiet",   "failing",    "gone",
        "of no use", "double",       "empty",  "adverts", "same posts", "moved",
    };
    return words[health];
}

bool health_is_ill(enum health health) {
    return health >= HEALTH_QUIET;
}

static bool say(struct arena *arena, struct slice *out, const char *text) {
    if (text == NULL) return false;
    return arena_copy(arena, slice_from(text), out);
}

static bool is_quiet(const struct source_state *state, int64_t now_s, int64_t *quiet_s) {
    if (state->last_new_item_s == WHEN_ABSENT) return false;
    *quiet_s = now_s - state->last_new_item_s;
    int64_t allowed = state->mean_gap_s < 0 ? QUIET_LEAST_S * 2 : state->mean_gap_s * QUIET_GAPS;
    return *quiet_s > (allowed > QUIET_LEAST_S ? allowed : QUIET_LEAST_S);
}

static bool are_most(const struct contents *contents, int64_t count) {
    return contents->looked >= CONTENTS_LEAST && count * MOST_OF >= contents->looked * MOST_ARE;
}

/* What a source gives, when it is not what it is read for. */
static bool of_contents(const struct contents *contents, struct arena *arena, enum health *out, struct slice *words) {
    const char *text = NULL;
    if (contents == NULL) return true;
    long long looked = contents->looked;
    if (are_most(contents, contents->empty)) {
        *out = HEALTH_EMPTY;
        text = arena_printf(arena, "%lld of its last %lld posts are placeholders without words of their own",
                            (long long)contents->empty, looked);
    } else if (are_most(contents, contents->earlier)) {
        *out = HEALTH_SISTER;
        text = arena_printf(arena, "%lld of its last %lld posts had been in '%.*s' before: one of them is enough",
                            (long long)contents->earlier, looked, SLICE_ARGS(contents->sister));
    } else if (are_most(contents, contents->adverts)) {
        *out = HEALTH_ADVERTS;
        text = arena_printf(arena, "%lld of its last %lld posts only sell something", (long long)contents->adverts,
                            looked);
    } else return true;
    return say(arena, words, text);
}

/* How it answers; *out stays good when that is well. */
static bool of_answers(const struct health_facts *facts, struct arena *arena, enum health *out, struct slice *words) {
    const struct source_state *state = facts->state;
    int64_t quiet_s, answers = state->answers + state->unchanged;
    if (state->retired_s != WHEN_ABSENT) {
        *out = HEALTH_GONE;
        return say(arena, words, "the server says that it is gone for good: take it out, or find its new address");
    }
    if (state->failures >= facts->alarm_after) {
        *out = HEALTH_FAILING;
        return say(arena, words,
                   arena_printf(arena, "failed %lld times in a row: %.*s", (long long)state->failures,
                                SLICE_ARGS(state->last_reason)));
    }
    if (state->last_success_s == WHEN_ABSENT) {
        *out = HEALTH_NEW;
        return state->failures == 0 || arena_copy(arena, state->last_reason, words);
    }
    if (state->items_new == 0 && answers >= USELESS_ANSWERS) {
        *out = HEALTH_USELESS;
        return say(arena, words,
                   arena_printf(arena, "answered %lld times and never gave a post that was kept", (long long)answers));
    }
    if (!is_quiet(state, facts->now_s, &quiet_s)) return true;
    *out = HEALTH_QUIET;
    return say(arena, words, arena_printf(arena, "nothing new for %lld days", (long long)(quiet_s / DAY_S)));
}

bool health_of(const struct health_facts *facts, struct arena *arena, enum health *out, struct slice *words) {
    *words = (struct slice){NULL, 0};
    *out = HEALTH_GOOD;
    if (facts->source->paused) {
        *out = HEALTH_PAUSED;
        return !facts->source->to_be_checked || say(arena, words, "its address was not seen to work yet");
    }
    if (!slice_is_absent(facts->twin)) {
        *out = HEALTH_DOUBLE;
        return say(arena, words,
                   arena_printf(arena, "has the same address as '%.*s': one of them is enough",
                                SLICE_ARGS(facts->twin)));
    }
    if (!of_answers(facts, arena, out, words)) return false;
    if (*out == HEALTH_GOOD && !of_contents(facts->contents, arena, out, words)) return false;
    if (*out != HEALTH_GOOD || !answered_is_moved(facts->state)) return true;
    *out = HEALTH_MOVED;
    return say(arena, words,
               arena_printf(arena, "it moved for good to %.*s and is asked there: put that address into sources.conf",
                            SLICE_ARGS(facts->state->moved_to)));
}
