/* The report as a page that prints on A4. */
#include "base/limits.h"
#include "base/when.h"
#include "render/page.h"
#include "render/report_plot.h"
#include "render/report_say.h"
#include "render/report_sheet.h"

#define TOPICS_SHOWN 10

static struct slice own_style(void) {
    return SLICE(
        "\n"
        "body { max-width: 58rem; }\n"
        ".report section { margin-top: 1.5rem; }\n"
        ".report .lead { font-size: 1.0625rem; margin: .25rem 0; }\n"
        ".report .note { color: var(--soft); font-size: .875rem; }\n"
        ".compared .sheet { font-size: .8125rem; line-height: 1.35; }\n"
        ".pair { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: flex-start; }\n"
        ".pair > * { flex: 1 1 18rem; min-width: 0; }\n"
        ".spans { width: 100%; max-width: 24rem; height: auto; }\n"
        ".range { width: 6.5rem; height: .8125rem; }\n"
        "rect.axis, rect.column { fill: var(--line); } rect.reach { fill: var(--accent); fill-opacity: .35; }\n"
        "rect.fill, circle.dot { fill: var(--accent); } rect.usual { fill: var(--ink); }\n"
        ".listed { padding-left: 1.125rem; } .listed li { margin: .375rem 0; }\n"
        ".listed form, .listed form p { display: inline; margin: 0 0 0 .25rem; }\n"
        "@media screen and (max-width: 48rem) { .pair { display: block; } }\n"
        "@media print {\n"
        "  body { columns: auto; max-width: none; }\n"
        "  .report .sheet { font-size: 7.5pt; } .report .lead { font-size: 9.5pt; }\n"
        "  .report th, .report td { padding: .4mm 2mm .4mm 0; }\n"
        "  .report section { margin-top: 2mm; } .report h2 { margin-top: 0; }\n"
        "  .report .note { font-size: 7pt; margin: .5mm 0; }\n"
        "  .compared .sheet { font-size: 6.5pt; } .compared th, .compared td { padding-right: 1mm; }\n"
        "  .range { width: 22mm; height: 2.6mm; } .spans { max-width: 70mm; }\n"
        "  .listed li { margin: .5mm 0; break-inside: avoid; } form, nav { display: none; }\n"
        "  tr { break-inside: avoid; } h3 { break-after: avoid; }\n"
        "}\n");
}

struct slice report_style(struct pen *pen) {
    return pen_join(pen, sheet_style(), "", own_style());
}

static const struct safe_url no_link = {{NULL, 0}};

static void section_begin(struct html *html, struct slice heading) {
    html_tag(html, "section");
    html_element(html, "h2", "", heading);
}

static void section_end(struct html *html) {
    html_close(html, "section");
    html_raw(html, "\n");
}

/* ---- one source ---- */

static void write_suggestion(struct html *html, const struct source_report *report) {
    section_begin(html, SLICE("Suggestion"));
    html_raw(html, "<p class=\"lead\"><b>");
    html_text(html, slice_from(suggestion_words(report->suggestion)));
    html_raw(html, "</b>: ");
    html_text(html, slice_from(suggestion_rule(report->suggestion)));
    html_raw(html, ".</p><p class=\"note\">A suggestion to talk about; nothing is done by it. The rules: ");
    for (int i = 0; i < SUGGESTIONS; i++) {
        if (i > 0) html_raw(html, "; ");
        html_tag(html, "b");
        html_text(html, slice_from(suggestion_words((enum suggestion)i)));
        html_close(html, "b");
        html_raw(html, " \xE2\x80\x93 ");
        html_text(html, slice_from(suggestion_rule((enum suggestion)i)));
    }
    html_raw(html, ".</p>");
    section_end(html);
}

static void write_measures(struct html *html, struct pen *pen, const struct report_set *set,
                           const struct source_report *report) {
    static const char *const words[] = {"What was found", "Counted",     "Share and 95 % range",
                                        "0 to 100 %",     "All sources", "Share and range of all"};
    section_begin(html, SLICE("What its posts do"));
    struct sheet sheet = sheet_begin(html, words, COUNT_OF(words));
    for (int m = 0; m < MEASURE_COUNT; m++) {
        sheet_row(&sheet, slice_from(report_measure_words((enum report_measure)m)), no_link);
        sheet_cell(&sheet, report_count(pen, &report->rates[m]));
        sheet_cell(&sheet, report_share(pen, &report->rates[m]));
        sheet_cell_begin(&sheet);
        report_plot_range(html, pen, &report->rates[m], &set->all[m]);
        sheet_cell_end(&sheet);
        sheet_cell(&sheet, report_count(pen, &set->all[m]));
        sheet_cell(&sheet, report_share(pen, &set->all[m]));
        sheet_row_end(&sheet);
    }
    sheet_end(&sheet);
    html_raw(html, "<p class=\"note\">Dot: this source; band: its range; stroke: all sources.</p>");
    section_end(html);
}

static int64_t count_wrong(const struct report_set *set) {
    int64_t any = 0;
    for (int m = 0; m < MEASURE_COUNT; m++) any += set->all_wrong[m].hits;
    return any;
}

