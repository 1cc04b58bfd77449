#include "practice/tally.h"

#include <math.h>
#include <stdlib.h>

#include "base/when.h"

#define Z_95 1.959963984540054
#define QUIET_S (60 * (int64_t)DAY_S)
#define DROP_POSTS 50
#define CLAIMS_LEAST 3 /* one post says little of a person */
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

static bool counts(const struct report_post *post, enum report_measure measure) {
    return (post->flags & ~post->wrong & REPORT_FLAG(measure)) != 0;
}

void tally_rates(const struct report_post_list *posts, struct rate out[MEASURE_COUNT]) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        int64_t hits = 0, of = 0;
        for (size_t i = 0; i < posts->count; i++) {
            const struct report_post *post = &posts->at[i];
            hits += m == MEASURE_OPENS ? post->links_open : counts(post, (enum report_measure)m);
            of += m == MEASURE_OPENS ? post->links_tried : 1;
        }
        out[m] = tally_rate(hits, of);
    }
}

void tally_wrong(const struct report_post_list *posts, struct rate out[MEASURE_COUNT]) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        int64_t hits = 0, of = 0;
        for (size_t i = 0; i < posts->count && report_is_flag((enum report_measure)m); i++) {
            const struct report_post *post = &posts->at[i];
            of += (post->flags & REPORT_FLAG(m)) != 0;
            hits += (post->flags & post->wrong & REPORT_FLAG(m)) != 0;
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
    list->at[list->count++] = (struct topic_count){.id = id, .count = 1};
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

/* ---- rhythm ---- */

static int month_of(int64_t instant_s) {
    struct civil civil = when_to_civil(instant_s);
    return civil.year * 12 + civil.month - 1;
}

/* The days reported on in at most REPORT_SPANS spans of equal length, oldest first; the last ends with the report. */
static void count_spans(const struct report_post_list *posts, int64_t start_s, struct source_report *out) {
    static const int lengths[] = {1, 2, 3, 6, 12, 24, 60, 120};
    int last = month_of(out->to_s - 1), first = month_of(start_s), months = 0;
    if (first > last) first = last;
    for (size_t i = 0; i < COUNT_OF(lengths) && (months == 0 || last - first >= months * REPORT_SPANS); i++)
        months = lengths[i];
    int count = (last - first) / months + 1;
    if (count > REPORT_SPANS) count = REPORT_SPANS;
    int begin = last + 1 - count * months;
    out->span_count = (size_t)count;
    for (int i = 0; i < count; i++)
        out->spans[i] = (struct report_span){(begin + i * months) / 12, (begin + i * months) % 12 + 1, months, 0, 0, 0};
    for (size_t i = 0; i < posts->count; i++) {
        const struct report_post *post = &posts->at[i];
        int month = month_of(post->when_s);
        if (month < begin || month > last) continue;
        struct report_span *span = &out->spans[(month - begin) / months];
        span->posts++;
        span->traceable += counts(post, MEASURE_TRACEABLE);
        span->overclaim += counts(post, MEASURE_OVERCLAIM);
    }
}

/* Posts a week over the time in which the source is known; a feed that was found last week may hold ten posts of
 * yesterday. */
static void count_rhythm(const struct tally_facts *facts, const struct report_post_list *posts,
                         struct source_report *out) {
    if (posts->count == 0) return;
    out->newest_s = posts->at[0].when_s;
    out->oldest_s = posts->at[posts->count - 1].when_s;
    bool whole = facts->has_older && facts->from_s != WHEN_ABSENT;
    int64_t start_s = whole ? facts->from_s : out->oldest_s;
    double weeks = (double)(facts->to_s - start_s) / (7.0 * DAY_S);
    out->posts_a_week = (double)posts->count / fmax(weeks, 1);
    out->longest_silence_s = facts->to_s - out->newest_s;
    for (size_t i = 0; i < posts->count; i++) {
        int64_t gap_s = i + 1 < posts->count ? posts->at[i].when_s - posts->at[i + 1].when_s : 0;
        if (gap_s > out->longest_silence_s) out->longest_silence_s = gap_s;
        out->weekdays[when_weekday(posts->at[i].when_s)]++;
    }
}

/* ---- lists and suggestion ---- */

static void list_newest(const struct report_post_list *posts, enum report_measure measure, struct report_post **out) {
    size_t kept = 0;
    for (size_t i = 0; i < posts->count && kept < REPORT_NEWEST; i++)
        if (counts(&posts->at[i], measure) && !posts->at[i].unlisted) out[kept++] = &posts->at[i];
}

/* What stands in the way of judging first, then the harshest that surely holds. Each rule stands in words beside its
 * suggestion (model/report.c). */
static enum suggestion suggest(const struct tally_facts *facts, const struct source_report *report) {
    const struct rate *own = &report->rates[MEASURE_OVERCLAIM], *opens = &report->rates[MEASURE_OPENS];
    double usual = rate_share(&facts->all[MEASURE_OVERCLAIM]);
    if (facts->failures >= FAILURES_TO_REPAIR || (rate_says(opens) && opens->high < 0.5)) return SUGGEST_REPAIR;
    if (report->posts == 0 || facts->to_s - report->newest_s > QUIET_S) return SUGGEST_QUIET;
    if (report->posts < REPORT_LEAST) return SUGGEST_WATCH;
    if (own->hits < CLAIMS_LEAST) return SUGGEST_KEEP;
    if (report->posts >= DROP_POSTS && usual > 0 && own->low > 2 * usual) return SUGGEST_DROP;
    return own->low > usual ? SUGGEST_CHECK_CLAIMS : SUGGEST_KEEP;
}

bool tally_source(const struct tally_facts *facts, struct report_post_list *posts, struct arena *arena,
                  struct source_report *out, struct fault *fault) {
    struct source_report report = {.source = facts->source,
                                   .title = facts->title,
                                   .from_s = facts->from_s,
                                   .to_s = facts->to_s,
                                   .posts = (int64_t)posts->count,
                                   .newest_s = WHEN_ABSENT,
                                   .oldest_s = WHEN_ABSENT,
                                   .failures = facts->failures};
    if (posts->count > 0) qsort(posts->at, posts->count, sizeof *posts->at, newest_first);
    count_rhythm(facts, posts, &report);
    tally_rates(posts, report.rates);
    tally_wrong(posts, report.wrong);
    if (!count_topics(posts, arena, &report)) return fault_memory(fault);
    int64_t start_s = facts->from_s != WHEN_ABSENT ? facts->from_s
                      : posts->count > 0           ? report.oldest_s
                                                   : facts->to_s - 1;
    count_spans(posts, start_s, &report);
    for (int m = 0; m < MEASURE_COUNT; m++) list_newest(posts, (enum report_measure)m, report.newest[m]);
    report.suggestion = suggest(facts, &report);
    *out = report;
    return true;
}
