#include "render/report_say.h"

#include "base/when.h"

struct slice report_kept(struct pen *pen, const char *text) {
    if (text == NULL) pen->failed = true;
    return slice_from(text);
}

struct slice report_count(struct pen *pen, const struct rate *rate) {
    return report_say(pen, "%lld of %lld", (long long)rate->hits, (long long)rate->of);
}

struct slice report_share(struct pen *pen, const struct rate *rate) {
    if (!rate_says(rate)) return SLICE("too few to judge");
    return report_say(pen, "%.0f\xC2\xA0%% (%.0f\xE2\x80\x93%.0f\xC2\xA0%%)", rate_share(rate) * 100, rate->low * 100,
                      rate->high * 100);
}

struct slice report_days(struct pen *pen, const struct report_set *set) {
    struct slice to = pen_date(pen, set->to_s - 1);
    if (set->from_s == WHEN_ABSENT) return report_say(pen, "All posts up to %.*s", SLICE_ARGS(to));
    return report_say(pen, "%.*s to %.*s", SLICE_ARGS(pen_date(pen, set->from_s)), SLICE_ARGS(to));
}

struct slice report_span_words(struct pen *pen, const struct report_span *span) {
    int last = span->year * 12 + span->month - 1 + span->months - 1;
    if (span->months == 1) return report_say(pen, "%s %d", when_month_name(span->month), span->year);
    return report_say(pen, "%s %d to %s %d", when_month_name(span->month), span->year, when_month_name(last % 12 + 1),
                      last / 12);
}

struct slice report_topic(struct pen *pen, const struct topic_count *topic) {
    return slice_is_empty(topic->label) ? pen_label(pen, topic->id) : topic->label;
}

struct slice report_footnote(void) {
    return SLICE("Counts are of posts, but of links where it says links; in brackets the 95 % range (Wilson). Of fewer "
                 "than 20 nothing is said in per cent. Our rules found these words; they can be wrong, so read the "
                 "posts before you judge. This page names people: keep it among those who need it.");
}

struct slice report_rhythm(struct pen *pen, const struct source_report *report) {
    if (report->posts == 0) return SLICE("no posts in this time");
    return report_say(pen, "%lld post%s, %.1f a week, newest %.*s, longest silence %lld days", (long long)report->posts,
                      report->posts == 1 ? "" : "s", report->posts_a_week, SLICE_ARGS(pen_date(pen, report->newest_s)),
                      (long long)(report->longest_silence_s / DAY_S));
}