static void write_wrong(struct html *html, struct pen *pen, const struct report_set *set,
                        const struct source_report *report) {
    static const char *const words[] = {"Flag", "Marked wrong here", "Share and range", "In all sources",
                                        "Share and range of all"};
    section_begin(html, SLICE("How often our rules were wrong"));
    if (count_wrong(set) == 0) {
        html_element(html, "p", "note", SLICE("No reader has marked a flag wrong yet."));
        section_end(html);
        return;
    }
    struct sheet sheet = sheet_begin(html, words, COUNT_OF(words));
    for (int m = 0; m < MEASURE_COUNT; m++) {
        if (set->all_wrong[m].hits == 0) continue;
        sheet_row(&sheet, slice_from(report_measure_words((enum report_measure)m)), no_link);
        sheet_cell(&sheet, report_count(pen, &report->wrong[m]));
        sheet_cell(&sheet, report_share(pen, &report->wrong[m]));
        sheet_cell(&sheet, report_count(pen, &set->all_wrong[m]));
        sheet_cell(&sheet, report_share(pen, &set->all_wrong[m]));
        sheet_row_end(&sheet);
    }
    sheet_end(&sheet);
    html_element(html, "p", "note", SLICE("A flag that was marked wrong does not count in the table above."));
    section_end(html);
}

static void write_spans(struct html *html, struct pen *pen, const struct source_report *report) {
    static const char *const words[] = {"When", "Posts", "Give a source", "Claims too large"};
    section_begin(html, SLICE("Over time"));
    html_tag(html, "div");
    html_attr_is(html, "class", "pair");
    report_plot_spans(html, pen, report);
    struct sheet sheet = sheet_begin(html, words, COUNT_OF(words));
    for (size_t i = 0; i < report->span_count; i++) {
        sheet_row(&sheet, report_span_words(pen, &report->spans[i]), no_link);
        sheet_cell(&sheet, pen_number(pen, report->spans[i].posts));
        sheet_cell(&sheet, pen_number(pen, report->spans[i].traceable));
        sheet_cell(&sheet, pen_number(pen, report->spans[i].overclaim));
        sheet_row_end(&sheet);
    }
    sheet_end(&sheet);
    html_close(html, "div");
    section_end(html);
}

static void bar_row(struct sheet *sheet, struct pen *pen, struct slice name, int64_t count, int64_t whole) {
    sheet_row(sheet, name, no_link);
    sheet_cell(sheet, pen_number(pen, count));
    sheet_cell_begin(sheet);
    report_plot_bar(sheet->html, pen, count, whole);
    sheet_cell_end(sheet);
    sheet_row_end(sheet);
}

static void write_counts(struct html *html, struct pen *pen, const char *name, const struct topic_count_list *list,
                         int64_t posts) {
    const char *const words[] = {name, "Posts", "of all its posts"};
    if (list->count == 0) return;
    html_tag(html, "div");
    struct sheet sheet = sheet_begin(html, words, COUNT_OF(words));
    for (size_t i = 0; i < list->count && i < TOPICS_SHOWN; i++)
        bar_row(&sheet, pen, report_topic(pen, &list->at[i]), list->at[i].count, posts);
    sheet_end(&sheet);
    if (list->count > TOPICS_SHOWN)
        html_element(html, "p", "note", report_say(pen, "and %zu more", list->count - TOPICS_SHOWN));
    html_close(html, "div");
}

static void write_contents(struct html *html, struct pen *pen, const struct source_report *report) {
    static const char *const words[] = {"Day", "Posts", "of all its posts"};
    section_begin(html, SLICE("What it posts, and when"));
    html_tag(html, "div");
    html_attr_is(html, "class", "pair");
    write_counts(html, pen, "Topic", &report->topics, report->posts);
    write_counts(html, pen, "Phase", &report->phases, report->posts);
    html_tag(html, "div");
    struct sheet sheet = sheet_begin(html, words, COUNT_OF(words));
    for (int d = 1; d <= 7; d++)
        bar_row(&sheet, pen, slice_from(when_weekday_name(d % 7)), report->weekdays[d % 7], report->posts);
    sheet_end(&sheet);
    html_close(html, "div");
    html_close(html, "div");
    section_end(html);
}

static void write_post(struct html *html, struct pen *pen, const struct report_view *view,
                       const struct report_post *post, enum report_measure measure) {
    struct safe_url url = {{NULL, 0}};
    (void)safe_url_make(pen->arena, post->url, &url);
    html_tag(html, "li");
    html_text(html, pen_date(pen, post->when_s));
    html_raw(html, ": <span dir=\"auto\">");
    page_anchor(html, url, slice_is_empty(post->title) ? post->item : post->title);
    html_raw(html, "</span>");
    if (!slice_is_empty(post->words[measure])) {
        html_raw(html, "<br>");
        html_element(html, "span", "note", post->words[measure]);
    }
    if (view->mark != NULL && report_is_flag(measure)) view->mark(view->mark_to, html, post, measure);
    html_close(html, "li");
}

