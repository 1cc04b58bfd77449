/* The report as one table: a line a figure, and a line a listed post. */
#include "base/when.h"
#include "render/csv.h"
#include "render/report.h"

#define CELLS 12

/* A line: the cells of who and what, then the others as far as they are known. */
struct row {
    struct slice source, what;
    const char *row;
    const int64_t *count;    /* NULL = none */
    const struct rate *rate; /* NULL = none */
    struct slice remark, address, title;
    int64_t when_s; /* WHEN_ABSENT = none */
};

static void write_row(struct csv *csv, const struct row *row) {
    char date[WHEN_TEXT_BYTES];
    const struct rate *rate = row->rate;
    bool says = rate != NULL && rate_says(rate);
    when_date(row->when_s, date);
    csv_text(csv, row->source);
    csv_text(csv, slice_from(row->row));
    csv_text(csv, row->what);
    if (rate != NULL) csv_int(csv, rate->hits);
    else if (row->count != NULL) csv_int(csv, *row->count);
    else csv_empty(csv);
    if (rate != NULL) csv_int(csv, rate->of);
    else csv_empty(csv);
    const double parts[] = {says ? rate_share(rate) : 0, says ? rate->low : 0, says ? rate->high : 0};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (says) csv_real(csv, parts[i] * 100);
        else csv_empty(csv);
    }
    csv_text(csv, rate != NULL && !says ? SLICE("too few to judge") : row->remark);
    csv_text(csv, row->address);
    csv_text(csv, row->title);
    csv_text(csv, slice_from(date));
    csv_end(csv);
}

static void count_row(struct csv *csv, struct slice source, const char *kind, struct slice what, int64_t count) {
    struct row row = {.source = source, .row = kind, .what = what, .count = &count, .when_s = WHEN_ABSENT};
    write_row(csv, &row);
}

static void rate_rows(struct csv *csv, struct slice source, const char *kind, const struct rate all[MEASURE_COUNT]) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        struct row row = {.source = source,
                          .row = kind,
                          .what = slice_from(report_measure_name((enum report_measure)m)),
                          .rate = &all[m],
                          .when_s = WHEN_ABSENT};
        write_row(csv, &row);
    }
}

static void post_row(struct csv *csv, struct slice source, enum report_measure measure,
                     const struct report_post *post) {
    struct row row = {.source = source,
                      .row = "post",
                      .what = slice_from(report_measure_name(measure)),
                      .remark = post->words[measure],
                      .address = slice_is_empty(post->url) ? post->item : post->url,
                      .title = post->title,
                      .when_s = post->when_s};
    write_row(csv, &row);
}

static void topic_rows(struct csv *csv, struct slice source, const char *kind, const struct topic_count_list *list) {
    for (size_t i = 0; i < list->count; i++) count_row(csv, source, kind, list->at[i].id, list->at[i].count);
}

static void source_rows(struct csv *csv, const struct source_report *report, enum report_scope scope) {
    struct row suggestion = {.source = report->source,
                             .row = "suggestion",
                             .what = slice_from(suggestion_name(report->suggestion)),
                             .remark = slice_from(suggestion_rule(report->suggestion)),
                             .title = report->title,
                             .when_s = report->newest_s};
    write_row(csv, &suggestion);
    count_row(csv, report->source, "posts", SLICE("posts"), report->posts);
    rate_rows(csv, report->source, "measure", report->rates);
    rate_rows(csv, report->source, "marked-wrong", report->wrong);
    if (scope == REPORT_ALL) return;
    topic_rows(csv, report->source, "topic", &report->topics);
    topic_rows(csv, report->source, "phase", &report->phases);
    for (int d = 0; d < 7; d++)
        count_row(csv, report->source, "weekday", slice_from(when_weekday_name(d)), report->weekdays[d]);
    for (int m = 0; m < MEASURE_COUNT; m++)
        for (size_t i = 0; i < REPORT_NEWEST && report->newest[m][i] != NULL; i++)
            post_row(csv, report->source, (enum report_measure)m, report->newest[m][i]);
}

static bool write_csv(const struct report_view *view, struct buf *out, struct fault *fault) {
    static const char *const headings[CELLS] = {"source", "row",           "what",        "count",
                                                "of",     "share_percent", "low_percent", "high_percent",
                                                "remark", "address",       "title",       "date"};
    struct csv csv = csv_to(out);
    for (size_t i = 0; i < CELLS; i++) csv_text(&csv, slice_from(headings[i]));
    csv_end(&csv);
    for (size_t i = 0; i < view->set->count; i++) source_rows(&csv, &view->set->at[i], view->scope);
    count_row(&csv, SLICE("(all sources)"), "posts", SLICE("posts"), view->set->posts);
    rate_rows(&csv, SLICE("(all sources)"), "measure", view->set->all);
    rate_rows(&csv, SLICE("(all sources)"), "marked-wrong", view->set->all_wrong);
    return buf_check(out, "the report", fault);
}

const struct report_format report_csv = {"csv", write_csv};
