/* The report in words for a terminal. */
#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"
#include "render/plain.h"
#include "render/report_say.h"

/* Text in a column of so many characters, or of its own width and one blank. */
static void cell(struct buf *out, struct slice text, size_t width) {
    size_t count = utf8_count(text);
    buf_add(out, text);
    if (count >= width) buf_add_char(out, ' ');
    for (; count < width; count++) buf_add_char(out, ' ');
}

static void line(struct buf *out, struct slice text) {
    plain_add(out, text, PLAIN_LINE);
    buf_add_char(out, '\n');
}

static void write_measures(const struct report_set *set, const struct source_report *report, struct pen *pen,
                           struct buf *out) {
    buf_add_text(out, "\n                                   this source                      all sources\n");
    for (int m = 0; m < MEASURE_COUNT; m++) {
        cell(out, slice_from(report_measure_words((enum report_measure)m)), 35);
        cell(out, report_count(pen, &report->rates[m]), 12);
        cell(out, report_share(pen, &report->rates[m]), 21);
        cell(out, report_count(pen, &set->all[m]), 14);
        buf_add(out, report_share(pen, &set->all[m]));
        buf_add_char(out, '\n');
    }
}

static void write_wrong(const struct source_report *report, struct pen *pen, struct buf *out) {
    bool any = false;
    for (int m = 0; m < MEASURE_COUNT; m++) {
        if (report->wrong[m].hits == 0) continue;
        if (!any) buf_add_text(out, "\nFlags that readers marked wrong (they do not count above)\n");
        any = true;
        cell(out, slice_from(report_measure_words((enum report_measure)m)), 35);
        cell(out, report_count(pen, &report->wrong[m]), 12);
        buf_add(out, report_share(pen, &report->wrong[m]));
        buf_add_char(out, '\n');
    }
}

static void write_counts(const char *heading, const struct topic_count_list *list, struct pen *pen, struct buf *out) {
    if (list->count == 0) return;
    buf_printf(out, "\n%s\n", heading);
    for (size_t i = 0; i < list->count; i++) {
        cell(out, report_topic(pen, &list->at[i]), 35);
        buf_printf(out, "%lld\n", (long long)list->at[i].count);
    }
}

static void write_spans(const struct source_report *report, struct pen *pen, struct buf *out) {
    if (report->posts == 0) return;
    buf_add_text(out, "\nOver time                          posts  source given  claims too large\n");
    for (size_t i = 0; i < report->span_count; i++) {
        const struct report_span *span = &report->spans[i];
        cell(out, report_span_words(pen, span), 35);
        buf_printf(out, "%5lld  %12lld  %16lld\n", (long long)span->posts, (long long)span->traceable,
                   (long long)span->overclaim);
    }
    buf_add_text(out, "By day                            ");
    for (int d = 1; d <= 7; d++)
        buf_printf(out, " %.3s %lld", when_weekday_name(d % 7), (long long)report->weekdays[d % 7]);
    buf_add_char(out, '\n');
}

static void write_newest(const struct source_report *report, struct buf *out) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        if (report->newest[m][0] == NULL) continue;
        buf_printf(out, "\nNewest: %s\n", report_measure_words((enum report_measure)m));
        for (size_t i = 0; i < REPORT_NEWEST && report->newest[m][i] != NULL; i++) {
            const struct report_post *post = report->newest[m][i];
            char date[WHEN_TEXT_BYTES];
            when_date(post->when_s, date);
            buf_printf(out, "  %s  ", date);
            line(out, post->title);
            buf_add_text(out, "              ");
            line(out, post->item);
            if (slice_is_empty(post->words[m])) continue;
            buf_add_text(out, "              ");
            line(out, post->words[m]);
        }
    }
}

static void write_one(const struct report_set *set, const struct source_report *report, struct pen *pen,
                      struct buf *out) {
    line(out, report->title);
    line(out, report_days(pen, set));
    line(out, report_rhythm(pen, report));
    buf_printf(out, "Suggestion: %s (%s).\n", suggestion_words(report->suggestion),
               suggestion_rule(report->suggestion));
    write_measures(set, report, pen, out);
    write_wrong(report, pen, out);
    write_counts("Topics", &report->topics, pen, out);
    write_counts("Phases", &report->phases, pen, out);
    write_spans(report, pen, out);
    write_newest(report, out);
}

static void write_all(const struct report_set *set, struct pen *pen, struct buf *out) {
    static const enum report_measure columns[] = {MEASURE_TRACEABLE, MEASURE_OVERCLAIM,   MEASURE_MYTH,
                                                  MEASURE_PROMOTION, MEASURE_OWN_RESULTS, MEASURE_CHOSEN};
    line(out, report_days(pen, set));
    cell(out, SLICE("source"), 24);
    cell(out, SLICE("posts"), 7);
    for (size_t c = 0; c < COUNT_OF(columns); c++) cell(out, slice_from(report_measure_name(columns[c])), 15);
    buf_add_text(out, "suggestion\n");
    for (size_t i = 0; i <= set->count; i++) {
        const struct source_report *report = i < set->count ? &set->at[i] : NULL;
        const struct rate *rates = report != NULL ? report->rates : set->all;
        cell(out, report != NULL ? report->source : SLICE("(all sources)"), 24);
        cell(out, pen_number(pen, report != NULL ? report->posts : set->posts), 7);
        for (size_t c = 0; c < COUNT_OF(columns); c++) {
            const struct rate *rate = &rates[columns[c]];
            struct slice said = rate_says(rate) ? report_say(pen, "%lld (%.0f-%.0f%%)", (long long)rate->hits,
                                                             rate->low * 100, rate->high * 100)
                                                : report_say(pen, "%lld", (long long)rate->hits);
            cell(out, said, 15);
        }
        buf_printf(out, "%s\n", report != NULL ? suggestion_words(report->suggestion) : "");
    }
}

static bool write_text(const struct report_view *view, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(view->look, arena);
    if (view->scope == REPORT_ONE && view->set->count == 1) write_one(view->set, &view->set->at[0], &pen, out);
    else write_all(view->set, &pen, out);
    buf_add_char(out, '\n');
    if (view->set->waiting > 0)
        buf_printf(out, "%lld posts are not judged yet and not counted: 'discern judge' does it.\n",
                   (long long)view->set->waiting);
    line(out, report_footnote());
    return pen_check(&pen, "the report", fault) && buf_check(out, "the report", fault);
}

const struct report_format report_text = {"text", write_text};
