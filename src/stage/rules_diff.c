#include "stage/rules_diff.h"

#include <stdlib.h>

#include "base/limits.h"
#include "classify/change.h"
#include "classify/sentence.h"
#include "classify/source_flags.h"
#include "store/verdicts.h"

#define BATCH_ITEMS 200
#define SENTENCE_BYTES 220u

struct comparing {
    struct house *house;
    const struct ruleset *before, *after;
    struct rules_change change;
    struct arena *arena, *room; /* of the answer; of a batch */
    struct rules_diff *out;
    const struct document *document; /* at hand */
};

static struct diff_row *row_of(struct comparing *c, enum diff_kind kind, struct slice id, struct slice label) {
    struct rules_diff *out = c->out;
    for (size_t i = 0; i < out->row_count; i++)
        if (out->rows[i].kind == kind && slice_equal(out->rows[i].id, id)) return &out->rows[i];
    struct diff_row *more = arena_grow(c->arena, out->rows, out->row_count, &out->row_capacity, sizeof *more);
    if (more == NULL) return NULL;
    out->rows = more;
    struct diff_row row = {.kind = kind};
    if (!arena_copy(c->arena, id, &row.id) || !arena_copy(c->arena, label, &row.label)) return NULL;
    more[out->row_count] = row;
    return &more[out->row_count++];
}

/* ---- sentences ---- */

static struct slice first_words(const struct document *document) {
    struct slice text = slice_is_empty(document->text) ? document->title : document->text;
    return sentence_around(text, 0, 0, SENTENCE_BYTES);
}

static struct slice words_around(const struct document *document, const struct hit *hit) {
    struct slice text = document_field(document, hit->field);
    if (slice_is_empty(text)) return first_words(document);
    return sentence_around(text, hit->start, hit->end, SENTENCE_BYTES);
}

/* The first place where words of that rule count. */
static const struct hit *hit_of(const struct verdict *verdict, struct slice rule) {
    for (size_t i = 0; i < verdict->hits.count; i++)
        if (verdict->hits.at[i].state == HIT_COUNTED && slice_equal(verdict->hits.at[i].rule, rule))
            return &verdict->hits.at[i];
    return NULL;
}

/* The same words shared by many are shown once. */
static bool add_sample(struct comparing *c, struct diff_side *side, const struct hit *hit) {
    side->count++;
    if (side->sample_count == DIFF_SAMPLES) return true;
    struct diff_sample *sample = &side->samples[side->sample_count];
    struct slice sentence = hit == NULL ? first_words(c->document) : words_around(c->document, hit);
    struct slice rule = hit == NULL ? (struct slice){NULL, 0} : hit->form;
    for (size_t i = 0; i < side->sample_count; i++)
        if (slice_equal(side->samples[i].sentence, sentence)) return true;
    side->sample_count++;
    return arena_copy(c->arena, c->document->id, &sample->item) && arena_copy(c->arena, sentence, &sample->sentence) &&
           arena_copy(c->arena, rule, &sample->rule);
}

/* ---- one post ---- */

/* Counts that the tag was there before and is there now. */
static bool weigh_tag(struct comparing *c, struct diff_row *row, bool was, bool is, const struct hit *hit) {
    if (row == NULL) return false;
    if (was == is) return true;
    return add_sample(c, is ? &row->gained : &row->lost, hit);
}

static const struct topic_score *topic_of(const struct verdict *verdict, struct slice id) {
    for (size_t i = 0; i < verdict->topics.count; i++)
        if (slice_equal(verdict->topics.at[i].id, id)) return &verdict->topics.at[i];
    return NULL;
}

static bool compare_topics(struct comparing *c, const struct verdict *before, const struct verdict *after) {
    for (size_t i = 0; i < before->topics.count; i++) {
        const struct topic_score *topic = &before->topics.at[i];
        bool is = topic_of(after, topic->id) != NULL;
        if (!weigh_tag(c, row_of(c, DIFF_TOPIC, topic->id, topic->label), true, is, hit_of(before, topic->id)))
            return false;
    }
    for (size_t i = 0; i < after->topics.count; i++) {
        const struct topic_score *topic = &after->topics.at[i];
        if (topic_of(before, topic->id) != NULL) continue;
        if (!weigh_tag(c, row_of(c, DIFF_TOPIC, topic->id, topic->label), false, true, hit_of(after, topic->id)))
            return false;
    }
    return true;
}

/* The first place that counts for it by the one set and not by the other. */
static const struct hit *hit_only_in(const struct verdict *verdict, const struct verdict *other) {
    for (size_t i = 0; i < verdict->hits.count; i++)
        if (verdict->hits.at[i].state == HIT_COUNTED && hit_of(other, verdict->hits.at[i].rule) == NULL)
            return &verdict->hits.at[i];
    return NULL;
}

static bool compare_flag(struct comparing *c, const char *id, const char *label, bool was, bool is,
                         const struct hit *hit) {
    if (!was && !is) return true;
    return weigh_tag(c, row_of(c, DIFF_FLAG, slice_from(id), slice_from(label)), was, is, hit);
}

