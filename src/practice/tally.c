#include "practice/tally.h"

#include <math.h>
#include <stdlib.h>

#include "base/when.h"

#define Z_95 1.959963984540054
#define QUIET_S (60 * (int64_t)DAY_S)
#define DROP_POSTS 50
#define FAILURES_TO_REPAIR 3

struct rate tally_rate(int64_t hits, int64_t of) {
    struct rate rate = {.hits = hits, .of = of, .low = 0, .high = 1};
    if (of <= 0) return rate;
    double n = (double)of, p = (double)hits / n, zz = Z_95 * Z_95;
    double middle = p + zz / (2 * n), spread = Z_95 * sqrt(p * (1 - p) / n + zz / (4 * n * n));
    rate.low = fmax(0, (middle - spread) / (1 + zz / n));
    rate.high = fmin(1, (middle + spread) / (1 + zz / n));
    return rate;
}

static bool has_flag(const struct report_post *post) {
    return post->hype || post->promotion || post->check_first || post->unsupported_claim;
}

static bool counts(const struct report_post *post, enum report_measure measure) {
    switch (measure) {
        case MEASURE_TRACEABLE: return post->level >= 3;
        case MEASURE_OVERCLAIM: return post->unsupported_claim;
        case MEASURE_MYTH: return post->myth_stance == STANCE_PROMOTES;
        case MEASURE_PROMOTION: return post->promotion;
        case MEASURE_OWN_RESULTS: return post->own_results;
        case MEASURE_CHOSEN: return post->chosen;
        case MEASURE_WRONG_FLAG: return post->flag_wrong;
        case MEASURE_OPENS:
        case MEASURE_COUNT: break;
    }
    return false;
}

void tally_rates(const struct report_post_list *posts, struct rate out[MEASURE_COUNT]) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        int64_t hits = 0, of = 0;
        for (size_t i = 0; i < posts->count; i++) {
            const struct report_post *post = &posts->at[i];
            if (m == MEASURE_OPENS) {
                hits += post->links_open;
                of += post->links_tried;
                continue;
            }
            of += m != MEASURE_WRONG_FLAG || has_flag(post);
            hits += counts(post, (enum report_measure)m);
        }
        out[m] = tally_rate(hits, of);
    }
}

static int newest_first(const void *a, const void *b) {
    const struct report_post *x = a, *y = b;
    if (x->when_s != y->when_s) return x->when_s < y->when_s ? 1 : -1;
    return slice_compare(x->item, y->item);
}

static bool count_id(struct arena *arena, struct topic_count_list *list, struct slice id) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->at[i].id, id)) {
            list->at[i].count++;
            return true;
        }
    struct topic_count *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->at[list->count++] = (struct topic_count){id, 1};
    return true;
}

static int most_first(const void *a, const void *b) {
    const struct topic_count *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return slice_compare(x->id, y->id);
}

static bool count_topics(const struct report_post_list *posts, struct arena *arena, struct source_report *out) {
    for (size_t i = 0; i < posts->count; i++) {
        const struct report_post *post = &posts->at[i];
        for (size_t t = 0; t < post->topics.count; t++)
            if (!count_id(arena, &out->topics, post->topics.at[t])) return false;
        for (size_t p = 0; p < post->phases.count; p++)
            if (!count_id(arena, &out->phases, post->phases.at[p])) return false;
    }
    if (out->topics.count > 0) qsort(out->topics.at, out->topics.count, sizeof *out->topics.at, most_first);
    if (out->phases.count > 0) qsort(out->phases.at, out->phases.count, sizeof *out->phases.at, most_first);
    return true;
}

/* The last REPORT_MONTHS months up to the end of the report, oldest first. */
static void count_months(const struct report_post_list *posts, struct source_report *out) {
    struct civil end = when_to_civil(out->to_s - 1), start = when_to_civil(out->from_s);
    int last = end.year * 12 + end.month - 1, first = start.year * 12 + start.month - 1;
    if (first < last - REPORT_MONTHS + 1) first = last - REPORT_MONTHS + 1;
    out->month_count = (size_t)(last - first + 1);
    for (int m = first; m <= last; m++) out->months[m - first] = (struct report_month){m / 12, m % 12 + 1, 0, 0, 0};
    for (size_t i = 0; i < posts->count; i++) {
        struct civil civil = when_to_civil(posts->at[i].when_s);
        int month = civil.year * 12 + civil.month - 1;
        if (month < first || month > last) continue;
        out->months[month - first].posts++;
        out->months[month - first].traceable += posts->at[i].level >= 3;
        out->months[month - first].overclaim += posts->at[i].unsupported_claim;
    }
}

static void newest(const struct report_post_list *posts, enum report_measure measure, const struct report_post **out) {
    size_t kept = 0;
    for (size_t i = 0; i < posts->count && kept < REPORT_NEWEST; i++)
        if (counts(&posts->at[i], measure)) out[kept++] = &posts->at[i];
}

/* Least harsh first; the rule that was used is said. */
static void suggest(const struct tally_facts *facts, struct source_report *out) {
    const struct rate *own = &out->rates[MEASURE_OVERCLAIM], *all = &facts->all[MEASURE_OVERCLAIM];
    double usual = all->of > 0 ? (double)all->hits / (double)all->of : 0;
    if (facts->failures >= FAILURES_TO_REPAIR) {
        out->suggestion = SUGGEST_REPAIR;
        out->suggestion_rule = "three or more fetches in a row have failed";
    } else if (out->posts == 0 || facts->to_s - out->newest_s > QUIET_S) {
        out->suggestion = SUGGEST_QUIET;
        out->suggestion_rule = "no post in the last 60 days";
    } else if (out->posts < REPORT_LEAST_POSTS) {
        out->suggestion = SUGGEST_WATCH;
        out->suggestion_rule = "fewer than 20 posts";
    } else if (out->posts >= DROP_POSTS && usual > 0 && own->low > 2 * usual) {
        out->suggestion = SUGGEST_DROP;
        out->suggestion_rule =
            "50 posts or more, and surely more than twice the usual share claim more than their source";
    } else if (own->low > usual) {
        out->suggestion = SUGGEST_CHECK_CLAIMS;
        out->suggestion_rule = "surely more than the usual share claim more than their source";
    } else {
        out->suggestion = SUGGEST_KEEP;
        out->suggestion_rule = "nothing stands out";
    }
}

bool tally_source(const struct tally_facts *facts, struct report_post_list *posts, struct arena *arena,
                  struct source_report *out, struct fault *fault) {
    struct source_report report = {.source = facts->source,
                                   .title = facts->title,
                                   .from_s = facts->from_s,
                                   .to_s = facts->to_s,
                                   .posts = (int64_t)posts->count,
                                   .newest_s = WHEN_ABSENT};
    if (posts->count > 0) {
        qsort(posts->at, posts->count, sizeof *posts->at, newest_first);
        report.newest_s = posts->at[0].when_s;
    }
    double weeks = (double)(facts->to_s - facts->from_s) / (7.0 * DAY_S);
    report.posts_a_week = weeks > 0 ? (double)posts->count / weeks : 0;
    tally_rates(posts, report.rates);
    if (!count_topics(posts, arena, &report)) return fault_memory(fault);
    count_months(posts, &report);
    newest(posts, MEASURE_OVERCLAIM, report.overclaims);
    newest(posts, MEASURE_MYTH, report.myths);
    newest(posts, MEASURE_PROMOTION, report.promotions);
    newest(posts, MEASURE_OWN_RESULTS, report.own_results);
    suggest(facts, &report);
    *out = report;
    return true;
}
