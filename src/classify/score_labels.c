#include "classify/score_labels.h"

#include <math.h>

#include "base/jwrite.h"
#include "base/mem.h"
#include "classify/ledger.h"
#include "classify/score_slips.h"
#include "classify/source_flags.h"

/* Found and meant, found only, meant only, neither. */
struct quarters {
    size_t both, extra, missed, neither;
};

#define LEVELS 5

struct score {
    const struct ruleset *set; /* borrowed */
    struct quarters *topics;   /* owned, one a block */
    size_t documents, unmatched;
    struct quarters idea, hype, promotion, traceable, topic;
    struct quarters flags[MEASURE_COUNT]; /* of the documents that say something of them */
    size_t confusion[LEVELS][LEVELS];     /* [meant][given] */
    size_t myth_right;
    struct ledger ledger;
    struct slips slips;
};

struct score *score_new(const struct ruleset *set, struct fault *fault) {
    AUTO(score_free)
    struct score *score = mem_new(1, sizeof *score);
    if (score != NULL) score->topics = mem_new(set->block_count + 1, sizeof *score->topics);
    if (score == NULL || score->topics == NULL) {
        fault_memory(fault);
        return NULL;
    }
    score->set = set;
    if (!ledger_new(set, &score->ledger, fault) || !slips_new(set, &score->slips, fault)) return NULL;
    struct score *made = score;
    score = NULL;
    return made;
}

void score_free(struct score **score) {
    if (*score == NULL) return;
    ledger_free(&(*score)->ledger);
    slips_free(&(*score)->slips);
    mem_free((*score)->topics);
    mem_free(*score);
    *score = NULL;
}

/* ---- counting ---- */

static void count(struct quarters *quarters, bool meant, bool given) {
    if (meant && given) quarters->both++;
    else if (given) quarters->extra++;
    else if (meant) quarters->missed++;
    else quarters->neither++;
}

static bool is_given(const struct verdict *verdict, struct slice alternatives) {
    for (size_t i = 0; i < verdict->topics.count; i++)
        if (label_names(alternatives, verdict->topics.at[i].id)) return true;
    return false;
}

static struct quarters *of_topic(struct score *score, struct slice id) {
    size_t block = ruleset_find(score->set, BLOCK_TOPIC, id);
    return block == RULES_NOWHERE ? NULL : &score->topics[block];
}

static void count_topics(struct score *score, const struct label *label, const struct verdict *verdict) {
    for (size_t i = 0; i < label->topics.count; i++) {
        struct slice meant = label->topics.at[i], first = meant;
        bool given = is_given(verdict, meant);
        struct quarters *of = of_topic(score, slice_trim(slice_next(&first, '|')));
        count(&score->topic, true, given);
        if (of != NULL) count(of, true, given);
    }
    for (size_t i = 0; i < verdict->topics.count; i++) {
        if (label_means(label, verdict->topics.at[i].id)) continue;
        struct quarters *of = of_topic(score, verdict->topics.at[i].id);
        count(&score->topic, false, true);
        if (of != NULL) count(of, false, true);
    }
}

static int within_levels(int level) {
    return level < 0 ? 0 : level >= LEVELS ? LEVELS - 1 : level;
}

static void count_flags(struct score *score, const struct label *label, const struct verdict *verdict) {
    report_flags given = label->flags_known == 0 ? 0 : source_flags(score->set, verdict);
    for (int m = 0; m < MEASURE_COUNT; m++)
        if ((label->flags_known & REPORT_FLAG(m)) != 0)
            count(&score->flags[m], (label->flags_meant & REPORT_FLAG(m)) != 0, (given & REPORT_FLAG(m)) != 0);
}

bool score_add(struct score *score, const struct document *document, const struct label *label,
               const struct verdict *verdict) {
    int meant = within_levels(label->level), given = within_levels(verdict->level);
    enum stance stance = verdict->myth_stance == STANCE_MENTIONS ? STANCE_NONE : verdict->myth_stance;
    count_flags(score, label, verdict);
    if (label->flags_only) return true;
    score->documents++;
    score->unmatched += verdict->hits.count == 0;
    score->confusion[meant][given]++;
    count(&score->traceable, meant >= 3, given >= 3);
    count(&score->idea, label->idea, verdict->is_idea);
    count(&score->hype, label->hype, verdict->hype);
    count(&score->promotion, label->promotion, verdict->promotion);
    count_topics(score, label, verdict);
    score->myth_right += stance == (label->myth == STANCE_MENTIONS ? STANCE_NONE : label->myth);
    ledger_add(&score->ledger, verdict, label);
    return slips_add(&score->slips, document, label, verdict);
}

