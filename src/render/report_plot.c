#include "render/report_plot.h"

#include "render/report_say.h"

static void number(struct html *html, struct pen *pen, const char *name, double value) {
    html_attribute(html, name, report_say(pen, "%.1f", value));
}

static void box(struct html *html, struct pen *pen, struct slice class_name, const double at[4]) {
    static const char *const names[] = {"x", "y", "width", "height"};
    html_tag(html, "rect");
    html_attr(html, "class", class_name);
    for (size_t i = 0; i < COUNT_OF(names); i++) number(html, pen, names[i], at[i]);
    html_close(html, "rect");
}

/* The plot says nothing that the row does not say in words. */
static void open_small(struct html *html, struct slice class_name) {
    html_tag(html, "svg");
    html_attr(html, "class", class_name);
    html_attr_is(html, "viewBox", "0 0 100 12");
    html_attr_is(html, "aria-hidden", "true");
}

void report_plot_range(struct html *html, struct pen *pen, const struct rate *own, const struct rate *all) {
    if (!rate_says(own)) return;
    open_small(html, SLICE("range"));
    box(html, pen, SLICE("axis"), (double[]){0, 5.5, 100, 1});
    box(html, pen, SLICE("reach"), (double[]){own->low * 100, 3, (own->high - own->low) * 100, 6});
    html_tag(html, "circle");
    html_attr_is(html, "class", "dot");
    number(html, pen, "cx", rate_share(own) * 100);
    html_attr_is(html, "cy", "6");
    html_attr_is(html, "r", "2.5");
    html_close(html, "circle");
    if (rate_says(all)) box(html, pen, SLICE("usual"), (double[]){rate_share(all) * 100 - 0.5, 0, 1, 12});
    html_close(html, "svg");
}

void report_plot_bar(struct html *html, struct pen *pen, int64_t part, int64_t whole) {
    open_small(html, SLICE("range"));
    box(html, pen, SLICE("axis"), (double[]){0, 10.5, 100, 1});
    if (whole > 0) box(html, pen, SLICE("fill"), (double[]){0, 2, 100.0 * (double)part / (double)whole, 8});
    html_close(html, "svg");
}

#define SPANS_WIDTH 240.0
#define SPANS_HEIGHT 90.0
#define SPANS_TOP 2.0
#define COLUMN_MOST 40.0

static int64_t most_posts(const struct source_report *report) {
    int64_t most = 1;
    for (size_t i = 0; i < report->span_count; i++)
        if (report->spans[i].posts > most) most = report->spans[i].posts;
    return most;
}

void report_plot_spans(struct html *html, struct pen *pen, const struct source_report *report) {
    double most = (double)most_posts(report),
           step = SPANS_WIDTH / (double)(report->span_count > 0 ? report->span_count : 1);
    if (step > COLUMN_MOST) step = COLUMN_MOST;
    double scale = (SPANS_HEIGHT - SPANS_TOP) / most;
    html_tag(html, "svg");
    html_attr_is(html, "class", "spans");
    html_attr(html, "viewBox", report_say(pen, "0 0 %.0f %.0f", SPANS_WIDTH, SPANS_HEIGHT + 2));
    html_attr_is(html, "role", "img");
    html_attr_is(html, "aria-labelledby", "spans-title spans-about");
    html_raw(html,
             "<title id=\"spans-title\">Posts over time</title><desc id=\"spans-about\">One column for each span of "
             "time; its filled part gives a source. The table beside it holds the numbers.</desc>");
    for (size_t i = 0; i < report->span_count; i++) {
        const struct report_span *span = &report->spans[i];
        double x = (double)i * step + step * 0.1, width = step * 0.8;
        double high = (double)span->posts * scale, filled = (double)span->traceable * scale;
        box(html, pen, SLICE("column"), (double[]){x, SPANS_HEIGHT - high, width, high});
        box(html, pen, SLICE("fill"), (double[]){x, SPANS_HEIGHT - filled, width, filled});
    }
    box(html, pen, SLICE("axis"), (double[]){0, SPANS_HEIGHT, SPANS_WIDTH, 1});
    html_close(html, "svg");
}
