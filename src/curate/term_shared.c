/* How many separate voices shared it. One source, one voice; sources that always share the same links are one voice
 * together; who posts all day weighs less. Likes count only as a place within the source's own posts, and little. */
#include "curate/term.h"

#include <math.h>

#include "curate/said.h"
#include "curate/share.h"

/* After so many hours a share counts half. */
#define SHARE_HALF_H 72
/* So many voices are a chorus: more add nothing. */
#define VOICES_MOST 6
#define LIKED_SHARE 0.2

static bool same_voice(const struct candidate *a, const struct candidate *b) {
    if (!slice_is_empty(a->stats.circle) && slice_equal(a->stats.circle, b->stats.circle)) return true;
    return slice_equal(share_name(a), share_name(b));
}

static double weight_of(const struct candidate *member, int64_t now_s) {
    double age_h = (double)(now_s - member->first_seen_s) / 3600;
    double posts = member->stats.posts_a_day > 0 ? member->stats.posts_a_day : 0;
    return (age_h <= 0 ? 1 : exp2(-age_h / SHARE_HALF_H)) / (1 + log2(1 + posts));
}

static bool judge(const struct story *story, const struct curate_input *input, const struct curate_options *options,
                  struct arena *arena, struct term_value *out) {
    (void)options;
    double sum = 0, liked = 0;
    int voices = 0;
    for (size_t i = 0; i < story->member_count; i++) {
        const struct candidate *member = story->members[i];
        if (member->liked > liked) liked = member->liked;
        bool heard = false;
        for (size_t j = 0; j < i && !heard; j++) heard = same_voice(member, story->members[j]);
        if (heard) continue;
        double most = 0;
        for (size_t j = i; j < story->member_count; j++)
            if (same_voice(member, story->members[j])) most = fmax(most, weight_of(story->members[j], input->now_s));
        sum += most;
        voices++;
    }
    double chorus = fmin(1, log2(1 + sum) / log2(1 + VOICES_MOST));
    out->share = (1 - LIKED_SHARE) * chorus + LIKED_SHARE * fmin(1, fmax(0, liked));
    if (voices == 1) return said_words(arena, &out->words, "one person shared it");
    return said_words(arena, &out->words, "%d separate people shared it", voices);
}

const struct rank_term term_shared = {
    .name = "shared",
    .help = "how many separate voices shared it; likes hardly count, followers never",
    .weight = offsetof(struct curate_options, shared),
    .judge = judge,
};