static bool compare_flags(struct comparing *c, const struct verdict *before, const struct verdict *after) {
    report_flags was = source_flags(c->before, before), is = source_flags(c->after, after);
    const struct hit *gained = hit_only_in(after, before), *lost = hit_only_in(before, after);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        bool had = (was & REPORT_FLAG(m)) != 0, has = (is & REPORT_FLAG(m)) != 0;
        if (report_is_flag((enum report_measure)m) &&
            !compare_flag(c, report_measure_name((enum report_measure)m), report_measure_words((enum report_measure)m),
                          had, has, has ? gained : lost))
            return false;
    }
    return compare_flag(c, "idea", "an idea that a teacher could use", before->is_idea, after->is_idea,
                        after->is_idea ? gained : lost) &&
           compare_flag(c, "check-first", "to be checked first", before->check_first, after->check_first,
                        after->check_first ? gained : lost);
}

static bool compare_levels(struct comparing *c, const struct verdict *before, const struct verdict *after) {
    const struct hit *gained = hit_only_in(after, before), *lost = hit_only_in(before, after);
    char id[2] = {0};
    id[0] = (char)('0' + before->level);
    bool same = before->level == after->level;
    if (!weigh_tag(c, row_of(c, DIFF_LEVEL, slice_from(id), before->level_label), true, same, lost)) return false;
    id[0] = (char)('0' + after->level);
    return same || weigh_tag(c, row_of(c, DIFF_LEVEL, slice_from(id), after->level_label), false, true, gained);
}

static bool differ(const struct rules_diff *diff, int64_t *changes) {
    int64_t sum = 0;
    for (size_t i = 0; i < diff->row_count; i++) sum += diff->rows[i].gained.count + diff->rows[i].lost.count;
    bool more = sum > *changes;
    *changes = sum;
    return more;
}

static bool compare_one(struct comparing *c, int64_t *changes, struct fault *fault) {
    struct verdict before, after;
    bool touches;
    c->out->posts++;
    if (!rules_change_touches(&c->change, c->document, c->room, &touches, fault)) return false;
    if (!touches) return true;
    c->out->touched++;
    if (!judge_document(c->change.before, c->document, JUDGE_WITH_HITS, c->room, &before, fault) ||
        !judge_document(c->change.after, c->document, JUDGE_WITH_HITS, c->room, &after, fault))
        return false;
    if (!compare_topics(c, &before, &after) || !compare_flags(c, &before, &after) ||
        !compare_levels(c, &before, &after))
        return fault_memory(fault);
    c->out->differing += differ(c->out, changes);
    return true;
}

/* ---- all posts ---- */

static int by_kind_and_id(const void *one, const void *other) {
    const struct diff_row *a = one, *b = other;
    return a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : slice_compare(a->id, b->id);
}

static void finish(struct rules_diff *out) {
    size_t kept = 0;
    for (size_t i = 0; i < out->row_count; i++)
        if (out->rows[i].gained.count + out->rows[i].lost.count > 0) out->rows[kept++] = out->rows[i];
    out->row_count = kept;
    if (kept > 1) qsort(out->rows, kept, sizeof *out->rows, by_kind_and_id);
}

static bool compare_all(struct comparing *c, struct fault *fault) {
    int64_t last = 0, before = -1, changes = 0;
    while (last != before) {
        struct to_judge_list batch = {0};
        before = last;
        arena_reset(c->room);
        if (!verdicts_documents(c->house->store, last, BATCH_ITEMS, c->room, &batch, fault)) return false;
        for (size_t i = 0; i < batch.count; i++) {
            c->document = &batch.at[i].document;
            if (!compare_one(c, &changes, fault)) return false;
            last = batch.at[i].row;
        }
        house_tell(c->house, STAGE_PROGRESS, "%lld posts compared", (long long)c->out->posts);
    }
    return true;
}

static void free_comparing(struct comparing *c) {
    rules_change_free(&c->change);
    arena_free(&c->room);
}

bool rules_diff_run(struct house *house, const struct ruleset *before, const struct ruleset *after, struct arena *arena,
                    struct rules_diff *out, struct fault *fault) {
    struct rules_diff diff = {0};
    AUTO(free_comparing)
    struct comparing comparing = {.house = house,
                                  .before = before,
                                  .after = after,
                                  .arena = arena,
                                  .room = arena_new(LIMIT_ARENA_BYTES),
                                  .out = &diff};
    if (comparing.room == NULL) return fault_memory(fault);
    if (!rules_change_find(before, after, arena, &comparing.change, fault)) return false;
    diff.added = comparing.change.added;
    diff.removed = comparing.change.removed;
    diff.changed = comparing.change.changed;
    diff.everything = comparing.change.everything;
    if (!compare_all(&comparing, fault)) return false;
    finish(&diff);
    *out = diff;
    return true;
}
