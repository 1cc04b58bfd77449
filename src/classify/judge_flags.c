/* What stands beside the level: promotion, hype, myths and what the text does with them, retracted sources; and the
 * list of all signals found. */
#include "classify/weigh.h"

/* ---- promotion and hype ---- */

static bool sums_up(const struct judge *judge, enum mark mark, const struct sum_numbers *numbers) {
    double points = 0;
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        const struct tally *tally = judge->roles[i].mark == mark ? weigh_tally(judge, i) : NULL;
        if (tally != NULL) points += judge->roles[i].adds + (tally->count > 1 ? numbers->again : 0);
    }
    return points > 0 && points >= weigh_needs(numbers->needs, numbers->grows, numbers->from, judge->words);
}

/* ---- myths ---- */

/* Where debunking words stand: field and sentence in one number, rising as hits do. In arena. */
struct doubts {
    uint64_t *at;
    size_t count;
};

static uint64_t sentence_of(const struct raw_hit *hit) {
    return (uint64_t)hit->field << 32 | hit->sentence;
}

static bool find_doubts(const struct judge *judge, struct arena *arena, struct doubts *out) {
    out->count = 0;
    out->at = arena_alloc(arena, judge->match.hit_count + 1, sizeof *out->at);
    for (size_t i = 0; out->at != NULL && i < judge->match.hit_count; i++) {
        const struct raw_hit *hit = &judge->match.hits[i];
        if (judge->roles[hit->block].kind == BLOCK_DEBUNK && hit->state == HIT_COUNTED)
            out->at[out->count++] = sentence_of(hit);
    }
    return out->at != NULL;
}

/* A debunking word in the same sentence or one beside it. A text may be nothing but myths: each is looked up, not
 * compared with all others. */
static bool is_questioned(const struct doubts *doubts, const struct raw_hit *mention) {
    uint64_t here = sentence_of(mention), first = mention->sentence > 0 ? here - 1 : here;
    size_t low = 0, high = doubts->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (doubts->at[middle] < first) low = middle + 1;
        else high = middle;
    }
    return low < doubts->count && doubts->at[low] <= here + 1;
}

static bool is_promoting(const struct judge *judge, const struct raw_hit *hit) {
    return judge->set->blocks[hit->block].lines[hit->line].kind == LINE_PROMOTES;
}

/* What the document does with one myth: questions it anywhere, else takes it as true somewhere, else mentions it. */
static enum stance stance_on(const struct judge *judge, const struct doubts *doubts, size_t block) {
    enum stance stance = STANCE_NONE;
    for (size_t i = 0; i < judge->match.hit_count; i++) {
        const struct raw_hit *hit = &judge->match.hits[i];
        if (hit->block != block || hit->state == HIT_VETOED || hit->state == HIT_LONELY || hit->field == FIELD_HOST)
            continue;
        if (hit->state == HIT_NEGATED || is_questioned(doubts, hit)) return STANCE_DEBUNKS;
        if (is_promoting(judge, hit)) stance = STANCE_PROMOTES;
        else if (stance == STANCE_NONE) stance = STANCE_MENTIONS;
    }
    return stance;
}

static enum stance graver(enum stance a, enum stance b) {
    static const int rank[] = {[STANCE_NONE] = 0, [STANCE_MENTIONS] = 1, [STANCE_DEBUNKS] = 2, [STANCE_PROMOTES] = 3};
    return rank[a] >= rank[b] ? a : b;
}

static bool add_myth_reason(const struct judge *judge, const struct role *role, struct arena *arena,
                            struct verdict *out) {
    const struct slice gaps[REASON_GAPS_MOST] = {role->label};
    return weigh_say(judge, REASON_MYTH, gaps, arena, &out->check_reasons);
}

