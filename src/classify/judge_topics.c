/* What is it about? Points for each different wording, more for repetition, for a title and for standing near the
 * beginning; a long text asks for more points; a topic far behind the strongest is a passing mention. */
#include <math.h>

#include "base/sort.h"
#include "classify/weigh.h"

/* One hit of a topic's line, sorted so that those of one wording stand together. */
struct mention {
    uint32_t block, line, form;
    bool title, lead;
};

static int by_wording(const void *one, const void *other) {
    const struct mention *a = one, *b = other;
    if (a->block != b->block) return a->block < b->block ? -1 : 1;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    return a->form != b->form ? (a->form < b->form ? -1 : 1) : 0;
}

static double line_points(const struct topic_numbers *numbers, enum line_kind kind) {
    switch (kind) {
        case LINE_WEAK: return numbers->weak;
        case LINE_PHRASE: return numbers->phrase;
        case LINE_EXACT: return numbers->exact;
        case LINE_NEAR: return numbers->near;
        default: return numbers->strong;
    }
}

static bool is_topic_hit(const struct judge *judge, const struct raw_hit *hit) {
    if (judge->roles[hit->block].kind != BLOCK_TOPIC || !weigh_listens(judge, hit)) return false;
    /* In another language only names and capitals say something. */
    enum line_kind kind = judge->set->blocks[hit->block].lines[hit->line].kind;
    return !judge->foreign || kind == LINE_EXACT;
}

static struct mention *list_mentions(const struct judge *judge, struct arena *arena, size_t *count) {
    struct mention *mentions = arena_alloc(arena, judge->match.hit_count + 1, sizeof *mentions);
    *count = 0;
    for (size_t i = 0; mentions != NULL && i < judge->match.hit_count; i++) {
        const struct raw_hit *hit = &judge->match.hits[i];
        if (!is_topic_hit(judge, hit)) continue;
        double lead = fmax(judge->topics.lead_words, judge->match.words[hit->field] / 8.0);
        bool title = weigh_is_title((enum field)hit->field);
        mentions[(*count)++] = (struct mention){.block = hit->block,
                                                .line = hit->line,
                                                .form = hit->form,
                                                .title = title,
                                                .lead = !title && hit->token < lead};
    }
    if (mentions != NULL) sort_in_place(mentions, *count, sizeof *mentions, by_wording);
    return mentions;
}

/* Adds one wording's points to its topic; returns the index behind its mentions. */
static size_t weigh_wording(struct judge *judge, const struct mention *mentions, size_t from, size_t count) {
    const struct topic_numbers *numbers = &judge->topics;
    const struct mention *first = &mentions[from];
    enum line_kind kind = judge->set->blocks[first->block].lines[first->line].kind;
    struct tally *tally = &judge->tallies[first->block];
    uint32_t bodies = 0;
    bool title = false, lead = false;
    size_t i = from;
    for (; i < count && by_wording(first, &mentions[i]) == 0; i++) {
        title |= mentions[i].title;
        lead |= mentions[i].lead;
        bodies += !mentions[i].title;
    }
    double times = (bodies > 0 ? 1 + log2(bodies) : 0) + (lead ? numbers->lead : 0) + (title ? numbers->title : 0);
    tally->sum += line_points(numbers, kind) * times;
    tally->titled |= title;
    tally->firm |= title;
    if (kind == LINE_WEAK) return i;
    tally->firm = true;
    tally->led |= lead && kind == LINE_STRONG;
    tally->strong += kind == LINE_STRONG || kind == LINE_REGEX;
    tally->forms++;
    if (bodies > tally->repeats) tally->repeats = bodies;
    return i;
}

/* Once mentioned in a long text is a passing mention, unless a title says it, or the beginning and a second time. */
static void settle(const struct judge *judge, struct tally *tally) {
    uint32_t enough = tally->led ? 2 : 3;
    bool passing = judge->words > judge->topics.length && !tally->titled && tally->forms < 2 && tally->repeats < enough;
    tally->points = tally->firm ? tally->sum * (passing ? judge->topics.single : 1) : 0;
}