/* ---- figures ---- */

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

static double precision(const struct quarters *q) {
    return ratio((double)q->both, (double)(q->both + q->extra));
}

static double recall(const struct quarters *q) {
    return ratio((double)q->both, (double)(q->both + q->missed));
}

static double f1(const struct quarters *q) {
    return ratio(2 * precision(q) * recall(q), precision(q) + recall(q));
}

static double share_on_diagonal(const struct score *score, int within) {
    size_t near = 0;
    for (int i = 0; i < LEVELS; i++)
        for (int j = 0; j < LEVELS; j++)
            if (i - j <= within && j - i <= within) near += score->confusion[i][j];
    return ratio((double)near, (double)score->documents);
}

/* Agreement beyond chance, a distance counting by its square. */
static double kappa(const struct score *score) {
    double meant[LEVELS] = {0}, given[LEVELS] = {0}, observed = 0, expected = 0, all = (double)score->documents;
    for (int i = 0; i < LEVELS; i++)
        for (int j = 0; j < LEVELS; j++) {
            meant[i] += (double)score->confusion[i][j];
            given[j] += (double)score->confusion[i][j];
            observed += (i - j) * (i - j) * (double)score->confusion[i][j];
        }
    for (int i = 0; i < LEVELS; i++)
        for (int j = 0; j < LEVELS; j++) expected += (i - j) * (i - j) * meant[i] * given[j] / fmax(all, 1);
    return expected > 0 ? 1 - observed / expected : 1;
}

/* ---- writing ---- */

static const struct {
    const char *name;
    size_t at;
} parts[] = {{"topics", offsetof(struct score, topic)},
             {"idea", offsetof(struct score, idea)},
             {"traceable", offsetof(struct score, traceable)},
             {"promotion", offsetof(struct score, promotion)},
             {"hype", offsetof(struct score, hype)}};

static const struct quarters *part(const struct score *score, size_t i) {
    return (const struct quarters *)(const void *)((const char *)score + parts[i].at);
}

static size_t said(const struct quarters *q) {
    return q->both + q->extra + q->missed + q->neither;
}

/* Flags that readers marked wrong (discern export --wrong-flags), or that a label speaks of. */
static void write_flags(const struct score *score, struct buf *out) {
    bool any = false;
    for (int m = 0; m < MEASURE_COUNT; m++) {
        const struct quarters *q = &score->flags[m];
        if (said(q) == 0) continue;
        if (!any) buf_add_text(out, "\nflag           right  too much  missed  rightly not\n");
        any = true;
        buf_printf(out, "%-12s %7zu %9zu %7zu %12zu\n", report_measure_name((enum report_measure)m), q->both, q->extra,
                   q->missed, q->neither);
    }
}

static void write_text(const struct score *score, struct buf *out) {
    buf_printf(out, "documents %zu, without any hit %zu\n", score->documents, score->unmatched);
    buf_add_text(out, "              right  too much  missed  precision  recall     F1\n");
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        const struct quarters *q = part(score, i);
        buf_printf(out, "%-12s %6zu %9zu %7zu %10.3f %7.3f %6.3f\n", parts[i].name, q->both, q->extra, q->missed,
                   precision(q), recall(q), f1(q));
    }
    buf_printf(out, "level        exact %.3f, within one %.3f, kappa (quadratic) %.3f\n", share_on_diagonal(score, 0),
               share_on_diagonal(score, 1), kappa(score));
    buf_printf(out, "myth         stance right %.3f\n", ratio((double)score->myth_right, (double)score->documents));
    buf_add_text(out, "\nlevel: rows as labelled, columns as given\n       0    1    2    3    4\n");
    for (int i = 0; i < LEVELS; i++) {
        buf_printf(out, "%d ", i);
        for (int j = 0; j < LEVELS; j++) buf_printf(out, " %4zu", score->confusion[i][j]);
        buf_add_char(out, '\n');
    }
    buf_add_text(out, "\ntopic                       right  too much  missed  right at least\n");
    for (size_t i = 0; i < score->set->block_count; i++) {
        const struct quarters *q = &score->topics[i];
        size_t given = q->both + q->extra;
        if (given + q->missed == 0) continue;
        buf_printf(out, "%-26.*s %6zu %9zu %7zu  ", SLICE_ARGS(score->set->blocks[i].id), q->both, q->extra, q->missed);
        if (given < LEDGER_PROVEN) buf_add_text(out, "unproven\n");
        else buf_printf(out, "%.2f\n", ledger_bound(q->both, given));
    }
    write_flags(score, out);
    slips_write_text(&score->slips, out);
    ledger_write_text(&score->ledger, LEDGER_LABELLED, out);
}