static void write_newest(struct html *html, struct pen *pen, const struct report_view *view,
                         const struct source_report *report) {
    section_begin(html, SLICE("Read these yourself: the newest of each kind"));
    for (int m = 0; m < MEASURE_COUNT; m++) {
        if (report->newest[m][0] == NULL) continue;
        html_element(html, "h3", "", slice_from(report_measure_words((enum report_measure)m)));
        html_tag(html, "ul");
        html_attr_is(html, "class", "listed");
        for (size_t i = 0; i < REPORT_NEWEST && report->newest[m][i] != NULL; i++)
            write_post(html, pen, view, report->newest[m][i], (enum report_measure)m);
        html_close(html, "ul");
    }
    section_end(html);
}

static void write_one(struct html *html, struct pen *pen, const struct report_view *view) {
    const struct source_report *report = &view->set->at[0];
    html_element(html, "p", "lead", report_rhythm(pen, report));
    write_suggestion(html, report);
    write_measures(html, pen, view->set, report);
    write_spans(html, pen, report);
    write_contents(html, pen, report);
    write_newest(html, pen, view, report);
    write_wrong(html, pen, view->set, report);
}

/* ---- all sources ---- */

static void rate_cell(struct sheet *sheet, struct pen *pen, const struct rate *rate) {
    sheet_cell_begin(sheet);
    html_text(sheet->html, report_count(pen, rate));
    html_raw(sheet->html, "<br>");
    html_text(sheet->html, rate_says(rate) ? report_share(pen, rate) : SLICE("too few"));
    sheet_cell_end(sheet);
}

static struct safe_url page_of(struct pen *pen, const struct report_view *view, struct slice source) {
    struct slice nowhere = {NULL, 0};
    if (slice_is_absent(view->source_path)) return no_link;
    return pen_own(pen, nowhere, pen_join(pen, view->source_path, "", source));
}

static const enum report_measure compared[] = {MEASURE_TRACEABLE,   MEASURE_OPENS,     MEASURE_OVERCLAIM,
                                               MEASURE_MYTH,        MEASURE_PROMOTION, MEASURE_INTEREST,
                                               MEASURE_OWN_RESULTS, MEASURE_CHOSEN};

static void write_all(struct html *html, struct pen *pen, const struct report_view *view) {
    const char *words[COUNT_OF(compared) + 4] = {"Source", "Posts", "A week"};
    const struct report_set *set = view->set;
    for (size_t c = 0; c < COUNT_OF(compared); c++) words[c + 3] = report_measure_words(compared[c]);
    words[COUNT_OF(compared) + 3] = "Suggestion";
    html_tag(html, "div");
    html_attr_is(html, "class", "compared");
    struct sheet sheet = sheet_begin(html, words, COUNT_OF(words));
    for (size_t i = 0; i <= set->count; i++) {
        const struct source_report *report = i < set->count ? &set->at[i] : NULL;
        if (report != NULL) sheet_row(&sheet, report->title, page_of(pen, view, report->source));
        else sheet_row(&sheet, SLICE("All together"), no_link);
        sheet_cell(&sheet, pen_number(pen, report != NULL ? report->posts : set->posts));
        sheet_cell(&sheet, report_say(pen, "%.1f", report != NULL ? report->posts_a_week : set->posts_a_week));
        for (size_t c = 0; c < COUNT_OF(compared); c++)
            rate_cell(&sheet, pen, report != NULL ? &report->rates[compared[c]] : &set->all[compared[c]]);
        sheet_cell(&sheet, report != NULL ? slice_from(suggestion_words(report->suggestion)) : SLICE(""));
        sheet_row_end(&sheet);
    }
    sheet_end(&sheet);
    html_close(html, "div");
}

void report_html_body(struct html *html, struct pen *pen, const struct report_view *view) {
    html_tag(html, "div");
    html_attr_is(html, "class", "report");
    if (view->scope == REPORT_ONE && view->set->count == 1) write_one(html, pen, view);
    else write_all(html, pen, view);
    if (view->set->waiting > 0)
        html_element(html, "p", "note",
                     report_say(pen, "%lld posts are not judged yet and not counted.", (long long)view->set->waiting));
    html_element(html, "p", "note", report_footnote());
    html_close(html, "div");
    html_raw(html, "\n");
}

static bool write_html(const struct report_view *view, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(view->look, arena);
    struct html html = html_to(out);
    bool one = view->scope == REPORT_ONE && view->set->count == 1;
    struct slice heading =
        one ? report_say(&pen, "Source report: %.*s", SLICE_ARGS(view->set->at[0].title)) : SLICE("Source report");
    struct page_facts facts = {.title = heading, .who = view->school, .heading = heading, .style = report_style(&pen)};
    pen_list_add(&pen, &facts.summary, report_days(&pen, view->set));
    page_begin(&html, &pen, &facts);
    report_html_body(&html, &pen, view);
    page_end(&html, &pen, SLICE(""), NULL, 0);
    return pen_check(&pen, "the report", fault) && html_end(&html, "the report", fault);
}

const struct report_format report_html = {"html", write_html};
