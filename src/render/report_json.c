#include "base/jwrite.h"
#include "base/when.h"
#include "render/report.h"

static void write_rate(struct jwrite *json, const struct rate *rate) {
    const double parts[] = {rate_share(rate), rate->low, rate->high};
    static const char *const keys[] = {"share", "low", "high"};
    jwrite_object(json);
    jwrite_member_int(json, "hits", rate->hits);
    jwrite_member_int(json, "of", rate->of);
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        jwrite_key(json, keys[i]);
        if (rate_says(rate)) jwrite_real(json, parts[i]);
        else jwrite_null(json);
    }
    jwrite_member_bool(json, "too_few_to_judge", !rate_says(rate));
    jwrite_end_object(json);
}

enum rates_of { RATES_OF_ALL, RATES_OF_FLAGS };

static void write_rates(struct jwrite *json, const char *key, const struct rate rates[MEASURE_COUNT],
                        enum rates_of of) {
    jwrite_key(json, key);
    jwrite_object(json);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        if (of == RATES_OF_FLAGS && !report_is_flag((enum report_measure)m)) continue;
        jwrite_key(json, report_measure_name((enum report_measure)m));
        write_rate(json, &rates[m]);
    }
    jwrite_end_object(json);
}

static void write_topics(struct jwrite *json, const char *key, const struct topic_count_list *list) {
    jwrite_key(json, key);
    jwrite_array(json);
    for (size_t i = 0; i < list->count; i++) {
        jwrite_object(json);
        jwrite_member(json, "id", list->at[i].id);
        jwrite_member(json, "label", list->at[i].label);
        jwrite_member_int(json, "count", list->at[i].count);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_spans(struct jwrite *json, const struct source_report *report) {
    jwrite_key(json, "spans");
    jwrite_array(json);
    for (size_t i = 0; i < report->span_count; i++) {
        const struct report_span *span = &report->spans[i];
        jwrite_object(json);
        jwrite_member_int(json, "year", span->year);
        jwrite_member_int(json, "month", span->month);
        jwrite_member_int(json, "months", span->months);
        jwrite_member_int(json, "posts", span->posts);
        jwrite_member_int(json, "traceable", span->traceable);
        jwrite_member_int(json, "overclaim", span->overclaim);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_post(struct jwrite *json, const struct report_post *post, enum report_measure measure) {
    jwrite_object(json);
    jwrite_member(json, "item", post->item);
    jwrite_member(json, "title", post->title);
    jwrite_member(json, "url", post->url);
    jwrite_key(json, "when");
    jwrite_instant(json, post->when_s);
    jwrite_member(json, "words", post->words[measure]);
    if (measure == MEASURE_MYTH) {
        jwrite_key(json, "myths");
        jwrite_array(json);
        for (size_t i = 0; i < post->myths.count; i++) jwrite_text(json, post->myths.at[i]);
        jwrite_end_array(json);
    }
    jwrite_end_object(json);
}

static void write_newest(struct jwrite *json, const struct source_report *report) {
    jwrite_key(json, "newest");
    jwrite_object(json);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        if (m == MEASURE_OPENS) continue;
        jwrite_key(json, report_measure_name((enum report_measure)m));
        jwrite_array(json);
        for (size_t i = 0; i < REPORT_NEWEST && report->newest[m][i] != NULL; i++)
            write_post(json, report->newest[m][i], (enum report_measure)m);
        jwrite_end_array(json);
    }
    jwrite_end_object(json);
}

static void write_suggestion(struct jwrite *json, enum suggestion suggestion) {
    jwrite_object(json);
    jwrite_member(json, "id", slice_from(suggestion_name(suggestion)));
    jwrite_member(json, "words", slice_from(suggestion_words(suggestion)));
    jwrite_member(json, "rule", slice_from(suggestion_rule(suggestion)));
    jwrite_end_object(json);
}

static void write_source(struct jwrite *json, const struct source_report *report) {
    jwrite_object(json);
    jwrite_member(json, "source", report->source);
    jwrite_member(json, "title", report->title);
    jwrite_member_int(json, "posts", report->posts);
    jwrite_key(json, "newest_post");
    jwrite_instant(json, report->newest_s);
    jwrite_key(json, "oldest_post");
    jwrite_instant(json, report->oldest_s);
    jwrite_key(json, "posts_a_week");
    jwrite_real(json, report->posts_a_week);
    jwrite_member_int(json, "longest_silence_days", report->longest_silence_s / DAY_S);
    jwrite_member_int(json, "failures", report->failures);
    jwrite_key(json, "weekdays_from_sunday");
    jwrite_array(json);
    for (int d = 0; d < 7; d++) jwrite_int(json, report->weekdays[d]);
    jwrite_end_array(json);
    write_rates(json, "rates", report->rates, RATES_OF_ALL);
    write_rates(json, "marked_wrong", report->wrong, RATES_OF_FLAGS);
    write_topics(json, "topics", &report->topics);
    write_topics(json, "phases", &report->phases);
    write_spans(json, report);
    write_newest(json, report);
    jwrite_key(json, "suggestion");
    write_suggestion(json, report->suggestion);
    jwrite_end_object(json);
}

static bool write_json(const struct report_view *view, struct buf *out, struct fault *fault) {
    const struct report_set *set = view->set;
    struct jwrite json = jwrite_to(out);
    jwrite_object(&json);
    jwrite_key(&json, "from");
    jwrite_instant(&json, set->from_s);
    jwrite_key(&json, "to");
    jwrite_instant(&json, set->to_s - 1);
    jwrite_member_int(&json, "waiting_to_be_judged", set->waiting);
    jwrite_key(&json, "all");
    jwrite_object(&json);
    jwrite_member_int(&json, "sources", set->sources);
    jwrite_member_int(&json, "posts", set->posts);
    jwrite_member_int(&json, "reposts_left_out", set->reposts);
    jwrite_key(&json, "posts_a_week_of_a_source");
    jwrite_real(&json, set->posts_a_week);
    write_rates(&json, "rates", set->all, RATES_OF_ALL);
    write_rates(&json, "marked_wrong", set->all_wrong, RATES_OF_FLAGS);
    jwrite_end_object(&json);
    jwrite_key(&json, "sources");
    jwrite_array(&json);
    for (size_t i = 0; i < set->count; i++) write_source(&json, &set->at[i]);
    jwrite_end_array(&json);
    jwrite_key(&json, "rules_of_the_suggestions");
    jwrite_array(&json);
    for (int i = 0; i < SUGGESTIONS; i++) write_suggestion(&json, (enum suggestion)i);
    jwrite_end_array(&json);
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
    return buf_check(out, "the report", fault);
}

const struct report_format report_json = {"json", write_json};