static void weigh_topics(struct judge *judge, const struct mention *mentions, size_t count) {
    judge->topic_strongest = 0;
    uint32_t strong_forms = 0;
    for (size_t i = 0; i < count;) i = weigh_wording(judge, mentions, i, count);
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        if (judge->roles[i].kind != BLOCK_TOPIC || weigh_tally(judge, i) == NULL) continue;
        struct tally *tally = &judge->tallies[i];
        settle(judge, tally);
        strong_forms += tally->strong;
        if (tally->points > judge->topic_strongest) judge->topic_strongest = tally->points;
    }
    double needs = fmax(judge->education_needs, judge->education_each_word * judge->words);
    /* Mindset and stress are spoken of elsewhere too: a longer text must name a school, a class or a child as well, or
     * say more than one thing that is strong. */
    bool brief = judge->words <= 2 * judge->topics.from;
    bool counts = strong_forms > 1 || (strong_forms > 0 && (judge->education_points > 0 || brief));
    judge->about_education = judge->education_points + (counts ? judge->education_topic : 0) >= needs;
    judge->topic_needs = weigh_needs(judge->topics.needs, judge->topics.grows, judge->topics.from, judge->words);
}

/* A topic with points. */
struct candidate {
    size_t block;
    double points;
    struct slice id;
};

static int by_points(const void *one, const void *other) {
    const struct candidate *a = one, *b = other;
    if (a->points != b->points) return a->points > b->points ? -1 : 1;
    return slice_compare(a->id, b->id);
}

/* What a title says is meant, however long the text. Beside topics that are given already another one must be said more
 * clearly, for a text deals with one or two things and mentions many. */
static double needs_of(const struct judge *judge, const struct tally *tally, size_t given) {
    double rank = judge->topics.rank[given < 2 ? given : 2];
    if (!tally->titled) return judge->topic_needs * rank;
    return fmin(judge->topic_needs, judge->topics.titled) * fmin(rank, 1);
}

static struct candidate *list_candidates(const struct judge *judge, struct arena *arena, size_t *count) {
    struct candidate *candidates = arena_alloc(arena, judge->met_count + 1, sizeof *candidates);
    *count = 0;
    for (size_t m = 0; candidates != NULL && m < judge->met_count; m++) {
        size_t i = judge->met[m];
        const struct tally *tally = judge->roles[i].kind == BLOCK_TOPIC ? weigh_tally(judge, i) : NULL;
        if (tally == NULL || tally->points <= 0) continue;
        candidates[(*count)++] = (struct candidate){.block = i, .points = tally->points, .id = judge->roles[i].id};
    }
    if (candidates != NULL) sort_in_place(candidates, *count, sizeof *candidates, by_points);
    return candidates;
}

static bool list_topics(struct judge *judge, struct arena *arena, struct topic_list *list) {
    size_t count;
    const struct candidate *candidates = list_candidates(judge, arena, &count);
    if (candidates == NULL) return false;
    for (size_t c = 0; c < count; c++) {
        struct tally *tally = &judge->tallies[candidates[c].block];
        tally->needs = needs_of(judge, tally, list->count);
        if (tally->points < tally->needs || list->count >= judge->topics.most) continue;
        if (tally->points < judge->topics.share * judge->topic_strongest) continue;
        struct topic_score *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
        if (more == NULL) return false;
        list->at = more;
        const struct role *role = &judge->roles[candidates[c].block];
        list->at[list->count++] = (struct topic_score){.id = role->id,
                                                       .label = role->label,
                                                       .parent = role->parent,
                                                       .score = tally->points / (tally->points + judge->topic_needs)};
    }
    return true;
}

bool judge_topics(struct judge *judge, struct arena *arena, struct verdict *out) {
    size_t count;
    const struct mention *mentions = list_mentions(judge, arena, &count);
    if (mentions == NULL) return false;
    weigh_topics(judge, mentions, count);
    return !judge->about_education || list_topics(judge, arena, &out->topics);
}

bool judge_account(const struct judge *judge, struct slice id, struct topic_account *out) {
    size_t block = ruleset_find(judge->set, BLOCK_TOPIC, id);
    if (block == RULES_NOWHERE) return false;
    const struct tally *tally = weigh_tally(judge, block);
    *out = (struct topic_account){.id = judge->roles[block].id,
                                  .points = tally == NULL ? 0 : tally->points,
                                  .needs = tally == NULL || tally->points <= 0 ? judge->topic_needs : tally->needs,
                                  .share_needs = judge->topics.share * judge->topic_strongest,
                                  .about_education = judge->about_education};
    size_t stronger = 0;
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        const struct tally *other = judge->roles[i].kind == BLOCK_TOPIC ? weigh_tally(judge, i) : NULL;
        if (other != NULL && i != block && other->points > out->points) stronger++;
    }
    out->crowded_out = out->points >= out->needs && out->points >= out->share_needs && stronger >= judge->topics.most;
    return true;
}