static bool judge_myths(const struct judge *judge, struct arena *arena, struct verdict *out) {
    struct doubts doubts;
    if (!find_doubts(judge, arena, &doubts)) return false;
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        const struct role *role = &judge->roles[i];
        if (role->kind != BLOCK_MYTH || judge->tallies[i].stamp != judge->stamp) continue;
        enum stance stance = stance_on(judge, &doubts, i);
        if (stance == STANCE_NONE) continue;
        if (!slice_list_add(arena, &out->myth_ids, role->id)) return false;
        out->myth_stance = graver(out->myth_stance, stance);
        if (stance == STANCE_PROMOTES && !add_myth_reason(judge, role, arena, out)) return false;
    }
    return true;
}

/* ---- sources that were taken back ---- */

static bool note_retraction(const struct judge *judge, struct arena *arena, struct verdict *out, struct slice what) {
    const struct slice gaps[REASON_GAPS_MOST] = {what};
    return weigh_say(judge, REASON_RETRACTED, gaps, arena, &out->check_reasons);
}

/* The number of a place is only the kind of place that it is. */
static struct slice named(const struct reference *reference) {
    return reference->kind == REFERENCE_HOST ? reference->url : reference->id;
}

static bool judge_works(const struct judge *judge, struct arena *arena, struct verdict *out) {
    const struct document *document = judge->document;
    for (size_t i = 0; i < document->works.count; i++) {
        const struct work *work = &document->works.at[i];
        if (work->notice != WORK_RETRACTED && work->notice != WORK_CONCERN) continue;
        if (!note_retraction(judge, arena, out, slice_is_empty(work->title) ? work->id : work->title)) return false;
    }
    const struct reference_list *lists[2] = {&document->references,
                                             document->article == NULL ? NULL : &document->article->references};
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; lists[l] != NULL && i < lists[l]->count; i++)
            if (lists[l]->at[i].retraction && !note_retraction(judge, arena, out, named(&lists[l]->at[i])))
                return false;
    return true;
}

static bool judge_mentioned_retraction(const struct judge *judge, struct arena *arena, struct verdict *out) {
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        if (judge->roles[i].mark != MARK_CHECK || weigh_tally(judge, i) == NULL) continue;
        if (!slice_list_add(arena, &out->check_reasons, judge->roles[i].label)) return false;
    }
    return true;
}

/* ---- signals ---- */

static bool add_signal(struct arena *arena, struct signal_list *list, struct signal signal) {
    struct signal *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->at[list->count++] = signal;
    return true;
}

static bool list_signals(const struct judge *judge, struct arena *arena, struct verdict *out) {
    bool traced = judge->trace_count > 0 || judge->synthesis;
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        const struct role *role = &judge->roles[i];
        const struct tally *tally = weigh_tally(judge, i);
        if (role->kind != BLOCK_SIGNAL && role->kind != BLOCK_HOSTS) continue;
        if (tally == NULL || (role->mark == MARK_COMPOSITE && traced)) continue;
        struct signal signal = {.id = role->id,
                                .words = role->label,
                                .polarity = role->polarity,
                                .field = tally->field};
        if (role->kind == BLOCK_HOSTS) {
            signal.id = slice_from(arena_printf(arena, "host-%.*s", SLICE_ARGS(role->id)));
            signal.field = FIELD_HOST;
            if (slice_is_absent(signal.id)) return false;
        }
        if (!add_signal(arena, &out->signals, signal)) return false;
    }
    if (slice_is_empty(judge->document->chatbot)) return true;
    struct signal signal = {.id = SLICE("chatbot-link"),
                            .words = judge->reasons.at[REASON_CHATBOT_LINK],
                            .polarity = POLARITY_NEUTRAL,
                            .field = FIELD_POST};
    return add_signal(arena, &out->signals, signal);
}

bool judge_flags(struct judge *judge, struct arena *arena, struct verdict *out) {
    out->promotion = sums_up(judge, MARK_PROMOTION, &judge->promotion);
    out->hype = sums_up(judge, MARK_HYPE, &judge->hype);
    out->language_uncovered = judge->foreign;
    out->elsewhere = !judge->about_education;
    if (!judge_myths(judge, arena, out) || !judge_works(judge, arena, out)) return false;
    if (judge->about_education && !judge_mentioned_retraction(judge, arena, out)) return false;
    out->check_first = out->check_reasons.count > 0;
    return list_signals(judge, arena, out);
}