static void write_quarters(struct jwrite *json, const struct quarters *q) {
    jwrite_member_int(json, "right", (int64_t)q->both);
    jwrite_member_int(json, "too_much", (int64_t)q->extra);
    jwrite_member_int(json, "missed", (int64_t)q->missed);
    jwrite_key(json, "precision");
    jwrite_real(json, precision(q));
    jwrite_key(json, "recall");
    jwrite_real(json, recall(q));
    jwrite_key(json, "f1");
    jwrite_real(json, f1(q));
}

static void write_levels(const struct score *score, struct jwrite *json) {
    jwrite_key(json, "level");
    jwrite_object(json);
    jwrite_key(json, "exact");
    jwrite_real(json, share_on_diagonal(score, 0));
    jwrite_key(json, "within_one");
    jwrite_real(json, share_on_diagonal(score, 1));
    jwrite_key(json, "kappa");
    jwrite_real(json, kappa(score));
    jwrite_key(json, "confusion");
    jwrite_array(json);
    for (int i = 0; i < LEVELS; i++) {
        jwrite_array(json);
        for (int j = 0; j < LEVELS; j++) jwrite_int(json, (int64_t)score->confusion[i][j]);
        jwrite_end_array(json);
    }
    jwrite_end_array(json);
    jwrite_end_object(json);
}

static void write_json_flags(const struct score *score, struct jwrite *json) {
    jwrite_key(json, "flags");
    jwrite_object(json);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        const struct quarters *q = &score->flags[m];
        if (said(q) == 0) continue;
        jwrite_key(json, report_measure_name((enum report_measure)m));
        jwrite_object(json);
        jwrite_member_int(json, "right", (int64_t)q->both);
        jwrite_member_int(json, "too_much", (int64_t)q->extra);
        jwrite_member_int(json, "missed", (int64_t)q->missed);
        jwrite_member_int(json, "rightly_not", (int64_t)q->neither);
        jwrite_end_object(json);
    }
    jwrite_end_object(json);
}

static void write_json(const struct score *score, struct buf *out) {
    struct jwrite json = jwrite_to(out);
    jwrite_object(&json);
    jwrite_member_int(&json, "documents", (int64_t)score->documents);
    jwrite_member_int(&json, "without_hits", (int64_t)score->unmatched);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        jwrite_key(&json, parts[i].name);
        jwrite_object(&json);
        write_quarters(&json, part(score, i));
        jwrite_end_object(&json);
    }
    write_levels(score, &json);
    jwrite_key(&json, "myth_right");
    jwrite_real(&json, ratio((double)score->myth_right, (double)score->documents));
    jwrite_key(&json, "by_topic");
    jwrite_array(&json);
    for (size_t i = 0; i < score->set->block_count; i++) {
        const struct quarters *q = &score->topics[i];
        if (q->both + q->extra + q->missed == 0) continue;
        jwrite_object(&json);
        jwrite_member(&json, "id", score->set->blocks[i].id);
        write_quarters(&json, q);
        jwrite_key(&json, "right_at_least");
        if (q->both + q->extra < LEDGER_PROVEN) jwrite_null(&json);
        else jwrite_real(&json, ledger_bound(q->both, q->both + q->extra));
        jwrite_end_object(&json);
    }
    jwrite_end_array(&json);
    write_json_flags(score, &json);
    slips_write_json(&score->slips, &json);
    ledger_write_json(&score->ledger, &json);
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
}

void score_write(const struct score *score, enum score_form form, struct buf *out) {
    if (form == SCORE_JSON) write_json(score, out);
    else write_text(score, out);
}
